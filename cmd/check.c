/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include "app/complete.h"
#include "base/i18n.h"
#include "cli/environment.h"
#include "cli/terminal.h"
#include "cmd/check_run.h"
#include "cmd/step.h"
#include "report/entries.h"

static const struct kvk_option options[] = {
	OPT_TIME(struct kvk_check_config, at, "at", 0, N_("TIME"),
		N_("check as of this time (default: now)")),
	OPT_FLAG(struct kvk_check_config, plugin, "plugin", 0,
		N_("print one line with performance data, for monitoring")),
	OPT_FLAG(struct kvk_check_config, dry_run, "dry-run", 'n',
		N_("show the notifications, but do not record them as sent")),
	OPT_FLAG(struct kvk_check_config, remember, "remember", 0,
		N_("with --at: record the notifications as sent, as a normal run does")),
	OPT_FLAG(struct kvk_check_config, quiet, "quiet", 'q',
		N_("print nothing, only set the exit status")),
	OPT_FLAG(struct kvk_check_config, offline, "offline", 0,
		N_("do not use the network for revocation, only the cache")),
	OPT_HOME(struct kvk_check_config),
	OPT_CONFIG(struct kvk_check_config),
	OPT_JSON(struct kvk_check_config),
	OPT_END,
};

static enum kvk_exit check_options(const void *config, char **arguments);

static const struct kvk_usage usage = {
	.name = "check",
	.synopsis = N_("[OPTION]..."),
	.summary = N_("warn before certificates expire, and when they are revoked; run it from "
		      "cron"),
	.details =
		N_("To run it every day, use 'kvkcsr schedule install'. "
		   "You are notified once when a certificate crosses a threshold, such as 30 "
		   "days before it expires. If there is nothing new, nothing is printed, except "
		   "a summary on a terminal. The exit status shows the state, and is the same on "
		   "every run: 0 fine, 1 warning, 2 critical, expired or revoked, 3 could not "
		   "be determined. If the configuration sets channels, such as mail, they get the "
		   "notifications, even with --plugin or --quiet. --dry-run shows what they "
		   "would get."),
	.options = options,
	.check = check_options,
};

static enum kvk_exit check_options(const void *config, char **arguments)
{
	const struct kvk_check_config *given = config;

	(void)arguments;
	if (given->plugin && given->common.json)
		return kvk_usage_error(&usage, _("--plugin and --json cannot be used together"));
	if (given->plugin && given->quiet)
		return kvk_usage_error(&usage, _("--plugin and --quiet cannot be used together"));
	if (given->remember && (given->plugin || given->quiet || given->dry_run))
		return kvk_usage_error(
			&usage, _("--remember cannot be used with --plugin, --quiet or --dry-run"));
	return KVK_GO_ON;
}

/* Whether anybody is asked, or the cache is looked into: not by a look at what a run would say. */
static bool asks(const struct kvk_check_config *config)
{
	return !config->dry_run && (!config->at.has || config->remember);
}

/* Fills what a run is made of; scope.days is set. */
static void prepare(const struct kvk_run *run, struct kvk_check *check, struct kvk_asker *asker)
{
	const struct kvk_check_config *config = check->config;
	const bool wanted = kvk_setting_boolean(&run->settings, "check.revocation", true);

	check->scope.at = config->at.has ? config->at.time : check->now;
	check->scope.all = config->plugin || config->common.json;
	check->scope.revocation = wanted && !config->offline;
	*asker = (struct kvk_asker){
		.settings = &run->settings,
		.home = &check->store->home,
		.store = check->store,
		.at = check->scope.at,
		.offline = config->offline,
		.proxy_variable = kvk_environment_proxy(),
	};
	check->asker = asker;
	if (wanted && asks(config))
		check->source = kvk_asker_source(asker);
}

/* Monitoring reads standard output only: it gets a line however early the run failed. */
static enum kvk_exit end(const struct kvk_check *check, enum kvk_exit code)
{
	struct kvk_blob out = { 0 };
	enum kvk_err err;

	if (!check->config->plugin || check->written || code == KVK_EXIT_OK ||
		code == KVK_EXIT_USAGE)
		return code;
	err = kvk_entries_plugin_failed(kvk_warn_last(), &out);
	return kvk_step_write(err, &out, code);
}

enum kvk_exit kvk_cmd_check(struct kvk_run *run)
{
	struct kvk_check_config config = { 0 };
	struct kvk_threshold_days days;
	struct kvk_store store = { 0 };
	struct kvk_asker asker = { 0 };
	struct kvk_channels channels = { .count = 0 };
	struct kvk_check check = {
		.config = &config,
		.store = &store,
		.channels = &channels,
		.scope = { .days = &days },
	};
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step_now(&check.now));
	KVK_STEP(kvk_step(kvk_entries_thresholds(&run->settings, &days, &why), &why));
	KVK_STEP(kvk_step(kvk_channels_read(&run->settings, &channels, &why), &why));
	KVK_STEP(kvk_step_store_open(config.common.home, false, &store));
	kvk_complete_deliveries(&store);
	prepare(run, &check, &asker);
	code = kvk_check_run(&check);
out:
	kvk_asker_free(&asker);
	kvk_store_close(&store);
	kvk_channels_free(&channels);
	return end(&check, code);
}
