/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/limits.h"
#include "conf/conf.h"
#include "tests/support/alloc.h"

static const struct kvk_conf_row schema[] = {
	{ .name = "domain", .type = KVK_CONF_STRING },
	{ .name = "tsp", .type = KVK_CONF_STRING, .fallback = "generic" },
	{ .name = "kvk", .type = KVK_CONF_DIGITS },
	{ .name = "key-bits",
		.type = KVK_CONF_INTEGER,
		.minimum = 2048,
		.maximum = 8192,
		.fallback = "3072" },
	{ .name = "any", .type = KVK_CONF_INTEGER },
	{ .name = "percent", .type = KVK_CONF_INTEGER, .maximum = 100 },
	{ .name = "below", .type = KVK_CONF_INTEGER, .minimum = -9 },
	{ .name = "client-only", .type = KVK_CONF_BOOLEAN, .fallback = "true" },
	{ .name = "names", .type = KVK_CONF_STRINGS },
	{ .name = "days", .type = KVK_CONF_INTEGERS, .minimum = 1, .maximum = 825 },
	{ .name = "net", .type = KVK_CONF_GROUP },
	{ .name = "net.allow_private", .type = KVK_CONF_BOOLEAN },
	{ .name = "net.proxy", .type = KVK_CONF_STRING },
	{ .name = "net.deep", .type = KVK_CONF_GROUP },
	{ .name = "net.deep.level", .type = KVK_CONF_INTEGER },
	{ .name = "anchors", .type = KVK_CONF_GROUPS },
	{ .name = "anchors.sha256", .type = KVK_CONF_STRING },
	{ .name = "anchors.generation", .type = KVK_CONF_INTEGER },
	{ 0 },
};

/* Reads a text that is correct. */
static struct kvk_conf *good(const char *text)
{
	struct kvk_conf *conf = NULL;
	struct kvk_error why = { 0 };

	if (kvk_conf_parse(kvk_span_of(text), "good.cfg", schema, &conf, &why) != KVK_OK)
		fail_msg("%s", why.text);
	assert_non_null(conf);
	return conf;
}

/* A text is refused, in this line, with an explanation that has these words in it. */
static void refused(const char *text, unsigned line, const char *words)
{
	/* Anything but NULL, to see that it is made NULL. */
	struct kvk_conf *conf = (struct kvk_conf *)(void *)&line;
	struct kvk_error why = { 0 };
	char start[32];

	assert_int_equal(
		kvk_conf_parse(kvk_span_of(text), "bad.cfg", schema, &conf, &why), KVK_ERR_CONFIG);
	assert_null(conf);
	(void)snprintf(start, sizeof(start), "bad.cfg:%u: ", line);
	if (strncmp(why.text, start, strlen(start)) != 0 || !strstr(why.text, words))
		fail_msg("'%s' is explained with '%s'", text, why.text);
}

static void values_of_every_type(void **state)
{
	struct kvk_conf *conf =
		good("\xef\xbb\xbf# a comment\n"
		     "domain = \"api.\" \"example.nl\"; /* two\nlines */ kvk : \"01234567\",\n"
		     "key-bits = 4096; any = -500000000 // last\n"
		     "client-only = False;\n"
		     "names = ( \"a\", \"bc\" ); days = [ 60, 30 ];\n"
		     "net = { allow_private = TRUE; deep : { level = 3 } };\n"
		     "anchors = ( { sha256 = \"00\"; generation = 4 }, { } );\n");

	(void)state;
	assert_string_equal(kvk_conf_string(conf, "domain"), "api.example.nl");
	assert_string_equal(kvk_conf_string(conf, "kvk"), "01234567");
	assert_int_equal(kvk_conf_integer(conf, "key-bits", 1), 4096);
	assert_true(kvk_conf_integer(conf, "any", 1) == -500000000LL);
	assert_false(kvk_conf_boolean(conf, "client-only", true));
	assert_int_equal(kvk_conf_count(conf, "names"), 2);
	assert_string_equal(kvk_conf_string_at(conf, "names", 0), "a");
	assert_string_equal(kvk_conf_string_at(conf, "names", 1), "bc");
	assert_null(kvk_conf_string_at(conf, "names", 2));
	assert_int_equal(kvk_conf_count(conf, "days"), 2);
	assert_int_equal(kvk_conf_integer_at(conf, "days", 1), 30);
	assert_int_equal(kvk_conf_integer_at(conf, "days", 2), 0);
	assert_true(kvk_conf_boolean(conf, "net.allow_private", false));
	assert_int_equal(kvk_conf_integer(conf, "net.deep.level", 0), 3);
	assert_int_equal(kvk_conf_count(conf, "anchors"), 2);
	assert_string_equal(kvk_conf_group_string(conf, "anchors", 0, "sha256"), "00");
	assert_null(kvk_conf_group_string(conf, "anchors", 0, "generation"));
	assert_null(kvk_conf_group_string(conf, "anchors", 1, "sha256"));
	assert_null(kvk_conf_group_string(conf, "anchors", 2, "sha256"));
	assert_int_equal(kvk_conf_line(conf, "domain"), 2);
	assert_int_equal(kvk_conf_line(conf, "kvk"), 3);
	assert_int_equal(kvk_conf_line(conf, "net.deep.level"), 7);
	kvk_conf_free(conf);
	kvk_conf_free(NULL);
}

static void what_the_file_does_not_say(void **state)
{
	struct kvk_conf *conf = good("");

	(void)state;
	assert_false(kvk_conf_has(conf, "domain"));
	assert_null(kvk_conf_string(conf, "domain"));
	assert_string_equal(kvk_conf_string(conf, "tsp"), "generic");
	assert_int_equal(kvk_conf_integer(conf, "key-bits", 1), 3072);
	assert_int_equal(kvk_conf_integer(conf, "any", 7), 7);
	assert_true(kvk_conf_boolean(conf, "client-only", false));
	assert_true(kvk_conf_boolean(conf, "net.allow_private", true));
	assert_int_equal(kvk_conf_count(conf, "names"), 0);
	assert_null(kvk_conf_string_at(conf, "names", 0));
	assert_null(kvk_conf_group_string(conf, "anchors", 0, "sha256"));
	assert_int_equal(kvk_conf_line(conf, "domain"), 0);
	kvk_conf_free(conf);
	/* A comment that no line feed ends is a fault to libconfig 1.5. */
	kvk_conf_free(good("# only a comment"));
	kvk_conf_free(good("\xef\xbb\xbf"));
	kvk_conf_free(good("any = 1; // a comment"));
	conf = good("net = { proxy = \"\" }; names = ( );");
	assert_true(kvk_conf_has(conf, "net.proxy"));
	assert_string_equal(kvk_conf_string(conf, "net.proxy"), "");
	assert_int_equal(kvk_conf_count(conf, "names"), 0);
	assert_int_equal(kvk_conf_count(conf, "net"), 0);
	kvk_conf_free(conf);
}

static void unknown_names_are_refused_with_the_nearest(void **state)
{
	(void)state;
	refused("\n\ndomian = \"x\";", 3, "unknown setting 'domian'; did you mean 'domain'?");
	refused("key_bits = 1;", 1, "did you mean 'key-bits'?");
	refused("net = { prox = \"x\" };", 1,
		"unknown setting 'net.prox'; did you mean 'net.proxy'?");
	refused("anchors = ( { sha265 = \"x\" } );", 1, "did you mean 'anchors.sha256'?");
	/* A member is not suggested outside its group, and nothing far away is. */
	refused("zzzzzzzzz = 1;", 1, "unknown setting 'zzzzzzzzz'");
	refused("proxy = \"x\";", 1, "unknown setting 'proxy'");
	refused("net = { domain = \"x\" };", 1, "unknown setting 'net.domain'");
}

static void no_suggestion_for_what_is_far(void **state)
{
	struct kvk_conf *conf;
	struct kvk_error why = { 0 };

	(void)state;
	assert_int_equal(kvk_conf_parse(kvk_span_of("zzzzzzzzz = 1;"), "x", schema, &conf, &why),
		KVK_ERR_CONFIG);
	assert_null(strstr(why.text, "did you mean"));
	assert_int_equal(kvk_conf_parse(kvk_span_of("proxy = \"x\";"), "x", schema, &conf, &why),
		KVK_ERR_CONFIG);
	assert_null(strstr(why.text, "net.proxy"));
}

static void wrong_types_are_refused(void **state)
{
	static const char *const texts[][2] = {
		{ "domain = 3;", "'domain': it must be a string in quotes" },
		{ "domain = true;", "'domain': it must be a string in quotes" },
		{ "domain = ( \"a\" );", "'domain': it must be a string in quotes" },
		{ "key-bits = \"3072\";", "'key-bits': it must be a whole number" },
		{ "client-only = 1;", "'client-only': it must be true or false" },
		{ "client-only = \"true\";", "'client-only': it must be true or false" },
		{ "names = \"a\";",
			"'names': it must be a list of strings, as in [ \"a\", \"b\" ]" },
		{ "net.deep.level = 3;",
			"'net.deep.level': names are not joined with dots; write: net: { deep: { "
			"level = ...; }; };" },
		{ "/* a: 1 */ net: { deep.level = 3; };",
			"'deep.level': names are not joined with dots" },
		{ "domain == \"x\"; # net.domain = 1", "a setting looks like" },
		{ "/* net.domain = 1 */ domain == 1;", "a setting looks like" },
		{ "domain = \"x\\\"y net.domain = 3\"; kvk == 1;", "a setting looks like" },
		{ "domain = proxy.example.nl:8080;", "a setting looks like" },
		{ "names = ( \"a\", 1 );", "'names': each member" },
		{ "days = 3;", "'days': it must be a list of whole numbers" },
		{ "days = ( \"3\" );", "'days': each member" },
		{ "net = 3;", "'net': it must be a group" },
		{ "net = ( );", "'net': it must be a group" },
		{ "anchors = { };", "'anchors': it must be a list of groups" },
		{ "anchors = ( 3 );", "'anchors': each member" },
		{ "kvk = \"1234567a\";", "'kvk': it must contain digits only" },
		{ "kvk = \"\";", "'kvk': it must contain digits only" },
		{ "domain = \"caf\\xe9\";", "'domain': the text is not valid UTF-8" },
		{ "names = ( \"\\xff\" );", "'names': the text is not valid UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		refused(texts[i][0], 1, texts[i][1]);
}

static void ranges_are_inclusive(void **state)
{
	(void)state;
	kvk_conf_free(good("key-bits = 2048;"));
	kvk_conf_free(good("key-bits = 8192;"));
	kvk_conf_free(good("days = ( 1, 825 );"));
	kvk_conf_free(good("any = -999999999;"));
	refused("key-bits = 2047;", 1, "2047 is out of range; it must be from 2048 to 8192");
	refused("key-bits = 8193;", 1, "8193 is out of range");
	/* libconfig would read this as 2048. */
	refused("key-bits = 4294969344;", 1, "too long");
	refused("days = ( 1, 0 );", 1, "0 is out of range");
	kvk_conf_free(good("percent = 100; below = 0;"));
	refused("percent = 101;", 1, "it must be from 0 to 100");
	refused("below = 1;", 1, "it must be from -9 to 0");
}

static void digits_without_quotes_are_refused_with_advice(void **state)
{
	(void)state;
	refused("kvk = 68750110;", 1, "in quotes");
	refused("kvk = 01234567;", 1, "in quotes");
	refused("kvk = 08000000;", 1, "in quotes");
	refused("kvk = 00000003687501100000;", 1, "in quotes");
	refused("kvk = 12345678901234567890;", 1, "in quotes");
	refused("kvk = 68750110L;", 1, "in quotes");
	refused("anchors = ( {\nsha256 = 0123456789 } );", 2, "in quotes");
}

static void what_libconfig_itself_refuses(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
	} wrong[] = {
		{ "any", 1 },
		{ "\n\nany\n\n", 3 },
		{ "any\n\n1", 3 },
		{ "any =", 1 },
		{ "domain = b", 1 },
		{ "domain = ;", 1 },
		{ "any =\n= 1", 2 },
		{ "1 = any", 1 },
		{ "= 1", 1 },
		{ "true = 1", 1 },
		{ "any = 1;;", 1 },
		{ "any = 1 }", 1 },
		{ "any = 1 2", 1 },
		{ "any = 1;\v", 1 },
		{ "any = / 1", 1 },
		{ "any = caf\xc3\xa9", 1 },
		{ "days = [ 1 2 ]", 1 },
		{ "days = ( 1 ]", 1 },
		{ "days = [ ( ) ]", 1 },
		{ "days = ( , 1 )", 1 },
		{ "net = { 1 }", 1 },
	};

	(void)state;
	refused("domain = \"a\";\ndomain = \"b\";", 2, "already given");
	refused("days = [ 1, \"a\" ];", 1, "of the same type");
	refused("net = { proxy = \"a\";\n\nproxy = \"b\"; };", 3, "already given");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		refused(wrong[i].text, wrong[i].line, "this line or the one above it is not valid");
}

static void names_in_messages_are_escaped(void **state)
{
	struct kvk_conf *conf;
	struct kvk_error why = { 0 };

	(void)state;
	assert_int_equal(kvk_conf_parse(kvk_span_of("x"), "a\x1b[2J\nb", schema, &conf, &why),
		KVK_ERR_CONFIG);
	assert_true(strncmp(why.text, "a\\x1b[2J\\x0ab:1: ", 17) == 0);
}

static void large_texts_are_refused(void **state)
{
	static char text[KVK_LIMIT_CONFIG + 2];
	struct kvk_conf *conf;
	struct kvk_error why = { 0 };

	(void)state;
	memset(text, ' ', sizeof(text) - 1);
	assert_int_equal(
		kvk_conf_parse(kvk_span_of(text), "x", schema, &conf, &why), KVK_ERR_LIMIT);
	assert_null(conf);
	assert_non_null(strstr(why.text, "65536"));
	assert_int_equal(kvk_conf_parse(kvk_span_of(text + 1), "x", schema, &conf, NULL), KVK_OK);
	kvk_conf_free(conf);
}

static void no_memory_is_an_error(void **state)
{
	struct kvk_conf *conf = NULL;
	enum kvk_err err = KVK_ERR_MEMORY;
	long n;

	(void)state;
	for (n = 0; err == KVK_ERR_MEMORY && n < 10; n++) {
		kvk_alloc_fail_after(n);
		err = kvk_conf_parse(kvk_span_of("domain = \"a\";"), "x", schema, &conf, NULL);
		assert_true(err == KVK_OK || !conf);
	}
	kvk_alloc_fail_after(-1);
	assert_int_equal(err, KVK_OK);
	assert_true(n > 2);
	kvk_conf_free(conf);
}

static char path[64];

static void write_config(const char *text, mode_t mode)
{
	assert_int_equal(kvk_file_replace(path, mode, kvk_span_of(text)), KVK_OK);
}

static enum kvk_err open_config(unsigned flags, struct kvk_error *why)
{
	struct kvk_conf *conf;
	enum kvk_err err = kvk_conf_open(path, schema, flags, &conf, why);

	assert_int_equal(err == KVK_OK, conf != NULL);
	kvk_conf_free(conf);
	return err;
}

static void files_are_evaluated(void **state)
{
	struct kvk_error why = { 0 };
	struct kvk_conf *conf;

	(void)state;
	assert_int_equal(open_config(0, &why), KVK_ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, path));
	assert_non_null(strstr(why.text, "No such file"));
	assert_int_equal(open_config(KVK_CONF_QUIET_MISSING, NULL), KVK_OK);
	write_config("domain = \"a\"", 0666);
	assert_int_equal(open_config(0, NULL), KVK_OK);
	assert_int_equal(open_config(KVK_CONF_TRUSTED, &why), KVK_ERR_UNSAFE);
	assert_non_null(strstr(why.text, "chmod go-w"));
	write_config("domain = \"a\"", 0644);
	assert_int_equal(open_config(KVK_CONF_TRUSTED, NULL), KVK_OK);
	assert_int_equal(kvk_conf_open(path, schema, 0, &conf, NULL), KVK_OK);
	assert_false(kvk_conf_is_private(conf));
	kvk_conf_free(conf);
	write_config("domain = \"a\"", 0600);
	assert_int_equal(kvk_conf_open(path, schema, KVK_CONF_TRUSTED, &conf, NULL), KVK_OK);
	assert_true(kvk_conf_is_private(conf));
	kvk_conf_free(conf);
	write_config("domain = ;", 0600);
	assert_int_equal(open_config(0, &why), KVK_ERR_CONFIG);
	assert_true(strncmp(why.text, path, strlen(path)) == 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(open_config(KVK_CONF_QUIET_MISSING, NULL), KVK_ERR_NOT_REGULAR);
	assert_int_equal(rmdir(path), 0);
}

static void large_files_are_refused(void **state)
{
	static char text[KVK_LIMIT_CONFIG + 2];
	struct kvk_error why = { 0 };

	(void)state;
	memset(text, ' ', sizeof(text) - 1);
	write_config(text, 0600);
	assert_int_equal(open_config(0, &why), KVK_ERR_LIMIT);
	assert_non_null(strstr(why.text, "65536"));
	assert_int_equal(unlink(path), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_of_every_type),
		cmocka_unit_test(what_the_file_does_not_say),
		cmocka_unit_test(unknown_names_are_refused_with_the_nearest),
		cmocka_unit_test(no_suggestion_for_what_is_far),
		cmocka_unit_test(wrong_types_are_refused),
		cmocka_unit_test(ranges_are_inclusive),
		cmocka_unit_test(digits_without_quotes_are_refused_with_advice),
		cmocka_unit_test(what_libconfig_itself_refuses),
		cmocka_unit_test(names_in_messages_are_escaped),
		cmocka_unit_test(large_texts_are_refused),
		cmocka_unit_test(no_memory_is_an_error),
		cmocka_unit_test(files_are_evaluated),
		cmocka_unit_test(large_files_are_refused),
	};

	(void)snprintf(path, sizeof(path), "/tmp/kvkcsr-conf-%ld", (long)getpid());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
