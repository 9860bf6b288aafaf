/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/limits.h"
#include "net/retry.h"

static const kvk_time never = 1000 * KVK_DAY;

static void what_is_tried_again(void **state)
{
	static const struct {
		struct kvk_net_outcome outcome;
		bool again, gives_up;
	} rows[] = {
		{ { KVK_NET_OK, 200, true, false }, false, false },
		{ { KVK_NET_OK, 200, true, true }, true, false },
		{ { KVK_NET_NAME_NOT_FOUND, 0, false, false }, false, true },
		{ { KVK_NET_ADDRESS_REFUSED, 0, false, false }, false, false },
		/* no route, or refused; lost in mid-answer */
		{ { KVK_NET_CONNECTION, 0, false, false }, false, true },
		{ { KVK_NET_CONNECTION, 200, true, false }, true, false },
		{ { KVK_NET_TIME_OUT, 0, false, false }, false, true },
		{ { KVK_NET_TIME_OUT, 200, true, false }, false, true },
		{ { KVK_NET_TLS, 0, false, false }, false, false },
		{ { KVK_NET_HTTP_STATUS, 302, true, false }, false, false },
		{ { KVK_NET_HTTP_STATUS, 404, true, false }, false, false },
		{ { KVK_NET_HTTP_STATUS, 429, true, false }, true, false },
		{ { KVK_NET_HTTP_STATUS, 500, true, false }, false, false },
		{ { KVK_NET_HTTP_STATUS, 502, true, false }, true, false },
		{ { KVK_NET_HTTP_STATUS, 503, true, false }, true, false },
		{ { KVK_NET_HTTP_STATUS, 504, true, false }, true, false },
		{ { KVK_NET_TOO_LARGE, 200, true, false }, false, false },
		{ { KVK_NET_NOT_EXPECTED, 503, true, false }, false, false },
		{ { KVK_NET_NOT_ASKED, 0, false, false }, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (kvk_net_retry_helps(&rows[i].outcome) != rows[i].again)
			fail_msg("row %zu: again", i);
		if (kvk_net_retry_gives_up(&rows[i].outcome) != rows[i].gives_up)
			fail_msg("row %zu: gives up", i);
	}
}

/* One second and three, half of that more or less, and no third time. */
static void when(void **state)
{
	const kvk_time now = 5 * KVK_DAY;
	kvk_time at, low[2] = { never, never }, high[2] = { 0, 0 };

	(void)state;
	for (uint32_t dice = 0; dice < 10000; dice++)
		for (unsigned i = 0; i < 2; i++) {
			assert_true(kvk_net_retry_at(i + 1, now, never, dice, &at));
			low[i] = at - now < low[i] ? at - now : low[i];
			high[i] = at - now > high[i] ? at - now : high[i];
		}
	assert_int_equal(low[0], 500);
	assert_int_equal(high[0], 1500);
	assert_int_equal(low[1], 1500);
	assert_int_equal(high[1], 4500);
	assert_true(kvk_net_retry_at(1, now, never, UINT32_MAX, &at));
	assert_in_range(at - now, 500, 1500);
	assert_false(kvk_net_retry_at(0, now, never, 0, &at));
	assert_false(kvk_net_retry_at(KVK_LIMIT_NET_RETRIES + 1, now, never, 0, &at));
}

static void never_past_the_deadline(void **state)
{
	kvk_time at;

	(void)state;
	assert_true(kvk_net_retry_at(1, 1000, 1501, 0, &at));
	assert_int_equal(at, 1500);
	assert_false(kvk_net_retry_at(1, 1000, 1500, 0, &at));
	assert_false(kvk_net_retry_at(1, 1000, 900, 0, &at));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_tried_again),
		cmocka_unit_test(when),
		cmocka_unit_test(never_past_the_deadline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
