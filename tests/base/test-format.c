/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/format.h"

static void what_fits_is_whole(void **state)
{
	char text[8];

	(void)state;
	assert_true(KVK_FORMAT(text, "%s-%d", "abc", 123));
	assert_string_equal(text, "abc-123");
	assert_false(KVK_FORMAT(text, "%s-%d", "abc", 1234));
	assert_string_equal(text, "abc-123");
	assert_false(kvk_format(text, 1, "x"));
	assert_string_equal(text, "");
}

/* "a" and a character of two, three and four octets in arrays that end inside it. */
static void no_character_is_cut(void **state)
{
	static const char *const characters[] = { "\xc3\xab", "\xe2\x82\xac", "\xf0\x9f\x94\x91" };
	char text[8];

	(void)state;
	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
		const size_t n = strlen(characters[i]);

		for (size_t size = 2; size < n + 2; size++) {
			assert_false(kvk_format(text, size, "a%s", characters[i]));
			assert_string_equal(text, "a");
		}
		assert_true(kvk_format(text, n + 2, "a%s", characters[i]));
		assert_int_equal(strlen(text), n + 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_fits_is_whole),
		cmocka_unit_test(no_character_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
