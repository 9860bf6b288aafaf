/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <unistd.h>

#include "app/asker.h"
#include "app/complete.h"
#include "app/discover.h"
#include "app/entries.h"
#include "app/revocations.h"
#include "base/i18n.h"
#include "cli/environment.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "notify/channel_stdout.h"
#include "notify/notify.h"
#include "report/entries.h"

/* A clock that is put right by a time server may go back a little. */
#define CLOCK_TOLERANCE KVK_HOUR

struct check_config {
	struct kvk_common common;
	struct kvk_time_option at;
	bool plugin, dry_run, quiet, remember, offline;
};

/* One run. */
struct check {
	const struct check_config *config;
	struct kvk_store *store;
	struct kvk_entries_scope scope;
	/* The clock. */
	kvk_time now;
	/* Who is asked about revocation; NULL: nobody. */
	const struct kvk_revocation_source *source;
	const struct kvk_asker *asker;
	/* Something in the tracked folders could not be read; another run is sending. */
	bool blind, busy;
	/* kvk_views.doubtful of what was assessed; revocation could not be checked at all. */
	bool doubtful, failed;
	/* KVK_OK, or why something could not be remembered. */
	enum kvk_err stored;
};

static const struct kvk_option options[] = {
	OPT_TIME(struct check_config, at, "at", 0, N_("TIME"),
		N_("check as of this time (default: now)")),
	OPT_FLAG(struct check_config, plugin, "plugin", 0,
		N_("print one line with performance data, for monitoring")),
	OPT_FLAG(struct check_config, dry_run, "dry-run", 'n',
		N_("show the notifications, but do not record them as sent")),
	OPT_FLAG(struct check_config, remember, "remember", 0,
		N_("with --at: record the notifications as sent, as a normal run does")),
	OPT_FLAG(struct check_config, quiet, "quiet", 'q',
		N_("print nothing, only set the exit status")),
	OPT_FLAG(struct check_config, offline, "offline", 0,
		N_("do not use the network; look up revocation in the cache only")),
	OPT_HOME(struct check_config),
	OPT_CONFIG(struct check_config),
	OPT_JSON(struct check_config),
	OPT_END,
};

static enum kvk_exit check_options(const void *config, char **arguments);

static const struct kvk_usage usage = {
	.name = "check",
	.synopsis = N_("[OPTION]..."),
	.summary = N_("warn before certificates expire, and when they are revoked; run it from "
		      "cron"),
	.details =
		N_("You are notified once when a certificate crosses a threshold, such as 30 "
		   "days before it expires. If there is nothing new, nothing is printed, except "
		   "a summary on a terminal. The exit status is the state, and the same on "
		   "every run: 0 fine, 1 warning, 2 critical, expired or revoked, 3 could not "
		   "be determined. With --plugin, --dry-run, --quiet, or --at without --remember, "
		   "no notification is recorded as sent."),
	.options = options,
	.check = check_options,
};

static enum kvk_exit check_options(const void *config, char **arguments)
{
	const struct check_config *given = config;

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

/* The notifications that are new; nothing where there are none. */
static enum kvk_err render_text(
	void *context, const struct kvk_views *views, kvk_time at, struct kvk_blob *out)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);

	(void)context, (void)at;
	return kvk_entries_notices(views, &paper, isatty(STDOUT_FILENO), out);
}

static enum kvk_err render_json(
	void *context, const struct kvk_views *views, kvk_time at, struct kvk_blob *out)
{
	(void)context;
	return kvk_entries_json(views, at, out);
}

static enum kvk_exit write_views(const struct check_config *config,
	const struct kvk_notification *notification, const struct kvk_views *views)
{
	const struct kvk_channel *channel = &notification->channels[0];
	struct kvk_blob out = { 0 };
	enum kvk_err err = KVK_OK;

	if (config->plugin)
		err = kvk_entries_plugin(views, &out);
	else if (!config->quiet)
		err = channel->render(channel->context, views, notification->at, &out);
	return kvk_step_write(err, &out, kvk_views_code(views));
}

static bool has_news(const struct kvk_views *views)
{
	for (size_t i = 0; i < views->list.count; i++)
		if (kvk_view_at(views, i)->notified || kvk_view_at(views, i)->key_news ||
			kvk_view_at(views, i)->undetermined_news)
			return true;
	return false;
}

/* With the news that something could not be determined: that a proxy is perhaps only missing. */
static void warn_proxy(const struct check *check, const struct kvk_views *views)
{
	const char *hint = kvk_asker_hint(check->asker);

	for (size_t i = 0; i < views->list.count; i++)
		if (kvk_view_at(views, i)->undetermined_news && hint[0] != '\0') {
			kvk_warn("%s", hint);
			return;
		}
}

/* What could not be remembered: people were notified all the same, and will be again. */
static void warn_forgotten(bool news, enum kvk_err stored)
{
	struct kvk_error why = { "" };

	(void)kvk_store_error(stored, &why);
	kvk_warn(news ? _("this run could not be remembered, so its notifications will "
			  "be repeated: "
			  "%s") :
			_("this run could not be remembered: %s"),
		why.text);
}

/* Asks about revocation. Whether there is something to tell. */
static bool ask(struct check *check)
{
	struct kvk_revocations asked = {
		.store = check->store, .source = check->source, .at = check->scope.at
	};
	struct kvk_error why = { "" };
	enum kvk_err err = kvk_revocations_ask(&asked, &why);

	if (asked.stored != KVK_OK)
		check->stored = asked.stored;
	if (err != KVK_OK) {
		/* A run that cannot ask is one that does not know. */
		kvk_warn(_("revocation could not be checked: %s"),
			why.text[0] != '\0' ? why.text : kvk_error_text(err));
		check->failed = true;
	}
	return asked.news;
}

/* Sends what is new, while no other run does. KVK_GO_ON where it was sent. */
static enum kvk_exit send_news(struct check *check, const struct kvk_notification *notification,
	struct kvk_views *views, bool *news)
{
	enum kvk_err sent = KVK_OK, err;

	/* Without the lock, as on a disk that is read-only, two runs may both notify. */
	err = kvk_notify_send(notification, views, &sent);
	*news = *news || has_news(views);
	if (sent != KVK_OK) {
		kvk_warn(_("the notifications could not be printed and will be repeated by the "
			   "next run"));
		return KVK_EXIT_UNKNOWN;
	}
	if (err == KVK_OK)
		return KVK_GO_ON;
	check->stored = err;
	/* In this run they were told. */
	if (check->source != NULL && kvk_store_detach(check->store) == KVK_OK) {
		struct kvk_notification copy = *notification;

		copy.inventory = check->store->inventory;
		(void)kvk_notify_remember(&copy, views, &sent);
	}
	return KVK_GO_ON;
}

/* Whether a run notifies nobody. A look at another day must not use up what is news on that day. */
static bool only_shows(const struct check_config *config)
{
	return config->plugin || config->dry_run || config->quiet ||
		(config->at.has && !config->remember);
}

/* A clock that was set back makes every certificate look better than it is. */
static void check_clock(struct kvk_inventory *inventory, kvk_time now)
{
	char last_text[KVK_TIME_TEXT_SIZE], now_text[KVK_TIME_TEXT_SIZE];
	kvk_time last;

	if (kvk_inventory_last_run(inventory, &last) == KVK_OK && now < last - CLOCK_TOLERANCE)
		kvk_warn(_("the clock says %s, which is before the last check at %s; check the "
			   "clock"),
			kvk_time_text(now, now_text), kvk_time_text(last, last_text));
}

static struct kvk_notification notification_of(
	const struct check *check, const struct kvk_channel *channel)
{
	return (struct kvk_notification){
		.inventory = check->store->inventory,
		.days = check->scope.days,
		.channels = channel,
		.channel_count = 1,
		.at = check->scope.at,
		.now = check->now,
	};
}

/* Assesses all, and sends what is new of it; *news is set where there was something. */
static enum kvk_exit notify(struct check *check, const struct kvk_channel *channel, bool *news)
{
	struct kvk_notification notification;
	struct kvk_views views = KVK_VIEWS_INIT;
	enum kvk_exit code = KVK_EXIT_OK, sent;

	KVK_STEP(kvk_step_assess(check->store, &check->scope, &views));
	views.blind = check->blind;
	check->doubtful = views.doubtful;
	notification = notification_of(check, channel);
	if (kvk_inventory_notified_begin(notification.inventory) == KVK_ERR_BUSY) {
		kvk_warn(_("another check is still sending notifications; this run sends none"));
		check->busy = true;
		check->source = NULL;
		goto out;
	}
	sent = send_news(check, &notification, &views, news);
	kvk_inventory_notified_end(notification.inventory);
	warn_proxy(check, &views);
	if (sent != KVK_GO_ON)
		check->source = NULL;
	code = sent != KVK_GO_ON ? sent : kvk_views_code(&views);
out:
	kvk_views_free(&views);
	return code;
}

/* The runs that notify nobody; what is new is left to another run that is sending. */
static enum kvk_exit show(struct check *check, const struct kvk_channel *channel)
{
	const struct kvk_notification notification = notification_of(check, channel);
	struct kvk_views views = KVK_VIEWS_INIT;
	enum kvk_exit code, looked = KVK_GO_ON;

	KVK_STEP(kvk_step_assess(check->store, &check->scope, &views));
	views.blind = check->blind;
	if (!check->busy)
		looked = kvk_step_inventory(kvk_notify_look(&notification, channel, &views));
	code = write_views(check->config, &notification, &views);
	if (looked != KVK_GO_ON)
		code = looked;
out:
	kvk_views_free(&views);
	return code;
}

/* One document, or one line, says all at once. */
static bool asks_first(const struct check_config *config)
{
	return config->common.json || config->plugin || config->quiet;
}

/*
 * What is known is told and remembered before anybody is asked: a network that hangs, or a run that
 * is killed meanwhile, costs none of it.
 */
static enum kvk_exit tell(struct check *check, const struct kvk_channel *channel)
{
	const bool asks_later = check->source != NULL && !asks_first(check->config);
	const bool counts = check->scope.revocation;
	bool news = false;
	enum kvk_exit code;

	/* There may be an answer today. */
	check->scope.revocation = counts && !asks_later;
	code = notify(check, channel, &news);
	check->scope.revocation = counts;
	if (asks_later && check->source != NULL && (ask(check) || check->doubtful))
		code = notify(check, channel, &news);
	if (check->busy)
		code = show(check, channel);
	if (check->stored == KVK_OK)
		return code;
	warn_forgotten(news, check->stored);
	return KVK_EXIT_UNKNOWN;
}

static void warn_blind(const struct kvk_error *why)
{
	kvk_warn(_("a tracked folder cannot be searched for new certificates: %s"), why->text);
}

static void warn_damaged(const struct kvk_error *why)
{
	kvk_warn(_("a file in a tracked folder may contain a new certificate: %s"), why->text);
}

static void discover(struct check *check)
{
	struct kvk_discovery discovery = {
		.remember = !only_shows(check->config),
		.now = check->now,
		.unreadable = warn_blind,
		.damaged = warn_damaged,
	};
	struct kvk_error why = { "" };

	if (kvk_discover(check->store, &discovery, &why) != KVK_OK) {
		/* What is known already is told all the same. */
		warn_blind(&why);
		discovery.blind = true;
	}
	check->blind = discovery.blind;
	if (check->stored == KVK_OK)
		check->stored = discovery.stored;
}

static enum kvk_exit run_check(struct check *check)
{
	const struct kvk_channel channel = {
		.name = KVK_CHANNEL_STDOUT,
		.kind = KVK_CHANNEL_EVENT,
		.render = check->config->common.json ? render_json : render_text,
		.send = kvk_channel_stdout_send,
	};
	enum kvk_exit code;

	if (!check->config->at.has)
		check_clock(check->store->inventory, check->now);
	if (check->source != NULL && asks_first(check->config))
		(void)ask(check);
	discover(check);
	code = only_shows(check->config) ? show(check, &channel) : tell(check, &channel);
	return check->failed ? kvk_exit_graver(code, KVK_EXIT_UNKNOWN) : code;
}

/* Whether anybody is asked, or the cache is looked into: not by a look at what a run would say. */
static bool asks(const struct check_config *config)
{
	return !config->dry_run && (!config->at.has || config->remember);
}

/* Fills what a run is made of; scope.days is set. */
static void prepare(const struct kvk_run *run, struct check *check, struct kvk_asker *asker)
{
	const struct check_config *config = check->config;
	const bool wanted = kvk_setting_boolean(&run->settings, "check.revocation", true);

	check->scope.at = config->at.has ? config->at.time : check->now;
	check->scope.all = config->plugin || config->common.json;
	check->scope.revocation = wanted && !config->offline;
	*asker = (struct kvk_asker){
		.settings = &run->settings,
		.home = &check->store->home,
		.at = check->scope.at,
		.offline = config->offline,
		.proxy_variable = kvk_environment_proxy(),
	};
	check->asker = asker;
	if (wanted && asks(config))
		check->source = kvk_asker_source(asker);
}

enum kvk_exit kvk_cmd_check(struct kvk_run *run)
{
	struct check_config config = { 0 };
	struct kvk_threshold_days days;
	struct kvk_store store = { 0 };
	struct kvk_asker asker = { 0 };
	struct check check = { .config = &config, .store = &store, .scope = { .days = &days } };
	struct kvk_error why = { "" };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step_now(&check.now));
	KVK_STEP(kvk_step(kvk_entries_thresholds(&run->settings, &days, &why), &why));
	KVK_STEP(kvk_step_store_open(config.common.home, false, &store));
	kvk_complete_deliveries(&store);
	prepare(run, &check, &asker);
	code = run_check(&check);
out:
	kvk_asker_free(&asker);
	kvk_store_close(&store);
	return code;
}
