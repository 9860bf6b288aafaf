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

#include "base/encode.h"
#include "tests/support/alloc.h"

static void hex_both_ways(void **state)
{
	const uint8_t bytes[] = { 0x00, 0x1f, 0xa0, 0xff };
	struct kvk_span span = { .p = bytes, .n = sizeof(bytes) }, none = { 0 };
	struct kvk_blob out = { 0 };

	(void)state;
	assert_int_equal(kvk_hex(&out, span, 0), KVK_OK);
	assert_int_equal(kvk_hex(&out, none, ':'), KVK_OK);
	assert_int_equal(kvk_hex(&out, span, ':'), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "001fa0ff00:1f:a0:ff");
	kvk_blob_clear(&out);
	assert_int_equal(kvk_unhex(kvk_span_of("001fA0Ff"), &out), KVK_OK);
	assert_true(kvk_span_equal(kvk_span_of_blob(&out), span));
	assert_int_equal(kvk_unhex(kvk_span_of("0"), &out), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_unhex(kvk_span_of("0g"), &out), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_unhex(kvk_span_of("00:11"), &out), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_unhex(kvk_span_of("0x11"), &out), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_unhex(none, &out), KVK_OK);
	assert_int_equal(out.n, sizeof(bytes));
	kvk_blob_free(&out);
}

/* RFC 4648 section 10. */
static void base64_test_vectors(void **state)
{
	static const char *const vectors[][2] = {
		{ "", "" },
		{ "f", "Zg==" },
		{ "fo", "Zm8=" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" },
		{ "\xfb\xff\xbf", "+/+/" },
	};
	struct kvk_blob out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		kvk_blob_clear(&out);
		assert_int_equal(kvk_base64(&out, kvk_span_of(vectors[i][0]), 0), KVK_OK);
		assert_string_equal(kvk_blob_str(&out), vectors[i][1]);
		kvk_blob_clear(&out);
		assert_int_equal(kvk_unbase64(kvk_span_of(vectors[i][1]), &out), KVK_OK);
		assert_string_equal(kvk_blob_str(&out), vectors[i][0]);
	}
	kvk_blob_free(&out);
}

static void base64_lines(void **state)
{
	struct kvk_blob out = { 0 };

	(void)state;
	assert_int_equal(kvk_base64(&out, kvk_span_of("foobar"), 4), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "Zm9v\nYmFy\n");
	kvk_blob_clear(&out);
	assert_int_equal(kvk_base64(&out, kvk_span_of("foobar"), 3), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "Zm9\nvYm\nFy\n");
	kvk_blob_clear(&out);
	assert_int_equal(kvk_base64(&out, kvk_span_of("foob"), 1), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "Z\nm\n9\nv\nY\ng\n=\n=\n");
	kvk_blob_clear(&out);
	assert_int_equal(kvk_base64(&out, kvk_span_of(""), 64), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "");
	assert_int_equal(kvk_unbase64(kvk_span_of(" Zm\r\n9\tv\nYg =\n=\n"), &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "foob");
	kvk_blob_free(&out);
}

/* Java's decoder takes base64 whose padding somebody cut off. */
static void padding_may_be_missing(void **state)
{
	static const char *const texts[][2] = {
		{ "Zg", "f" },
		{ "Zm8", "fo" },
		{ "Zm9vYg", "foob" },
		{ "Zm9v\nYmE\n", "fooba" },
		{ "Z g", "f" },
	};
	struct kvk_blob out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		kvk_blob_clear(&out);
		assert_int_equal(kvk_unbase64(kvk_span_of(texts[i][0]), &out), KVK_OK);
		assert_string_equal(kvk_blob_str(&out), texts[i][1]);
	}
	kvk_blob_free(&out);
}

static void base64_faults_append_nothing(void **state)
{
	static const char *const wrong[] = {
		"Z",
		"Zg=",
		"Zg===",
		"Zm9v=",
		"=",
		"====",
		"Z===",
		"Zg==Zg==",
		"Zm8=Zm8=",
		"Zg=a",
		"Zm9v!",
		"Zm-_",
		"Zm9v\x80",
	};
	struct kvk_blob out = { 0 };

	(void)state;
	assert_int_equal(kvk_blob_append_text(&out, "x"), KVK_OK);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (kvk_unbase64(kvk_span_of(wrong[i]), &out) != KVK_ERR_ARGUMENT)
			fail_msg("'%s' was accepted", wrong[i]);
		assert_int_equal(out.n, 1);
		assert_string_equal(kvk_blob_str(&out), "x");
	}
	kvk_blob_free(&out);
}

static void every_length_comes_back(void **state)
{
	struct kvk_blob text = { 0 }, out = { 0 };
	uint8_t bytes[200];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 37 + 11);
	for (size_t n = 0; n <= sizeof(bytes); n++) {
		struct kvk_span span = { .p = bytes, .n = n };

		for (unsigned width = 0; width < 80; width += 13) {
			kvk_blob_clear(&text);
			kvk_blob_clear(&out);
			assert_int_equal(kvk_base64(&text, span, width), KVK_OK);
			assert_int_equal(kvk_unbase64(kvk_span_of_blob(&text), &out), KVK_OK);
			assert_true(kvk_span_equal(kvk_span_of_blob(&out), span));
		}
	}
	kvk_blob_free(&text);
	kvk_blob_free(&out);
}

static void no_memory_is_an_error(void **state)
{
	struct kvk_blob out = { 0 };

	(void)state;
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_hex(&out, kvk_span_of("a"), 0), KVK_ERR_MEMORY);
	assert_int_equal(kvk_unhex(kvk_span_of("aa"), &out), KVK_ERR_MEMORY);
	assert_int_equal(kvk_base64(&out, kvk_span_of("a"), 0), KVK_ERR_MEMORY);
	assert_int_equal(kvk_unbase64(kvk_span_of("Zg=="), &out), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hex_both_ways),
		cmocka_unit_test(base64_test_vectors),
		cmocka_unit_test(base64_lines),
		cmocka_unit_test(padding_may_be_missing),
		cmocka_unit_test(base64_faults_append_nothing),
		cmocka_unit_test(every_length_comes_back),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
