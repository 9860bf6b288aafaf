/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <time.h>

#include "base/time.h"
#include "base/when.h"

static kvk_time at(int year, int month, int day)
{
	struct kvk_civil civil = { .year = year, .month = month, .day = day };
	kvk_time t;

	assert_int_equal(kvk_time_from_civil(&civil, &t), KVK_OK);
	return t;
}

/* Days since 1970 from outside this program: `date -u -d YEAR-MONTH-DAY +%s` divided by 86400. */
static void known_days(void **state)
{
	static const struct {
		int year, month, day;
		int64_t days;
	} known[] = {
		{ 1, 1, 1, -719162 },
		{ 1600, 2, 29, -135081 },
		{ 1900, 2, 28, -25509 },
		{ 1900, 3, 1, -25508 },
		{ 1969, 12, 31, -1 },
		{ 1970, 1, 1, 0 },
		{ 2000, 2, 29, 11016 },
		{ 2000, 3, 1, 11017 },
		{ 2038, 1, 19, 24855 },
		{ 2050, 1, 1, 29220 },
		{ 2100, 3, 1, 47541 },
		{ 9999, 12, 31, 2932896 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		assert_int_equal(
			at(known[i].year, known[i].month, known[i].day) / KVK_DAY, known[i].days);
}

/* Each day of four centuries against a plain count of days. */
static void every_day_follows_the_one_before(void **state)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	kvk_time t = at(1599, 12, 31) + KVK_DAY;

	(void)state;
	for (int year = 1600; year < 2101; year++) {
		bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

		for (int month = 1; month <= 12; month++) {
			for (int day = 1; day <= days[month - 1] + (month == 2 && leap); day++) {
				struct kvk_civil civil;

				assert_int_equal(at(year, month, day), t);
				kvk_time_to_civil(t + KVK_DAY - 1, &civil);
				assert_int_equal(civil.year, year);
				assert_int_equal(civil.month, month);
				assert_int_equal(civil.day, day);
				assert_int_equal(civil.hour, 23);
				assert_int_equal(civil.millisecond, 999);
				t += KVK_DAY;
			}
		}
	}
}

static void fields_out_of_range_are_refused(void **state)
{
	static const struct kvk_civil wrong[] = {
		{ 0, 1, 1, 0, 0, 0, 0 },
		{ 10000, 1, 1, 0, 0, 0, 0 },
		{ -1, 1, 1, 0, 0, 0, 0 },
		{ 2026, 0, 1, 0, 0, 0, 0 },
		{ 2026, 13, 1, 0, 0, 0, 0 },
		{ 2026, 1, 0, 0, 0, 0, 0 },
		{ 2026, 1, 32, 0, 0, 0, 0 },
		{ 2026, 4, 31, 0, 0, 0, 0 },
		{ 2026, 2, 29, 0, 0, 0, 0 },
		{ 1900, 2, 29, 0, 0, 0, 0 },
		{ 2026, 1, 1, 24, 0, 0, 0 },
		{ 2026, 1, 1, 0, 60, 0, 0 },
		{ 2026, 1, 1, 0, 0, 60, 0 },
		{ 2026, 1, 1, 0, 0, 0, 1000 },
		{ 2026, 1, 1, -1, 0, 0, 0 },
		{ 2026, 1, 1, 0, 0, -1, 0 },
		{ 2026, 1, 1, 0, 0, 0, -1 },
	};
	kvk_time t = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(kvk_time_from_civil(&wrong[i], &t), KVK_ERR_ARGUMENT);
	assert_int_equal(t, 42);
}

static void texts_are_read_and_written(void **state)
{
	static const struct {
		const char *in, *out;
	} good[] = {
		{ "2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z" },
		{ "2026-11-22", "2026-11-22T00:00:00Z" },
		{ "2026-11-22t12:00:00z", "2026-11-22T12:00:00Z" },
		{ "2026-11-22 12:00:00Z", "2026-11-22T12:00:00Z" },
		{ "2026-11-22T12:00:00+01:00", "2026-11-22T11:00:00Z" },
		{ "2026-11-22T00:30:00+05:45", "2026-11-21T18:45:00Z" },
		{ "2025-12-31T23:30:00-01:00", "2026-01-01T00:30:00Z" },
		{ "2026-11-22T12:00:00-00:00", "2026-11-22T12:00:00Z" },
		{ "2026-11-22T12:00:00.999999999Z", "2026-11-22T12:00:00Z" },
		{ "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z" },
		{ "1600-02-29T23:59:59Z", "1600-02-29T23:59:59Z" },
		{ "1900-03-01", "1900-03-01T00:00:00Z" },
		{ "2038-01-19T03:14:08Z", "2038-01-19T03:14:08Z" },
		{ "2050-01-01T00:00:00Z", "2050-01-01T00:00:00Z" },
		{ "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
	};
	char text[KVK_TIME_TEXT_SIZE];
	kvk_time t;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(kvk_time_parse(good[i].in, &t), KVK_OK);
		assert_string_equal(kvk_time_text(t, text), good[i].out);
	}
	assert_int_equal(kvk_time_parse("1970-01-01T00:00:01.2345Z", &t), KVK_OK);
	assert_int_equal(t, 1234);
	assert_string_equal(kvk_date_text(t, text), "1970-01-01");
}

static void other_texts_are_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"2026",
		"2026-11",
		"2026-11-2",
		"26-11-22",
		"2026/11/22",
		"2026-11-22T",
		"2026-11-22T12",
		"2026-11-22T12:00",
		"2026-11-22T12:00Z",
		"2026-11-22T12:00:00",
		"2026-11-22T12:00:00.Z",
		"2026-11-22T12:00:00ZZ",
		"2026-11-22Z",
		"2026-11-22T12:00:00+1:00",
		"2026-11-22T12:00:00+0100",
		"2026-11-22T12:00:00+24:00",
		"2026-11-22T12:00:00+01:60",
		"2026-11-22T24:00:00Z",
		"2026-11-22T23:59:60Z",
		"2026-02-30",
		"0000-01-01",
		" 2026-11-22",
		"2026-11-22 ",
		"+026-11-22",
		"2026-11-22T12:00:00,5Z",
		"9999-12-31T23:59:59-00:01",
		"0001-01-01T00:00:00+00:01",
	};
	kvk_time t = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (kvk_time_parse(wrong[i], &t) != KVK_ERR_ARGUMENT)
			fail_msg("'%s' was accepted", wrong[i]);
	}
	assert_int_equal(t, 42);
}

static void dates_have_words(void **state)
{
	static const struct {
		const char *date, *words;
	} cases[] = {
		{ "2026-01-01", "1 January 2026" },
		{ "2027-12-30T23:59:59Z", "30 December 2027" },
		{ "0999-02-28", "28 February 999" },
	};
	char words[KVK_WHEN_SIZE];
	kvk_time t;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(kvk_time_parse(cases[i].date, &t), KVK_OK);
		assert_string_equal(kvk_when_day(t, words), cases[i].words);
	}
}

static void times_before_1970_round_towards_the_past(void **state)
{
	char text[KVK_TIME_TEXT_SIZE];
	struct kvk_civil civil;

	(void)state;
	assert_string_equal(kvk_time_text(-1, text), "1969-12-31T23:59:59Z");
	kvk_time_to_civil(-1, &civil);
	assert_int_equal(civil.millisecond, 999);
	assert_string_equal(kvk_time_text(INT64_MIN, text), "0001-01-01T00:00:00Z");
	assert_string_equal(kvk_time_text(INT64_MAX, text), "9999-12-31T23:59:59Z");
	assert_string_equal(kvk_date_text(INT64_MAX, text), "9999-12-31");
}

static void days_round_down(void **state)
{
	(void)state;
	assert_int_equal(kvk_time_days(0, 0), 0);
	assert_int_equal(kvk_time_days(0, KVK_DAY - 1), 0);
	assert_int_equal(kvk_time_days(0, KVK_DAY), 1);
	assert_int_equal(kvk_time_days(KVK_SECOND, 0), -1);
	assert_int_equal(kvk_time_days(KVK_DAY, 0), -1);
	assert_int_equal(kvk_time_days(KVK_DAY + 1, 0), -2);
	assert_int_equal(kvk_time_days(-KVK_HOUR, KVK_HOUR), 0);
	assert_int_equal(kvk_time_days(-KVK_HOUR, 23 * KVK_HOUR), 1);
	/* No overflow at the ends. */
	assert_int_equal(kvk_time_days(INT64_MIN, INT64_MAX), 213503982334);
	assert_int_equal(kvk_time_days(INT64_MAX, INT64_MIN), -213503982335);
}

static void the_clock_agrees_with_the_system(void **state)
{
	kvk_time now;
	time_t before = time(NULL), after;

	(void)state;
	assert_int_equal(kvk_time_now(&now), KVK_OK);
	after = time(NULL);
	/* time() may lag by a tick of the kernel. */
	assert_true(now / KVK_SECOND >= before);
	assert_true(now / KVK_SECOND <= after + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days),
		cmocka_unit_test(every_day_follows_the_one_before),
		cmocka_unit_test(fields_out_of_range_are_refused),
		cmocka_unit_test(texts_are_read_and_written),
		cmocka_unit_test(other_texts_are_refused),
		cmocka_unit_test(dates_have_words),
		cmocka_unit_test(times_before_1970_round_towards_the_past),
		cmocka_unit_test(days_round_down),
		cmocka_unit_test(the_clock_agrees_with_the_system),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
