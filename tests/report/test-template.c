/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/template.h"

static const struct kvk_template_value values[] = {
	{ "name", "api" },
	{ "odd", "\"\\\n\t\x01\x7f\xff\xc3\xa9\xc3 {{name}}" },
	{ NULL, NULL },
};

static void places_are_filled_in(void **state)
{
	static const struct {
		const char *template, *text;
		enum kvk_template_form form;
	} cases[] = {
		{ "", "", KVK_TEMPLATE_TEXT },
		{ "{ }} {a} {{name}}{{name}}.", "{ }} {a} apiapi.", KVK_TEMPLATE_TEXT },
		{ "{{odd}}", "\"\\\n\t\x01\x7f\xff\xc3\xa9\xc3 {{name}}", KVK_TEMPLATE_TEXT },
		{ "{\"{{name}}\": \"{{odd}}\"}",
			"{\"api\": \"\\\"\\\\\\n\\u0009\\u0001\\u007f\xef\xbf\xbd\xc3\xa9"
			"\xef\xbf\xbd {{name}}\"}",
			KVK_TEMPLATE_JSON },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kvk_blob out = { 0 };
		struct kvk_error why = { "" };

		assert_int_equal(kvk_template_fill(kvk_span_of(cases[i].template), values,
					 cases[i].form, &out, &why),
			KVK_OK);
		assert_string_equal(kvk_blob_str(&out), cases[i].text);
		kvk_blob_free(&out);
	}
}

static void a_place_that_is_wrong_is_named(void **state)
{
	static const struct {
		const char *template, *why;
	} cases[] = {
		{ "a {{name}} {{nam\x1b}}", "the template uses the unknown name 'nam\\x1b'" },
		{ "a {{name", "the template contains '{{' without '}}'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kvk_blob out = { 0 };
		struct kvk_error why = { "" };

		assert_int_equal(kvk_template_fill(kvk_span_of(cases[i].template), values,
					 KVK_TEMPLATE_TEXT, &out, &why),
			KVK_ERR_CONFIG);
		assert_string_equal(why.text, cases[i].why);
		kvk_blob_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_filled_in),
		cmocka_unit_test(a_place_that_is_wrong_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
