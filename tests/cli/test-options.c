/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "cli/options.h"

struct sample {
	struct kvk_common common;
	bool quiet;
	const char *name;
	long jobs;
	struct kvk_time_option at;
	struct kvk_text_list files;
};

static const struct kvk_option options[] = {
	OPT_JSON(struct sample),
	OPT_COLOR(struct sample),
	OPT_FLAG(struct sample, quiet, "quiet", 'q', N_("say nothing")),
	OPT_TEXT(struct sample, name, "name", 0, N_("TEXT"), N_("a name")),
	OPT_NUMBER(struct sample, jobs, "jobs", 'j', N_("N"), N_("threads"), 1, 64),
	OPT_TIME(struct sample, at, "at", 0, N_("TIME"), N_("a time")),
	OPT_LIST(struct sample, files, "file", 'f', N_("FILE"), N_("a file")),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "sample",
	.synopsis = N_("[OPTION]... FILE..."),
	.summary = N_("a sample"),
	.options = options,
	.minimum = 0,
	.maximum = 2,
};

#define MOST_WORDS 8

/* One command line, and what the parser must make of it. */
struct line {
	const char *words[MOST_WORDS];
	int code;
	size_t count;
};

static const struct line lines[] = {
	{ { "sample", NULL }, KVK_GO_ON, 0 },
	{ { "sample", "a", "-", NULL }, KVK_GO_ON, 2 },
	{ { "sample", "--", "--json", NULL }, KVK_GO_ON, 1 },
	{ { "sample", "--json", "a", NULL }, KVK_GO_ON, 1 },
	{ { "sample", "a", "--name", "x", "b", NULL }, KVK_GO_ON, 2 },
	{ { "sample", "--name=", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--name", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--name=x", "--name=x", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--file", "x", "-f", "y", "-fz", NULL }, KVK_GO_ON, 0 },
	{ { "sample", "--json=yes", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--jso", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "-qj4", NULL }, KVK_GO_ON, 0 },
	{ { "sample", "-qq", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "-x", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--jobs", "0", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--jobs", "65", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--jobs", "4x", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--jobs", " 4", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--color", "blue", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--color", "never", NULL }, KVK_GO_ON, 0 },
	{ { "sample", "--at", "yesterday", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--at", "2026-11-22T12:00:00Z", NULL }, KVK_GO_ON, 0 },
	{ { "sample", "a", "b", "c", NULL }, KVK_EXIT_USAGE, 0 },
	{ { "sample", "--help", "--nonsense", NULL }, KVK_EXIT_OK, 0 },
};

static int parse(const struct line *line, struct sample *out, size_t *count)
{
	char words[MOST_WORDS][64];
	char *argv[MOST_WORDS + 1] = { NULL };
	int argc = 0;

	for (; line->words[argc] != NULL; argc++) {
		snprintf(words[argc], sizeof words[argc], "%s", line->words[argc]);
		argv[argc] = words[argc];
	}
	memset(out, 0, sizeof *out);
	return kvk_options_parse(&usage, argc, argv, out, count);
}

static void test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct sample sample;
		size_t count = 99;
		int code = parse(&lines[i], &sample, &count);

		if (code != lines[i].code)
			print_message("line %zu: %s\n", i, lines[i].words[1]);
		assert_int_equal(code, lines[i].code);
		if (code == KVK_GO_ON)
			assert_int_equal(count, lines[i].count);
	}
}

static void test_values(void **state)
{
	char *argv[] = { (char[]){ "sample" }, (char[]){ "--at=1970-01-01T00:00:01Z" },
		(char[]){ "-j" }, (char[]){ "7" }, (char[]){ "-fone" }, (char[]){ "--file=two" },
		(char[]){ "--json" }, (char[]){ "last" }, NULL };
	struct sample sample = { .jobs = 1 };
	size_t count;

	(void)state;
	assert_int_equal(kvk_options_parse(&usage, 8, argv, &sample, &count), KVK_GO_ON);
	assert_true(sample.at.has);
	assert_int_equal(sample.at.time, 1000);
	assert_int_equal(sample.jobs, 7);
	assert_int_equal(sample.files.count, 2);
	assert_string_equal(sample.files.items[1], "two");
	assert_true(sample.common.json);
	assert_false(sample.quiet);
	assert_int_equal(count, 1);
	assert_string_equal(argv[1], "last");
}

static void test_list_limit(void **state)
{
	static char word[] = "-fx";
	char *argv[KVK_LIMIT_OPTION_FILES + 2];
	struct sample sample = { 0 };
	size_t count;

	(void)state;
	for (size_t i = 0; i < KVK_LIMIT_OPTION_FILES + 2; i++)
		argv[i] = word;
	assert_int_equal(
		kvk_options_parse(&usage, (int)KVK_LIMIT_OPTION_FILES + 1, argv, &sample, &count),
		KVK_GO_ON);
	memset(&sample, 0, sizeof sample);
	assert_int_equal(
		kvk_options_parse(&usage, (int)KVK_LIMIT_OPTION_FILES + 2, argv, &sample, &count),
		KVK_EXIT_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_list_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
