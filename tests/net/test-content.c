/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "net/content.h"

#define OCTETS(text) \
	{ \
		(const uint8_t *)(text), sizeof(text) - 1 \
	}

static const struct {
	struct kvk_span octets;
	enum kvk_net_content content;
} rows[] = {
	{ OCTETS(""), KVK_NET_CONTENT_OTHER },
	{ OCTETS("\x30\x03\x0a\x01\x03"), KVK_NET_CONTENT_DER },
	{ OCTETS("\x30\x81\x03\x0a\x01\x03"), KVK_NET_CONTENT_DER },
	{ OCTETS("\x30\x84\x00\x00\x00\x03\x0a\x01\x03"), KVK_NET_CONTENT_DER },
	/* indefinite length, and more than the length says */
	{ OCTETS("\x30\x80\x0a\x01\x03\x00\x00"), KVK_NET_CONTENT_OTHER },
	{ OCTETS("\x30\x03\x0a\x01\x03\x00"), KVK_NET_CONTENT_DER },
	/* half a list */
	{ OCTETS("\x30\x03\x0a\x01"), KVK_NET_CONTENT_CUT },
	{ OCTETS("\x30\x82\x01"), KVK_NET_CONTENT_CUT },
	{ OCTETS("\x30\x82\x10\x00\x30\x80"), KVK_NET_CONTENT_CUT },
	{ OCTETS("\x30\x84\xff\xff\xff\xff\x30\x80"), KVK_NET_CONTENT_CUT },
	{ OCTETS("\x30\x85\x01\x01\x01\x01\x01\x30"), KVK_NET_CONTENT_OTHER },
	{ OCTETS("0"), KVK_NET_CONTENT_TEXT },
	{ OCTETS("-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n"), KVK_NET_CONTENT_PEM },
	{ OCTETS("\r\n-----BEGIN X509 CRL-----\nMIIB\n"), KVK_NET_CONTENT_CUT },
	{ OCTETS("<!DOCTYPE html><html>"), KVK_NET_CONTENT_HTML },
	{ OCTETS("\xef\xbb\xbf \n<HTML>"), KVK_NET_CONTENT_HTML },
	{ OCTETS("dn: cn=CA,o=Example\n"), KVK_NET_CONTENT_LDIF },
	{ OCTETS("version: 1\ndn: cn=CA\n"), KVK_NET_CONTENT_LDIF },
	{ OCTETS("\x1f\x8b\x08"), KVK_NET_CONTENT_GZIP },
	{ OCTETS("{\"a\":1}"), KVK_NET_CONTENT_JSON },
	{ OCTETS(" [1]"), KVK_NET_CONTENT_JSON },
	{ OCTETS("not found\n"), KVK_NET_CONTENT_TEXT },
	{ OCTETS(" \n"), KVK_NET_CONTENT_OTHER },
	{ OCTETS("\x7f"
		 "ELF"),
		KVK_NET_CONTENT_OTHER },
	{ OCTETS("a\0b"), KVK_NET_CONTENT_OTHER },
};

static void looks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (kvk_net_content_of(rows[i].octets) != rows[i].content)
			fail_msg("row %zu: %d", i, (int)kvk_net_content_of(rows[i].octets));
	assert_int_equal(kvk_net_content_of((struct kvk_span){ 0 }), KVK_NET_CONTENT_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
