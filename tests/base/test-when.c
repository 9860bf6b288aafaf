/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/when.h"

static kvk_time at(const char *text)
{
	kvk_time t;

	assert_int_equal(kvk_time_parse(text, &t), KVK_OK);
	return t;
}

static void days(void **state)
{
	char text[KVK_WHEN_SIZE];

	(void)state;
	assert_string_equal(kvk_when_day(at("2027-12-30T15:06:25Z"), text), "30 December 2027");
	assert_string_equal(kvk_when_day(at("2028-01-01T00:00:00Z"), text), "1 January 2028");
	assert_string_equal(kvk_when_day(at("2028-02-29T23:59:59Z"), text), "29 February 2028");
}

static void dates(void **state)
{
	char text[KVK_WHEN_SIZE];

	(void)state;
	assert_string_equal(kvk_when_date("2028-11-12", text), "12 November 2028");
	assert_string_equal(kvk_when_date("soon", text), "soon");
}

static void moments(void **state)
{
	char text[KVK_WHEN_SIZE];

	(void)state;
	assert_string_equal(
		kvk_when_moment(at("2027-05-03T04:06:05Z"), text), "3 May 2027 at 04:06:05 UTC");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days),
		cmocka_unit_test(dates),
		cmocka_unit_test(moments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
