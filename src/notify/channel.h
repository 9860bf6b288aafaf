/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a channel is: a way to reach somebody, with what it sends and how. Each channel is a file of
 * its own here; which of them serve a run is chosen by who starts it (notify/notify.h).
 */
#ifndef KVKCSR_NOTIFY_CHANNEL_H
#define KVKCSR_NOTIFY_CHANNEL_H

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

#endif
