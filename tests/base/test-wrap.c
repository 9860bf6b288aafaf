/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/wrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_character_has_its_columns(void **state)
{
	static const struct {
		const char *text;
		unsigned columns;
	} cases[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "\xc3\xab", 1 },
		/* e with a combining diaeresis. */
		{ "e\xcc\x88", 1 },
		/* Two of Han, one of Hangul, a full-width A. */
		{ "\xe6\xbc\xa2\xe5\xad\x97", 4 },
		{ "\xed\x95\x9c", 2 },
		{ "\xef\xbc\xa1", 2 },
		/* A kana, and its voice mark drawn over it. */
		{ "\xe3\x81\x8b\xe3\x82\x99", 2 },
		{ "\xf0\xa0\x80\x80", 2 },
		/* The last before the wide ones, and the first after a range of them. */
		{ "\xe1\x83\xbf", 1 },
		{ "\xef\xbd\xa1", 1 },
		{ "\xff", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(kvk_wrap_columns(kvk_span_of(cases[i].text)), cases[i].columns);
}

static void lines_are_broken_at_blanks(void **state)
{
	static const struct {
		struct kvk_wrap lines;
		const char *text, *wrapped;
	} cases[] = {
		{ { 0, 0, 9 }, "", "" },
		{ { 0, 0, 9 }, "one two", "one two" },
		{ { 0, 0, 9 }, "one   two ", "one two" },
		{ { 0, 0, 9 }, "one two three", "one two\nthree" },
		{ { 2, 2, 9 }, "one two three", "one two\n  three" },
		{ { 3, 2, 9 }, "one two three", "one\n  two\n  three" },
		{ { 0, 1, 3 }, "first second", "first\n second" },
		{ { 0, 0, 5 }, "\xc3\xab\xc3\xab \xc3\xab\xc3\xab",
			"\xc3\xab\xc3\xab \xc3\xab\xc3\xab" },
		{ { 0, 0, 5 }, "\xe6\xbc\xa2 \xe5\xad\x97", "\xe6\xbc\xa2 \xe5\xad\x97" },
		{ { 0, 0, 4 }, "\xe6\xbc\xa2 \xe5\xad\x97", "\xe6\xbc\xa2\n\xe5\xad\x97" },
		/* What is quoted stays together, with all its blanks, where it fits in a line. */
		{ { 0, 0, 12 }, "run 'git  add x' now", "run\n'git  add x'\nnow" },
		{ { 0, 0, 12 }, "run ('git add'), or", "run\n('git add'),\nor" },
		{ { 0, 2, 12 }, "run 'git add -p x'", "run 'git add\n  -p x'" },
		/* A path and a command always do. */
		{ { 0, 0, 12 }, "run 'kvkcsr new x' now", "run\n'kvkcsr new x'\nnow" },
		{ { 0, 0, 12 }, "in '/a b/c d/e f' now", "in\n'/a b/c d/e f'\nnow" },
		/* An apostrophe begins nothing, nor ends it; nor does a mark without a second one.
		 */
		{ { 0, 0, 8 }, "the CAs' key's end", "the CAs'\nkey's\nend" },
		{ { 0, 0, 9 }, "'a b's c' d", "'a b's c'\nd" },
		{ { 0, 0, 6 }, "a 'b c d", "a 'b c\nd" },
		{ { 0, 0, 6 }, "ab '", "ab '" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kvk_blob out = { 0 };

		assert_int_equal(kvk_wrap(&out, &cases[i].lines, cases[i].text), KVK_OK);
		assert_string_equal(kvk_blob_str(&out), cases[i].wrapped);
		kvk_blob_free(&out);
	}
}

static void each_line_is_wrapped_on_its_own(void **state)
{
	static const struct {
		const char *text, *wrapped;
	} cases[] = {
		{ "", "" },
		{ "one two three", "one two\nthree" },
		{ "one two three\n", "one two\nthree\n" },
		{ "one\n\n\ntwo three four\n", "one\n\n\ntwo three\nfour\n" },
		{ "one\n  a line that stays\ntwo three", "one\n  a line that stays\ntwo three" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kvk_blob out = { 0 };

		assert_int_equal(kvk_wrap_lines(&out, 9, cases[i].text), KVK_OK);
		assert_string_equal(kvk_blob_str(&out), cases[i].wrapped);
		kvk_blob_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_character_has_its_columns),
		cmocka_unit_test(lines_are_broken_at_blanks),
		cmocka_unit_test(each_line_is_wrapped_on_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
