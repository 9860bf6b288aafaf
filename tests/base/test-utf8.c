/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "tests/support/alloc.h"

static void every_code_point_comes_back(void **state)
{
	struct kvk_blob blob = { 0 };

	(void)state;
	for (uint32_t c = 0; c < 0x110010; c++) {
		bool wanted = c < 0x110000 && (c < 0xd800 || c > 0xdfff);
		struct kvk_span span;
		uint32_t back = 0;

		kvk_blob_clear(&blob);
		if (!wanted) {
			assert_int_equal(kvk_utf8_append(&blob, c), KVK_ERR_TEXT);
			continue;
		}
		if (kvk_utf8_append(&blob, c) != KVK_OK)
			fail_msg("U+%04x is not written", (unsigned)c);
		span = kvk_span_of_blob(&blob);
		if (!kvk_utf8_next(&span, &back) || back != c || span.n != 0)
			fail_msg("U+%04x comes back as U+%04x", (unsigned)c, (unsigned)back);
	}
	kvk_blob_free(&blob);
}

/* RFC 3629 section 4 and the table of section 3. */
static void what_is_no_utf8_is_refused(void **state)
{
	static const char *const wrong[] = {
		"\x80",
		"\xbf",
		"\xc0\x80",
		"\xc1\xbf",
		"\xc3",
		"\xc3(",
		"\xe0\x80\x80",
		"\xe0\x9f\xbf",
		"\xe2\x82",
		"\xe2(\xa1",
		"\xe2\x82(",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf",
		"\xf0\x9f\x99",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xf8\x88\x80\x80\x80",
		"\xfe",
		"\xff",
		"ok\xc3",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (kvk_utf8_valid(kvk_span_of(wrong[i])))
			fail_msg("case %zu was accepted", i);
	assert_true(kvk_utf8_valid(kvk_span_of("")));
	assert_true(kvk_utf8_valid(
		kvk_span_of("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x99\x82 \xef\xbf\xbf")));
}

static void a_fault_moves_by_one_byte(void **state)
{
	struct kvk_span text = kvk_span_of("\xe2\x82x"), none = { 0 };
	uint32_t c = 0;

	(void)state;
	assert_false(kvk_utf8_next(&text, &c));
	assert_int_equal(text.n, 2);
	assert_false(kvk_utf8_next(&text, &c));
	assert_int_equal(text.n, 1);
	assert_true(kvk_utf8_next(&text, &c));
	assert_int_equal(c, 'x');
	assert_false(kvk_utf8_next(&text, &c));
	assert_int_equal(text.n, 0);
	assert_false(kvk_utf8_next(&none, &c));
}

static void no_memory_is_an_error(void **state)
{
	struct kvk_blob blob = { 0 };

	(void)state;
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_utf8_append(&blob, 'a'), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_comes_back),
		cmocka_unit_test(what_is_no_utf8_is_refused),
		cmocka_unit_test(a_fault_moves_by_one_byte),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
