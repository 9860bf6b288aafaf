/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <string.h>

#include "base/i18n.h"
#include "cli/terminal.h"

const struct kvk_command kvk_commands[] = {
	{ "new", kvk_cmd_new, N_("make a key and a certificate request (CSR)"),
		KVK_COMMAND_CONFIG },
	{ "accept", kvk_cmd_accept, N_("take the TSP's delivery into the dossier, and judge it"),
		KVK_COMMAND_CONFIG },
	{ "verify", kvk_cmd_verify, N_("judge a delivery as the portal would"),
		KVK_COMMAND_CONFIG },
	{ "show", kvk_cmd_show,
		N_("what is in a file: certificates, requests, CRLs, lists of these"), 0 },
	{ "explain", kvk_cmd_explain, N_("what the portal's messages mean, one or all"), 0 },
	{ "uploaded", kvk_cmd_uploaded, N_("note that a certificate was uploaded to the portal"),
		0 },
	{ "track", kvk_cmd_track, N_("watch a certificate that was made elsewhere"), 0 },
	{ "untrack", kvk_cmd_untrack, N_("stop watching an entry; a dossier moves to the archive"),
		0 },
	{ "status", kvk_cmd_status, N_("every entry in one line, the most urgent first"),
		KVK_COMMAND_CONFIG },
	{ "check", kvk_cmd_check, N_("look at every entry, and warn in time; for cron"),
		KVK_COMMAND_CONFIG },
	{ "rehearse", kvk_cmd_rehearse, N_("walk the whole road with a practice TSP"), 0 },
	{ "config", kvk_cmd_config, N_("show the configuration in force, and check it"),
		KVK_COMMAND_CONFIG },
	{ .name = NULL },
};

const struct kvk_command *kvk_command_find(const char *name)
{
	for (const struct kvk_command *c = kvk_commands; c->name != NULL; c++)
		if (strcmp(name, c->name) == 0)
			return c;
	return NULL;
}

enum kvk_exit kvk_command_run(const struct kvk_command *command, int argc, char **argv)
{
	struct kvk_run run = { .command = command, .argc = argc, .argv = argv };
	enum kvk_exit code = command->run(&run);

	kvk_settings_free(&run.settings);
	return code;
}

static enum kvk_exit open_settings(const char *path, struct kvk_settings *out)
{
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_settings_open(path, out, &why);

	if (err == KVK_OK)
		return KVK_GO_ON;
	kvk_warn("%s", why.text[0] != '\0' ? why.text : kvk_error_text(err));
	return KVK_EXIT_CONFIG;
}

enum kvk_exit kvk_run_start(struct kvk_run *run, const struct kvk_usage *usage, void *config,
	const struct kvk_common *common)
{
	enum kvk_exit code;

	KVK_STEP(kvk_options_parse(usage, run->argc, run->argv, config, &run->count));
	run->arguments = run->argv + 1;
	if ((run->command->flags & KVK_COMMAND_CONFIG) != 0)
		code = open_settings(common->config, &run->settings);
out:
	return code;
}
