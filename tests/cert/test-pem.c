/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/pem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define BLOCK(label, body) "-----BEGIN " label "-----\n" body "-----END " label "-----\n"

static struct kvk_span whole, rest;
static unsigned line;
static struct kvk_pem_block block;

static void start(const char *text)
{
	whole = kvk_span_of(text);
	rest = whole;
	line = 1;
}

static bool next(void)
{
	return kvk_pem_next(whole, &rest, &line, &block);
}

static void assert_decodes_to(const char *want)
{
	struct kvk_blob out = { 0 };

	assert_int_equal(kvk_pem_decode(&block, &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), want);
	kvk_blob_free(&out);
}

static void blocks_are_found_with_their_lines(void **state)
{
	(void)state;
	start("text\n\n" BLOCK("CERTIFICATE", "YWJj\n") "between\n" BLOCK(
		"X509 CRL", "ZGVm\nZw==\n"));
	assert_true(next());
	assert_true(kvk_span_is(block.label, "CERTIFICATE"));
	assert_int_equal(block.line, 3);
	assert_int_equal(block.offset, 6);
	assert_true(block.has_end);
	assert_false(block.indented || block.end_label_differs);
	assert_decodes_to("abc");
	assert_true(next());
	assert_true(kvk_span_is(block.label, "X509 CRL"));
	assert_int_equal(block.line, 7);
	assert_decodes_to("defg");
	assert_false(next());
	assert_true(kvk_span_is(rest, "\n"));
}

static void line_ends_of_all_kinds_count(void **state)
{
	(void)state;
	start("a\r\nb\rc\n-----BEGIN X-----\r\nYWJj\r\n-----END X-----\r\n\r\n-----BEGIN "
	      "Y-----\r\n");
	assert_true(next());
	assert_int_equal(block.line, 4);
	assert_decodes_to("abc");
	assert_true(next());
	assert_int_equal(block.line, 8);
	assert_false(block.has_end);
}

static void odd_blocks_are_found_and_described(void **state)
{
	(void)state;
	start("  -----BEGIN A-----\nYWJj\n-----END B-----\n");
	assert_true(next());
	assert_true(block.indented && block.end_label_differs && block.has_end);
	start("-----BEGIN A-----\nYWJj\n-----BEGIN B-----\nZGVm\n-----END B-----\n");
	assert_true(next());
	assert_false(block.has_end);
	assert_decodes_to("abc");
	assert_true(next());
	assert_true(kvk_span_is(block.label, "B"));
	assert_true(block.has_end);
	start("-----BEGIN A-----\nYWJj");
	assert_true(next());
	assert_false(block.has_end);
	assert_decodes_to("abc");
	assert_false(next());
	start("-----BEGIN -----\n-----END -----\n");
	assert_true(next());
	assert_int_equal(block.label.n, 0);
}

static void what_is_no_block_is_passed_over(void **state)
{
	static const char *const texts[] = {
		"",
		"\n",
		"-----BEGIN",
		"-----BEGIN A",
		"-----BEGIN A\nYWJj\n-----END A-----\n",
		"----BEGIN A----\n",
		"-----END A-----\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		start(texts[i]);
		assert_false(next());
	}
	start("-----BEGIN A\n" BLOCK("B", "YWJj\n"));
	assert_true(next());
	assert_true(kvk_span_is(block.label, "B"));
	assert_int_equal(block.line, 2);
}

static void headers_are_skipped(void **state)
{
	(void)state;
	start(BLOCK("X", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES,00\n\nYWJj\n"));
	assert_true(next());
	assert_decodes_to("abc");
	start(BLOCK("X", "A: b\r\n\r\nYWJj\r\n"));
	assert_true(next());
	assert_decodes_to("abc");
}

static void wrong_base64_is_refused(void **state)
{
	static const char *const bodies[] = { "YW*j\n", "YWJqY\n", "=\n", "YWJj=\n",
		"A: b\nYWJj\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		struct kvk_blob text = { 0 }, out = { 0 };

		assert_int_equal(
			kvk_blob_append_format(&text, BLOCK("X", "%s"), bodies[i]), KVK_OK);
		start(kvk_blob_str(&text));
		assert_true(next());
		assert_int_equal(kvk_pem_decode(&block, &out), KVK_ERR_PEM);
		assert_int_equal(out.n, 0);
		kvk_blob_free(&text);
		kvk_blob_free(&out);
	}
}

static void what_is_written_is_read(void **state)
{
	struct kvk_blob text = { 0 }, bytes = { 0 }, back = { 0 };

	(void)state;
	for (unsigned i = 0; i < 100; i++)
		assert_int_equal(kvk_blob_append_byte(&bytes, (uint8_t)i), KVK_OK);
	assert_int_equal(kvk_pem_write(&text, "THING", kvk_span_of_blob(&bytes)), KVK_OK);
	start(kvk_blob_str(&text));
	assert_true(next());
	assert_true(kvk_span_is(block.label, "THING"));
	assert_int_equal(kvk_pem_decode(&block, &back), KVK_OK);
	assert_true(kvk_span_equal(kvk_span_of_blob(&back), kvk_span_of_blob(&bytes)));
	/* BEGIN line, two full lines of 64 columns, 8 octets left, END line */
	assert_int_equal(text.n, 22 + 65 + 65 + 9 + 20);
	assert_int_equal(text.p[22 + 64], '\n');
	assert_null(strchr(kvk_blob_str(&text), '\r'));
	kvk_blob_free(&text);
	kvk_blob_free(&bytes);
	kvk_blob_free(&back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_found_with_their_lines),
		cmocka_unit_test(line_ends_of_all_kinds_count),
		cmocka_unit_test(odd_blocks_are_found_and_described),
		cmocka_unit_test(what_is_no_block_is_passed_over),
		cmocka_unit_test(headers_are_skipped),
		cmocka_unit_test(wrong_base64_is_refused),
		cmocka_unit_test(what_is_written_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
