/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/escape.h"
#include "base/word.h"
#include "cli/environment.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "conf/datadir.h"

struct command {
	const char *name;
	enum kvk_exit (*run)(int argc, char **argv);
	const char *summary;
};

static const struct command commands[] = {
	{ "new", kvk_cmd_new, N_("make a key and a certificate request (CSR)") },
	{ "accept", kvk_cmd_accept, N_("take the TSP's delivery into the dossier, and judge it") },
	{ "verify", kvk_cmd_verify, N_("judge a delivery as the portal would") },
	{ "show", kvk_cmd_show,
		N_("what is in a file: certificates, requests, CRLs, lists of these") },
	{ "explain", kvk_cmd_explain, N_("what the portal's messages mean, one or all") },
	{ "uploaded", kvk_cmd_uploaded, N_("note that a certificate was uploaded to the portal") },
	{ "track", kvk_cmd_track, N_("watch a certificate that was made elsewhere") },
	{ "untrack", kvk_cmd_untrack,
		N_("stop watching an entry; a dossier moves to the archive") },
	{ "status", kvk_cmd_status, N_("every entry in one line, the most urgent first") },
	{ "check", kvk_cmd_check, N_("look at every entry, and warn in time; for cron") },
	{ "rehearse", kvk_cmd_rehearse, N_("walk the whole road with a practice TSP") },
	{ "config", kvk_cmd_config, N_("show the configuration in force, and check it") },
	{ NULL, NULL, NULL },
};

static void usage(FILE *out)
{
	fprintf(out, _("usage: %s COMMAND [OPTION]... [ARGUMENT]...\n\n"), PACKAGE_NAME);
	for (const struct command *c = commands; c->name != NULL; c++)
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

	for (const struct command *c = commands; c->name != NULL; c++)
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

	for (const struct command *c = commands; c->name != NULL; c++)
		if (strcmp(name, c->name) == 0)
			return c->run(2, (char *[]){ option, option, NULL });
	return unknown(name);
}

static enum kvk_exit run(int argc, char **argv)
{
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
	for (const struct command *c = commands; c->name != NULL; c++)
		if (strcmp(argv[1], c->name) == 0)
			return c->run(argc - 1, argv + 1);
	return unknown(argv[1]);
}

int main(int argc, char **argv)
{
	enum kvk_exit code;

	kvk_language_start();
	code = kvk_environment_clean(argv);
	kvk_terminal_start();
	return kvk_finish(code == KVK_EXIT_OK ? run(argc, argv) : code);
}
