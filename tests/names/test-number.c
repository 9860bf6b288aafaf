/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "names/number.h"

#define SPAN(text) kvk_span_of(text)

static void kvk_numbers(void **state)
{
	char out[KVK_NUMBER_DIGITS + 1];
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(kvk_number_read(SPAN("68750110"), out, NULL), KVK_OK);
	assert_string_equal(out, "68750110");
	assert_int_equal(kvk_number_read(SPAN("6875011"), out, &why), KVK_ERR_REFUSED);
	assert_non_null(strstr(why.text, "leading zeros"));
	assert_int_equal(kvk_number_read(SPAN("00000000"), out, NULL), KVK_ERR_REFUSED);
	assert_int_equal(kvk_number_read(SPAN("6875O110"), out, NULL), KVK_ERR_REFUSED);
	assert_int_equal(kvk_number_read(SPAN("00000003123456780000"), out, &why), KVK_ERR_REFUSED);
	assert_non_null(strstr(why.text, "OIN"));
}

static void the_eleven_test(void **state)
{
	static const char *const good[] = { "820029336", "002220647", "822477348", "001299992",
		"812579446" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		char swapped[KVK_RSIN_DIGITS + 1];

		assert_true(kvk_number_is_rsin(SPAN(good[i])));
		strcpy(swapped, good[i]);
		swapped[8] = swapped[8] == '9' ? '0' : (char)(swapped[8] + 1);
		assert_false(kvk_number_is_rsin(SPAN(swapped)));
	}
	assert_false(kvk_number_is_rsin(SPAN("000000000")));
	assert_false(kvk_number_is_rsin(SPAN("82002933")));
}

static void organization_identifiers(void **state)
{
	char out[KVK_NUMBER_DIGITS + 1];

	(void)state;
	assert_int_equal(kvk_number_of_identifier(SPAN("NTRNL-27124701"), out), KVK_OK);
	assert_string_equal(out, "27124701");
	assert_int_equal(kvk_number_of_identifier(SPAN("NTRNL-2712470"), out), KVK_ERR_REFUSED);
	assert_int_equal(kvk_number_of_identifier(SPAN("NTRBE-27124701"), out), KVK_ERR_REFUSED);
	assert_int_equal(kvk_number_of_identifier(SPAN(""), out), KVK_ERR_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kvk_numbers),
		cmocka_unit_test(the_eleven_test),
		cmocka_unit_test(organization_identifiers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
