/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "net/reason.h"

/* Scripts read these. */
static void ids(void **state)
{
	static const char *const known[] = { "", "name-not-found", "address-refused", "connection",
		"time-out", "tls", "http-status", "too-large", "not-expected", "not-asked" };

	(void)state;
	assert_int_equal(KVK_NET_REASON_COUNT, sizeof known / sizeof known[0]);
	for (unsigned i = 0; i < KVK_NET_REASON_COUNT; i++)
		assert_string_equal(kvk_net_reason_id((enum kvk_net_reason)i), known[i]);
	assert_string_equal(kvk_net_reason_id(KVK_NET_REASON_COUNT), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
