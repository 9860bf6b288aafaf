/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <sys/stat.h>

#include "app/renew.h"
#include "base/format.h"
#include "base/i18n.h"
#include "cli/terminal.h"
#include "cmd/making.h"
#include "cmd/step.h"
#include "conf/datadir.h"

struct renew_config {
	struct kvk_common common;
	struct kvk_time_option at;
	const char *switch_day;
	/* By field; flags for the booleans. */
	const char *text[KVK_FIELD_COUNT];
	bool flag[KVK_FIELD_COUNT];
};

static const struct kvk_option options[] = {
	OPT_TEXT(struct renew_config, switch_day, "switch", 0, N_("DATE"),
		N_("day on which the new certificate will take over, such as 2027-11-15")),
	OPT_MAKING(struct renew_config),
	OPT_FLAG(struct renew_config, flag[KVK_FIELD_DRY_RUN], "dry-run", 0,
		N_("show what would be created, but create nothing")),
	OPT_TIME(struct renew_config, at, "at", 0, N_("TIME"),
		N_("renew as of this time (default: now)")),
	OPT_FLAG(struct renew_config, flag[KVK_FIELD_JSON], "json", 0,
		N_("print the result as JSON")),
	OPT_HOME(struct renew_config),
	OPT_CONFIG(struct renew_config),
	OPT_END,
};

static enum kvk_exit check_usage(const void *given, char **arguments);

static const struct kvk_usage usage = {
	.name = "renew",
	.synopsis = N_("[OPTION]... NAME"),
	.summary = N_("create a new key and request for a certificate you have"),
	.details = N_(
		"The request is made from the answers in the dossier of NAME, or from its "
		"certificate; an option replaces one of them. A default that is named above "
		"applies only if there is no earlier answer. The new key and request are stored "
		"in the folder next/ of the dossier; the key and the certificate in use are not "
		"touched.\n\n"
		"  kvkcsr renew api.voorbeeld.nl\n\n"
		"Then order the certificate, give it to 'kvkcsr accept', upload it, and run "
		"'kvkcsr uploaded', which replaces the old key and certificate with the new ones."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
	.check = check_usage,
};

/* The day as a time: its first second in UTC. */
static bool read_day(const char *day, kvk_time *out)
{
	char text[KVK_TIME_TEXT_SIZE];

	return kvk_format(text, sizeof text, "%sT00:00:00Z", day) &&
		kvk_time_parse(text, out) == KVK_OK;
}

static enum kvk_exit check_usage(const void *given, char **arguments)
{
	const struct renew_config *config = given;
	kvk_time day;

	(void)arguments;
	if (config->switch_day != NULL && !read_day(config->switch_day, &day))
		return kvk_usage_error(&usage, _("--switch requires a date, such as 2027-11-15"));
	return KVK_GO_ON;
}

/* What is not as it was. */
static void warn_changes(const struct kvk_new *run, const struct kvk_renewal *renewal)
{
	if (renewal->becomes_g4 && run->order.generation == KVK_GENERATION_G4)
		kvk_warn(_("advice: generation: the new certificate becomes a G4 (product \"TLS "
			   "SYS\"), because the G1 certificates of PKIoverheid end on 12 November "
			   "2028"));
	else if (renewal->becomes_g4)
		kvk_warn(_("advice: generation: a G1 certificate of the same lifetime would end "
			   "after 12 November 2028, when PKIoverheid ends G1; order a G4"));
	if (renewal->larger_key)
		kvk_warn(kvk_ngettext("advice: key-bits: the new key has %u bit, because the size "
				      "of the old key is no longer advised or accepted",
				 "advice: key-bits: the new key has %u bits, because the size of "
				 "the old key is no longer advised or accepted",
				 run->order.key_bits),
			run->order.key_bits);
}

static enum kvk_exit settle_and_make(struct kvk_new *run, const struct kvk_renewal *renewal)
{
	const enum kvk_err err =
		kvk_order_settle(&run->answers, &run->presets, &run->order, &run->review);

	if (err == KVK_ERR_REFUSED)
		return kvk_making_refuse(run);
	if (err != KVK_OK) {
		kvk_warn(_("cannot check the answers: %s"), kvk_error_text(err));
		return kvk_exit_of(err);
	}
	warn_changes(run, renewal);
	return kvk_making_make(run);
}

enum kvk_exit kvk_cmd_renew(struct kvk_run *command)
{
	struct renew_config config = { 0 };
	struct kvk_renewal renewal = { 0 };
	struct kvk_new run = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	umask(077);
	kvk_secret_process();
	KVK_STEP(kvk_run_start(command, &usage, &config, &config.common));
	KVK_STEP(kvk_step_at(&config.at));
	run.at = config.at.time;
	if (config.switch_day != NULL)
		(void)read_day(config.switch_day, &run.switch_at);
	if (kvk_presets_load(kvk_datadir(), &run.presets, &why) != KVK_OK)
		KVK_STEP(kvk_step(KVK_ERR_CONFIG, &why));
	KVK_STEP(kvk_step(kvk_making_take(config.text, config.flag, &run.answers), &why));
	KVK_STEP(kvk_step(
		kvk_renew_find(&run, config.common.home, command->arguments[0], &renewal, &why),
		&why));
	KVK_STEP(kvk_step(kvk_renew_read(&run, &renewal, &why), &why));
	code = settle_and_make(&run, &renewal);
out:
	kvk_new_free(&run);
	return code;
}
