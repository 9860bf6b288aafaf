/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command line of every subcommand, with its real table of options, and nothing carried out:
 * the linker puts __wrap_kvk_options_parse() in the place of kvk_options_parse(), so that each
 * subcommand leaves after its options were read. The input is the number of the subcommand and the
 * arguments, each ended by NUL. What was read is in argv; what was refused is reported in two
 * harmless lines.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/commands.h"
#include "cli/options.h"
#include "tests/fuzz/compose.h"

#define ARGUMENTS 80

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int __wrap_kvk_options_parse(
	const struct kvk_usage *usage, int argc, char **argv, void *config, size_t *count);
int __real_kvk_options_parse(
	const struct kvk_usage *usage, int argc, char **argv, void *config, size_t *count);
void __wrap_kvk_secret_process(void);

static const char *const commands[] = { "accept", "check", "config", "explain", "new", "rehearse",
	"show", "status", "track", "untrack", "uploaded", "verify" };

static char line[4096];
static unsigned parsed;

/* A process without core dumps cannot be looked into for leaks. */
void __wrap_kvk_secret_process(void)
{
}

static bool lies_in_line(const char *text)
{
	return text >= line && text < line + sizeof(line);
}

static void check_value(const struct kvk_option *o, const void *config)
{
	const char *at = (const char *)config + o->offset;
	const struct kvk_text_list *list;
	const char *text;
	bool known = false;

	switch (o->kind) {
	case KVK_OPTION_TEXT:
		memcpy(&text, at, sizeof(text));
		check(text == NULL || (lies_in_line(text) && text[0] != '\0'));
		break;
	case KVK_OPTION_CHOICE:
		memcpy(&text, at, sizeof(text));
		for (size_t i = 0; o->choices[i] != NULL; i++)
			known |= text != NULL && strcmp(text, o->choices[i]) == 0;
		check(text == NULL || known);
		break;
	case KVK_OPTION_LIST:
		list = (const struct kvk_text_list *)(const void *)at;
		check(list->count <= KVK_LIMIT_OPTION_FILES);
		for (size_t i = 0; i < list->count; i++)
			check(lies_in_line(list->items[i]));
		break;
	default:
		break;
	}
}

static void check_taken(
	const struct kvk_usage *usage, int argc, char **argv, const void *config, size_t count)
{
	check(count < (size_t)argc && count >= usage->minimum && count <= usage->maximum);
	for (size_t i = 1; i <= count; i++)
		check(lies_in_line(argv[i]));
	for (const struct kvk_option *o = usage->options; o->name != NULL; o++)
		check_value(o, config);
}

/* Two lines: what is wrong, and where help is. */
static void check_refused(const struct kvk_usage *usage, const char *told)
{
	const char *end = strchr(told, '\n');

	check(strncmp(told, PACKAGE_NAME " ", strlen(PACKAGE_NAME) + 1) == 0);
	check(strncmp(told + strlen(PACKAGE_NAME) + 1, usage->name, strlen(usage->name)) == 0);
	check(end != NULL && (end = strchr(end + 1, '\n')) != NULL && end[1] == '\0');
	check_text(kvk_span_of(told));
}

int __wrap_kvk_options_parse(
	const struct kvk_usage *usage, int argc, char **argv, void *config, size_t *count)
{
	FILE *out = stdout, *error = stderr;
	char *told = NULL, *help = NULL;
	size_t told_size, help_size;
	int code;

	stderr = open_memstream(&told, &told_size);
	stdout = open_memstream(&help, &help_size);
	check(stderr != NULL && stdout != NULL);
	code = __real_kvk_options_parse(usage, argc, argv, config, count);
	fclose(stderr);
	fclose(stdout);
	stderr = error;
	stdout = out;
	check(code == KVK_GO_ON || code == KVK_EXIT_OK || code == KVK_EXIT_USAGE);
	check((code == KVK_EXIT_USAGE) == (told[0] != '\0'));
	check((code == KVK_EXIT_OK) == (help[0] != '\0'));
	if (code == KVK_GO_ON)
		check_taken(usage, argc, argv, config, *count);
	else if (code == KVK_EXIT_USAGE)
		check_refused(usage, told);
	free(told);
	free(help);
	parsed++;
	return KVK_EXIT_USAGE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *argv[ARGUMENTS + 2] = { line };
	int argc = 1;
	unsigned which;

	if (size < 2 || size >= sizeof(line))
		return 0;
	which = data[0] % (sizeof(commands) / sizeof(commands[0]));
	memcpy(line, data, size);
	line[0] = '\0';
	line[size] = '\0';
	for (size_t i = 1; i < size && argc <= ARGUMENTS; i += strlen(line + i) + 1)
		argv[argc++] = line + i;
	argv[argc] = NULL;
	parsed = 0;
	check(kvk_command_run(kvk_command_find(commands[which]), argc, argv) == KVK_EXIT_USAGE);
	check(parsed == 1);
	return 0;
}
