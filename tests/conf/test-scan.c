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

#include "base/limits.h"
#include "conf/scan.h"

static void accepted(const char *text)
{
	struct kvk_error why = { 0 };

	if (kvk_conf_scan(kvk_span_of(text), "x", &why) != KVK_OK)
		fail_msg("'%s': %s", text, why.text);
}

static void refused_bytes(struct kvk_span text, unsigned line, const char *words)
{
	struct kvk_error why = { 0 };
	char start[32];

	assert_int_equal(kvk_conf_scan(text, "x", &why), KVK_ERR_CONFIG);
	(void)snprintf(start, sizeof(start), "x:%u: ", line);
	if (strncmp(why.text, start, strlen(start)) != 0 || !strstr(why.text, words))
		fail_msg("'%s' is explained with '%s'", (const char *)text.p, why.text);
}

static void refused(const char *text, unsigned line, const char *words)
{
	refused_bytes(kvk_span_of(text), line, words);
}

static void the_whole_grammar(void **state)
{
	static const char *const texts[] = {
		"",
		" \t\r\n\f",
		"# only a comment",
		"// only a comment",
		"/* a **/ /***/ /* / * */",
		"a=1",
		"a : 1",
		"a=1 b=2",
		"a=1,b=2;",
		"a=1;",
		"a = -1; b = +1; c = 0; d = -0",
		"a = 5L",
		"a = true; b = FALSE; c = tRuE;",
		"truest = 1;",
		"a-b_c*d = 1; *x = 2;",
		"a = \"\"",
		"a = \"x\" \"y\" /* z */\n\"w\";",
		"a = \"# no // comment /* here\";",
		"a = \"\\n\\r\\t\\f\\\\\\\"\\x41\\xfF\";",
		"a = \"two\nlines\";",
		"a = \"it's @include\"",
		"# @include \"x\"",
		"a = [ ]",
		"a = [ 1, 2 ]",
		"a = ( )",
		"a = ( 1, \"b\" \"c\", ( ), { } )",
		"a = { }",
		"a = { b = 1; c = { d = ( { e = 1 } ) } }",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		accepted(texts[i]);
}

static void what_is_not_written_as_a_setting(void **state)
{
	static const struct {
		const char *text, *words;
		unsigned line;
	} wrong[] = {
		{ "a", "equals sign", 1 },
		{ "a\n\n1", "equals sign", 1 },
		{ "a 1", "equals sign", 1 },
		{ "a =", "value is missing", 1 },
		{ "a = b", "value is missing", 1 },
		{ "a = ;", "value is missing", 1 },
		{ "a =\n= 1", "value is missing", 2 },
		{ "1 = a", "setting must begin", 1 },
		{ "= 1", "setting must begin", 1 },
		{ "true = 1", "setting must begin", 1 },
		{ "a = 1;;", "setting must begin", 1 },
		{ "a = 1 }", "setting must begin", 1 },
		{ "a = 1 2", "setting must begin", 1 },
		{ "-a = 1", "setting must begin", 1 },
		{ "a = 1;\v", "setting must begin", 1 },
		{ "a = [ 1 2 ]", "comma", 1 },
		{ "a = ( 1, )", "no comma after", 1 },
		{ "a = [ 1, ( ) ]", "holds no lists", 1 },
		{ "a = [ { } ]", "holds no lists", 1 },
		{ "a = ( , 1 )", "value is missing", 1 },
		{ "a = ( 1 ]", "comma", 1 },
		{ "a = ( 1", "comma", 1 },
		{ "a = (", "value is missing", 1 },
		{ "a = {\nb = 1;\n", "no closing brace", 1 },
		{ "a = { 1 }", "setting must begin", 1 },
		{ "a = { b = 1 ]", "setting must begin", 1 },
		{ "\n/* x", "no end", 2 },
		{ "a = /* x", "no end", 1 },
		{ "/*/", "no end", 1 },
		{ "a = / 1", "value is missing", 1 },
		{ "\na = \"x\n\n", "no closing quote", 2 },
		{ "a = \"x\\\"", "no closing quote", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		refused(wrong[i].text, wrong[i].line, wrong[i].words);
}

static void numbers_that_would_change(void **state)
{
	static const char *const leading[] = { "a = 01", "a = 00", "a = -007", "a = ( 1, 012 )",
		"a = 09.5" };
	static const char *const other[] = {
		"a = 0x10",
		"a = 1.5",
		"a = .5",
		"a = 1e5",
		"a = 1_000",
		"a = 5LL",
		"a = 5l",
		"a = -",
		"a = +-1",
		"a = 0b1",
		"a = 5x",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(leading) / sizeof(leading[0]); i++)
		refused(leading[i], 1, "must not begin with 0");
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		refused(other[i], 1, "not a whole decimal number");
	accepted("a = 999999999999999999L; b = -2147483647; c = 2147483647;");
	refused("a = 2147483648", 1, "too large");
	refused("a = -4294967296", 1, "too large");
	refused("a = 1000000000000000000L", 1, "too large");
}

static void backslashes_mean_the_same_everywhere(void **state)
{
	(void)state;
	refused("a = \"C:\\Users\"", 1, "written twice");
	refused("a = \"\\x4\"", 1, "written twice");
	refused("a = \"\\x4g\"", 1, "written twice");
	refused("a = \"\\X41\"", 1, "written twice");
	refused("a = \"\\", 1, "written twice");
	accepted("a = \"\\x10\\x0f\";");
	refused("a = \"x\\x00y\"", 1, "'\\x00'");
}

static void includes_are_refused_wherever_a_line_begins(void **state)
{
	static const char *const texts[] = {
		"@include \".\"",
		" \t @include \"x\"",
		"@include\"x\"",
		"@include",
		"\f@include \"x\"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		refused(texts[i], 1, "'@include' is not accepted");
	refused("a = 1;\n@include \"x\"", 2, "'@include' is not accepted");
	refused("/*\n@include \"x\"\n*/", 2, "'@include' is not accepted");
	refused("a = \"\n\n @include x\";", 3, "'@include' is not accepted");
	refused("# x\r@include \"x\"", 1, "'@include' is not accepted");
	refused("a = @include \"x\"", 1, "value is missing");
}

static void bytes_that_are_no_text(void **state)
{
	static const uint8_t nul[] = "a = 1;\n\0b = 2;";
	struct kvk_span with_nul = { .p = nul, .n = sizeof(nul) - 1 };

	(void)state;
	refused_bytes(with_nul, 2, "NUL byte");
	refused("a = 1;\n# caf\xe9", 2, "not UTF-8");
	refused("a = \"\xed\xa0\x80\";", 1, "not UTF-8");
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
	static char text[60001];

	(void)state;
	nest(text, KVK_LIMIT_CONF_DEPTH, "(", ")");
	accepted(text);
	nest(text, KVK_LIMIT_CONF_DEPTH + 1, "(", ")");
	refused(text, 1, "nested too deeply");
	memset(text, '(', sizeof(text) - 1);
	memcpy(text, "a = ", 4);
	refused(text, 1, "nested too deeply");
	memset(text, '{', sizeof(text) - 1);
	for (size_t i = 0; i + 4 < sizeof(text); i += 4)
		memcpy(text + i, "a={ ", 4);
	refused(text, 1, "nested too deeply");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_grammar),
		cmocka_unit_test(what_is_not_written_as_a_setting),
		cmocka_unit_test(numbers_that_would_change),
		cmocka_unit_test(backslashes_mean_the_same_everywhere),
		cmocka_unit_test(includes_are_refused_wherever_a_line_begins),
		cmocka_unit_test(bytes_that_are_no_text),
		cmocka_unit_test(depth_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
