/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/check_run.h"

#include <unistd.h>

#include "app/discover.h"
#include "base/i18n.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "notify/channel_stdout.h"
#include "report/entries.h"

/* A clock that is put right by a time server may go back a little. */
#define CLOCK_TOLERANCE KVK_HOUR

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

enum kvk_exit kvk_check_write(
	struct kvk_check *check, const struct kvk_channel *channel, const struct kvk_views *views)
{
	struct kvk_blob out = { 0 };
	enum kvk_err err = KVK_OK;

	check->written = true;
	if (check->config->plugin)
		err = kvk_entries_plugin(views, &out);
	else if (!check->config->quiet)
		err = channel->render(channel->context, views, check->scope.at, &out);
	return kvk_step_write(err, &out, kvk_views_code(views));
}

bool kvk_check_has_news(const struct kvk_views *views)
{
	for (size_t i = 0; i < views->list.count; i++)
		if (kvk_view_at(views, i)->notified || kvk_view_at(views, i)->key_news ||
			kvk_view_at(views, i)->undetermined_news)
			return true;
	return false;
}

void kvk_check_warn_proxy(const struct kvk_check *check, const struct kvk_views *views)
{
	const char *hint = kvk_asker_hint(check->asker);

	for (size_t i = 0; i < views->list.count; i++)
		if (kvk_view_at(views, i)->undetermined_news && hint[0] != '\0') {
			kvk_warn("%s", hint);
			return;
		}
}

/* What could not be remembered: people were notified all the same, and will be again. */
static void warn_forgotten(const struct kvk_check *check)
{
	struct kvk_error why = { "" };

	(void)kvk_store_error(check->stored, &why);
	kvk_warn(check->news ? _("this run could not be remembered, so its notifications will "
				 "be repeated: "
				 "%s") :
			       _("this run could not be remembered: %s"),
		why.text);
}

/* Asks about revocation. Whether there is something to notify of. */
static bool ask(struct kvk_check *check)
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
static enum kvk_exit send_news(struct kvk_check *check, const struct kvk_notification *notification,
	struct kvk_views *views)
{
	enum kvk_err sent = KVK_OK, err;

	/* Without the lock, as on a disk that is read-only, two runs may both notify. */
	err = kvk_notify_send(notification, views, &sent);
	check->news = check->news || kvk_check_has_news(views);
	if (sent != KVK_OK) {
		kvk_warn(_("the notifications could not be printed and will be repeated by the "
			   "next run"));
		return KVK_EXIT_UNKNOWN;
	}
	if (err == KVK_OK)
		return KVK_GO_ON;
	check->stored = err;
	/* In this run the notifications were sent. */
	if (check->source != NULL && kvk_store_detach(check->store) == KVK_OK) {
		struct kvk_notification copy = *notification;

		copy.inventory = check->store->inventory;
		(void)kvk_notify_remember(&copy, views, &sent);
	}
	return KVK_GO_ON;
}

/* Whether a run notifies nobody. A look at another day must not use up what is news on that day. */
static bool only_shows(const struct kvk_check *check)
{
	const struct kvk_check_config *config = check->config;

	return config->dry_run || (config->at.has && !config->remember) ||
		((config->plugin || config->quiet) && check->channels->count == 0);
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

struct kvk_notification kvk_check_notification(
	const struct kvk_check *check, const struct kvk_channel *channel)
{
	return (struct kvk_notification){
		.inventory = check->store->inventory,
		.days = check->scope.days,
		.channels = channel,
		.channel_count = 1,
		.at = check->scope.at,
		.now = check->now,
		.unheard = check->listener != KVK_LISTENER_SOMEBODY,
	};
}

enum kvk_exit kvk_check_assess(struct kvk_check *check, struct kvk_views *views)
{
	enum kvk_exit code;

	KVK_STEP(kvk_step_assess(check->store, &check->scope, views));
	views->blind = check->blind;
	views->blind_why = check->blind_why.text;
	check->doubtful = views->doubtful;
out:
	return code;
}

bool kvk_check_begin(struct kvk_check *check)
{
	if (kvk_inventory_notified_begin(check->store->inventory) != KVK_ERR_BUSY)
		return true;
	kvk_warn(_("another check is still sending notifications; this run sends none"));
	check->busy = true;
	check->source = NULL;
	return false;
}

/* Assesses all, and sends what is new of it. */
static enum kvk_exit notify(struct kvk_check *check, const struct kvk_channel *channel)
{
	struct kvk_notification notification;
	struct kvk_views views = KVK_VIEWS_INIT;
	enum kvk_exit code = KVK_EXIT_OK, sent;

	KVK_STEP(kvk_check_assess(check, &views));
	notification = kvk_check_notification(check, channel);
	if (!kvk_check_begin(check))
		goto out;
	sent = send_news(check, &notification, &views);
	kvk_inventory_notified_end(notification.inventory);
	kvk_check_warn_proxy(check, &views);
	if (sent != KVK_GO_ON)
		check->source = NULL;
	code = sent != KVK_GO_ON ? sent : kvk_views_code(&views);
out:
	kvk_views_free(&views);
	return code;
}

/* The runs that notify nobody; what is new is left to another run that is sending. */
static enum kvk_exit show(struct kvk_check *check, const struct kvk_channel *channel)
{
	const struct kvk_notification notification = kvk_check_notification(check, channel);
	struct kvk_views views = KVK_VIEWS_INIT;
	enum kvk_exit code, looked = KVK_GO_ON;

	KVK_STEP(kvk_check_assess(check, &views));
	if (!check->busy)
		looked = kvk_step_inventory(kvk_notify_look(&notification, channel, &views));
	code = kvk_check_write(check, channel, &views);
	if (looked != KVK_GO_ON)
		code = looked;
out:
	kvk_views_free(&views);
	return code;
}

/* One document, or one line, says all at once; and a message does. */
static bool asks_first(const struct kvk_check *check)
{
	const struct kvk_check_config *config = check->config;

	/* What does not count as sent would be sent twice. */
	return config->common.json || config->plugin || config->quiet ||
		check->channels->count > 0 || check->listener != KVK_LISTENER_SOMEBODY;
}

/*
 * Notifications of what is known are sent and remembered before anybody is asked: a network that
 * hangs, or a run that is killed meanwhile, costs none of them.
 */
static enum kvk_exit notify_on_stdout(struct kvk_check *check, const struct kvk_channel *channel)
{
	const bool asks_later = check->source != NULL && !asks_first(check);
	const bool counts = check->scope.revocation;
	enum kvk_exit code;

	/* There may be an answer today. */
	check->scope.revocation = counts && !asks_later;
	code = notify(check, channel);
	check->scope.revocation = counts;
	if (asks_later && check->source != NULL && (ask(check) || check->doubtful))
		code = notify(check, channel);
	if (check->busy)
		code = show(check, channel);
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

static void discover(struct kvk_check *check)
{
	struct kvk_discovery discovery = {
		.remember = !only_shows(check),
		.now = check->now,
		.unreadable = warn_blind,
		.damaged = warn_damaged,
	};
	struct kvk_error why = { "" };

	if (kvk_discover(check->store, &discovery, &why) != KVK_OK) {
		/* Of what is known already the user is notified all the same. */
		warn_blind(&why);
		discovery.first = discovery.blind ? discovery.first : why;
		discovery.blind = true;
	}
	check->blind = discovery.blind;
	check->blind_why = discovery.first;
	if (check->stored == KVK_OK)
		check->stored = discovery.stored;
}

/* Where standard output is the only channel, somebody has to read it. */
static void warn_unheard(const struct kvk_check *check)
{
	if (check->listener == KVK_LISTENER_JOURNAL)
		kvk_warn(_("standard output is the systemd journal, so nobody was notified; set "
			   "a channel such as notify.mail in the configuration (see "
			   "kvkcsr.cfg(5))"));
	if (check->listener == KVK_LISTENER_CRON)
		kvk_warn(_("cron sends no mail on this system, so nobody was notified; set a "
			   "channel such as notify.mail in the configuration (see "
			   "kvkcsr.cfg(5))"));
}

/* By the channels that the run uses. */
static enum kvk_exit notify_or_show(struct kvk_check *check, const struct kvk_channel *channel)
{
	enum kvk_exit code;

	if (only_shows(check))
		return check->config->dry_run && check->channels->count > 0 ?
			kvk_check_events_show(check, channel) :
			show(check, channel);
	code = check->channels->count > 0 ? kvk_check_events(check, channel) :
					    notify_on_stdout(check, channel);
	if (check->news)
		warn_unheard(check);
	if (check->stored != KVK_OK)
		warn_forgotten(check);
	if (check->stored != KVK_OK || check->undelivered)
		code = KVK_EXIT_UNKNOWN;
	return kvk_check_heartbeat(check, code);
}

enum kvk_exit kvk_check_run(struct kvk_check *check)
{
	const struct kvk_channel channel = {
		.name = KVK_CHANNEL_STDOUT,
		.kind = KVK_CHANNEL_EVENT,
		.render = check->config->common.json ? render_json : render_text,
		.send = kvk_channel_stdout_send,
	};
	enum kvk_exit code;

	if (check->channels->count == 0)
		check->listener = kvk_listener();
	if (!check->config->at.has)
		check_clock(check->store->inventory, check->now);
	if (check->source != NULL && asks_first(check))
		(void)ask(check);
	discover(check);
	code = notify_or_show(check, &channel);
	return check->failed ? kvk_exit_graver(code, KVK_EXIT_UNKNOWN) : code;
}
