/* SPDX-License-Identifier: Apache-2.0 */
/* Folding of texts of any length; tests/differential/fold.sh compares each code point with Java's.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "names/fold.h"
#include "tests/support/alloc.h"

static enum kvk_err fill(struct kvk_fold *text, uint32_t c, size_t n)
{
	enum kvk_err err = KVK_OK;

	kvk_fold_start(text);
	for (size_t i = 0; i < n; i++)
		KVK_TRY(kvk_fold_append(text, c));
out:
	return err;
}

/* A text of n times c becomes one of n times what c becomes. */
static void becomes(uint32_t c, size_t n, bool java, const uint32_t *wanted, size_t count)
{
	struct kvk_fold text;

	assert_int_equal(fill(&text, c, n), KVK_OK);
	assert_int_equal(kvk_fold(&text, java), KVK_OK);
	assert_int_equal(text.n, n * count);
	for (size_t i = 0; i < text.n; i++)
		assert_int_equal(text.p[i], wanted[i % count]);
	/* and it can grow from there */
	for (size_t i = 0; i < KVK_FOLD_ROOM; i++)
		assert_int_equal(kvk_fold_append(&text, 'x'), KVK_OK);
	assert_int_equal(text.n, n * count + KVK_FOLD_ROOM);
	assert_int_equal(text.p[text.n - 1], 'x');
	kvk_fold_free(&text);
	assert_int_equal(text.n, 0);
}

static void texts_of_any_length(void **state)
{
	static const size_t lengths[] = { 0, 1, KVK_FOLD_ROOM / 18, KVK_FOLD_ROOM / 2,
		KVK_FOLD_ROOM - 1, KVK_FOLD_ROOM, KVK_FOLD_ROOM + 1, 5000 };
	/* The longest decomposition there is. */
	static const uint32_t longest[] = { 0x635, 0x644, 0x649, ' ', 0x627, 0x644, 0x644, 0x647,
		' ', 0x639, 0x644, 0x64a, 0x647, ' ', 0x648, 0x633, 0x644, 0x645 };

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		for (int java = 0; java < 2; java++) {
			becomes('A', lengths[i], java, (const uint32_t[]){ 'a' }, 1);
			becomes(0xc4, lengths[i], java, (const uint32_t[]){ 'a', 0x308 }, 2);
			becomes(0xdf, lengths[i], java, (const uint32_t[]){ 's', 's' }, 2);
			becomes(0xfdfa, lengths[i], java, longest, 18);
			becomes(0x4e00, lengths[i], java, (const uint32_t[]){ 0x4e00 }, 1);
		}
	}
}

static void spaces_are_squeezed(void **state)
{
	static const char *const rows[][2] = { { "", "" }, { " ", "" }, { "   ", "" }, { "a", "a" },
		{ " a ", "a" }, { "  a   b  ", "a b" }, { "a\tb", "a\tb" }, { "\t a", "\t a" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct kvk_fold one, other;

		kvk_fold_start(&one);
		kvk_fold_start(&other);
		for (const char *p = rows[i][0]; *p != '\0'; p++)
			assert_int_equal(kvk_fold_append(&one, (uint8_t)*p), KVK_OK);
		for (const char *p = rows[i][1]; *p != '\0'; p++)
			assert_int_equal(kvk_fold_append(&other, (uint8_t)*p), KVK_OK);
		kvk_fold_squeeze(&one);
		if (!kvk_fold_same(&one, &other))
			fail_msg("'%s' is not '%s'", rows[i][0], rows[i][1]);
		kvk_fold_free(&one);
		kvk_fold_free(&other);
	}
}

static void no_memory_is_an_error(void **state)
{
	struct kvk_fold text;

	(void)state;
	kvk_alloc_fail_after(0);
	assert_int_equal(fill(&text, 'a', KVK_FOLD_ROOM), KVK_OK);
	assert_int_equal(kvk_fold_append(&text, 'a'), KVK_ERR_MEMORY);
	assert_int_equal(text.n, KVK_FOLD_ROOM);
	kvk_alloc_fail_after(-1);
	kvk_fold_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_of_any_length),
		cmocka_unit_test(spaces_are_squeezed),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
