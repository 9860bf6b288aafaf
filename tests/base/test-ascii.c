/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <locale.h>

#include "base/ascii.h"

/* In the C locale the system's classes are the ones that are meant, up to 0x7f. */
static void classes_are_those_of_ascii(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_ALL, "C"));
	for (int c = 0; c < 256; c++) {
		uint8_t byte = (uint8_t)c;
		bool ascii = c < 128;

		assert_int_equal(kvk_is_digit(byte), ascii && isdigit(c));
		assert_int_equal(kvk_is_alpha(byte), ascii && isalpha(c));
		assert_int_equal(kvk_is_alnum(byte), ascii && isalnum(c));
		assert_int_equal(kvk_is_hex(byte), ascii && isxdigit(c));
		assert_int_equal(kvk_is_space(byte), ascii && isspace(c));
		assert_int_equal(kvk_is_print(byte), ascii && isprint(c));
		assert_int_equal(kvk_to_lower(byte), ascii ? tolower(c) : c);
		assert_int_equal(kvk_to_upper(byte), ascii ? toupper(c) : c);
	}
}

static void digits_case_and_ends(void **state)
{
	struct kvk_span trimmed = kvk_trim(kvk_span_of(" \t\r\n\v\f a b \n"));

	(void)state;
	assert_true(kvk_all_digits(kvk_span_of("0123456789")));
	assert_false(kvk_all_digits(kvk_span_of("")));
	assert_false(kvk_all_digits(kvk_span_of("12 ")));
	assert_false(kvk_all_digits(kvk_span_of("-1")));
	assert_false(kvk_all_digits(kvk_span_of("\xd9\xa1")));
	assert_true(kvk_equal_nocase(kvk_span_of("KvK.nl"), kvk_span_of("kVk.NL")));
	assert_false(kvk_equal_nocase(kvk_span_of("kvk"), kvk_span_of("kvk.")));
	assert_false(kvk_equal_nocase(kvk_span_of("@"), kvk_span_of("`")));
	assert_false(kvk_equal_nocase(kvk_span_of("["), kvk_span_of("{")));
	assert_true(kvk_span_is(trimmed, "a b"));
	assert_int_equal(kvk_trim(kvk_span_of(" \n ")).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classes_are_those_of_ascii),
		cmocka_unit_test(digits_case_and_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
