/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Notifying people, each of a thing once: what is new for a channel is rendered, then sent, then
 * remembered. What could not be sent is not remembered, and so is sent by the next run; that one
 * channel fails is nothing to the others. Runs at the same time wait for each other, nobody else
 * does.
 */
#ifndef KVKCSR_NOTIFY_NOTIFY_H
#define KVKCSR_NOTIFY_NOTIFY_H

#include "notify/channel.h"

/* The notification of one run. */
struct kvk_notification {
	struct kvk_inventory *inventory;
	const struct kvk_threshold_days *days;
	/* At least one; their names differ. */
	const struct kvk_channel *channels;
	size_t channel_count;
	/* The time for which the views stand. */
	kvk_time at;
	/* The clock, remembered as the last run. */
	kvk_time now;
	/* Nobody reads what the channels send: it stays news, and only the run is remembered. */
	bool unheard;
};

/*
 * Sets view->notified where trouble with the file, or the most urgent threshold that is crossed, is
 * new for an event channel, view->key_news where that everybody can read a key is, and
 * view->undetermined_news where that its revocation could not be determined is; for a state channel
 * nothing is. Remembers nothing. The errors of the inventory: everything counts as new then, since
 * nobody knows better.
 */
enum kvk_err kvk_notify_look(const struct kvk_notification *notification,
	const struct kvk_channel *channel, struct kvk_views *views);
/*
 * Sends to each channel what is new for it, and remembers it, with every lesser threshold that is
 * crossed; results[i] says whether channel i was served (also with nothing), or why not. With it
 * certificates that were replaced in their files are stored, and trouble that is over is forgotten;
 * where no channel could be served nothing is stored at all. An entry that was removed meanwhile is
 * passed over.
 *
 * To be called between kvk_inventory_notified_begin() and kvk_inventory_notified_end(). The
 * inventory is not locked while it is sent. Where it cannot say what is new, all is sent.
 * KVK_ERR_MEMORY, the errors of the inventory; what was sent is sent again by the next run then,
 * and results are set only if it was.
 */
enum kvk_err kvk_notify_send(const struct kvk_notification *notification, struct kvk_views *views,
	enum kvk_err *results);
/* Stores the run in one transaction, and remembers what the channels that were served got: the last
 * step of kvk_notify_send(), for an inventory in the place of one that could not be written. The
 * errors of the inventory. */
enum kvk_err kvk_notify_remember(const struct kvk_notification *notification,
	const struct kvk_views *views, const enum kvk_err *results);
/*
 * The parts of it that notify/events.h does at other times, in a transaction of the caller: stores
 * what was seen of all entries, and the run; and remembers that a channel was served with them.
 */
enum kvk_err kvk_notify_store(
	const struct kvk_notification *notification, const struct kvk_views *views);
enum kvk_err kvk_notify_note(const struct kvk_notification *notification,
	const struct kvk_channel *channel, const struct kvk_views *views);

#endif
