/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "watch/thresholds.h"

/* A year that begins at the epoch: days left are easy to read. */
#define YEAR_END (365 * KVK_DAY)

static const struct kvk_threshold_days defaults;

/* The id of the most urgent threshold crossed, "" where none is. */
static const char *at_days(const struct kvk_threshold_days *days, kvk_time lifetime, kvk_time left)
{
	static struct kvk_threshold_list list;
	size_t n;

	kvk_thresholds_for(days, 0, lifetime, &list);
	n = kvk_thresholds_crossed(&list, lifetime, lifetime - left);
	return n > 0 ? list.items[n - 1].id : "";
}

static void test_defaults(void **state)
{
	static const struct {
		kvk_time left;
		const char *id;
	} cases[] = {
		{ 61 * KVK_DAY, "" },
		{ 60 * KVK_DAY + 1, "" },
		{ 60 * KVK_DAY, "60d" },
		{ 31 * KVK_DAY, "60d" },
		{ 30 * KVK_DAY, "30d" },
		{ 14 * KVK_DAY, "14d" },
		{ 8 * KVK_DAY, "14d" },
		{ 7 * KVK_DAY, "7d" },
		{ KVK_DAY, "1d" },
		{ 1, "1d" },
		{ 0, "1d" },
		{ -1, "expired" },
		{ -7 * KVK_DAY + 1, "expired" },
		{ -7 * KVK_DAY, "expired+7d" },
		{ -14 * KVK_DAY, "expired+14d" },
		{ -21 * KVK_DAY, "expired+21d" },
		{ -400 * KVK_DAY, "expired+21d" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(at_days(&defaults, YEAR_END, cases[i].left), cases[i].id);
}

static void test_short_lifetime(void **state)
{
	kvk_time ninety = 90 * KVK_DAY;

	(void)state;
	assert_string_equal(at_days(&defaults, ninety, 31 * KVK_DAY), "");
	assert_string_equal(at_days(&defaults, ninety, 30 * KVK_DAY), "1/3");
	assert_string_equal(at_days(&defaults, ninety, 15 * KVK_DAY), "1/6");
	assert_string_equal(at_days(&defaults, ninety, 7 * KVK_DAY + KVK_DAY / 2), "1/12");
	assert_string_equal(at_days(&defaults, 200 * KVK_DAY, 60 * KVK_DAY), "60d");
	assert_string_equal(at_days(&defaults, 200 * KVK_DAY - 1, 60 * KVK_DAY), "1/3");
}

static void test_chosen_days(void **state)
{
	const struct kvk_threshold_days chosen = { { 10, 90 }, 2, { 5 }, 1 };

	(void)state;
	assert_string_equal(at_days(&chosen, YEAR_END, 91 * KVK_DAY), "");
	assert_string_equal(at_days(&chosen, YEAR_END, 60 * KVK_DAY), "90d");
	assert_string_equal(at_days(&chosen, YEAR_END, 10 * KVK_DAY), "10d");
	assert_string_equal(at_days(&chosen, 30 * KVK_DAY, 4 * KVK_DAY), "5d");
}

/* The kind of which no days were chosen keeps its own, also for a short lifetime. */
static void test_one_kind_chosen(void **state)
{
	const struct kvk_threshold_days warning = { { 90 }, 1, { 0 }, 0 };
	const struct kvk_threshold_days critical = { { 0 }, 0, { 45 }, 1 };

	(void)state;
	assert_string_equal(at_days(&warning, YEAR_END, 60 * KVK_DAY), "90d");
	assert_string_equal(at_days(&warning, YEAR_END, 14 * KVK_DAY), "14d");
	assert_string_equal(at_days(&warning, 100 * KVK_DAY, 14 * KVK_DAY), "14d");
	assert_string_equal(at_days(&critical, YEAR_END, 60 * KVK_DAY), "60d");
	assert_string_equal(at_days(&critical, YEAR_END, 45 * KVK_DAY), "45d");
}

/* A certificate that ends before it begins, or at once, is expired at its end and not later. */
static void test_no_lifetime(void **state)
{
	(void)state;
	assert_string_equal(at_days(&defaults, -10 * KVK_DAY, -1), "expired");
	assert_string_equal(at_days(&defaults, -10 * KVK_DAY, 1), "");
	assert_string_equal(at_days(&defaults, 0, -1), "expired");
	assert_string_equal(at_days(&defaults, 0, 0), "1/12");
}

/* The years 1 to 9999 do not overflow. */
static void test_far_ends(void **state)
{
	struct kvk_threshold_list list;
	kvk_time first = -719162 * KVK_DAY, last = 2932896 * KVK_DAY;

	(void)state;
	kvk_thresholds_for(&defaults, first, last, &list);
	assert_int_equal(kvk_thresholds_crossed(&list, last, first), 0);
	assert_int_equal(kvk_thresholds_crossed(&list, first, last), 9);
}

static void test_codes(void **state)
{
	struct kvk_threshold_list list;

	(void)state;
	kvk_thresholds_for(&defaults, 0, YEAR_END, &list);
	assert_int_equal(list.count, 9);
	assert_int_equal(list.items[1].code, KVK_EXIT_WARNING);
	assert_int_equal(list.items[2].code, KVK_EXIT_CRITICAL);
	assert_int_equal(list.items[5].code, KVK_EXIT_CRITICAL);
	assert_int_equal(list.items[8].code, KVK_EXIT_CRITICAL);
}

/* A warning and a critical threshold on the same day: the critical one counts. */
static void test_same_day(void **state)
{
	const struct kvk_threshold_days chosen = { { 7 }, 1, { 7 }, 1 };
	struct kvk_threshold_list list;
	size_t n;

	(void)state;
	kvk_thresholds_for(&chosen, 0, YEAR_END, &list);
	n = kvk_thresholds_crossed(&list, YEAR_END, YEAR_END - 7 * KVK_DAY);
	assert_int_equal(n, 2);
	assert_int_equal(list.items[n - 1].code, KVK_EXIT_CRITICAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_short_lifetime),
		cmocka_unit_test(test_chosen_days),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_one_kind_chosen),
		cmocka_unit_test(test_no_lifetime),
		cmocka_unit_test(test_far_ends),
		cmocka_unit_test(test_same_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
