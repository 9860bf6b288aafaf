/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers of organisations as people write them: what they are read as, and what is said of those
 * that are of no use.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "portal/identity.h"

static void numbers(void **state)
{
	static const struct {
		const char *text;
		enum kvk_number_kind kind;
		const char *kvk;
		/* A part of what is said; "" for nothing. */
		const char *words;
	} rows[] = {
		{ "68750110", KVK_NUMBER_KVK, "68750110", "" },
		{ "01234567", KVK_NUMBER_KVK, "01234567", "" },
		{ "00000003687501100000", KVK_NUMBER_OIN, "68750110", ", HRN of KVK 68750110" },
		{ "00000003687501109000", KVK_NUMBER_OIN, "", "0000" },
		{ "00000001823288444000", KVK_NUMBER_OIN, "", ", OIN of RSIN 823288444" },
		{ "00000001823288445000", KVK_NUMBER_OIN, "", "11-test" },
		{ "00000004114202890000", KVK_NUMBER_OIN, "", "SubOIN 114202890" },
		{ "00000005687501100000", KVK_NUMBER_OIN, "", "not a prefix in use" },
		{ "00000099687501100000", KVK_NUMBER_OIN, "", "test OIN" },
		{ "6875011", KVK_NUMBER_OTHER, "", ": leading zeros may be missing" },
		{ "0000003687501100000", KVK_NUMBER_OTHER, "", ": leading zeros may be missing" },
		{ "823288444", KVK_NUMBER_OTHER, "", "RSIN" },
		{ "000037178598", KVK_NUMBER_OTHER, "", "branch number" },
		{ "12345678901234567890", KVK_NUMBER_OTHER, "", "begins with 000000" },
		{ "00000003687501100001", KVK_NUMBER_OTHER, "", "ends in 000" },
		{ "6875 0110", KVK_NUMBER_OTHER, "", "nothing but digits" },
		{ "68750110 ", KVK_NUMBER_OTHER, "", "nothing but digits" },
		{ "NTRNL-68750110", KVK_NUMBER_OTHER, "", "nothing but digits" },
		{ "1234567890", KVK_NUMBER_OTHER, "", "" },
		{ "", KVK_NUMBER_OTHER, "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char words[KVK_NUMBER_WORDS];
		struct kvk_number number;

		kvk_identity_read(kvk_span_of(rows[i].text), &number);
		assert_int_equal(number.kind, rows[i].kind);
		assert_string_equal(number.kvk, rows[i].kvk);
		assert_int_equal(kvk_number_words(&number, words), KVK_OK);
		if (rows[i].words[0] == '\0')
			assert_string_equal(words, "");
		else if (strstr(words, rows[i].words) == NULL)
			fail_msg("'%s': '%s'", rows[i].text, words);
		assert_int_equal(kvk_number_is_test(&number), strstr(words, "test OIN") != NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
