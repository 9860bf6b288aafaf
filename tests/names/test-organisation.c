/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of organisations, as certificates and registers write them.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "names/organisation.h"

#define SPAN(text) ((struct kvk_span){ (const uint8_t *)(text), sizeof(text) - 1 })

static void same(void **state)
{
	static const char *const pairs[][2] = {
		{ "Gemeente Voorbeeld", "GEMEENTE  VOORBEELD" },
		{ " Gemeente Voorbeeld", "gemeente\tvoorbeeld " },
		{ "Caf\xc3\xa9 B.V.", "CAF\xc3\x89 B.V." },
		{ "Caf\xc3\xa9 B.V.", "Cafe\xcc\x81 b.v." },
		{ "Test BV",
			"Test\xc2\xa0"
			"BV" },
		{ "\xc4\xb2sland", "IJsland" },
		{ "Stra\xc3\x9f"
		  "e",
			"STRASSE" },
		{ "\xff", "\xff" },
		{ "", " " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (!kvk_organisation_same(kvk_span_of(pairs[i][0]), kvk_span_of(pairs[i][1])))
			fail_msg("'%s' is not '%s'", pairs[i][0], pairs[i][1]);
}

static void different(void **state)
{
	static const char *const pairs[][2] = {
		{ "Gemeente Voorbeeld", "GemeenteVoorbeeld" },
		{ "Cafe B.V.", "Caf\xc3\xa9 B.V." },
		{ "Test B.V.", "Test BV" },
		{ "Test", "Test B" },
		{ "\xff", "\xfe" },
		{ "\xff", "\xc3\xbf" },
		{ "Test", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct kvk_span a = kvk_span_of(pairs[i][0]), b = kvk_span_of(pairs[i][1]);

		if (kvk_organisation_same(a, b) || kvk_organisation_same(b, a))
			fail_msg("'%s' is '%s'", pairs[i][0], pairs[i][1]);
	}
	assert_false(kvk_organisation_same(SPAN("Test\0A"), SPAN("Test\0B")));
	assert_false(kvk_organisation_same(SPAN("Test\0"), SPAN("Test")));
	assert_true(kvk_organisation_same(SPAN("Test\0A"), SPAN("test\0a")));
}

/* Twenty pairs: what a register writes, what a certificate writes, and how they differ. */
static const struct {
	const char *registered, *certified;
	enum kvk_name_difference difference;
} pairs[] = {
	{ "Gemeente Voorbeeld", "Gemeente Voorbeeld", KVK_NAME_SAME },
	{ "Gemeente Voorbeeld", "GEMEENTE  VOORBEELD", KVK_NAME_SAME },
	{ "Caf\xc3\xa9 Zon B.V.", "Cafe\xcc\x81 Zon b.v.", KVK_NAME_SAME },
	{ "Test\xc2\xa0"
	  "BV Donald",
		"Test BV Donald ", KVK_NAME_SAME },
	{ "Waterschap De Dommel", "Waterschap \xef\xbc\xa4\xef\xbd\x85 Dommel", KVK_NAME_SAME },
	{ "Test B.V.", "Test BV", KVK_NAME_PUNCTUATION },
	{ "Provincie Noord-Holland", "Provincie Noord Holland", KVK_NAME_PUNCTUATION },
	{ "Jansen-Bouw", "JansenBouw", KVK_NAME_PUNCTUATION },
	{ "'s-Gravenhage", "s Gravenhage", KVK_NAME_PUNCTUATION },
	{ "Jansen, De Vries & Zn", "Jansen De Vries Zn", KVK_NAME_PUNCTUATION },
	{ "Co\xc3\xb6peratief Fonds", "Cooperatief Fonds", KVK_NAME_DIACRITICS },
	{ "S\xc3\xba"
	  "dwest-Frysl\xc3\xa2n",
		"Sudwest-Fryslan", KVK_NAME_DIACRITICS },
	{ "R\xc3\xb8kke Transport", "Rokke Transport", KVK_NAME_DIACRITICS },
	{ "Voorbeeld B.V.", "Voorbeeld", KVK_NAME_FORM },
	{ "Stichting Voorbeeld", "Voorbeeld", KVK_NAME_FORM },
	{ "Voorbeeld N.V.", "Voorbeeld besloten vennootschap", KVK_NAME_FORM },
	{ "Caf\xc3\xa9-Zon B.V.", "Cafe Zon", KVK_NAME_SEVERAL },
	{ "Gemeente Voorbeeld", "Gemeente Elders", KVK_NAME_OTHER },
	{ "Voorbeeld B.V.", "Voorbeeld Holding B.V.", KVK_NAME_OTHER },
	{ "B.V.", "N.V.", KVK_NAME_OTHER },
};

static void differences(void **state)
{
	(void)state;
	assert_int_equal(sizeof pairs / sizeof pairs[0], 20);
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		const struct kvk_span a = kvk_span_of(pairs[i].registered);
		const struct kvk_span b = kvk_span_of(pairs[i].certified);
		enum kvk_name_difference there, back;

		assert_int_equal(kvk_organisation_compare(a, b, &there), KVK_OK);
		assert_int_equal(kvk_organisation_compare(b, a, &back), KVK_OK);
		if (there != pairs[i].difference || back != there)
			fail_msg("'%s' and '%s': %d and %d, not %d", pairs[i].registered,
				pairs[i].certified, (int)there, (int)back,
				(int)pairs[i].difference);
		assert_int_equal(kvk_organisation_same(a, b), there == KVK_NAME_SAME);
	}
}

/* Nothing is left of them to compare, or nothing is known of them but their bytes. */
static void no_names(void **state)
{
	enum kvk_name_difference difference;

	(void)state;
	assert_int_equal(kvk_organisation_compare(SPAN("..."), SPAN("---"), &difference), KVK_OK);
	assert_int_equal(difference, KVK_NAME_OTHER);
	assert_int_equal(kvk_organisation_compare(SPAN("\xff"), SPAN("\xff"), &difference), KVK_OK);
	assert_int_equal(difference, KVK_NAME_SAME);
	assert_int_equal(kvk_organisation_compare(SPAN("\xff"), SPAN("\xfe"), &difference), KVK_OK);
	assert_int_equal(difference, KVK_NAME_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same),
		cmocka_unit_test(different),
		cmocka_unit_test(differences),
		cmocka_unit_test(no_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
