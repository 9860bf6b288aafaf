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

#include "base/escape.h"
#include "base/utf8.h"
#include "tests/support/alloc.h"

static void shown(const char *text, const char *wanted)
{
	struct kvk_blob out = { 0 };

	assert_int_equal(kvk_blob_append_text(&out, "'"), KVK_OK);
	assert_int_equal(kvk_escape(&out, kvk_span_of(text)), KVK_OK);
	assert_string_equal(kvk_blob_str(&out) + 1, wanted);
	kvk_blob_free(&out);
}

static void harmless_text_stays(void **state)
{
	static const char *const texts[] = {
		"",
		"Caf\xc3\xa9 N\xc3\xbcrnberg B.V. (voorheen: \"De Kroeg\") & Zn.",
		"~ 'a' {b} <c> $HOME %s",
		/* Greek, Cyrillic, Hebrew, Arabic, Chinese, Japanese, a smile. */
		"\xce\x91\xce\xb8\xce\xae\xce\xbd\xce\xb1",
		"\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0",
		"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
		"\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85",
		"\xe4\xb8\xad\xe6\x96\x87",
		"\xe6\x97\xa5\xe6\x9c\xac\xf0\xa0\x80\x8b",
		"\xf0\x9f\x99\x82",
		/* e with a combining acute. */
		"e\xcc\x81",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		shown(texts[i], texts[i]);
		assert_false(kvk_text_is_risky(kvk_span_of(texts[i])));
	}
}

static void control_characters_are_shown_as_bytes(void **state)
{
	uint8_t nul[] = { 'a', 0, 'b' };
	struct kvk_span with_nul = { .p = nul, .n = sizeof(nul) };
	struct kvk_blob out = { 0 };

	(void)state;
	shown("a\x1b[2J", "a\\x1b[2J");
	shown("a\r\nall rules pass", "a\\x0d\\x0aall rules pass");
	shown("\a\b\t\v\f\x7f", "\\x07\\x08\\x09\\x0b\\x0c\\x7f");
	assert_int_equal(kvk_escape(&out, with_nul), KVK_OK);
	assert_string_equal(kvk_blob_str(&out), "a\\x00b");
	assert_true(kvk_text_is_risky(with_nul));
	kvk_blob_free(&out);
}

static void what_was_escaped_cannot_be_forged(void **state)
{
	(void)state;
	shown("\\x1b", "\\x5cx1b");
	assert_false(kvk_text_is_risky(kvk_span_of("a\\b")));
	assert_true(kvk_text_is_risky(kvk_span_of("a\\b\n")));
}

static void bytes_that_are_no_utf8(void **state)
{
	(void)state;
	shown("a\xff", "a\\xff");
	shown("caf\xe9", "caf\\xe9");
	/* An overlong line feed, a surrogate, a character cut at the end. */
	shown("\xc0\x8a", "\\xc0\\x8a");
	shown("\xed\xa0\x80", "\\xed\\xa0\\x80");
	shown("\xe2\x82", "\\xe2\\x82");
	/* The C1 control that begins an escape sequence, as a byte and as a character. */
	shown("\x9b", "\\x9b");
	shown("\xc2\x9b", "\\u{009b}");
}

static bool is_hidden(uint32_t code_point)
{
	struct kvk_blob in = { 0 }, out = { 0 };
	char wanted[16];
	bool hidden;

	assert_int_equal(kvk_blob_append_byte(&in, 'x'), KVK_OK);
	assert_int_equal(kvk_utf8_append(&in, code_point), KVK_OK);
	assert_int_equal(kvk_escape(&out, kvk_span_of_blob(&in)), KVK_OK);
	(void)snprintf(wanted, sizeof(wanted), "x\\u{%04x}", (unsigned)code_point);
	hidden = strcmp(kvk_blob_str(&out), wanted) == 0;
	if (!hidden)
		assert_true(kvk_span_equal(kvk_span_of_blob(&in), kvk_span_of_blob(&out)));
	assert_int_equal(kvk_text_is_risky(kvk_span_of_blob(&in)), hidden);
	kvk_blob_free(&in);
	kvk_blob_free(&out);
	return hidden;
}

/*
 * What Unicode calls Default_Ignorable_Code_Point, Bidi_Control, White_Space,
 * Noncharacter_Code_Point, Cc, Cf, Co, Cs, Cn; and what can be taken for something else.
 */
static void invisible_and_bidirectional_characters(void **state)
{
	static const uint32_t ranges[][2] = {
		{ 0x80, 0xa0 },
		{ 0xad, 0xad },
		{ 0x34f, 0x34f },
		{ 0x600, 0x605 },
		{ 0x61c, 0x61c },
		{ 0x6dd, 0x6dd },
		{ 0x70f, 0x70f },
		{ 0x890, 0x891 },
		{ 0x8e2, 0x8e2 },
		/* Unassigned, small gaps too. */
		{ 0x378, 0x379 },
		{ 0x115f, 0x1160 },
		{ 0x1680, 0x1680 },
		{ 0x17b4, 0x17b5 },
		{ 0x180b, 0x180f },
		{ 0x2000, 0x200f },
		{ 0x2028, 0x202f },
		{ 0x205f, 0x206f },
		{ 0x2800, 0x2800 },
		{ 0x3000, 0x3000 },
		{ 0x3164, 0x3164 },
		{ 0xe000, 0xf8ff },
		{ 0xfdd0, 0xfdef },
		{ 0xfe00, 0xfe0f },
		{ 0xfeff, 0xfeff },
		{ 0xffa0, 0xffa0 },
		{ 0xfff0, 0xfffb },
		{ 0xfffe, 0xffff },
		/* Scripts of the past, letters of mathematics, flags in halves, skin tones. */
		{ 0x10000, 0x10fff },
		{ 0x110bd, 0x110bd },
		{ 0x13430, 0x1343f },
		/* The filler of a script of the past, which has no width. */
		{ 0x16fe4, 0x16fe4 },
		{ 0x1bca0, 0x1bca3 },
		{ 0x1d173, 0x1d17a },
		{ 0x1d400, 0x1d7ff },
		{ 0x1f1e6, 0x1f1ff },
		{ 0x1f3fb, 0x1f3ff },
		{ 0x1fffe, 0x1ffff },
		{ 0x2fffe, 0x2ffff },
		{ 0x3fffe, 0x3ffff },
		{ 0xe0000, 0xe0fff },
		{ 0xf0000, 0x10ffff },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		for (uint32_t c = ranges[i][0]; c <= ranges[i][1]; c++)
			if (!is_hidden(c))
				fail_msg("U+%04x is shown", (unsigned)c);
	shown("\xe2\x80\xae"
	      "gpj.exe",
		"\\u{202e}gpj.exe");
	shown("paypal\xe2\x80\x8b.nl", "paypal\\u{200b}.nl");
}

static void letters_beside_the_hidden_ones_are_shown(void **state)
{
	static const uint32_t letters[] = {
		0xa1,
		0xac,
		0xae,
		0xff,
		0x606,
		0x61b,
		0x61d,
		0x115e,
		0x1161,
		0x2010,
		0x2027,
		0x2030,
		0x205e,
		0x2070,
		0x27ff,
		0x2801,
		0x3001,
		0x3163,
		0x3165,
		0xd7a3,
		0xf900,
		0xfe10,
		0xffa1,
		0xfffd,
		0x1f300,
		0x1f3fa,
		0x1f600,
		0x20000,
		0x30000,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (is_hidden(letters[i]))
			fail_msg("U+%04x is hidden", (unsigned)letters[i]);
}

static void marks_need_a_letter_and_are_few(void **state)
{
#define ACUTE "\xcc\x81"
#define SHOWN "\\u{0301}"
	(void)state;
	shown(ACUTE "e", SHOWN "e");
	shown("\n" ACUTE, "\\x0a" SHOWN);
	shown("e" ACUTE ACUTE ACUTE ACUTE, "e" ACUTE ACUTE ACUTE ACUTE);
	shown("e" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE, "e" ACUTE ACUTE ACUTE ACUTE SHOWN SHOWN);
	shown("e" ACUTE ACUTE ACUTE ACUTE ACUTE "e" ACUTE,
		"e" ACUTE ACUTE ACUTE ACUTE SHOWN "e" ACUTE);
	shown("e" ACUTE ACUTE ACUTE ACUTE "\xc3\xa9" ACUTE,
		"e" ACUTE ACUTE ACUTE ACUTE "\xc3\xa9" ACUTE);
}

static void a_short_array_ends_with_dots(void **state)
{
	char out[8];

	(void)state;
	assert_string_equal(kvk_escape_to(out, sizeof(out), kvk_span_of("1234567")), "1234567");
	assert_string_equal(kvk_escape_to(out, sizeof(out), kvk_span_of("12345678")), "1234...");
	assert_string_equal(kvk_escape_to(out, sizeof(out), kvk_span_of("123\n4567")), "123...");
	assert_string_equal(kvk_escape_to(out, sizeof(out), kvk_span_of("123\n")), "123\\x0a");
	assert_string_equal(kvk_escape_to(out, sizeof(out), kvk_span_of("\xe2\x80\xae")), "...");
	assert_string_equal(
		kvk_escape_to(out, sizeof(out), kvk_span_of("12\xe2\x82\xac\xe2\x82\xac")),
		"12...");
	assert_string_equal(kvk_escape_to(out, sizeof(out), kvk_span_of("")), "");
	assert_string_equal(kvk_escape_to(out, 3, kvk_span_of("123")), "");
}

static void no_memory_appends_nothing(void **state)
{
	struct kvk_blob out = { 0 };
	char text[200];

	(void)state;
	memset(text, '\n', sizeof(text));
	text[sizeof(text) - 1] = 0;
	assert_int_equal(kvk_blob_append_text(&out, "before"), KVK_OK);
	kvk_alloc_fail_after(1);
	assert_int_equal(kvk_escape(&out, kvk_span_of(text)), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
	assert_string_equal(kvk_blob_str(&out), "before");
	assert_int_equal(out.n, 6);
	kvk_blob_free(&out);
}

static void a_word_for_a_shell_is_quoted_where_it_has_to_be(void **state)
{
	static const struct {
		const char *text, *word;
	} cases[] = {
		{ "/etc/ssl/a_b-1.pem", "/etc/ssl/a_b-1.pem" },
		{ "/x/caf\xc3\xa9.pem", "/x/caf\xc3\xa9.pem" },
		{ "/x/a b", "\"/x/a b\"" },
		{ "/x/it's", "\"/x/it's\"" },
		{ "/x/\"q\"", "\"/x/\\\"q\\\"\"" },
		{ "/x/$(id)`id`", "\"/x/\\$(id)\\`id\\`\"" },
		{ "/x/a\\b", "\"/x/a\\\\b\"" },
		{ "/x/a!b", "\"/x/a\"\\!\"b\"" },
		{ "/x/a;b*", "\"/x/a;b*\"" },
		{ "/x/\033$x", "\"/x/\\x1b\\$x\"" },
		{ "", "\"\"" },
	};
	struct kvk_blob out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		kvk_blob_clear(&out);
		assert_int_equal(kvk_escape_shell(&out, kvk_span_of(cases[i].text)), KVK_OK);
		assert_string_equal(kvk_blob_str(&out), cases[i].word);
	}
	kvk_blob_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_for_a_shell_is_quoted_where_it_has_to_be),
		cmocka_unit_test(harmless_text_stays),
		cmocka_unit_test(control_characters_are_shown_as_bytes),
		cmocka_unit_test(what_was_escaped_cannot_be_forged),
		cmocka_unit_test(bytes_that_are_no_utf8),
		cmocka_unit_test(invisible_and_bidirectional_characters),
		cmocka_unit_test(letters_beside_the_hidden_ones_are_shown),
		cmocka_unit_test(marks_need_a_letter_and_are_few),
		cmocka_unit_test(a_short_array_ends_with_dots),
		cmocka_unit_test(no_memory_appends_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
