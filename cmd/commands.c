/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <string.h>

#include "base/i18n.h"
#include "cli/terminal.h"

const struct kvk_command kvk_commands[] = {
	{ "new", kvk_cmd_new, N_("create a key and a certificate request (CSR)"), KVK_GROUP_ORDER,
		KVK_COMMAND_CONFIG },
	{ "renew", kvk_cmd_renew, N_("create a new key and request for a certificate you have"),
		KVK_GROUP_ORDER, KVK_COMMAND_CONFIG },
	{ "accept", kvk_cmd_accept,
		N_("store the delivered certificate in its dossier, and check it"),
		KVK_GROUP_DELIVERY, KVK_COMMAND_CONFIG },
	{ "verify", kvk_cmd_verify, N_("check a delivery as the portal would"), KVK_GROUP_DELIVERY,
		KVK_COMMAND_CONFIG },
	{ "uploaded", kvk_cmd_uploaded, N_("record that a certificate was uploaded to the portal"),
		KVK_GROUP_DELIVERY, 0 },
	{ "export", kvk_cmd_export,
		N_("write the file that a portal, a web server, Java or Windows reads"),
		KVK_GROUP_DELIVERY, 0 },
	{ "show", kvk_cmd_show, N_("show what a certificate, request or revocation list contains"),
		KVK_GROUP_LOOK, 0 },
	{ "explain", kvk_cmd_explain, N_("explain one or all of the portal's messages"),
		KVK_GROUP_LOOK, 0 },
	{ "lookup", kvk_cmd_lookup,
		N_("look a number up in the trade register and the OIN register"), KVK_GROUP_LOOK,
		KVK_COMMAND_CONFIG },
	{ "rehearse", kvk_cmd_rehearse, N_("try the whole process with a simulated TSP"),
		KVK_GROUP_LOOK, 0 },
	{ "track", kvk_cmd_track, N_("track a certificate that was created elsewhere"),
		KVK_GROUP_WATCH, 0 },
	{ "untrack", kvk_cmd_untrack, N_("stop tracking a certificate; its dossier is archived"),
		KVK_GROUP_WATCH, 0 },
	{ "status", kvk_cmd_status, N_("list all tracked certificates, the most urgent first"),
		KVK_GROUP_WATCH, KVK_COMMAND_CONFIG },
	{ "check", kvk_cmd_check, N_("warn before certificates expire; run it from cron"),
		KVK_GROUP_WATCH, KVK_COMMAND_CONFIG },
	{ "notify", kvk_cmd_notify, N_("list and test the channels that 'check' notifies"),
		KVK_GROUP_WATCH, KVK_COMMAND_CONFIG },
	{ "schedule", kvk_cmd_schedule, N_("run 'check' every day, from systemd or cron"),
		KVK_GROUP_WATCH, KVK_COMMAND_CONFIG },
	{ "config", kvk_cmd_config, N_("show the configuration in use, and check it"),
		KVK_GROUP_SET_UP, KVK_COMMAND_CONFIG },
	{ "adopt", kvk_cmd_adopt, N_("enter dossiers that are not in the inventory"),
		KVK_GROUP_SET_UP, 0 },
	{ "trust", kvk_cmd_trust, N_("list, import or remove trusted root certificates"),
		KVK_GROUP_SET_UP, KVK_COMMAND_CONFIG },
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
