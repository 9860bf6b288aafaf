/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is kept from libconfig, through the reader as a whole. Without the guard, these texts end
 * the process, are read as something else, or are refused without saying what is wrong.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/limits.h"
#include "conf/conf.h"
#include "conf/guard.h"

/* The names that the texts below use. */
static const struct kvk_conf_row schema[] = {
	{ .name = "s", .type = KVK_CONF_STRING },
	{ .name = "i", .type = KVK_CONF_INTEGER },
	{ .name = "l", .type = KVK_CONF_STRINGS },
	{ .name = "n", .type = KVK_CONF_INTEGERS },
	{ 0 },
};

static void refused(struct kvk_span text, unsigned line, const char *words)
{
	struct kvk_conf *conf = NULL;
	struct kvk_error why = { 0 };
	char start[32];

	if (kvk_conf_parse(text, "x", schema, &conf, &why) != KVK_ERR_CONFIG)
		fail_msg("'%s' is read", (const char *)text.p);
	(void)snprintf(start, sizeof(start), "x:%u: ", line);
	if (strncmp(why.text, start, strlen(start)) != 0 || strstr(why.text, words) == NULL)
		fail_msg("'%s' is explained with '%s'", (const char *)text.p, why.text);
}

#define INCLUDE "'@include' is not accepted"
#define DIGITS "too long, or begins with 0; put a KVK number or an OIN in quotes"
#define DECIMAL "not a whole decimal number"
#define BACKSLASH "double each backslash in a text"
#define COMMA "a comma or an equals sign is missing"
#define UTF8 "not UTF-8"
#define NO_END "begins here is never closed"

struct row {
	const char *text;
	unsigned line;
	const char *words;
};

static const struct row rows[] = {
	{ "@include \".\"", 1, INCLUDE },
	{ "i = 1;\n \t@include \"/etc/passwd\"", 2, INCLUDE },
	{ "s = \"@include\";\n\n@include\t\"x\"", 3, INCLUDE },
	{ "/* */@include \"x\"", 1, INCLUDE },
	{ "i = @include \"x\"", 1, INCLUDE },
	/* Hexadecimal: -1 in libconfig 1.5. */
	{ "i = 0xFFFFFFFFF", 1, DECIMAL },
	{ "i = 0X1f", 1, DECIMAL },
	{ "i = 0x10L", 1, DECIMAL },
	/* 123, and 83 to others. */
	{ "i = 0123", 1, DIGITS },
	{ "i = 00", 1, DIGITS },
	{ "i = -007", 1, DIGITS },
	{ "i = +01", 1, DIGITS },
	{ "n = (\n1,\n012 )", 3, DIGITS },
	{ "s = \"x\"; i:01", 1, "'i': " DIGITS },
	{ "s = \"x\"; @include \"\"", 1, "1: " INCLUDE },
	{ "i=/* */01", 1, DIGITS },
	{ "i = 1000000000", 1, DIGITS },
	{ "i = -4294967296", 1, DIGITS },
	{ "i = 4294967297", 1, DIGITS },
	{ "i = 12345678901234567890", 1, DIGITS },
	{ "i = 09.5", 1, DIGITS },
	{ "i = 5L", 1, DECIMAL },
	{ "i = 5LL", 1, DECIMAL },
	{ "i = 1.5", 1, DECIMAL },
	{ "i = .5", 1, DECIMAL },
	{ "i = 5.", 1, DECIMAL },
	{ "i = 1e5", 1, DECIMAL },
	{ "i = -", 1, DECIMAL },
	{ "i = +-1", 1, DECIMAL },
	/* Two settings to libconfig. */
	{ "i = 1s = \"x\"", 1, DECIMAL },
	{ "i = 1.5s = \"x\"", 1, DECIMAL },
	{ "i = 1_000", 1, DECIMAL },
	/* Dropped in libconfig 1.5; the end of the text to others. */
	{ "s = \"x\\x00y\"", 1, BACKSLASH },
	{ "s = \"\\x00\"", 1, BACKSLASH },
	/* Kept as they are in libconfig 1.5; some are escapes in later ones. */
	{ "s = \"C:\\Users\"", 1, BACKSLASH },
	{ "s = \"\n\\a\"", 2, BACKSLASH },
	{ "s = \"\\x4\"", 1, BACKSLASH },
	{ "s = \"\\x4g\"", 1, BACKSLASH },
	{ "s = \"\\X00\"", 1, BACKSLASH },
	{ "s = \"\\\n\"", 1, BACKSLASH },
	/* "ab" to libconfig. */
	{ "l = ( \"a\" \"b\" )", 1, COMMA },
	{ "l = [ \"a\"\n# x\n\"b\" ]", 3, COMMA },
	/* Memory that libconfig loses. */
	{ "s \"x\"", 1, COMMA },
	{ "\"x\"", 1, COMMA },
	{ "i = 1 \"x\"", 1, COMMA },
	{ "i = 1, \"x\"", 1, COMMA },
	{ "s = b \"x\"", 1, COMMA },
	{ "l = ( \"a\" ) \"x\"", 1, COMMA },
	{ "s = { \"x\"", 1, COMMA },
	/* To libconfig a comment or a text may end with the file. */
	{ "i = 1;\n/* x", 2, NO_END },
	{ "i = 1; /*/", 1, NO_END },
	{ "\ns = \"x\n\n", 2, NO_END },
	{ "s = \"x\\\"", 1, NO_END },
	{ "s = \"\\", 1, NO_END },
	{ "l = (\n( \"a\" )\n\n", 1, "this bracket is never closed" },
	{ "i = 1;\n# caf\xe9", 2, UTF8 },
	{ "s = \"\n\xed\xa0\x80\";", 2, UTF8 },
	{ "i = 1;\n\xff", 2, UTF8 },
};

static void what_libconfig_would_do_on_its_own(void **state)
{
	static const char nul[] = "i = 1;\n\0s = \"x\";", comment[] = "i = 1; # \0";

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		refused(kvk_span_of(rows[i].text), rows[i].line, rows[i].words);
	refused((struct kvk_span){ (const uint8_t *)nul, sizeof(nul) - 1 }, 2, UTF8);
	refused((struct kvk_span){ (const uint8_t *)comment, sizeof(comment) - 1 }, 1, UTF8);
}

static enum kvk_err guard(const char *text, struct kvk_error *why)
{
	struct kvk_blob blob = { 0 };
	enum kvk_err err;

	assert_int_equal(kvk_blob_append_text(&blob, text), KVK_OK);
	err = kvk_conf_guard(&blob, "x", why);
	kvk_blob_free(&blob);
	return err;
}

static void what_is_left_to_libconfig(void **state)
{
	static const char *const texts[] = {
		"",
		" \t\r\n\f",
		"# only a comment",
		"// only a comment",
		"/* a **/ /***/ /* / * */",
		"a=1 b=2,c:3;",
		"a = -1; b = +1; c = 0; d = -0; e = 999999999; f = -999999999",
		"a = true; b = FALSE;",
		"a-b_c*d = 1; *x = 2; x01 = 3; L = 4;",
		"a = \"x\" \"y\" /* z */\n\"w\";",
		"a = \"# no // comment /* here\";",
		"a = \"\\n\\r\\t\\f\\\\\\\"\\x41\\xfF\\x0a\";",
		"a = \"\\\\x00\";",
		"a = \"two\nlines\";",
		"a = \"\n@include \\\".\\\"\"",
		"# @include \"x\"",
		"# 0123 0x10 ( [ {",
		"/*\n@include \"x\"\n*/",
		"a = \"0123 ((((((((((\"",
		"a = [ ]; b = [ 1, 2 ]; c = ( ); d = ( \"a\", ( \"b\" ), { s = \"x\" \"y\" } )",
		"a = { b = 1; c = { d = ( { e = 1 } ) } }",
		"a = ) ] }",
		"what is no grammar",
	};
	struct kvk_error why = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (guard(texts[i], &why) != KVK_OK)
			fail_msg("'%s': %s", texts[i], why.text);
}

/* n brackets, open and closed, with a value in the middle. */
static void nest(char *out, unsigned n, const char *open, const char *close)
{
	strcpy(out, "a = ");
	for (unsigned i = 0; i < n; i++)
		strcat(out, open);
	strcat(out, "1");
	for (unsigned i = 0; i < n; i++)
		strcat(out, close);
}

static void depth_is_bounded(void **state)
{
	static const char *const brackets[] = { "()", "[]", "{}" };
	struct kvk_error why = { 0 };
	static char text[60001];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const char open[] = { brackets[i][0], '\0' }, close[] = { brackets[i][1], '\0' };

		nest(text, KVK_LIMIT_CONF_DEPTH, open, close);
		assert_int_equal(guard(text, &why), KVK_OK);
		nest(text, KVK_LIMIT_CONF_DEPTH + 1, open, close);
		refused(kvk_span_of(text), 1, "nested too deeply");
	}
	memset(text, '(', sizeof(text) - 1);
	memcpy(text, "a = ", 4);
	refused(kvk_span_of(text), 1, "nested too deeply");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_libconfig_would_do_on_its_own),
		cmocka_unit_test(what_is_left_to_libconfig),
		cmocka_unit_test(depth_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
