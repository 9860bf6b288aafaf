/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/i18n.h"
#include "base/word.h"
#include "cli/environment.h"
#include "cli/terminal.h"
#include "conf/datadir.h"

static void usage(FILE *out)
{
	fprintf(out, _("usage: %s COMMAND [OPTION]... [ARGUMENT]...\n\n"), PACKAGE_NAME);
	for (const struct kvk_command *c = kvk_commands; c->name != NULL; c++)
		fprintf(out, "  %-10s %s\n", c->name, _(c->summary));
	fprintf(out,
		_("\n'%s COMMAND --help' says more of one, 'man %s' of all,\n"
		  "and '%s --version' names the version. '%s rehearse' is a good start.\n"),
		PACKAGE_NAME, PACKAGE_NAME, PACKAGE_NAME, PACKAGE_NAME);
}

/* The command that somebody may have meant, or NULL. */
static const char *nearest(const char *given)
{
	const char *name = NULL;
	unsigned distance = UINT_MAX;

	for (const struct kvk_command *c = kvk_commands; c->name != NULL; c++)
		if (kvk_nearer_word(given, c->name, &distance))
			name = c->name;
	return name;
}

static enum kvk_exit unknown(const char *given)
{
	const char *meant = nearest(given);
	char safe[128];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(given));
	if (given[0] == '-')
		kvk_warn(_("unknown option '%s'; the command comes first, as '%s --help' shows"),
			safe, PACKAGE_NAME);
	else if (meant != NULL)
		kvk_warn(_("unknown command '%s'; did you mean '%s %s'?"), safe, PACKAGE_NAME,
			meant);
	else
		kvk_warn(_("unknown command '%s'; '%s --help' lists them all"), safe, PACKAGE_NAME);
	return KVK_EXIT_USAGE;
}

static enum kvk_exit version(void)
{
	printf("%s %s\n", PACKAGE_NAME, PACKAGE_VERSION);
	printf(_("data: %s\n"), kvk_datadir());
	return KVK_EXIT_OK;
}

static enum kvk_exit help(void)
{
	usage(stdout);
	return KVK_EXIT_OK;
}

/* 'kvkcsr help COMMAND', as people try it: the same as 'kvkcsr COMMAND --help'. */
static enum kvk_exit help_on(const char *name)
{
	char option[] = "--help";
	const struct kvk_command *command = kvk_command_find(name);

	if (command != NULL)
		return kvk_command_run(command, 2, (char *[]){ option, option, NULL });
	return unknown(name);
}

static enum kvk_exit run(int argc, char **argv)
{
	const struct kvk_command *command;

	if (argc < 2) {
		usage(stderr);
		return KVK_EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0)
		return version();
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return help();
	if (strcmp(argv[1], "help") == 0)
		return argc == 2 ? help() : help_on(argv[2]);
	command = kvk_command_find(argv[1]);
	if (command != NULL)
		return kvk_command_run(command, argc - 1, argv + 1);
	return unknown(argv[1]);
}

int main(int argc, char **argv)
{
	enum kvk_exit code;

	kvk_language_start();
	code = kvk_environment_clean(argv);
	kvk_terminal_start();
	return kvk_finish(code == KVK_GO_ON ? run(argc, argv) : code);
}
