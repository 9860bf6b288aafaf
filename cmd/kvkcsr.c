/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/i18n.h"
#include "base/output.h"
#include "base/word.h"
#include "base/wrap.h"
#include "cli/environment.h"
#include "cli/terminal.h"
#include "conf/datadir.h"
#include "report/rows.h"

static void add_group(struct kvk_page *page, struct kvk_rows *rows, enum kvk_command_group group)
{
	static const char *const headings[KVK_GROUP_COUNT] = {
		[KVK_GROUP_ORDER] = N_("Order a certificate:"),
		[KVK_GROUP_DELIVERY] = N_("Handle the delivery:"),
		[KVK_GROUP_LOOK] = N_("Inspect files and messages:"),
		[KVK_GROUP_WATCH] = N_("Watch certificates:"),
		[KVK_GROUP_SET_UP] = N_("Set up:"),
	};

	kvk_rows_add_heading(page, rows, _(headings[group]));
	for (const struct kvk_command *c = kvk_commands; c->name != NULL; c++)
		if (c->group == group)
			kvk_rows_add(page, rows, c->name, _(c->summary));
}

static enum kvk_err append_usage(struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper.width = kvk_output_width() };
	const unsigned width = kvk_page_text_width(&page);
	struct kvk_rows rows = { 0 };

	kvk_page_append(&page, _("usage: %s COMMAND [OPTION]... [ARGUMENT]...\n\n"), PACKAGE_NAME);
	KVK_PAGE_TRY(&page,
		kvk_wrap_lines(out, width,
			_("Get a certificate for the KVK API, and renew it in time. A TSP (trust "
			  "service provider) issues it. A dossier is the folder that holds a "
			  "request and its certificate.\n")));
	for (int group = 0; group < KVK_GROUP_COUNT; group++)
		add_group(&page, &rows, (enum kvk_command_group)group);
	kvk_rows_write(&page, &rows, 2);
	KVK_PAGE_TRY(&page,
		kvk_wrap_lines(out, width,
			_("\nNew here? Start with 'kvkcsr rehearse'.\n"
			  "'kvkcsr COMMAND --help' shows the options of a command. 'kvkcsr "
			  "--version' shows the version. See 'man kvkcsr' for the manual.\n")));
	return page.err;
}

/* Writes the help to standard output, or to standard error where it was not asked for. */
static enum kvk_exit usage(bool asked)
{
	struct kvk_blob text = { 0 };
	bool written = append_usage(&text) == KVK_OK;

	if (written && asked)
		written = kvk_write(&text);
	else if (written)
		fputs(kvk_blob_str(&text), stderr);
	kvk_blob_free(&text);
	return written ? KVK_EXIT_OK : KVK_EXIT_UNKNOWN;
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
		kvk_warn(_("unknown option '%s'; options follow the command, see '%s --help'"),
			safe, PACKAGE_NAME);
	else if (meant != NULL)
		kvk_warn(_("unknown command '%s'; did you mean '%s %s'?"), safe, PACKAGE_NAME,
			meant);
	else
		kvk_warn(_("unknown command '%s'; '%s --help' lists all commands"), safe,
			PACKAGE_NAME);
	return KVK_EXIT_USAGE;
}

static enum kvk_exit version(void)
{
	bool written = kvk_output_print("%s %s\n", PACKAGE_NAME, PACKAGE_VERSION) &&
		kvk_output_print(_("data: %s\n"), kvk_datadir());

	return written ? KVK_EXIT_OK : KVK_EXIT_UNKNOWN;
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
		(void)usage(false);
		return KVK_EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0)
		return version();
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return usage(true);
	if (strcmp(argv[1], "help") == 0)
		return argc == 2 ? usage(true) : help_on(argv[2]);
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
