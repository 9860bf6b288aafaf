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

#include <errno.h>

#include "base/error.h"
#include "base/utf8.h"

static void every_error_has_a_name_and_a_text_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < KVK_ERR_COUNT; i++) {
		const char *text = kvk_error_text((enum kvk_err)i);

		assert_true(strncmp(kvk_error_name((enum kvk_err)i), i ? "KVK_ERR_" : "KVK_OK",
				    6) == 0);
		assert_true(strlen(text) > 3);
		assert_int_not_equal(text[strlen(text) - 1], '.');
		for (int k = 0; k < i; k++)
			assert_string_not_equal(text, kvk_error_text((enum kvk_err)k));
	}
	assert_string_equal(kvk_error_name(KVK_ERR_MEMORY), "KVK_ERR_MEMORY");
	assert_string_equal(kvk_error_text(KVK_ERR_MEMORY), "out of memory");
}

static void numbers_that_are_no_error_have_a_text_too(void **state)
{
	(void)state;
	assert_string_equal(kvk_error_text(KVK_ERR_COUNT), "unknown error");
	assert_string_equal(kvk_error_text((enum kvk_err) - 1), "unknown error");
	assert_string_equal(kvk_error_name((enum kvk_err)9999), "KVK_ERR_UNKNOWN");
}

static void explanation_comes_with_its_error(void **state)
{
	struct kvk_error why = { 0 };

	(void)state;
	errno = ENOSPC;
	assert_int_equal(kvk_error_set(&why, KVK_ERR_WRITE, "%s: %d", "a", 3), KVK_ERR_WRITE);
	assert_string_equal(why.text, "a: 3");
	assert_int_equal(errno, ENOSPC);
	assert_int_equal(kvk_error_set(NULL, KVK_ERR_READ, "x"), KVK_ERR_READ);
	/* An explanation may be wrapped in another. */
	kvk_error_set(&why, KVK_ERR_WRITE, "file 'b': %s", why.text);
	assert_string_equal(why.text, "file 'b': a: 3");
}

/* A text of n bytes 'a', the character, and more; what stays of it. */
static size_t cut_length(size_t n, const char *character)
{
	char text[KVK_ERROR_SIZE * 2];
	struct kvk_error why = { 0 };

	memset(text, 'a', sizeof(text));
	memcpy(text + n, character, strlen(character));
	text[sizeof(text) - 1] = 0;
	kvk_error_set(&why, KVK_ERR_READ, "%s", text);
	assert_true(kvk_utf8_valid(kvk_span_of(why.text)));
	return strlen(why.text);
}

static void long_explanation_is_cut_between_characters(void **state)
{
	static const char *const characters[] = { "\xc3\xa9", "\xe0\xa0\x80", "\xe2\x82\xac",
		"\xf0\x9f\x99\x82" };
	const size_t room = KVK_ERROR_SIZE - 1;

	(void)state;
	assert_int_equal(cut_length(0, "a"), room);
	for (size_t i = 0; i < sizeof(characters) / sizeof(characters[0]); i++) {
		size_t length = strlen(characters[i]);

		assert_int_equal(cut_length(room - length, characters[i]), room);
		for (size_t over = 1; over < length; over++)
			assert_int_equal(cut_length(room - over, characters[i]), room - over);
		assert_int_equal(cut_length(room, characters[i]), room);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_has_a_name_and_a_text_of_its_own),
		cmocka_unit_test(numbers_that_are_no_error_have_a_text_too),
		cmocka_unit_test(explanation_comes_with_its_error),
		cmocka_unit_test(long_explanation_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
