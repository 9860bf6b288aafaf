/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/complete.h"
#include "app/discover.h"
#include "app/entries.h"
#include "base/i18n.h"
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
	bool plugin, dry_run, quiet, remember;
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
	OPT_HOME(struct check_config),
	OPT_CONFIG(struct check_config),
	OPT_JSON(struct check_config),
	OPT_END,
};

static enum kvk_exit check_options(const void *config, char **arguments);

static const struct kvk_usage usage = {
	.name = "check",
	.synopsis = N_("[OPTION]..."),
	.summary = N_("warn before certificates expire; run it from cron"),
	.details = N_("You are notified once when a certificate crosses a threshold, such as 30 "
		      "days before it expires. If there is nothing new, nothing is printed, except "
		      "a summary on a terminal. The exit status is the state, and the same on "
		      "every run: 0 fine, 1 warning, 2 critical or expired, 3 could not be "
		      "determined. With --plugin, --dry-run, --quiet, or --at without --remember, "
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

/* By key, and then as they come. */
static int compare_keys(const void *a, const void *b)
{
	const struct kvk_entry_view *x = *(const struct kvk_entry_view *const *)a;
	const struct kvk_entry_view *y = *(const struct kvk_entry_view *const *)b;
	const int order = memcmp(x->key_sha256, y->key_sha256, KVK_SHA256_SIZE);

	return order != 0 ? order : (x > y) - (x < y);
}

/* Finds the views whose keys are news, sorted: many certificates may lie beside one key. */
static enum kvk_err sort_keys(const struct kvk_views *views, struct kvk_vec *out)
{
	const struct kvk_entry_view **slot;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < views->list.count; i++) {
		if (!kvk_view_at(views, i)->key_news)
			continue;
		KVK_TRY(kvk_vec_push(out, &slot));
		*slot = kvk_view_at(views, i);
	}
	if (out->count > 1)
		qsort(out->items, out->count, out->item_size, compare_keys);
out:
	return err;
}

/* Whether a view is the first of those with its key. */
static bool is_first(const struct kvk_vec *keys, const struct kvk_entry_view *view)
{
	const struct kvk_entry_view *const *all = keys->items;
	const struct kvk_entry_view *const *found =
		bsearch(&view, all, keys->count, keys->item_size, compare_keys);

	return found != NULL &&
		(found == all ||
			memcmp(found[-1]->key_sha256, view->key_sha256, KVK_SHA256_SIZE) != 0);
}

/* The notifications that are new; nothing where there are none. */
static enum kvk_err render_text(
	void *context, const struct kvk_views *views, kvk_time at, struct kvk_blob *out)
{
	struct kvk_vec keys = KVK_VEC_INIT(const struct kvk_entry_view *, KVK_LIMIT_ENTRIES);
	const struct kvk_paper paper = kvk_step_paper(NULL);
	enum kvk_err err;

	(void)context, (void)at;
	KVK_TRY(sort_keys(views, &keys));
	for (size_t i = 0; i < views->list.count; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		if (view->notified)
			KVK_TRY(kvk_entries_notice(view, &paper, out));
		if (view->key_news && is_first(&keys, view))
			KVK_TRY(kvk_entries_key_notice(view, &paper, out));
	}
	if (out->n > 0 || isatty(STDOUT_FILENO))
		KVK_TRY(kvk_entries_summary(views, &paper, out));
out:
	kvk_vec_free(&keys);
	return err;
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

/* The runs that notify nobody. */
static enum kvk_exit only_show(const struct check_config *config,
	const struct kvk_notification *notification, struct kvk_views *views)
{
	const enum kvk_exit looked = kvk_step_inventory(
		kvk_notify_look(notification, &notification->channels[0], views));
	const enum kvk_exit code = write_views(config, notification, views);

	return looked == KVK_GO_ON ? code : looked;
}

static bool has_news(const struct kvk_views *views)
{
	for (size_t i = 0; i < views->list.count; i++)
		if (kvk_view_at(views, i)->notified || kvk_view_at(views, i)->key_news)
			return true;
	return false;
}

/*
 * What the run came to. sent is what became of the channel, remembered what became of the
 * inventory: people were notified all the same, and will be again.
 */
static enum kvk_exit warn_unfinished(
	const struct kvk_views *views, enum kvk_err sent, enum kvk_err remembered)
{
	struct kvk_error why = { "" };

	if (sent != KVK_OK) {
		kvk_warn(_("the notifications could not be printed and will be repeated by the "
			   "next run"));
		return KVK_EXIT_UNKNOWN;
	}
	if (remembered == KVK_OK)
		return kvk_views_code(views);
	(void)kvk_store_error(remembered, &why);
	kvk_warn(has_news(views) ? _("this run could not be remembered, so its notifications will "
				     "be repeated: "
				     "%s") :
				   _("this run could not be remembered: %s"),
		why.text);
	return KVK_EXIT_UNKNOWN;
}

static enum kvk_exit notify(const struct check_config *config,
	const struct kvk_notification *notification, struct kvk_views *views, enum kvk_err stored)
{
	enum kvk_err err = kvk_inventory_notified_begin(notification->inventory);
	enum kvk_err sent = KVK_OK;

	if (err == KVK_ERR_BUSY) {
		kvk_warn(_("another check is still sending notifications; this run sends none"));
		return write_views(config, notification, views);
	}
	/* Without the lock, as on a disk that is read-only, two runs may both notify. */
	err = kvk_notify_send(notification, views, &sent);
	kvk_inventory_notified_end(notification->inventory);
	return warn_unfinished(views, sent, err != KVK_OK ? err : stored);
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

static enum kvk_exit assess_and_notify(const struct check_config *config, struct kvk_store *store,
	const struct kvk_threshold_days *days, kvk_time now, const struct kvk_discovery *discovery)
{
	struct kvk_views views = KVK_VIEWS_INIT;
	const struct kvk_channel channel = {
		.name = KVK_CHANNEL_STDOUT,
		.kind = KVK_CHANNEL_EVENT,
		.render = config->common.json ? render_json : render_text,
		.send = kvk_channel_stdout_send,
	};
	const struct kvk_notification notification = {
		.inventory = store->inventory,
		.days = days,
		.channels = &channel,
		.channel_count = 1,
		.at = config->at.has ? config->at.time : now,
		.now = now,
	};
	enum kvk_exit code;

	KVK_STEP(kvk_step_assess(
		store, days, notification.at, config->plugin || config->common.json, &views));
	views.blind = discovery->blind;
	if (only_shows(config))
		code = only_show(config, &notification, &views);
	else
		code = notify(config, &notification, &views, discovery->stored);
out:
	kvk_views_free(&views);
	return code;
}

static void warn_blind(const struct kvk_error *why)
{
	kvk_warn(_("a tracked folder cannot be searched for new certificates: %s"), why->text);
}

static void warn_damaged(const struct kvk_error *why)
{
	kvk_warn(_("a file in a tracked folder may contain a new certificate: %s"), why->text);
}

static enum kvk_exit check(const struct check_config *config, struct kvk_store *store,
	const struct kvk_threshold_days *days, kvk_time now)
{
	struct kvk_discovery discovery = {
		.remember = !only_shows(config),
		.now = now,
		.unreadable = warn_blind,
		.damaged = warn_damaged,
	};
	struct kvk_error why = { "" };
	enum kvk_exit code;

	if (!config->at.has)
		check_clock(store->inventory, now);
	if (kvk_discover(store, &discovery, &why) != KVK_OK) {
		/* What is known already is told all the same. */
		kvk_discover_end(store, &discovery);
		warn_blind(&why);
		discovery.blind = true;
	}
	code = assess_and_notify(config, store, days, now, &discovery);
	kvk_discover_end(store, &discovery);
	return code;
}

enum kvk_exit kvk_cmd_check(struct kvk_run *run)
{
	struct check_config config = { 0 };
	struct kvk_threshold_days days;
	struct kvk_store store = { 0 };
	struct kvk_error why = { "" };
	kvk_time now;
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, &config.common));
	KVK_STEP(kvk_step_now(&now));
	KVK_STEP(kvk_step(kvk_entries_thresholds(&run->settings, &days, &why), &why));
	KVK_STEP(kvk_step_store_open(config.common.home, false, &store));
	kvk_complete_deliveries(&store);
	code = check(&config, &store, &days, now);
out:
	kvk_store_close(&store);
	return code;
}
