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

#include "base/blob.h"
#include "tests/support/alloc.h"

static void spans_compare_by_bytes(void **state)
{
	const uint8_t nul[] = { 'a', 0, 'b' };
	struct kvk_span with_nul = { .p = nul, .n = sizeof(nul) };
	struct kvk_span none = { 0 };

	(void)state;
	assert_true(kvk_span_is(kvk_span_of("kvk"), "kvk"));
	assert_false(kvk_span_is(kvk_span_of("kvk"), "kv"));
	assert_false(kvk_span_is(kvk_span_of("kvk"), "kvx"));
	assert_false(kvk_span_is(with_nul, "a"));
	assert_true(kvk_span_starts(kvk_span_of("kvk"), "kv"));
	assert_true(kvk_span_starts(kvk_span_of("kvk"), "kvk"));
	assert_false(kvk_span_starts(kvk_span_of("kvk"), "kvkc"));
	assert_false(kvk_span_starts(kvk_span_of("kvk"), "vk"));
	assert_true(kvk_span_equal(none, kvk_span_of("")));
	assert_true(kvk_span_equal(none, kvk_span_of(NULL)));
	assert_true(kvk_span_compare(kvk_span_of("a"), kvk_span_of("b")) < 0);
	assert_true(kvk_span_compare(kvk_span_of("a"), kvk_span_of("ab")) < 0);
	assert_true(kvk_span_compare(kvk_span_of("b"), kvk_span_of("ab")) > 0);
	assert_true(kvk_span_compare(kvk_span_of("a\xff"), kvk_span_of("a\x01")) > 0);
	assert_int_equal(kvk_span_compare(none, none), 0);
}

static void blob_is_a_string_builder(void **state)
{
	struct kvk_blob blob = { 0 };

	(void)state;
	assert_string_equal(kvk_blob_str(&blob), "");
	assert_int_equal(kvk_blob_append_text(&blob, "a"), KVK_OK);
	assert_int_equal(kvk_blob_append_byte(&blob, '-'), KVK_OK);
	assert_int_equal(kvk_blob_append_format(&blob, "%d/%s", 42, "b"), KVK_OK);
	assert_int_equal(kvk_blob_append_text(&blob, NULL), KVK_OK);
	assert_string_equal(kvk_blob_str(&blob), "a-42/b");
	assert_int_equal(blob.n, 6);
	kvk_blob_clear(&blob);
	assert_int_equal(blob.n, 0);
	assert_string_equal(kvk_blob_str(&blob), "");
	kvk_blob_free(&blob);
	assert_null(blob.p);
	kvk_blob_free(&blob);
	kvk_blob_free(NULL);
}

static void blob_grows_over_every_size(void **state)
{
	struct kvk_blob blob = { 0 };

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		assert_int_equal(kvk_blob_append_byte(&blob, (uint8_t)i), KVK_OK);
		assert_int_equal(blob.n, i + 1);
		assert_int_equal(blob.p[blob.n], 0);
	}
	for (unsigned i = 0; i < 3000; i++)
		assert_int_equal(blob.p[i], (uint8_t)i);
	kvk_blob_free(&blob);
}

static void long_format_is_whole(void **state)
{
	struct kvk_blob blob = { 0 };

	(void)state;
	assert_int_equal(kvk_blob_append_format(&blob, "%0500d|%s", 7, "end"), KVK_OK);
	assert_int_equal(blob.n, 504);
	assert_string_equal(kvk_blob_str(&blob) + 499, "7|end");
	kvk_blob_free(&blob);
}

/* Whatever room is left: more than enough, just enough, one octet too few. */
static void format_fits_every_room(void **state)
{
	(void)state;
	for (int before = 0; before < 70; before++)
		for (int n = 0; n < 70; n++) {
			struct kvk_blob blob = { 0 };

			assert_int_equal(kvk_blob_append_format(&blob, "%*s", before, ""), KVK_OK);
			assert_int_equal(kvk_blob_append_format(&blob, "%0*d", n + 1, 0), KVK_OK);
			assert_int_equal(blob.n, before + n + 1);
			assert_int_equal(strspn(kvk_blob_str(&blob), " "), before);
			assert_int_equal(strspn(kvk_blob_str(&blob) + before, "0"), n + 1);
			kvk_blob_free(&blob);
		}
}

static void impossible_sizes_are_refused(void **state)
{
	struct kvk_blob blob = { 0 };

	(void)state;
	assert_int_equal(kvk_blob_append_text(&blob, "abc"), KVK_OK);
	assert_int_equal(kvk_blob_reserve(&blob, SIZE_MAX), KVK_ERR_MEMORY);
	assert_int_equal(kvk_blob_reserve(&blob, SIZE_MAX - 3), KVK_ERR_MEMORY);
	assert_string_equal(kvk_blob_str(&blob), "abc");
	kvk_blob_free(&blob);
}

static void no_memory_leaves_the_blob_as_it_was(void **state)
{
	struct kvk_blob blob = { 0 };

	(void)state;
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_blob_append_text(&blob, "a"), KVK_ERR_MEMORY);
	assert_string_equal(kvk_blob_str(&blob), "");
	kvk_alloc_fail_after(1);
	assert_int_equal(kvk_blob_append_text(&blob, "abc"), KVK_OK);
	assert_int_equal(kvk_blob_append_format(&blob, "%0200d", 1), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
	assert_int_equal(blob.n, 3);
	assert_string_equal(kvk_blob_str(&blob), "abc");
	kvk_blob_free(&blob);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_compare_by_bytes),
		cmocka_unit_test(blob_is_a_string_builder),
		cmocka_unit_test(blob_grows_over_every_size),
		cmocka_unit_test(long_format_is_whole),
		cmocka_unit_test(format_fits_every_room),
		cmocka_unit_test(impossible_sizes_are_refused),
		cmocka_unit_test(no_memory_leaves_the_blob_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
