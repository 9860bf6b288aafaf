/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cmd/check_run.h: the channels of the configuration. */
#include "config.h"

#include "cmd/check_run.h"

#include <unistd.h>

#include "base/i18n.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "report/entries.h"

static void warn_failed(const char *channel, const struct kvk_error *why)
{
	kvk_warn(_("the channel '%s' failed; the next run tries again: %s"), channel, why->text);
}

static struct kvk_events events_of(const struct kvk_check *check, const struct kvk_channel *channel)
{
	struct kvk_events events = {
		.notification = kvk_check_notification(check, channel),
		.warn = warn_failed,
	};

	kvk_channels_events(check->channels, &check->store->home, &events);
	return events;
}

/* Whether nobody got what was to be sent of an entry. */
static bool is_lost(const struct kvk_entry_view *view)
{
	return view->lost != 0 && (view->taken | view->partly) == 0;
}

/* Whether every one of the channels failed with what it had to send, and none delivered anything.
 */
static bool all_lost(const struct kvk_events *events, const struct kvk_views *views)
{
	unsigned failed = 0;

	for (size_t i = 0; i < views->list.count; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		if ((view->taken | view->partly) != 0)
			return false;
		failed |= view->lost;
	}
	return failed != 0 && failed == (1U << events->count) - 1;
}

/* Names on stderr what nobody was notified of, where nothing may be printed. */
static void name_lost(const struct kvk_views *views)
{
	for (size_t i = 0; i < views->list.count; i++)
		if (is_lost(kvk_view_at(views, i)))
			kvk_warn(_("no channel could deliver the notification about '%s'"),
				kvk_view_at(views, i)->name);
}

/*
 * What no channel delivered is printed: whoever reads the output learns at least what it was about.
 * It does not count as sent. A message of an earlier run that failed again is news once more.
 */
static enum kvk_exit write_lost(
	struct kvk_check *check, const struct kvk_channel *channel, struct kvk_views *views)
{
	struct kvk_blob out = { 0 };
	struct kvk_page page = { .out = &out,
		.paper = kvk_step_paper(check->config->common.color) };
	enum kvk_exit code;

	for (size_t i = 0; i < views->list.count; i++) {
		struct kvk_entry_view *view = kvk_vec_at(&views->list, i);

		if (is_lost(view) && !view->key_news && !view->undetermined_news)
			view->notified = true;
	}
	kvk_page_append_paragraph(
		&page, 0, _("no channel could deliver the notification, so it is printed here:"));
	code = kvk_step_write(page.err, &out, KVK_EXIT_OK);
	return kvk_exit_graver(code, kvk_check_write(check, channel, views));
}

/* The result, besides what was sent: text is for whoever sits at the terminal. */
static enum kvk_exit write_result(struct kvk_check *check, const struct kvk_channel *channel,
	const struct kvk_events *events, struct kvk_views *views)
{
	const bool text = !check->config->plugin && !check->config->common.json;
	const bool lost = all_lost(events, views);

	if (lost && check->config->quiet)
		name_lost(views);
	else if (lost && text)
		return write_lost(check, channel, views);
	if (text && !isatty(STDOUT_FILENO))
		return kvk_views_code(views);
	return kvk_check_write(check, channel, views);
}

enum kvk_exit kvk_check_events(struct kvk_check *check, const struct kvk_channel *channel)
{
	struct kvk_events events = events_of(check, channel);
	struct kvk_views views = KVK_VIEWS_INIT;
	bool all = false;
	enum kvk_exit code;
	enum kvk_err err;

	KVK_STEP(kvk_check_assess(check, &views));
	views.channels = check->channels->names;
	if (!kvk_check_begin(check)) {
		code = kvk_check_write(check, channel, &views);
		goto out;
	}
	err = kvk_events_send(&events, &views, &all);
	kvk_inventory_notified_end(events.notification.inventory);
	if (err != KVK_OK)
		check->stored = err;
	check->undelivered = !all;
	check->news = kvk_check_has_news(&views);
	kvk_check_warn_proxy(check, &views);
	code = write_result(check, channel, &events, &views);
out:
	kvk_views_free(&views);
	return code;
}

/* What each channel would get, for people. */
static enum kvk_exit write_messages(
	const struct kvk_views *views, const struct kvk_paper *paper, struct kvk_blob *messages)
{
	enum kvk_err err = KVK_OK;

	if (isatty(STDOUT_FILENO))
		err = kvk_entries_summary(views, paper, messages);
	return kvk_step_write(err, messages, kvk_views_code(views));
}

enum kvk_exit kvk_check_events_show(struct kvk_check *check, const struct kvk_channel *channel)
{
	const struct kvk_paper paper = kvk_step_paper(NULL);
	const bool text =
		!check->config->plugin && !check->config->common.json && !check->config->quiet;
	struct kvk_events events = events_of(check, channel);
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_blob messages = { 0 };
	struct kvk_error why = { "" };
	enum kvk_exit code, looked;

	KVK_STEP(kvk_check_assess(check, &views));
	views.channels = check->channels->names;
	looked = kvk_step(kvk_events_show(&events, &views, &messages, &why), &why);
	code = text ? write_messages(&views, &paper, &messages) :
		      kvk_check_write(check, channel, &views);
	if (looked != KVK_GO_ON)
		code = looked;
out:
	kvk_blob_free(&messages);
	kvk_views_free(&views);
	return code;
}

/* Whether the run has seen everything, and what is new has reached somebody. */
static bool is_complete(const struct kvk_check *check, enum kvk_exit code)
{
	const bool unheard = check->news && check->listener != KVK_LISTENER_SOMEBODY;

	return !unheard && code < KVK_EXIT_UNKNOWN && !check->busy && !check->blind &&
		!check->failed && !check->undelivered && check->stored == KVK_OK;
}

enum kvk_exit kvk_check_heartbeat(struct kvk_check *check, enum kvk_exit code)
{
	struct kvk_events events = events_of(check, NULL);
	struct kvk_inventory *inventory = events.notification.inventory;
	struct kvk_views none = KVK_VIEWS_INIT;
	struct kvk_error why = { "" };
	enum kvk_err err;

	if (!check->channels->has_heartbeat || !is_complete(check, code))
		return code;
	err = kvk_channel_heartbeat_call(&check->channels->heartbeat, &why);
	(void)kvk_events_note_sent(
		&events.notification, KVK_CHANNEL_HEARTBEAT, err == KVK_OK, false);
	if (err == KVK_OK)
		return code;
	if (why.text[0] == '\0')
		(void)kvk_error_set(&why, err, "%s", kvk_error_text(err));
	if (kvk_inventory_notified_begin(inventory) != KVK_ERR_BUSY) {
		(void)kvk_events_notify_failure(&events, &none, KVK_CHANNEL_HEARTBEAT, &why);
		kvk_inventory_notified_end(inventory);
	}
	return KVK_EXIT_UNKNOWN;
}
