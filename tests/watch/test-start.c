/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "watch/start.h"

static kvk_time day(const char *text)
{
	kvk_time out;

	assert_int_equal(kvk_time_parse(text, &out), KVK_OK);
	return out;
}

/* The day by which a renewal starts, of a certificate of three years unless begin says otherwise.
 */
static void assert_start(const char *begin, const char *end, int lead_days, const char *expected)
{
	char text[KVK_TIME_TEXT_SIZE];

	assert_string_equal(
		kvk_date_text(kvk_start_by(day(begin), day(end), lead_days), text), expected);
}

static void working_days_and_a_week(void **state)
{
	(void)state;
	/* 14 working days come to 20 in the calendar: 27 before Monday 22 November. */
	assert_start("2024-11-22", "2027-11-22T23:59:59Z", 14, "2027-10-26");
	assert_start("2024-11-22", "2027-11-22", 14, "2027-10-26");
	/* 4 come to 6. */
	assert_start("2024-11-22", "2027-11-22", 4, "2027-11-09");
	assert_start("2024-11-22", "2027-11-22", 0, "2027-11-15");
	assert_start("2024-11-22", "2027-11-22", 40, "2027-09-20");
}

static void not_in_a_weekend(void **state)
{
	(void)state;
	assert_start("2024-11-22", "2027-11-26", 14, "2027-10-29");
	assert_start("2024-11-22", "2027-11-27", 14, "2027-10-29");
	assert_start("2024-11-22", "2027-11-25", 14, "2027-10-29");
	assert_start("2024-11-22", "2027-11-28", 14, "2027-11-01");
	/* Also before 1970 there were some. */
	assert_start("1960-01-01", "1969-12-13T12:00:00Z", 0, "1969-12-05");
}

static void not_in_the_first_half_of_a_short_lifetime(void **state)
{
	(void)state;
	assert_start("2027-11-01", "2027-12-01", 14, "2027-11-16");
	assert_start("2027-11-01", "2027-12-01", 4, "2027-11-18");
	/* Its half is a Saturday: Friday would be in the first half. */
	assert_start("2027-11-05", "2027-12-05", 14, "2027-11-22");
	/* One that ends before it begins has no lifetime. */
	assert_start("2027-11-01", "2027-10-01", 14, "2027-10-18");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(working_days_and_a_week),
		cmocka_unit_test(not_in_a_weekend),
		cmocka_unit_test(not_in_the_first_half_of_a_short_lifetime),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
