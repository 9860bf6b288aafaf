/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of notify/events.h: from what is new for a channel to the messages that it is to send, one
 * for each set of recipients.
 */
#ifndef KVKCSR_NOTIFY_EVENTS_COMPOSE_H
#define KVKCSR_NOTIFY_EVENTS_COMPOSE_H

#include "base/vec.h"
#include "notify/events.h"

/* A message with what it is about. */
struct kvk_composed {
	struct kvk_outgoing message;
	/* struct kvk_entry_view *. */
	struct kvk_vec views;
	/* Owned: as it is shown by --dry-run. */
	struct kvk_blob subject, text;
};

/* An empty list of messages. */
#define KVK_COMPOSED_INIT KVK_VEC_INIT(struct kvk_composed, KVK_LIMIT_ENTRIES + 1)

/*
 * kvk_notify_look() for a channel; where it has recipients, view->owner_question is set as well for
 * what is new of an entry about which nobody was asked this year. The errors of the inventory.
 */
enum kvk_err kvk_events_look(const struct kvk_events *events,
	const struct kvk_event_channel *channel, struct kvk_views *views);
/* Remembers that the question is put, in a transaction of the caller. */
enum kvk_err kvk_events_note_owners(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const struct kvk_views *views);
/*
 * Composes what a channel is to send; the views say what is new for it (kvk_notify_look()).
 * failures and failed are the sentences and names of channels that failed, "" for none: they are in
 * each message, and in one of their own where there is no other. KVK_ERR_MEMORY, KVK_ERR_CRYPTO,
 * KVK_ERR_CONFIG and what the channel's compose returns, with why.
 */
enum kvk_err kvk_events_compose(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const struct kvk_views *views,
	const char *failures, const char *failed, struct kvk_vec *out, struct kvk_error *why);
/* One message that is about no entry, with these words (report/news.h). */
enum kvk_err kvk_events_compose_words(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const char *subject, const char *text,
	struct kvk_outgoing *out, struct kvk_error *why);
/* Frees messages. */
void kvk_composed_free(struct kvk_vec *composed);

#endif
