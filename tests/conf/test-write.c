/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "conf/conf.h"
#include "tests/support/alloc.h"

static const struct kvk_conf_row schema[] = {
	{ .name = "text", .type = KVK_CONF_STRING },
	{ .name = "number", .type = KVK_CONF_INTEGER },
	{ .name = "flag", .type = KVK_CONF_BOOLEAN },
	{ 0 },
};

static struct kvk_conf *read_back(const struct kvk_blob *text)
{
	struct kvk_conf *conf;
	struct kvk_error why = { 0 };

	if (kvk_conf_parse(kvk_span_of_blob(text), "written", schema, &conf, &why) != KVK_OK)
		fail_msg("%s", why.text);
	return conf;
}

static void the_form_is_fixed(void **state)
{
	struct kvk_blob out = { 0 };

	(void)state;
	assert_int_equal(kvk_conf_write_string(&out, "organisation", "De Kroeg"), KVK_OK);
	assert_int_equal(kvk_conf_write_integer(&out, "key-bits", 3072), KVK_OK);
	assert_int_equal(kvk_conf_write_boolean(&out, "client-only", true), KVK_OK);
	assert_string_equal(kvk_blob_str(&out),
		"organisation = \"De Kroeg\";\nkey-bits = 3072;\nclient-only = true;\n");
	kvk_blob_free(&out);
}

static void strings_come_back_as_they_were(void **state)
{
	static const char *const texts[] = {
		"",
		"caf\xc3\xa9 \"De Kroeg\"",
		"C:\\temp\\new",
		"a\nb\r\tc\f\v\a\x7f",
		"\\x41",
		"\\\"",
		"@include",
		"a\n@include \"x\"",
		"# /* // */",
		"\x01\x1f",
		"\xef\xbb\xbf",
	};
	struct kvk_blob out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct kvk_conf *conf;

		kvk_blob_clear(&out);
		assert_int_equal(kvk_conf_write_string(&out, "text", texts[i]), KVK_OK);
		conf = read_back(&out);
		assert_string_equal(kvk_conf_string(conf, "text"), texts[i]);
		kvk_conf_free(conf);
	}
	kvk_blob_free(&out);
}

static void every_byte_comes_back(void **state)
{
	struct kvk_blob out = { 0 };
	struct kvk_blob all = { 0 };
	struct kvk_conf *conf;

	(void)state;
	for (uint32_t c = 1; c < 256; c++)
		assert_int_equal(kvk_utf8_append(&all, c), KVK_OK);
	assert_int_equal(kvk_conf_write_string(&out, "text", kvk_blob_str(&all)), KVK_OK);
	conf = read_back(&out);
	assert_string_equal(kvk_conf_string(conf, "text"), kvk_blob_str(&all));
	kvk_conf_free(conf);
	kvk_blob_free(&all);
	kvk_blob_free(&out);
}

static void numbers_come_back_as_they_were(void **state)
{
	static const long long numbers[] = { 0, 1, -1, 999999999, -999999999 };
	struct kvk_blob out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct kvk_conf *conf;

		kvk_blob_clear(&out);
		assert_int_equal(kvk_conf_write_integer(&out, "number", numbers[i]), KVK_OK);
		assert_int_equal(kvk_conf_write_boolean(&out, "flag", i % 2 == 0), KVK_OK);
		conf = read_back(&out);
		assert_true(kvk_conf_integer(conf, "number", 42) == numbers[i]);
		assert_int_equal(kvk_conf_boolean(conf, "flag", i % 2 != 0), i % 2 == 0);
		kvk_conf_free(conf);
	}
	kvk_blob_free(&out);
}

static void what_could_not_be_read_back_is_not_written(void **state)
{
	struct kvk_blob out = { 0 };

	(void)state;
	assert_int_equal(kvk_conf_write_string(&out, "text", "caf\xe9"), KVK_ERR_TEXT);
	assert_int_equal(kvk_conf_write_integer(&out, "number", 1000000000), KVK_ERR_LIMIT);
	assert_int_equal(kvk_conf_write_integer(&out, "number", -1000000000), KVK_ERR_LIMIT);
	assert_int_equal(out.n, 0);
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_conf_write_string(&out, "text", "a"), KVK_ERR_MEMORY);
	assert_int_equal(kvk_conf_write_integer(&out, "number", 1), KVK_ERR_MEMORY);
	assert_int_equal(kvk_conf_write_boolean(&out, "flag", true), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_form_is_fixed),
		cmocka_unit_test(strings_come_back_as_they_were),
		cmocka_unit_test(every_byte_comes_back),
		cmocka_unit_test(numbers_come_back_as_they_were),
		cmocka_unit_test(what_could_not_be_read_back_is_not_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
