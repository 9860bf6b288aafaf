/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include "app/schedule_system.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "base/output.h"
#include "base/word.h"
#include "cli/terminal.h"
#include "cmd/schedule_checks.h"
#include "cmd/step.h"
#include "report/schedule.h"

enum action { INSTALL, STATUS, REMOVE, ACTIONS };

struct schedule_config {
	struct kvk_common common;
	enum action action;
	bool user, cron, dry_run;
	const char *time;
	/* What time says; -1: nothing. */
	int minutes;
};

static const struct kvk_option options[] = {
	OPT_FLAG(struct schedule_config, user, "user", 0,
		N_("use systemd units of your own instead of those of the system")),
	OPT_FLAG(struct schedule_config, cron, "cron", 0, N_("use cron instead of systemd")),
	OPT_TEXT(struct schedule_config, time, "time", 0, N_("HH:MM"),
		N_("install: when to run, in local time (default: 06:00)")),
	OPT_FLAG(struct schedule_config, dry_run, "dry-run", 'n',
		N_("print the files, or what would be removed; change nothing")),
	OPT_HOME(struct schedule_config),
	OPT_CONFIG(struct schedule_config),
	OPT_JSON(struct schedule_config),
	OPT_END,
};

static enum kvk_exit check_options(const void *config, char **arguments);

static const struct kvk_usage usage = {
	.name = "schedule",
	.synopsis = N_("[OPTION]... install|status|remove"),
	.summary = N_("run 'kvkcsr check' every day"),
	.details = N_("install writes a systemd service and timer and starts the timer, or writes "
		      "a file for cron where systemd does not run. It then tests each notification "
		      "channel. A "
		      "second install changes nothing. status shows the last and the next run; the "
		      "exit status is 1 if no schedule is installed, or if the last run was more "
		      "than two days ago. remove undoes what install did."),
	.options = options,
	.minimum = 1,
	.maximum = 1,
	.check = check_options,
};

static const char *const actions[ACTIONS] = {
	[INSTALL] = "install",
	[STATUS] = "status",
	[REMOVE] = "remove",
};

static enum action action_of(const char *name)
{
	return (enum action)kvk_word_index(name, actions, ACTIONS);
}

static enum kvk_exit check_options(const void *config, char **arguments)
{
	const struct schedule_config *given = config;
	const enum action action = action_of(arguments[0]);
	char safe[64];

	if (action == ACTIONS)
		return kvk_usage_error(&usage, _("'%s' is not 'install', 'status' or 'remove'"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(arguments[0])));
	if (given->user && given->cron)
		return kvk_usage_error(&usage, _("--user and --cron cannot be used together"));
	if (given->time != NULL && action != INSTALL)
		return kvk_usage_error(&usage, _("--time can only be used with 'install'"));
	if (given->dry_run && action == STATUS)
		return kvk_usage_error(&usage, _("--dry-run cannot be used with 'status'"));
	if (given->common.json && action != STATUS)
		return kvk_usage_error(&usage, _("--json can only be used with 'status'"));
	return KVK_GO_ON;
}

static enum kvk_exit read_time(struct schedule_config *config)
{
	char safe[64];

	config->minutes = -1;
	if (config->time == NULL)
		return KVK_GO_ON;
	kvk_escape_to(safe, sizeof safe, kvk_span_of(config->time));
	switch (kvk_schedule_time(config->time, &config->minutes)) {
	case KVK_OK:
		return KVK_GO_ON;
	case KVK_ERR_REFUSED:
		return kvk_usage_error(&usage,
			kvk_ngettext("--time %s: a run that starts up to %d minute later could "
				     "fall between 01:00 and 04:00, when clocks change and servers "
				     "are maintained",
				"--time %s: a run that starts up to %d minutes later could fall "
				"between 01:00 and 04:00, when clocks change and servers are "
				"maintained",
				KVK_SCHEDULE_DELAY),
			safe, KVK_SCHEDULE_DELAY);
	default:
		return kvk_usage_error(&usage, _("--time %s is not a time such as 06:30"), safe);
	}
}

static enum kvk_report_schedule_kind kind_of(enum kvk_schedule_kind kind)
{
	switch (kind) {
	case KVK_SCHEDULE_SYSTEM:
		return KVK_REPORT_SCHEDULE_SYSTEM;
	case KVK_SCHEDULE_USER:
		return KVK_REPORT_SCHEDULE_USER;
	default:
		return KVK_REPORT_SCHEDULE_CRON;
	}
}

/* What is to be installed: cron also where systemd does not run, unless units are only shown. */
static enum kvk_schedule_kind wanted_kind(const struct schedule_config *config)
{
	if (config->user)
		return KVK_SCHEDULE_USER;
	if (config->cron || (!config->dry_run && !kvk_schedule_has_systemd(false)))
		return KVK_SCHEDULE_CRON;
	return KVK_SCHEDULE_SYSTEM;
}

static enum kvk_exit print_files(const struct kvk_schedule *schedule)
{
	struct kvk_blob out = { 0 };
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < schedule->count && err == KVK_OK; i++)
		err = kvk_report_schedule_file(kvk_blob_str(&schedule->files[i].path),
			kvk_span_of_blob(&schedule->files[i].text), &out);
	return kvk_step_write(err, &out, KVK_GO_ON);
}

static enum kvk_exit print_plan(const struct kvk_schedule *schedule)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	const char *paths[KVK_SCHEDULE_FILES + 1] = { NULL };
	struct kvk_blob out = { 0 };
	enum kvk_exit code;
	enum kvk_err err;

	for (size_t i = 0; i < schedule->count; i++)
		paths[i] = kvk_blob_str(&schedule->files[i].path);
	err = kvk_report_schedule_plan(kind_of(schedule->kind), paths, &paper, &out);
	code = kvk_step_write(err, &out, KVK_GO_ON);
	/* It is to be read before it is done. */
	return code == KVK_GO_ON && !kvk_output_flush() ? KVK_EXIT_UNKNOWN : code;
}

/* Each channel, from where the check will run. KVK_EXIT_UNKNOWN where one does not work. */
static enum kvk_exit test_channels(const struct kvk_schedule_order *order,
	const struct kvk_schedule *schedule, const struct kvk_schedule_channels *channels)
{
	struct kvk_error why = { "" };
	enum kvk_exit code = KVK_EXIT_OK;

	for (size_t i = 0; i < channels->count; i++) {
		bool works = false;
		const enum kvk_err err =
			kvk_schedule_test(order, schedule, channels->names[i], &works, &why);

		if (err == KVK_OK && works)
			continue;
		if (err != KVK_OK)
			code = kvk_exit_graver(code, kvk_step(err, &why));
		kvk_warn(_("the channel '%s' does not work from the daily check; correct it, and "
			   "then run 'kvkcsr schedule install' again"),
			channels->names[i]);
		code = kvk_exit_graver(code, KVK_EXIT_UNKNOWN);
	}
	return code;
}

static enum kvk_exit print_state(
	const struct schedule_config *config, bool cron, struct kvk_inventory *inventory);

static enum kvk_exit put_in_place(const struct schedule_config *config,
	const struct kvk_schedule_order *order, const struct kvk_schedule *schedule,
	const struct kvk_schedule_channels *channels, const struct kvk_store *store)
{
	struct kvk_error why = { "" };
	enum kvk_exit code, shown, hidden;
	bool changed;

	KVK_STEP(kvk_schedule_checks_place(order));
	KVK_STEP(print_plan(schedule));
	KVK_STEP(kvk_step(kvk_schedule_write(schedule, &changed, &why), &why));
	KVK_STEP(kvk_step(kvk_schedule_enable(schedule, &why), &why));
	if (!changed)
		kvk_warn(_("these files were already there and were not changed"));
	if (schedule->kind == KVK_SCHEDULE_USER && !kvk_schedule_lingers())
		kvk_warn(_("the check runs only while you are logged in; to let it always run, use "
			   "'loginctl enable-linger'"));
	hidden = kvk_schedule_checks_hidden(schedule->kind, store);
	shown = print_state(config, schedule->kind == KVK_SCHEDULE_CRON, store->inventory);
	code = test_channels(order, schedule, channels);
	code = kvk_exit_graver(code, kvk_schedule_checks_channels(schedule->kind, channels));
	code = kvk_exit_graver(code, hidden);
	if (shown > KVK_EXIT_CRITICAL)
		code = kvk_exit_graver(code, shown);
out:
	return code;
}

static enum kvk_exit install(
	const struct schedule_config *config, struct kvk_run *run, const struct kvk_store *store)
{
	struct kvk_schedule_channels channels;
	struct kvk_schedule_order order = { .kind = wanted_kind(config),
		.home = &store->home,
		.config = config->common.config,
		.settings = &run->settings,
		.minutes = config->minutes };
	struct kvk_schedule schedule = { .count = 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	kvk_schedule_channels(&run->settings, &channels);
	/* sendmail works where cron starts the check, which confines nothing. */
	if (order.kind == KVK_SCHEDULE_CRON && channels.sendmail)
		channels.names[channels.count++] = "mail";
	order.quiet = channels.count > 0 || !kvk_schedule_has_mailer();
	KVK_STEP(kvk_step(kvk_schedule_make(&order, &schedule, &why), &why));
	if (config->dry_run) {
		KVK_STEP(print_files(&schedule));
		(void)kvk_schedule_checks_hidden(order.kind, store);
		code = kvk_schedule_checks_channels(order.kind, &channels);
	} else {
		code = put_in_place(config, &order, &schedule, &channels, store);
	}
out:
	kvk_schedule_free(&schedule);
	return code;
}

/* Removes one of the schedules, if it is there; *found says whether it is. */
static enum kvk_exit remove_one(
	const struct schedule_config *config, enum kvk_schedule_kind kind, bool *found)
{
	struct kvk_schedule schedule = { .count = 0 };
	struct kvk_blob out = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code;
	enum kvk_err err = KVK_OK;

	KVK_STEP(kvk_step(kvk_schedule_paths(kind, &schedule, &why), &why));
	if (!kvk_schedule_exists(&schedule))
		goto out;
	*found = true;
	if (!config->dry_run)
		KVK_STEP(kvk_step(kvk_schedule_remove(&schedule, &why), &why));
	for (size_t i = 0; i < schedule.count && err == KVK_OK; i++)
		err = kvk_blob_append_format(&out,
			config->dry_run ? _("would remove %s\n") : _("removed %s\n"),
			kvk_blob_str(&schedule.files[i].path));
	code = kvk_step_write(err, &out, KVK_GO_ON);
out:
	kvk_schedule_free(&schedule);
	return code;
}

static enum kvk_exit remove_all(const struct schedule_config *config)
{
	enum kvk_exit code = KVK_GO_ON;
	bool found = false;

	if (config->user)
		KVK_STEP(remove_one(config, KVK_SCHEDULE_USER, &found));
	if (!config->user && !config->cron)
		KVK_STEP(remove_one(config, KVK_SCHEDULE_SYSTEM, &found));
	if (!config->user)
		KVK_STEP(remove_one(config, KVK_SCHEDULE_CRON, &found));
	if (!found)
		kvk_warn(_("no schedule is installed, so there is nothing to remove"));
	code = KVK_EXIT_OK;
out:
	return code;
}

/* How it stands, on standard output. */
static enum kvk_exit print_state(
	const struct schedule_config *config, bool cron, struct kvk_inventory *inventory)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	struct kvk_schedule_state state = { .installed = false };
	struct kvk_report_schedule report;
	struct kvk_blob out = { 0 };
	struct kvk_error why = { "" };
	kvk_time now;
	enum kvk_exit code;

	KVK_STEP(kvk_step_now(&now));
	KVK_STEP(kvk_step(
		kvk_schedule_look(config->user, cron, inventory, now, &state, &why), &why));
	report = (struct kvk_report_schedule){
		.kind = state.installed ? kind_of(state.kind) : KVK_REPORT_SCHEDULE_NONE,
		.path = state.installed ? kvk_blob_str(&state.path) : NULL,
		.has_last = state.has_last,
		.has_next = state.has_next,
		.stale = state.stale,
		.last = state.last,
		.next = state.next,
		.now = now,
	};
	code = state.installed && !state.stale ? KVK_EXIT_OK : KVK_EXIT_WARNING;
	code = kvk_step_write(config->common.json ? kvk_report_schedule_json(&report, &out) :
						    kvk_report_schedule_text(&report, &paper, &out),
		&out, code);
	/* Which install has just put right. */
	if (state.stale && config->action == STATUS)
		kvk_warn_stale(&state);
out:
	kvk_schedule_state_free(&state);
	return code;
}

enum kvk_exit kvk_cmd_schedule(struct kvk_run *run)
{
	struct schedule_config config = { .minutes = -1 };
	struct kvk_store store = { 0 };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(read_time(&config));
	config.action = action_of(run->arguments[0]);
	if (config.action == REMOVE) {
		code = remove_all(&config);
		goto out;
	}
	KVK_STEP(kvk_step_store_look(config.common.home, &store));
	code = config.action == INSTALL ? install(&config, run, &store) :
					  print_state(&config, config.cron, store.inventory);
out:
	kvk_store_close(&store);
	return code;
}
