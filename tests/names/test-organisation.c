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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same),
		cmocka_unit_test(different),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
