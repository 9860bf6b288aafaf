/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "app/net_settings.h"
#include "net/proxy.h"
#include "tests/inventory/scratch.h"

/* The configuration of a test, and what became of it. */
struct net_test {
	struct kvk_settings settings;
	struct kvk_net_settings net;
	struct kvk_error why;
};

static enum kvk_err read_text(struct net_test *test, const char *text)
{
	enum kvk_err err;

	memset(test, 0, sizeof *test);
	put_text("kvkcsr.cfg", text);
	assert_int_equal(chmod(below("kvkcsr.cfg"), 0600), 0);
	err = kvk_settings_open(below("kvkcsr.cfg"), &test->settings, &test->why);
	assert_int_equal(err, KVK_OK);
	return kvk_net_settings_read(&test->settings, &test->net, &test->why);
}

/* The same of a configuration that names one file of the scratch folder. */
static enum kvk_err read_naming(struct net_test *test, const char *setting, const char *file)
{
	char text[512];

	(void)snprintf(text, sizeof text, "net: { %s = \"%s\"; };", setting, below(file));
	return read_text(test, text);
}

static void free_test(struct net_test *test)
{
	kvk_net_settings_free(&test->net);
	kvk_settings_free(&test->settings);
}

static void without_a_file_the_defaults_count(void **state)
{
	struct net_test test;
	const struct kvk_net_options *options = &test.net.options;

	(void)state;
	assert_int_equal(read_text(&test, ""), KVK_OK);
	assert_int_equal(options->connect_timeout, 5 * KVK_SECOND);
	assert_int_equal(options->total_timeout, 15 * KVK_SECOND);
	assert_int_equal(options->run_timeout, 30 * KVK_SECOND);
	assert_false(options->allow_private);
	assert_null(options->proxy);
	assert_null(options->proxy_auth);
	assert_null(options->ca_file);
	assert_int_equal(options->no_proxy_count, 0);
	assert_int_equal(kvk_net_rule(options), KVK_NET_RULE_PUBLIC);
	free_test(&test);
}

static void what_is_set_arrives(void **state)
{
	struct net_test test;
	const struct kvk_net_options *options = &test.net.options;

	(void)state;
	assert_int_equal(
		read_text(&test,
			"net: { run_timeout = 7; proxy = \"http://proxy.example.nl:3128\"; "
			"no_proxy = ( \"a.nl\", \".b.nl\" ); };"),
		KVK_OK);
	assert_int_equal(options->run_timeout, 7 * KVK_SECOND);
	assert_string_equal(options->proxy, "http://proxy.example.nl:3128");
	assert_int_equal(options->no_proxy_count, 2);
	assert_string_equal(options->no_proxy[1], ".b.nl");
	assert_int_equal(kvk_net_rule(options), KVK_NET_RULE_NAME);
	free_test(&test);
	assert_int_equal(read_text(&test,
				 "net: { allow_private = true; proxy = "
				 "\"http://proxy.example.nl:3128\"; };"),
		KVK_OK);
	assert_int_equal(kvk_net_rule(options), KVK_NET_RULE_ANY);
	free_test(&test);
}

static void the_password_of_the_proxy_is_private(void **state)
{
	struct net_test test;

	(void)state;
	put_text("auth", "user:secret\n");
	assert_int_equal(chmod(below("auth"), 0644), 0);
	assert_int_equal(read_naming(&test, "proxy_auth_file", "auth"), KVK_ERR_CONFIG);
	assert_non_null(strstr(test.why.text, "net.proxy_auth_file: "));
	assert_non_null(strstr(test.why.text, "chmod"));
	assert_null(test.net.options.proxy_auth);
	free_test(&test);
	assert_int_equal(chmod(below("auth"), 0600), 0);
	assert_int_equal(read_naming(&test, "proxy_auth_file", "auth"), KVK_OK);
	assert_true(kvk_span_is(kvk_secret_span(test.net.options.proxy_auth), "user:secret"));
	free_test(&test);
}

static void a_file_that_cannot_be_used_is_an_error_of_the_configuration(void **state)
{
	struct net_test test;

	(void)state;
	assert_int_equal(read_naming(&test, "ca_file", "none.pem"), KVK_ERR_CONFIG);
	assert_non_null(strstr(test.why.text, "net.ca_file: "));
	assert_non_null(strstr(test.why.text, "none.pem"));
	free_test(&test);
	put_text("words.pem", "no certificate\n");
	assert_int_equal(read_naming(&test, "ca_file", "words.pem"), KVK_ERR_CONFIG);
	assert_non_null(strstr(test.why.text, "contains no certificate"));
	free_test(&test);
	assert_int_equal(read_naming(&test, "proxy_auth_file", "none"), KVK_ERR_CONFIG);
	assert_non_null(strstr(test.why.text, "none"));
	free_test(&test);
	assert_int_equal(
		read_text(&test, "\nnet: { proxy = \"proxy.example.nl:3128\"; };"), KVK_ERR_CONFIG);
	assert_non_null(strstr(test.why.text, "kvkcsr.cfg:2: net.proxy"));
	free_test(&test);
	put_text("auth", "no colon");
	assert_int_equal(chmod(below("auth"), 0600), 0);
	assert_int_equal(read_naming(&test, "proxy_auth_file", "auth"), KVK_ERR_CONFIG);
	free_test(&test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			without_a_file_the_defaults_count, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(what_is_set_arrives, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			the_password_of_the_proxy_is_private, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			a_file_that_cannot_be_used_is_an_error_of_the_configuration, scratch_make,
			scratch_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
