/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a channel is: a way to reach somebody, with what it sends and how. Each channel is a file of
 * its own here; which of them serve a run is chosen by who starts it (notify/notify.h). Those that
 * go to people elsewhere record each message before they send it (notify/events.h).
 */
#ifndef KVKCSR_NOTIFY_CHANNEL_H
#define KVKCSR_NOTIFY_CHANNEL_H

#include "inventory/outbox.h"
#include "watch/view.h"

enum kvk_channel_kind {
	/* Gets what is new, once. */
	KVK_CHANNEL_EVENT,
	/* Gets how everything stands, whole, on every run; nothing is remembered of it. */
	KVK_CHANNEL_STATE,
};

struct kvk_channel {
	/* Remembered with what was sent: never changes. */
	const char *name;
	enum kvk_channel_kind kind;
	/* Handed to render and send; may be NULL. */
	void *context;
	/* Appends what is to be sent; view->notified says which are new for an event channel. An
	 * empty text is not sent. */
	enum kvk_err (*render)(
		void *context, const struct kvk_views *views, kvk_time at, struct kvk_blob *out);
	/* Sends it; anything but KVK_OK means that nobody got it. */
	enum kvk_err (*send)(void *context, struct kvk_span text);
};

/* What a message says, before a channel gives it its form. Borrows everything. */
struct kvk_message {
	/* One line, and lines of at most 76 columns; without control characters but line ends. */
	const char *subject, *text;
	/* Names of entries, a line each. */
	const char *names;
	/* Unique, and when it was composed. */
	const char *key;
	kvk_time at;
	/* Addresses, a line each; "" where the channel has none. */
	const char *recipients;
	/* Where it comes from. */
	const char *host, *home;
};

/* A channel that takes messages. */
struct kvk_event_channel {
	/* Remembered with what was sent: never changes. */
	const char *name;
	/* Where it goes, for people: no secrets. Already escaped. */
	const char *where;
	/* Handed to compose and send. */
	void *context;
	/* Who gets what is about entries without recipients of their own, a line each; and who has
	 * a message without entries. NULL: the channel has no recipients. */
	const char *recipients;
	/* Appends the octets to be sent. The errors come with why. */
	enum kvk_err (*compose)(void *context, const struct kvk_message *message,
		struct kvk_blob *out, struct kvk_error *why);
	/* Sends them. Whoever has had them is taken from message->recipients. KVK_OK where nobody
	 * is left; KVK_ERR_WRITE where it was refused; anything else means that further messages
	 * need not be tried; with why. */
	enum kvk_err (*send)(void *context, struct kvk_outgoing *message, struct kvk_error *why);
};

#endif
