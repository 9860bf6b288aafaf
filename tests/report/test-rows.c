/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct kvk_blob out;
static struct kvk_page page;
static struct kvk_rows rows;

static int start(void **state)
{
	(void)state;
	page = (struct kvk_page){ .out = &out };
	return 0;
}

static int end(void **state)
{
	(void)state;
	kvk_blob_free(&out);
	return 0;
}

static void assert_written(unsigned margin, const char *text)
{
	kvk_rows_write(&page, &rows, margin);
	assert_int_equal(page.err, KVK_OK);
	assert_string_equal(kvk_blob_str(&out), text);
}

static void texts_begin_behind_the_longest_label(void **state)
{
	(void)state;
	kvk_rows_add(&page, &rows, "a", "one  two");
	kvk_rows_add(&page, &rows, "", "three");
	kvk_rows_add_exact(&page, &rows, "longest", "four  five");
	kvk_rows_format(&page, &rows, "it", "%d", 6);
	kvk_rows_add_path(&page, &rows, "at", "/x\n y");
	assert_written(2,
		"  a        one two\n"
		"           three\n"
		"  longest  four  five\n"
		"  it       6\n"
		"  at       /x\\x0a y\n");
}

/* Columns are not octets: four letters of two octets, and two characters of two columns. */
static void labels_are_counted_in_columns(void **state)
{
	(void)state;
	kvk_rows_add(&page, &rows, "\xc3\xab\xc3\xab\xc3\xab\xc3\xab", "x");
	kvk_rows_add(&page, &rows, "\xe6\xbc\xa2\xe5\xad\x97", "y");
	kvk_rows_add(&page, &rows, "abc", "z");
	assert_written(0,
		"\xc3\xab\xc3\xab\xc3\xab\xc3\xab  x\n"
		"\xe6\xbc\xa2\xe5\xad\x97  y\n"
		"abc   z\n");
}

static void a_text_is_wrapped_at_its_column(void **state)
{
	(void)state;
	page.paper.width = 20;
	kvk_rows_add(&page, &rows, "label", "some words that are wrapped");
	kvk_rows_add_exact(&page, &rows, "path", "/a path/that is never broken");
	assert_written(1,
		" label  some words\n"
		"        that are\n"
		"        wrapped\n"
		" path   /a path/that is never broken\n");
}

/* A label that would leave less than half of the line stands alone, and does not set the column. */
static void a_label_that_is_too_long_stands_above(void **state)
{
	(void)state;
	page.paper.width = 20;
	kvk_rows_add(&page, &rows, "ten-------", "x y");
	kvk_rows_add(&page, &rows, "eight---", "z");
	assert_written(0, "ten-------\n          x y\neight---  z\n");
}

static void gaps_and_headings_are_no_rows(void **state)
{
	(void)state;
	kvk_rows_add_heading(&page, &rows, "first");
	kvk_rows_add(&page, &rows, "a", "1");
	kvk_rows_add_heading(&page, &rows, "the second heading");
	kvk_rows_add(&page, &rows, "bb", "2");
	kvk_rows_add_gap(&page, &rows);
	kvk_rows_add(&page, &rows, "c", "");
	assert_written(2,
		"first\n"
		"  a   1\n"
		"\n"
		"the second heading\n"
		"  bb  2\n"
		"\n"
		"  c\n");
}

static void a_group_is_empty_afterwards(void **state)
{
	(void)state;
	kvk_rows_add(&page, &rows, "a long label", "1");
	kvk_rows_write(&page, &rows, 0);
	kvk_blob_clear(&out);
	kvk_rows_add(&page, &rows, "b", "2");
	assert_written(0, "b  2\n");
	/* Also where the page has failed: nothing is kept, nor written. */
	kvk_blob_clear(&out);
	kvk_rows_add(&page, &rows, "c", "3");
	page.err = KVK_ERR_MEMORY;
	kvk_rows_write(&page, &rows, 0);
	assert_int_equal(out.n, 0);
	assert_int_equal(rows.rows.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(texts_begin_behind_the_longest_label, start, end),
		cmocka_unit_test_setup_teardown(labels_are_counted_in_columns, start, end),
		cmocka_unit_test_setup_teardown(a_text_is_wrapped_at_its_column, start, end),
		cmocka_unit_test_setup_teardown(a_label_that_is_too_long_stands_above, start, end),
		cmocka_unit_test_setup_teardown(gaps_and_headings_are_no_rows, start, end),
		cmocka_unit_test_setup_teardown(a_group_is_empty_afterwards, start, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
