/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/events_compose.h"

#include <stdlib.h>

#include "base/encode.h"
#include "base/format.h"
#include "notify/recipients.h"
#include "report/news.h"

#define KEY_OCTETS ((KVK_OUTGOING_KEY_SIZE - 1) / 2)

/* A view that is new, and who gets it. */
struct addressed {
	const struct kvk_entry_view *view;
	/* Owned, a line each: in the order in which they were named, and sorted. */
	struct kvk_blob recipients, set;
};

/* The state that matters most comes first. */
static int rank(const struct kvk_entry_view *view)
{
	static const int ranks[KVK_EXIT_STATES] = { 3, 2, 0, 1 };

	return ranks[view->code & 3];
}

/* By recipients, then the most urgent first. */
static int compare(const void *a, const void *b)
{
	const struct addressed *x = a, *y = b;
	const int order = kvk_span_compare(kvk_span_of_blob(&x->set), kvk_span_of_blob(&y->set));

	if (order != 0)
		return order;
	if (rank(x->view) != rank(y->view))
		return rank(x->view) - rank(y->view);
	if (x->view->days_left != y->view->days_left)
		return x->view->days_left < y->view->days_left ? -1 : 1;
	return (x->view->id > y->view->id) - (x->view->id < y->view->id);
}

/* Who gets what is about an entry, each once. */
static enum kvk_err read_recipients(const struct kvk_events *events,
	const struct kvk_event_channel *channel, struct addressed *one)
{
	struct kvk_blob own = { 0 };
	const char *lines = channel->recipients;
	enum kvk_err err;

	if (lines == NULL)
		return KVK_OK;
	/* Where the inventory cannot be read, those who get everything else get it. */
	if (kvk_inventory_recipients(events->notification.inventory, one->view->id, &own) ==
			KVK_OK &&
		own.n > 0)
		lines = kvk_blob_str(&own);
	KVK_TRY(kvk_recipients_add(&one->recipients, lines));
	KVK_TRY(kvk_recipients_sort(&one->set, kvk_blob_str(&one->recipients)));
out:
	kvk_blob_free(&own);
	return err;
}

/* Under what it is remembered that recipients were asked in a year. */
#define OWNER_SIZE 24
/* After this they are asked again: a year, and never twice in a calendar year. */
#define OWNER_PERIOD (366 * KVK_DAY)

static struct kvk_notified owner_question(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const struct kvk_entry_view *view,
	char id[static OWNER_SIZE])
{
	static const uint8_t none[KVK_SHA256_SIZE];
	struct kvk_civil at;

	kvk_time_to_civil(events->notification.at, &at);
	kvk_format(id, OWNER_SIZE, KVK_EVENT_OWNER "%d", at.year);
	return (struct kvk_notified){ view->id, none, id, channel->name };
}

static bool is_news(const struct kvk_entry_view *view)
{
	return view->notified || view->key_news || view->undetermined_news;
}

enum kvk_err kvk_events_look(const struct kvk_events *events,
	const struct kvk_event_channel *channel, struct kvk_views *views)
{
	const struct kvk_channel known = { .name = channel->name, .kind = KVK_CHANNEL_EVENT };
	const enum kvk_err looked = kvk_notify_look(&events->notification, &known, views);
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < views->list.count; i++) {
		struct kvk_entry_view *view = kvk_vec_at(&views->list, i);

		view->owner_question = false;
		if (looked == KVK_OK && channel->recipients != NULL && is_news(view))
			KVK_TRY(kvk_inventory_owner_pending(events->notification.inventory,
				view->id, channel->name, events->notification.at - OWNER_PERIOD,
				&view->owner_question));
	}
out:
	return looked != KVK_OK ? looked : err;
}

enum kvk_err kvk_events_note_owners(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const struct kvk_views *views)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < views->list.count; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);
		char id[OWNER_SIZE];
		const struct kvk_notified what = owner_question(events, channel, view, id);

		if (view->owner_question)
			KVK_TRY(kvk_inventory_notified_add(
				events->notification.inventory, &what, events->notification.at));
	}
out:
	return err;
}

static void free_addressed(struct kvk_vec *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct addressed *one = kvk_vec_at(list, i);

		kvk_blob_free(&one->recipients);
		kvk_blob_free(&one->set);
	}
	kvk_vec_free(list);
}

/* What is new for a channel, sorted. */
static enum kvk_err collect(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const struct kvk_views *views, struct kvk_vec *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < views->list.count; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);
		struct addressed *slot;

		if (!is_news(view))
			continue;
		KVK_TRY(kvk_vec_push(out, &slot));
		slot->view = view;
		KVK_TRY(read_recipients(events, channel, slot));
	}
	if (out->count > 1)
		qsort(out->items, out->count, out->item_size, compare);
out:
	return err;
}

static enum kvk_err make_key(char out[static KVK_OUTGOING_KEY_SIZE])
{
	uint8_t octets[KEY_OCTETS];
	struct kvk_blob hex = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_random(octets, sizeof octets));
	KVK_TRY(kvk_hex(&hex, (struct kvk_span){ octets, sizeof octets }, 0));
	kvk_format(out, KVK_OUTGOING_KEY_SIZE, "%s", kvk_blob_str(&hex));
out:
	kvk_blob_free(&hex);
	return err;
}

/* Gives words the form of a channel; message->recipients are set. */
static enum kvk_err give_form(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const char *subject, const char *text,
	const char *names, struct kvk_outgoing *message, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_FORMAT(message->channel, "%s", channel->name);
	message->at = events->notification.now;
	KVK_TRY(make_key(message->key));
	KVK_TRY(channel->compose(channel->context,
		&(struct kvk_message){
			.subject = subject,
			.text = text,
			.names = names,
			.key = message->key,
			.at = message->at,
			.recipients = kvk_blob_str(&message->recipients),
			.host = events->host,
			.home = events->home,
		},
		&message->body, why));
out:
	return err;
}

/* The names of the other channels. */
static enum kvk_err list_others(const struct kvk_events *events,
	const struct kvk_event_channel *channel, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < events->count; i++)
		if (&events->channels[i] != channel)
			KVK_TRY(kvk_blob_append_format(
				out, "%s%s", out->n > 0 ? ", " : "", events->channels[i].name));
out:
	return err;
}

/* Composes one message; its recipients and views are set. */
static enum kvk_err compose_one(const struct kvk_events *events,
	const struct kvk_event_channel *channel, struct kvk_news *news,
	struct kvk_composed *composed, struct kvk_error *why)
{
	struct kvk_blob others = { 0 }, names = { 0 };
	enum kvk_err err;

	/* A message about channels alone goes to each at its own time. */
	if (composed->views.count > 0)
		KVK_TRY(list_others(events, channel, &others));
	news->views = &composed->views;
	news->others = kvk_blob_str(&others);
	KVK_TRY(kvk_news_names(news, &names));
	KVK_TRY(kvk_news_subject(news, &composed->subject));
	KVK_TRY(kvk_news_text(news, &composed->text, why));
	KVK_TRY(give_form(events, channel, kvk_blob_str(&composed->subject),
		kvk_blob_str(&composed->text), kvk_blob_str(&names), &composed->message, why));
out:
	kvk_blob_free(&others);
	kvk_blob_free(&names);
	return err;
}

/* Begins a message for recipients. */
static enum kvk_err begin(struct kvk_vec *out, const char *recipients, struct kvk_composed **slot)
{
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(out, slot));
	(*slot)->views =
		(struct kvk_vec)KVK_VEC_INIT(const struct kvk_entry_view *, KVK_LIMIT_ENTRIES);
	if (recipients != NULL)
		KVK_TRY(kvk_recipients_add(&(*slot)->message.recipients, recipients));
out:
	return err;
}

/* Distributes what is new over messages. */
static enum kvk_err distribute(const struct kvk_vec *list, struct kvk_vec *out)
{
	const struct addressed *before = NULL;
	struct kvk_composed *composed = NULL;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < list->count; i++) {
		const struct addressed *one = kvk_vec_at(list, i);
		const struct kvk_entry_view **slot;

		if (before == NULL ||
			!kvk_span_equal(
				kvk_span_of_blob(&one->set), kvk_span_of_blob(&before->set)))
			KVK_TRY(begin(out, kvk_blob_str(&one->recipients), &composed));
		KVK_TRY(kvk_vec_push(&composed->views, &slot));
		*slot = one->view;
		before = one;
	}
out:
	return err;
}

enum kvk_err kvk_events_compose(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const struct kvk_views *views,
	const char *failures, const char *failed, struct kvk_vec *out, struct kvk_error *why)
{
	struct kvk_vec list = KVK_VEC_INIT(struct addressed, KVK_LIMIT_ENTRIES);
	struct kvk_news news = {
		.all = views->all,
		.failures = failures,
		.failed = failed,
		.host = events->host,
		.home = events->home,
		.home_named = events->home_named,
		.frame = events->frame,
	};
	struct kvk_composed *alone;
	enum kvk_err err;

	KVK_TRY(collect(events, channel, views, &list));
	KVK_TRY(distribute(&list, out));
	if (out->count == 0 && failed[0] != '\0')
		KVK_TRY(begin(out, channel->recipients, &alone));
	for (size_t i = 0; i < out->count; i++)
		KVK_TRY(compose_one(events, channel, &news, kvk_vec_at(out, i), why));
out:
	free_addressed(&list);
	return err;
}

enum kvk_err kvk_events_compose_words(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const char *subject, const char *text,
	struct kvk_outgoing *out, struct kvk_error *why)
{
	const struct kvk_news news = {
		.host = events->host, .home = events->home, .frame = events->frame
	};
	struct kvk_blob framed = { 0 };
	enum kvk_err err;

	if (channel->recipients != NULL)
		KVK_TRY(kvk_recipients_add(&out->recipients, channel->recipients));
	KVK_TRY(kvk_news_words(&news, text, &framed, why));
	KVK_TRY(give_form(events, channel, subject, kvk_blob_str(&framed), "", out, why));
out:
	kvk_blob_free(&framed);
	return err;
}

void kvk_composed_free(struct kvk_vec *composed)
{
	for (size_t i = 0; i < composed->count; i++) {
		struct kvk_composed *one = kvk_vec_at(composed, i);

		kvk_outgoing_free(&one->message);
		kvk_vec_free(&one->views);
		kvk_blob_free(&one->subject);
		kvk_blob_free(&one->text);
	}
	kvk_vec_free(composed);
}
