/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void a_paragraph_has_the_width_of_its_page(void **state)
{
	static const struct {
		unsigned width, indent;
		const char *text;
	} cases[] = {
		/* Seven words of 8 columns, but for the last blank, fill 4 + 55 of 60. */
		{ 60, 4,
			"    abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg\n"
			"    abcdefg abcdefg abcdefg abcdefg abcdefg\n" },
		{ 63, 0,
			"abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg\n"
			"abcdefg abcdefg abcdefg abcdefg\n" },
		/* What was not told its width has 80 columns. */
		{ 0, 1,
			" abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg "
			"abcdefg\n abcdefg abcdefg\n" },
		/* Longer lines than 100 columns are hard to read. */
		{ 500, 6,
			"      abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg abcdefg "
			"abcdefg "
			"abcdefg abcdefg\n      abcdefg\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kvk_blob out = { 0 }, text = { 0 };
		struct kvk_page page = { .out = &out, .paper.width = cases[i].width };

		for (int word = 0; word < 12; word++)
			assert_int_equal(kvk_blob_append_text(&text, "abcdefg "), KVK_OK);
		kvk_page_append_paragraph(&page, cases[i].indent, kvk_blob_str(&text));
		assert_int_equal(page.err, KVK_OK);
		assert_string_equal(kvk_blob_str(&out), cases[i].text);
		kvk_blob_free(&text);
		kvk_blob_free(&out);
	}
}

static void a_sentence_is_formatted_and_wrapped(void **state)
{
	struct kvk_blob out = { 0 };
	struct kvk_page page = { .out = &out, .paper.width = 12 };

	(void)state;
	kvk_page_append_sentence(&page, "%d of the %s", 2, "certificates");
	assert_string_equal(kvk_blob_str(&out), "2 of the\ncertificates\n");
	kvk_blob_free(&out);
}

static void times_have_their_distance(void **state)
{
	static const struct {
		const char *t, *text;
	} cases[] = {
		{ "2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z (in less than a day)" },
		{ "2026-11-22T11:59:59Z", "2026-11-22T11:59:59Z (less than a day ago)" },
		{ "2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z (in 1 day)" },
		{ "2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z (in 2 days)" },
		{ "2026-11-21T12:00:00Z", "2026-11-21T12:00:00Z (1 day ago)" },
		{ "2026-11-19T12:00:00Z", "2026-11-19T12:00:00Z (3 days ago)" },
	};
	kvk_time at, t;

	(void)state;
	assert_int_equal(kvk_time_parse("2026-11-22T12:00:00Z", &at), KVK_OK);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kvk_blob out = { 0 };
		struct kvk_page page = { .out = &out };

		assert_int_equal(kvk_time_parse(cases[i].t, &t), KVK_OK);
		kvk_page_append_time(&page, at, t);
		assert_string_equal(kvk_blob_str(&out), cases[i].text);
		kvk_blob_free(&out);
	}
}

static void a_day_is_enough(void **state)
{
	struct kvk_blob out = { 0 };
	struct kvk_page page = { .out = &out };
	kvk_time at, t;

	(void)state;
	assert_int_equal(kvk_time_parse("2026-11-22T12:00:00Z", &at), KVK_OK);
	assert_int_equal(kvk_time_parse("2026-12-01T23:59:59Z", &t), KVK_OK);
	kvk_page_append_day(&page, at, t);
	assert_string_equal(kvk_blob_str(&out), "1 December 2026 (in 9 days)");
	kvk_blob_free(&out);
}

static void colour_only_where_wanted(void **state)
{
	struct kvk_blob out = { 0 };
	struct kvk_page page = { .out = &out };

	(void)state;
	kvk_page_append_ink(&page, KVK_INK_BAD, "x");
	assert_string_equal(kvk_blob_str(&out), "x");
	page.paper.colour = true;
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
	kvk_page_append_paragraph(&page, 4, "b");
	kvk_page_append_sentence(&page, "%d", 1);
	assert_int_equal(page.err, KVK_ERR_MEMORY);
	assert_int_equal(out.n, 0);
	kvk_blob_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paragraph_has_the_width_of_its_page),
		cmocka_unit_test(a_sentence_is_formatted_and_wrapped),
		cmocka_unit_test(times_have_their_distance),
		cmocka_unit_test(a_day_is_enough),
		cmocka_unit_test(colour_only_where_wanted),
		cmocka_unit_test(first_error_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
