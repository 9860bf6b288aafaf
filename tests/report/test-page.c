/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void short_text_stays_on_one_line(void **state)
{
	struct kvk_blob out = { 0 };
	struct kvk_page page = { .out = &out };

	(void)state;
	kvk_page_append_paragraph(&page, 8, "hint:", "one  two");
	assert_int_equal(page.err, KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "hint:   one two\n");
	kvk_blob_clear(&out);
	kvk_page_append_paragraph(&page, 8, "hint:", "  one two   three ");
	assert_string_equal(kvk_blob_str(&out), "hint:    one two three\n");
	kvk_blob_clear(&out);
	kvk_page_append_paragraph(&page, 8, "hint:", "");
	assert_string_equal(kvk_blob_str(&out), "hint:   \n");
	kvk_blob_free(&out);
}

/* 40 times "abcdefg" with an indent of 8: eleven words of 8 columns fill 8 + 87 of 96. */
static void long_text_is_broken_at_blanks(void **state)
{
	struct kvk_blob out = { 0 }, text = { 0 };
	struct kvk_page page = { .out = &out };
	char *line;

	(void)state;
	for (int i = 0; i < 40; i++)
		assert_int_equal(kvk_blob_text(&text, "abcdefg "), KVK_OK);
	kvk_page_append_paragraph(&page, 8, "", kvk_blob_str(&text));
	line = strtok((char *)out.p, "\n");
	assert_int_equal(strlen(line), 95);
	for (int i = 0; i < 3; i++) {
		line = strtok(NULL, "\n");
		assert_non_null(line);
		assert_memory_equal(line, "        abcdefg", 15);
		assert_true(strlen(line) <= KVK_PAGE_WIDTH);
	}
	assert_null(strtok(NULL, "\n"));
	kvk_blob_free(&text);
	kvk_blob_free(&out);
}

/* Columns are characters, not octets: 40 letters of two octets and 40 more fit next to indent 8. */
/* A label that leaves no blank before the text. */
static void wide_labels_have_a_line(void **state)
{
	struct kvk_blob out = { 0 };
	struct kvk_page page = { .out = &out };

	(void)state;
	kvk_page_append_paragraph(&page, 4, "abcd", "x y");
	kvk_page_append_paragraph(&page, 4, "abc", "x");
	assert_string_equal(kvk_blob_str(&out), "abcd\n    x y\nabc x\n");
	kvk_blob_free(&out);
}

static void columns_are_characters(void **state)
{
	struct kvk_blob out = { 0 }, text = { 0 };
	struct kvk_page page = { .out = &out };

	(void)state;
	for (int i = 0; i < 80; i++)
		assert_int_equal(kvk_blob_text(&text, i == 40 ? " \xc3\xab" : "\xc3\xab"), KVK_OK);
	kvk_page_append_paragraph(&page, 8, "", kvk_blob_str(&text));
	assert_ptr_equal(strchr(kvk_blob_str(&out), '\n'), kvk_blob_str(&out) + out.n - 1);
	kvk_blob_free(&text);
	kvk_blob_free(&out);
}

static void colour_only_where_wanted(void **state)
{
	struct kvk_blob out = { 0 };
	struct kvk_page page = { .out = &out };

	(void)state;
	kvk_page_append_ink(&page, KVK_INK_BAD, "x");
	assert_string_equal(kvk_blob_str(&out), "x");
	page.colour = true;
	kvk_page_append_ink(&page, KVK_INK_BAD, "y");
	assert_string_equal(kvk_blob_str(&out), "x\033[1;31my\033[0m");
	kvk_blob_free(&out);
}

static void first_error_stays(void **state)
{
	struct kvk_blob out = { 0 };
	struct kvk_page page = { .out = &out, .err = KVK_ERR_MEMORY };

	(void)state;
	kvk_page_append(&page, "%d", 1);
	kvk_page_append_escaped(&page, kvk_span_of("x"));
	kvk_page_append_hex(&page, kvk_span_of("x"));
	kvk_page_append_paragraph(&page, 4, "a", "b");
	assert_int_equal(page.err, KVK_ERR_MEMORY);
	assert_int_equal(out.n, 0);
	kvk_blob_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_text_stays_on_one_line),
		cmocka_unit_test(long_text_is_broken_at_blanks),
		cmocka_unit_test(wide_labels_have_a_line),
		cmocka_unit_test(columns_are_characters),
		cmocka_unit_test(colour_only_where_wanted),
		cmocka_unit_test(first_error_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
