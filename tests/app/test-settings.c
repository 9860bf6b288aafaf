/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "app/settings.h"
#include "tests/inventory/scratch.h"

/* Writes a configuration that only its owner may read, and opens it. */
static enum kvk_err open_text(const char *text, struct kvk_settings *out, struct kvk_error *why)
{
	put_text("kvkcsr.cfg", text);
	assert_int_equal(chmod(below("kvkcsr.cfg"), 0600), 0);
	return kvk_settings_open(below("kvkcsr.cfg"), out, why);
}

static void what_the_file_says_and_what_it_leaves_open(void **state)
{
	struct kvk_settings settings = { .count = 0 };
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(
		open_text("net: { total_timeout = 7; allow_private = true; };", &settings, &why),
		KVK_OK);
	assert_int_equal(kvk_setting_integer(&settings, "net.total_timeout", 0), 7);
	assert_string_equal(
		kvk_setting_origin(&settings, "net.total_timeout"), below("kvkcsr.cfg"));
	assert_true(kvk_setting_boolean(&settings, "net.allow_private", false));
	assert_int_equal(kvk_setting_integer(&settings, "net.connect_timeout", 0), 5);
	assert_null(kvk_setting_origin(&settings, "net.connect_timeout"));
	assert_null(kvk_setting_string(&settings, "net.proxy"));
	assert_null(kvk_setting_layer(&settings, "check.warning_days"));
	kvk_settings_free(&settings);
}

static void a_file_that_is_wrong_is_refused(void **state)
{
	static const char *const wrong[] = {
		"net: { total_timeout = 0; };",
		"net: { no_such_setting = 1; };",
		"net: { total_timeout = \"7\"; };",
		"net: {",
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct kvk_settings settings = { .count = 0 };
		struct kvk_error why = { "" };

		assert_int_equal(open_text(wrong[i], &settings, &why), KVK_ERR_CONFIG);
		assert_non_null(strstr(why.text, "kvkcsr.cfg"));
		kvk_settings_free(&settings);
	}
}

static void a_file_that_is_named_has_to_be_there(void **state)
{
	struct kvk_settings settings = { .count = 0 };
	struct kvk_error why = { "" };

	(void)state;
	assert_int_not_equal(kvk_settings_open(below("none.cfg"), &settings, &why), KVK_OK);
	assert_non_null(strstr(why.text, "none.cfg"));
	kvk_settings_free(&settings);
}

static void an_api_key_that_others_can_read_is_refused(void **state)
{
	struct kvk_settings settings = { .count = 0 };
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(open_text("kvk: { api_key = \"secret\"; };", &settings, &why), KVK_OK);
	kvk_settings_free(&settings);
	assert_int_equal(chmod(below("kvkcsr.cfg"), 0644), 0);
	assert_int_not_equal(kvk_settings_open(below("kvkcsr.cfg"), &settings, &why), KVK_OK);
	assert_null(strstr(why.text, "secret"));
	kvk_settings_free(&settings);
}

static void numbers_and_versions_have_the_right_form(void **state)
{
	static const char *const wrong[] = {
		"account: { kvk = \"6875011\"; };",
		"account: { oin = \"000000036875011\"; };",
		"account: { party = \"someone\"; };",
		"kvk: { search_version = \"2\"; };",
		"kvk: { search_version = \"v\"; };",
		"kvk: { search_version = \"v2/..\"; };",
		"kvk: { base_url = \"http://example.nl/\"; };",
		"oin: { base_url = \"http://127.0.0.1.example.nl/\"; };",
		"oin: { base_url = \"http://localhost:x@example.nl/\"; };",
		"kvk: { base_url = \"https://user@example.nl/\"; };",
	};
	struct kvk_settings settings = { .count = 0 };
	struct kvk_error why = { "" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		why.text[0] = '\0';
		assert_int_equal(open_text(wrong[i], &settings, &why), KVK_ERR_CONFIG);
		assert_non_null(strstr(why.text,
			i < 3	      ? "account." :
				i < 6 ? "kvk.search_version" :
					"must begin with https://"));
		kvk_settings_free(&settings);
	}
	assert_int_equal(open_text("account: { kvk = \"68750110\"; oin = "
				   "\"00000003687501100000\"; party = \"market\"; };",
				 &settings, &why),
		KVK_OK);
	assert_string_equal(kvk_setting_string(&settings, "account.kvk"), "68750110");
	kvk_settings_free(&settings);
}

static void what_is_no_host_or_domain_is_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} wrong[] = {
		{ "\nnet: { no_proxy = [ \"example.nl\", \"*.example.nl\" ]; };",
			"kvkcsr.cfg:2: net.no_proxy: '*.example.nl'" },
		{ "net: { no_proxy = [ \"10.0.0.0/8\" ]; };", "'10.0.0.0/8'" },
		{ "net: { no_proxy = [ \"\" ]; };", "net.no_proxy" },
		{ "net: { no_proxy = [ \"intern.example.nl:80\" ]; };", "net.no_proxy" },
	};
	struct kvk_settings settings = { .count = 0 };
	struct kvk_error why = { "" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_int_equal(open_text(wrong[i].text, &settings, &why), KVK_ERR_CONFIG);
		assert_non_null(strstr(why.text, wrong[i].says));
		kvk_settings_free(&settings);
	}
	assert_int_equal(open_text("net: { proxy = \"http://proxy.example.nl:3128\"; no_proxy = [ "
				   "\".example.nl\", \"localhost\", \"[::1]\", \"10.0.0.7\" ]; };",
				 &settings, &why),
		KVK_OK);
	kvk_settings_free(&settings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_the_file_says_and_what_it_leaves_open, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			a_file_that_is_wrong_is_refused, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			a_file_that_is_named_has_to_be_there, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			an_api_key_that_others_can_read_is_refused, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			numbers_and_versions_have_the_right_form, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			what_is_no_host_or_domain_is_refused, scratch_make, scratch_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
