/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/events.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/format.h"
#include "notify/events_run.h"

/* The name under which the day is noted when a channel was notified that another has failed. */
#define NOTE_SIZE 64

/* What is new of a view on any channel. */
struct news {
	bool notified, key, found, undetermined;
};

static kvk_time day_of(const struct kvk_events *events)
{
	return events->notification.at / KVK_DAY;
}

static const char *note_name(const char *failed, char out[static NOTE_SIZE])
{
	kvk_format(out, NOTE_SIZE, "told-failure-of-%s", failed);
	return out;
}

/* Whether a channel is yet to be notified today that another one has failed. */
static bool is_due(const struct kvk_events *events, const struct kvk_event_channel *channel,
	const char *failed)
{
	char name[NOTE_SIZE];
	kvk_time day;

	return strcmp(channel->name, failed) != 0 &&
		(kvk_inventory_channel_noted(events->notification.inventory,
			 note_name(failed, name), channel->name, &day) != KVK_OK ||
			day != day_of(events));
}

/* The failures of other channels that a channel is to be notified of: sentences and names. */
static enum kvk_err list_failures(const struct kvk_events_run *run,
	const struct kvk_event_channel *channel, struct kvk_blob *sentences, struct kvk_blob *names)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < run->failure_count; i++) {
		const struct kvk_channel_failure *failure = &run->failures[i];

		if (!is_due(run->events, channel, failure->channel))
			continue;
		KVK_TRY(kvk_blob_append_format(sentences,
			_("The channel '%s' failed; the next run of 'kvkcsr check' tries again: "
			  "%s\n\n"),
			failure->channel, failure->why.text));
		KVK_TRY(kvk_blob_append_format(
			names, "%s%s", names->n > 0 ? ", " : "", failure->channel));
	}
out:
	return err;
}

/* Remembers that a channel is notified today of each failure so far. */
static enum kvk_err note_failures(
	const struct kvk_events_run *run, const struct kvk_event_channel *channel)
{
	struct kvk_inventory *inventory = run->events->notification.inventory;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < run->failure_count; i++) {
		char name[NOTE_SIZE];

		if (strcmp(run->failures[i].channel, channel->name) != 0)
			KVK_TRY(kvk_inventory_note_channel(inventory,
				note_name(run->failures[i].channel, name), channel->name,
				day_of(run->events)));
	}
out:
	return err;
}

static enum kvk_err record_message(struct kvk_inventory *inventory, struct kvk_composed *composed)
{
	enum kvk_err err;

	KVK_TRY(kvk_outbox_add(inventory, &composed->message));
	for (size_t i = 0; i < composed->views.count; i++) {
		const struct kvk_entry_view *view =
			*(struct kvk_entry_view **)kvk_vec_at(&composed->views, i);

		KVK_TRY(kvk_outbox_add_entry(inventory, composed->message.id, view->id));
	}
out:
	return err;
}

/* Records messages, with all that they say, in one transaction. */
static enum kvk_err record(struct kvk_events_run *run, const struct kvk_event_channel *channel,
	const struct kvk_views *views, struct kvk_vec *composed)
{
	const struct kvk_notification *notification = &run->events->notification;
	const struct kvk_channel known = { .name = channel->name, .kind = KVK_CHANNEL_EVENT };
	struct kvk_inventory *inventory = notification->inventory;
	enum kvk_err err;

	KVK_TRY(kvk_inventory_begin(inventory));
	if (!run->stored)
		KVK_TRY(kvk_notify_store(notification, run->views));
	KVK_TRY(kvk_notify_note(notification, &known, views));
	KVK_TRY(kvk_events_note_owners(run->events, channel, views));
	for (size_t i = 0; i < composed->count; i++)
		KVK_TRY(record_message(inventory, kvk_vec_at(composed, i)));
	if (composed->count > 0)
		KVK_TRY(note_failures(run, channel));
	KVK_TRY(kvk_inventory_commit(inventory));
	run->stored = true;
out:
	kvk_inventory_rollback(inventory);
	for (size_t i = 0; err != KVK_OK && i < composed->count; i++)
		((struct kvk_composed *)kvk_vec_at(composed, i))->message.id = 0;
	return err;
}

/* Composes, records and sends what views say is new for a channel. */
static void serve(struct kvk_events_run *run, const struct kvk_event_channel *channel,
	const struct kvk_views *views)
{
	const unsigned bit = 1U << (channel - run->events->channels);
	struct kvk_vec composed = KVK_COMPOSED_INIT;
	struct kvk_blob sentences = { 0 }, names = { 0 };
	struct kvk_error why = { "" };
	enum kvk_err err;

	KVK_TRY(list_failures(run, channel, &sentences, &names));
	KVK_TRY(kvk_events_compose(run->events, channel, views, kvk_blob_str(&sentences),
		kvk_blob_str(&names), &composed, &why));
	kvk_events_run_keep(run, record(run, channel, views, &composed));
	kvk_events_run_deliver(run, channel, bit, &composed);
out:
	if (err != KVK_OK)
		kvk_events_run_fail(run, channel->name, &why, err);
	kvk_composed_free(&composed);
	kvk_blob_free(&sentences);
	kvk_blob_free(&names);
}

/* Whether the last attempt on a channel failed. */
static bool failed_last(const struct kvk_events *events, const struct kvk_event_channel *channel)
{
	struct kvk_inventory *inventory = events->notification.inventory;
	kvk_time failed, worked;

	if (kvk_inventory_channel_noted(inventory, "failed", channel->name, &failed) != KVK_OK)
		return false;
	return kvk_inventory_channel_noted(inventory, "worked", channel->name, &worked) != KVK_OK ||
		worked < failed;
}

static int compare_views(const void *a, const void *b)
{
	const struct kvk_entry_view *x = *(struct kvk_entry_view *const *)a;
	const struct kvk_entry_view *y = *(struct kvk_entry_view *const *)b;

	return (x->id > y->id) - (x->id < y->id);
}

static enum kvk_err index_views(struct kvk_events_run *run)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < run->views->list.count; i++) {
		struct kvk_entry_view **slot;

		KVK_TRY(kvk_vec_push(&run->by_id, &slot));
		*slot = kvk_vec_at(&run->views->list, i);
	}
	if (run->by_id.count > 1)
		qsort(run->by_id.items, run->by_id.count, run->by_id.item_size, compare_views);
out:
	return err;
}

/* Adds what is new for a channel to what is new for any. */
static void add_news(const struct kvk_views *views, struct news *news)
{
	for (size_t i = 0; i < views->list.count; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		news[i].notified = news[i].notified || view->notified;
		news[i].key = news[i].key || view->key_news;
		news[i].found = news[i].found || view->found_news;
		news[i].undetermined = news[i].undetermined || view->undetermined_news;
	}
}

/* Says in the views what is new for any channel. */
static void put_news(struct kvk_views *views, const struct news *news)
{
	for (size_t i = 0; i < views->list.count; i++) {
		struct kvk_entry_view *view = kvk_vec_at(&views->list, i);

		view->notified = news[i].notified;
		view->key_news = news[i].key;
		view->found_news = news[i].found;
		view->undetermined_news = news[i].undetermined;
	}
}

/* Finds out what is new for a channel, and serves it. */
static void serve_news(
	struct kvk_events_run *run, const struct kvk_event_channel *channel, struct news *news)
{
	kvk_events_run_keep(run, kvk_events_look(run->events, channel, run->views));
	add_news(run->views, news);
	serve(run, channel, run->views);
}

/* Each channel: those that failed last time first, so that the others can say so. */
static void serve_all(struct kvk_events_run *run, struct news *news)
{
	const struct kvk_events *events = run->events;
	bool late[KVK_EVENT_CHANNELS] = { false };

	for (size_t i = 0; i < events->count; i++)
		late[i] = failed_last(events, &events->channels[i]);
	for (size_t turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < events->count; i++)
			if (late[i] == (turn == 0))
				serve_news(run, &events->channels[i], news);
}

/* Notifies those that work of the failures that came after they were served. */
static void notify_of_failures(struct kvk_events_run *run)
{
	const struct kvk_events *events = run->events;
	const struct kvk_views none = { .all = run->views->all };
	struct kvk_blob sentences = { 0 }, names = { 0 };

	for (size_t i = 0; i < events->count; i++) {
		const struct kvk_event_channel *channel = &events->channels[i];

		kvk_blob_clear(&sentences);
		kvk_blob_clear(&names);
		if (kvk_events_run_failed(run, channel->name) ||
			list_failures(run, channel, &sentences, &names) != KVK_OK || names.n == 0)
			continue;
		serve(run, channel, &none);
	}
	kvk_blob_free(&sentences);
	kvk_blob_free(&names);
}

enum kvk_err kvk_events_send(const struct kvk_events *events, struct kvk_views *views, bool *all)
{
	struct kvk_events_run run = { .events = events,
		.views = views,
		.by_id = KVK_VEC_INIT(struct kvk_entry_view *, KVK_LIMIT_ENTRIES) };
	struct news *news = kvk_calloc(views->list.count + 1, sizeof *news);

	*all = false;
	if (news == NULL || index_views(&run) != KVK_OK) {
		kvk_free(news);
		kvk_vec_free(&run.by_id);
		return KVK_ERR_MEMORY;
	}
	kvk_events_run_tidy(&run);
	serve_all(&run, news);
	notify_of_failures(&run);
	put_news(views, news);
	*all = run.failure_count == 0;
	kvk_free(news);
	kvk_vec_free(&run.by_id);
	return run.err;
}

enum kvk_err kvk_events_send_words(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const char *subject, const char *text,
	struct kvk_error *why)
{
	const struct kvk_notification *notification = &events->notification;
	struct kvk_outgoing message = { .id = 0 };
	size_t wanted;
	enum kvk_err err;

	KVK_TRY(kvk_events_compose_words(events, channel, subject, text, &message, why));
	wanted = message.recipients.n;
	err = channel->send(channel->context, &message, why);
	if (notification->inventory != NULL)
		(void)kvk_events_note_sent(
			notification, channel->name, err == KVK_OK, message.recipients.n < wanted);
out:
	kvk_outgoing_free(&message);
	return err;
}

enum kvk_err kvk_events_notify_failure(const struct kvk_events *events, struct kvk_views *views,
	const char *channel, const struct kvk_error *failure)
{
	struct kvk_events_run run = { .events = events, .views = views, .stored = true };

	kvk_events_run_fail(&run, channel, failure, KVK_ERR_WRITE);
	notify_of_failures(&run);
	return run.err;
}

/* Messages that could not be delivered so far. */
static enum kvk_err show_waiting(const struct kvk_events *events,
	const struct kvk_event_channel *channel, struct kvk_blob *out)
{
	struct kvk_outgoing message = { .id = 0 };
	char at[KVK_TIME_TEXT_SIZE];
	long long after = 0;
	enum kvk_err err;

	for (;;) {
		err = kvk_outbox_next(events->notification.inventory, after, &message);
		if (err != KVK_OK)
			break;
		after = message.id;
		if (strcmp(message.channel, channel->name) == 0)
			KVK_TRY(kvk_blob_append_format(out,
				_("%s: the message of %s, which was not delivered, would be sent "
				  "again\n\n"),
				channel->name, kvk_time_text(message.at, at)));
		kvk_outgoing_free(&message);
	}
	if (err == KVK_ERR_NOT_FOUND)
		err = KVK_OK;
out:
	kvk_outgoing_free(&message);
	return err;
}

/* One message, with whom it goes to. */
static enum kvk_err show_message(const struct kvk_event_channel *channel,
	const struct kvk_composed *composed, struct kvk_blob *out)
{
	const char *to = kvk_blob_str(&composed->message.recipients);
	enum kvk_err err = KVK_OK;

	if (to[0] == '\0')
		KVK_TRY(kvk_blob_append_format(
			out, _("%s: to %s\n"), channel->name, channel->where));
	for (size_t n; *to != '\0'; to += n + 1) {
		n = strcspn(to, "\n");
		KVK_TRY(kvk_blob_append_format(out, _("%s: to %.*s\n"), channel->name, (int)n, to));
	}
	KVK_TRY(kvk_blob_append_format(out, "%s\n\n%s\n", kvk_blob_str(&composed->subject),
		kvk_blob_str(&composed->text)));
out:
	return err;
}

/* What one channel would get. */
static enum kvk_err show_channel(const struct kvk_events *events,
	const struct kvk_event_channel *channel, struct kvk_views *views, struct kvk_blob *out,
	struct kvk_error *why)
{
	const unsigned bit = 1U << (channel - events->channels);
	struct kvk_vec composed = KVK_COMPOSED_INIT;
	enum kvk_err err;

	KVK_TRY(kvk_events_look(events, channel, views));
	KVK_TRY(kvk_events_compose(events, channel, views, "", "", &composed, why));
	for (size_t i = 0; i < composed.count; i++) {
		struct kvk_composed *one = kvk_vec_at(&composed, i);

		for (size_t j = 0; j < one->views.count; j++)
			(*(struct kvk_entry_view **)kvk_vec_at(&one->views, j))->taken |= bit;
		KVK_TRY(show_message(channel, one, out));
	}
	KVK_TRY(show_waiting(events, channel, out));
out:
	kvk_composed_free(&composed);
	return err;
}

enum kvk_err kvk_events_show(const struct kvk_events *events, struct kvk_views *views,
	struct kvk_blob *out, struct kvk_error *why)
{
	struct news *news = kvk_calloc(views->list.count + 1, sizeof *news);
	enum kvk_err err = KVK_OK;

	if (news == NULL)
		return KVK_ERR_MEMORY;
	for (size_t i = 0; i < events->count; i++) {
		KVK_TRY(show_channel(events, &events->channels[i], views, out, why));
		add_news(views, news);
	}
out:
	put_news(views, news);
	kvk_free(news);
	return err;
}
