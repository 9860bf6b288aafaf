/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "names/oin.h"

#define SPAN(text) kvk_span_of(text)

static void expect_refused(const char *text, const char *rule)
{
	struct kvk_error why = { "" };
	struct kvk_oin oin;

	assert_int_equal(kvk_oin_read(SPAN(text), &oin, &why), KVK_ERR_REFUSED);
	if (strstr(why.text, rule) == NULL)
		fail_msg("'%s' says '%s', not '%s'", text, why.text, rule);
}

static void hrn_of_a_kvk_number(void **state)
{
	struct kvk_oin oin;

	(void)state;
	assert_int_equal(kvk_oin_of_kvk_number("12345678", &oin), KVK_OK);
	assert_string_equal(oin.text, "00000003123456780000");
	assert_int_equal(oin.kind, KVK_OIN_KVK);
	assert_string_equal(oin.kvk_number, "12345678");
	assert_int_equal(kvk_oin_of_kvk_number("1234567", &oin), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_oin_of_kvk_number("1234567x", &oin), KVK_ERR_ARGUMENT);
}

/* Numbers that were published: Logius' own examples and certificates that were issued. */
static void published_numbers_are_read(void **state)
{
	struct kvk_oin oin;

	(void)state;
	assert_int_equal(kvk_oin_read(SPAN("00000001820029336000"), &oin, NULL), KVK_OK);
	assert_int_equal(oin.kind, KVK_OIN_RSIN);
	assert_string_equal(oin.main_number, "820029336");
	assert_string_equal(oin.kvk_number, "");
	assert_int_equal(kvk_oin_read(SPAN("00000003302162470000"), &oin, NULL), KVK_OK);
	assert_string_equal(oin.kvk_number, "30216247");
	assert_int_equal(kvk_oin_read(SPAN("00000004194049711000"), &oin, NULL), KVK_OK);
	assert_true(kvk_oin_is_sub(&oin));
	/* A SubOIN need not pass the 11-test: 114202890 does not. */
	assert_int_equal(kvk_oin_read(SPAN("00000004114202890000"), &oin, NULL), KVK_OK);
	assert_int_equal(kvk_oin_read(SPAN("00000099123456789000"), &oin, NULL), KVK_OK);
	assert_int_equal(oin.kind, KVK_OIN_TEST);
}

static void wrong_numbers_are_refused_with_their_rule(void **state)
{
	(void)state;
	expect_refused("", "20 digits");
	expect_refused("0000000312345678000", "leading zeros");
	expect_refused("68750110", "KVK number");
	expect_refused("820029336", "RSIN");
	expect_refused("000012345678", "branch number");
	expect_refused("000000031234567800001", "20 digits");
	expect_refused("0000000312345678000x", "20 digits");
	expect_refused(" 0000000312345678000", "20 digits");
	expect_refused("00000005123456780000", "prefix");
	expect_refused("12345678123456780000", "prefix");
	expect_refused("00000003123456781000", "0000");
	expect_refused("00000003123456780001", "000");
	expect_refused("00000001820029337000", "11-test");
	expect_refused("00000003000000000000", "zeros");
	expect_refused("\xd9\xa1\xd9\xa2\xd9\xa3", "20 digits");
}

static void the_form_of_the_g4_profile(void **state)
{
	(void)state;
	assert_true(kvk_oin_fits_g4(SPAN("00000003123456780000")));
	assert_false(kvk_oin_fits_g4(SPAN("00000103123456780000")));
	assert_false(kvk_oin_fits_g4(SPAN("00000003123456780010")));
	assert_false(kvk_oin_fits_g4(SPAN("12345678")));
}

static void numbers_are_described(void **state)
{
	struct kvk_blob out = { .p = NULL };
	struct kvk_oin oin;

	(void)state;
	assert_int_equal(kvk_oin_of_kvk_number("68750110", &oin), KVK_OK);
	assert_int_equal(kvk_oin_describe(&oin, &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "HRN of KVK 68750110");
	kvk_blob_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hrn_of_a_kvk_number),
		cmocka_unit_test(published_numbers_are_read),
		cmocka_unit_test(wrong_numbers_are_refused_with_their_rule),
		cmocka_unit_test(the_form_of_the_g4_profile),
		cmocka_unit_test(numbers_are_described),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
