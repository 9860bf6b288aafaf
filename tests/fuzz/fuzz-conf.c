/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reader of settings. Whatever the text is: it is read or explained in our words, libconfig
 * neither ends the process nor loses memory, and every value that was read can be written and read
 * again.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "conf/conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Short names, so that a fuzzer finds them. */
static const struct kvk_conf_row schema[] = {
	{ .name = "s", .type = KVK_CONF_STRING },
	{ .name = "i", .type = KVK_CONF_INTEGER },
	{ .name = "r", .type = KVK_CONF_INTEGER, .minimum = 1, .maximum = 9 },
	{ .name = "b", .type = KVK_CONF_BOOLEAN },
	{ .name = "d", .type = KVK_CONF_DIGITS },
	{ .name = "l", .type = KVK_CONF_STRINGS },
	{ .name = "n", .type = KVK_CONF_INTEGERS },
	{ .name = "g", .type = KVK_CONF_GROUP },
	{ .name = "g.s", .type = KVK_CONF_STRING },
	{ .name = "g.g", .type = KVK_CONF_GROUP },
	{ .name = "g.g.i", .type = KVK_CONF_INTEGER },
	{ .name = "a", .type = KVK_CONF_GROUPS },
	{ .name = "a.s", .type = KVK_CONF_STRING },
	{ .name = "a.i", .type = KVK_CONF_INTEGER },
	{ 0 },
};

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_again(struct kvk_span text, const struct kvk_conf *first)
{
	struct kvk_conf *again = NULL;

	check(kvk_conf_parse(text, "again", schema, &again, NULL) == KVK_OK);
	check(strcmp(kvk_conf_string(again, "s"), kvk_conf_string(first, "s")) == 0);
	check(kvk_conf_integer(again, "i", 0) == kvk_conf_integer(first, "i", 0));
	check(kvk_conf_boolean(again, "b", false) == kvk_conf_boolean(first, "b", false));
	kvk_conf_free(again);
}

static void write_and_read_again(const struct kvk_conf *conf)
{
	struct kvk_blob out = { 0 };

	if (kvk_conf_has(conf, "s")) {
		check(kvk_conf_write_string(&out, "s", kvk_conf_string(conf, "s")) == KVK_OK);
		check(kvk_conf_write_integer(&out, "i", kvk_conf_integer(conf, "i", 0)) == KVK_OK);
		check(kvk_conf_write_boolean(&out, "b", kvk_conf_boolean(conf, "b", 0)) == KVK_OK);
		/* What is written may be longer than what is read at most. */
		if (out.n <= 4096)
			check_again(kvk_span_of_blob(&out), conf);
	}
	kvk_blob_free(&out);
}

static void look_at_all(const struct kvk_conf *conf)
{
	size_t n = 0;

	for (size_t i = 0; i < kvk_conf_count(conf, "l"); i++)
		n += strlen(kvk_conf_string_at(conf, "l", i));
	for (size_t i = 0; i < kvk_conf_count(conf, "n"); i++)
		n += kvk_conf_integer_at(conf, "n", i) == 42;
	for (size_t i = 0; i < kvk_conf_count(conf, "a"); i++)
		n += kvk_conf_group_string(conf, "a", i, "s") != NULL;
	check(n <= 65536);
	check(!kvk_conf_has(conf, "r") || kvk_conf_integer(conf, "r", 0) > 0);
	check(!kvk_conf_has(conf, "g.s") || kvk_conf_string(conf, "g.s"));
	check(!kvk_conf_has(conf, "s") || kvk_conf_line(conf, "s") > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kvk_span text = { .p = data, .n = size };
	struct kvk_conf *conf = NULL;
	struct kvk_error why = { 0 };
	enum kvk_err err = kvk_conf_parse(text, "fuzz", schema, &conf, &why);

	check((err == KVK_OK) == (conf != NULL));
	check((err == KVK_OK) == (why.text[0] == 0));
	check(!strstr(why.text, "syntax error"));
	if (conf) {
		look_at_all(conf);
		write_and_read_again(conf);
	}
	kvk_conf_free(conf);
	return 0;
}
