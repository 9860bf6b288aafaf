/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/notify.h"

#include <string.h>

#include "base/alloc.h"
#include "inventory/events.h"

static bool in_trouble(const struct kvk_entry_view *view)
{
	return view->state == KVK_VIEW_MISSING || view->state == KVK_VIEW_UNREADABLE;
}

static struct kvk_notified notified_of(
	const struct kvk_entry_view *view, const char *threshold, const struct kvk_channel *channel)
{
	return (struct kvk_notified){ view->id, view->sha256, threshold, channel->name };
}

/* Whether the end of the same certificate has moved, with a CA on its path: all thresholds are new.
 */
static bool has_moved(const struct kvk_entry_view *view)
{
	const struct kvk_file_change *change = view->change;

	return change != NULL && !change->certificate && change->known.ends != change->now.ends;
}

/* The same for its key that everybody can read. */
static struct kvk_notified notified_of_key(
	const struct kvk_entry_view *view, const struct kvk_channel *channel)
{
	return (struct kvk_notified){ view->id, view->key_sha256, KVK_EVENT_KEY, channel->name };
}

/* The same for an entry that `check` found itself: whatever its certificate is by then. */
static struct kvk_notified notified_of_find(
	const struct kvk_entry_view *view, const struct kvk_channel *channel)
{
	static const uint8_t none[KVK_SHA256_SIZE];

	return (struct kvk_notified){ view->id, none, KVK_EVENT_FOUND, channel->name };
}

/* Sets view->found_news. */
static enum kvk_err look_at_find(struct kvk_inventory *inventory, const struct kvk_channel *channel,
	struct kvk_entry_view *view)
{
	const struct kvk_notified what = notified_of_find(view, channel);
	enum kvk_err err = KVK_OK;

	if (view->found != KVK_FOUND_ASKED)
		KVK_TRY(kvk_inventory_notified_pending(inventory, &what, &view->found_news));
	view->notified = view->notified || view->found_news;
out:
	return err;
}

/* Sets view->notified where this is new for a channel. */
static enum kvk_err look(struct kvk_inventory *inventory, const struct kvk_channel *channel,
	const char *threshold, struct kvk_entry_view *view)
{
	const struct kvk_notified what = notified_of(view, threshold, channel);
	enum kvk_err err;
	bool pending;

	KVK_TRY(kvk_inventory_notified_pending(inventory, &what, &pending));
	view->notified = view->notified || pending;
out:
	return err;
}

/* Sets view->undetermined_news. */
static enum kvk_err look_at_undetermined(struct kvk_inventory *inventory,
	const struct kvk_channel *channel, struct kvk_entry_view *view)
{
	const struct kvk_notified what = notified_of(view, KVK_EVENT_UNDETERMINED, channel);

	if (!view->undetermined)
		return KVK_OK;
	return kvk_inventory_notified_pending(inventory, &what, &view->undetermined_news);
}

/* Sets view->key_news. */
static enum kvk_err look_at_key(struct kvk_inventory *inventory, const struct kvk_channel *channel,
	struct kvk_entry_view *view)
{
	const struct kvk_notified what = notified_of_key(view, channel);

	if (view->key_path == NULL)
		return KVK_OK;
	return kvk_inventory_notified_pending(inventory, &what, &view->key_news);
}

/* Looks at what may be new of an entry for an event channel. */
static enum kvk_err look_at(struct kvk_inventory *inventory, const struct kvk_channel *channel,
	struct kvk_entry_view *view)
{
	enum kvk_err err = KVK_OK;

	if (in_trouble(view))
		KVK_TRY(look(inventory, channel, KVK_EVENT_FILE, view));
	if (view->event[0] != '\0')
		KVK_TRY(look(inventory, channel, view->event, view));
	view->notified = view->notified || (view->threshold[0] != '\0' && has_moved(view));
	KVK_TRY(look_at_find(inventory, channel, view));
	KVK_TRY(look_at_key(inventory, channel, view));
	KVK_TRY(look_at_undetermined(inventory, channel, view));
out:
	return err;
}

/* Where nobody can say what is new, all of it is: two notifications are better than none. */
static void notify_of_all(struct kvk_views *views)
{
	for (size_t i = 0; i < views->list.count; i++) {
		struct kvk_entry_view *view = kvk_vec_at(&views->list, i);

		view->notified = in_trouble(view) || view->event[0] != '\0';
		view->key_news = view->key_path != NULL;
		view->undetermined_news = view->undetermined;
	}
}

enum kvk_err kvk_notify_look(const struct kvk_notification *notification,
	const struct kvk_channel *channel, struct kvk_views *views)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < views->list.count; i++) {
		struct kvk_entry_view *view = kvk_vec_at(&views->list, i);

		view->notified = false;
		view->key_news = false;
		view->undetermined_news = false;
		view->found_news = false;
		if (channel->kind == KVK_CHANNEL_EVENT)
			KVK_TRY(look_at(notification->inventory, channel, view));
	}
out:
	if (err != KVK_OK)
		notify_of_all(views);
	return err;
}

/*
 * Brings the entry up to date with what its file holds now, unless somebody else did so since it
 * was read.
 */
static enum kvk_err store_change(struct kvk_inventory *inventory, const struct kvk_entry_view *view)
{
	const struct kvk_file_change *change = view->change;
	struct kvk_entry entry;
	enum kvk_err err = kvk_inventory_find(inventory, view->name, &entry);

	if (err == KVK_ERR_NOT_FOUND)
		return KVK_OK;
	if (err != KVK_OK || entry.id != view->id ||
		entry.certificate.present != change->known.present ||
		memcmp(entry.certificate.sha256, change->known.sha256, KVK_SHA256_SIZE) != 0)
		return err;
	entry.certificate = change->now;
	if (change->certificate) {
		entry.stage = view->stage;
		entry.since = view->since;
		entry.delivery = view->delivery;
	}
	KVK_TRY(kvk_inventory_update(inventory, &entry));
	if (change->certificate && !view->dossier)
		KVK_TRY(kvk_inventory_note_deployed(
			inventory, change->now.sha256, view->at, "check"));
out:
	return err;
}

/* Stores what was seen of an entry, whoever was notified of it. */
static enum kvk_err store(struct kvk_inventory *inventory, const struct kvk_entry_view *view)
{
	enum kvk_err err = KVK_OK;

	if (view->change != NULL)
		KVK_TRY(store_change(inventory, view));
	if (has_moved(view))
		KVK_TRY(kvk_inventory_notified_forget_ends(inventory, view->id));
	if (view->file_notified && !in_trouble(view))
		KVK_TRY(kvk_inventory_notified_forget(inventory, view->id, KVK_EVENT_FILE));
	if (view->key_notified && view->key_path == NULL)
		KVK_TRY(kvk_inventory_notified_forget(inventory, view->id, KVK_EVENT_KEY));
out:
	return err;
}

/* Remembers one thing that a channel was served with. */
static enum kvk_err remember(const struct kvk_notification *notification,
	const struct kvk_channel *channel, const struct kvk_entry_view *view, const char *threshold)
{
	const struct kvk_notified what = notified_of(view, threshold, channel);

	return kvk_inventory_notified_add(notification->inventory, &what, notification->at);
}

static enum kvk_err remember_key(const struct kvk_notification *notification,
	const struct kvk_channel *channel, const struct kvk_entry_view *view)
{
	const struct kvk_notified what = notified_of_key(view, channel);

	return kvk_inventory_notified_add(notification->inventory, &what, notification->at);
}

/* The same for an entry that `check` found itself. */
static enum kvk_err remember_find(const struct kvk_notification *notification,
	const struct kvk_channel *channel, const struct kvk_entry_view *view)
{
	const struct kvk_notified what = notified_of_find(view, channel);

	return view->found == KVK_FOUND_ASKED ?
		KVK_OK :
		kvk_inventory_notified_add(notification->inventory, &what, notification->at);
}

/*
 * Remembers that a channel was served with an entry: of all thresholds that are crossed, so that a
 * less urgent one is never sent later.
 */
static enum kvk_err remember_entry(const struct kvk_notification *notification,
	const struct kvk_channel *channel, const struct kvk_entry_view *view)
{
	struct kvk_threshold_list list;
	enum kvk_err err = KVK_OK;
	size_t crossed;

	if (in_trouble(view))
		KVK_TRY(remember(notification, channel, view, KVK_EVENT_FILE));
	KVK_TRY(remember_find(notification, channel, view));
	if (view->key_path != NULL)
		KVK_TRY(remember_key(notification, channel, view));
	if (view->undetermined)
		KVK_TRY(remember(notification, channel, view, KVK_EVENT_UNDETERMINED));
	if (view->event[0] == '\0')
		goto out;
	KVK_TRY(remember(notification, channel, view, view->event));
	/* Of one that was replaced the thresholds are news again when it wakes. */
	if (!view->has_certificate || view->state == KVK_VIEW_REPLACED)
		goto out;
	kvk_thresholds_for(notification->days, view->not_before, view->not_after, &list);
	crossed = kvk_thresholds_crossed(&list, view->ends, notification->at);
	for (size_t i = 0; i < crossed; i++)
		KVK_TRY(remember(notification, channel, view, list.items[i].id));
out:
	return err;
}

enum kvk_err kvk_notify_note(const struct kvk_notification *notification,
	const struct kvk_channel *channel, const struct kvk_views *views)
{
	enum kvk_err err = KVK_OK;

	if (channel->kind != KVK_CHANNEL_EVENT)
		return KVK_OK;
	for (size_t i = 0; i < views->list.count; i++)
		KVK_TRY(remember_entry(notification, channel, kvk_view_at(views, i)));
out:
	return err;
}

enum kvk_err kvk_notify_store(
	const struct kvk_notification *notification, const struct kvk_views *views)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < views->list.count; i++)
		KVK_TRY(store(notification->inventory, kvk_view_at(views, i)));
	KVK_TRY(kvk_inventory_note_run(notification->inventory, notification->now));
out:
	return err;
}

enum kvk_err kvk_notify_remember(const struct kvk_notification *notification,
	const struct kvk_views *views, const enum kvk_err *results)
{
	struct kvk_inventory *inventory = notification->inventory;
	enum kvk_err err;

	KVK_TRY(kvk_inventory_begin(inventory));
	KVK_TRY(notification->unheard ? kvk_inventory_note_run(inventory, notification->now) :
					kvk_notify_store(notification, views));
	for (size_t i = 0; i < notification->channel_count; i++)
		if (results[i] == KVK_OK && !notification->unheard)
			KVK_TRY(kvk_notify_note(notification, &notification->channels[i], views));
	KVK_TRY(kvk_inventory_commit(inventory));
out:
	kvk_inventory_rollback(inventory);
	return err;
}

/* Renders for each channel what is to be sent. The errors of kvk_notify_look(), after all of it. */
static enum kvk_err render_all(const struct kvk_notification *notification, struct kvk_views *views,
	struct kvk_blob *texts, enum kvk_err *results)
{
	enum kvk_err first = KVK_OK;

	for (size_t i = 0; i < notification->channel_count; i++) {
		const struct kvk_channel *channel = &notification->channels[i];
		const enum kvk_err err = kvk_notify_look(notification, channel, views);

		if (first == KVK_OK)
			first = err;
		results[i] = channel->render(channel->context, views, notification->at, &texts[i]);
	}
	return first;
}

/* Sends what was rendered. Whether any channel was served. */
static bool send_all(const struct kvk_notification *notification, const struct kvk_blob *texts,
	enum kvk_err *results)
{
	bool any = false;

	for (size_t i = 0; i < notification->channel_count; i++) {
		const struct kvk_channel *channel = &notification->channels[i];

		if (results[i] == KVK_OK && texts[i].n > 0)
			results[i] = channel->send(channel->context, kvk_span_of_blob(&texts[i]));
		any = any || results[i] == KVK_OK;
	}
	return any;
}

enum kvk_err kvk_notify_send(
	const struct kvk_notification *notification, struct kvk_views *views, enum kvk_err *results)
{
	struct kvk_blob *texts = kvk_calloc(notification->channel_count, sizeof *texts);
	enum kvk_err err;

	if (texts == NULL)
		return KVK_ERR_MEMORY;
	err = render_all(notification, views, texts, results);
	/* The transaction begins after it: nobody waits for whoever reads the text. */
	if (send_all(notification, texts, results) && err == KVK_OK)
		err = kvk_notify_remember(notification, views, results);
	for (size_t i = 0; i < notification->channel_count; i++)
		kvk_blob_free(&texts[i]);
	kvk_free(texts);
	return err;
}
