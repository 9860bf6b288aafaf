/* SPDX-License-Identifier: Apache-2.0 */
/* What Java 17 takes for an IP address, measured with sun.net.util.IPAddressUtil. */
#include "config.h"

#include "cert/java.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static const struct {
	const char *text;
	/* Its size, 0 for a number alone; below 0: none. */
	int size;
	const char *octets;
} rows[] = {
	{ "10.0.0.1", 4, "\x0a\0\0\1" },
	{ "127.1", 4, "\x7f\0\0\1" },
	{ "1.2", 4, "\1\0\0\2" },
	{ "1.2.3", 4, "\1\2\0\3" },
	{ "1.65536.3", -1, NULL },
	{ "1.16777215", 4, "\1\xff\xff\xff" },
	{ "1.16777216", -1, NULL },
	{ "010.0.0.1", 4, "\x0a\0\0\1" },
	{ "68750110", 0, NULL },
	{ "4294967295", 0, NULL },
	{ "4294967296", -1, NULL },
	{ "256.0.0.1", -1, NULL },
	{ "1.2.3.4.5", -1, NULL },
	{ "1.2.3.4.", -1, NULL },
	{ ".1", -1, NULL },
	{ "1..2", -1, NULL },
	{ "1.2.3.4a", -1, NULL },
	{ "0000000000000001", -1, NULL },
	{ "", -1, NULL },
	{ "::", 16, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" },
	{ "::1", 16, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1" },
	{ "fe80::1%eth0", 16, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1" },
	{ "fe80::1%", -1, NULL },
	{ "1:2:3:4:5:6:7:8", 16, "\0\1\0\2\0\3\0\4\0\5\0\6\0\7\0\x8" },
	{ "1:2:3:4:5:6:7:8:9", -1, NULL },
	{ "1:2:3:4:5:6:7", -1, NULL },
	{ "1:2:3:4:5:6:7:", -1, NULL },
	{ "1::2::3", -1, NULL },
	{ ":1", -1, NULL },
	{ "12345::", -1, NULL },
	{ "1:2:3:4:5:6:7::", 16, "\0\1\0\2\0\3\0\4\0\5\0\6\0\7\0\0" },
	{ "::ffff:10.0.0.1", 4, "\x0a\0\0\1" },
	{ "::10.0.0.1", 16, "\0\0\0\0\0\0\0\0\0\0\0\0\x0a\0\0\1" },
	{ "::10.1", -1, NULL },
	{ "[::1]", -1, NULL },
	{ "api.voorbeeld.nl", -1, NULL },
	{ "abc", -1, NULL },
};

static void addresses(void **state)
{
	uint8_t out[16];
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const bool reads = kvk_java_reads_address(kvk_span_of(rows[i].text), out, &n);

		if (reads != (rows[i].size >= 0) || (reads && n != (size_t)rows[i].size) ||
			(n > 0 && memcmp(out, rows[i].octets, n) != 0))
			fail_msg("'%s'", rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(addresses) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
