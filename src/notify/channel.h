/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Telling people: which thresholds are new, on which channel, each once. What is sent is rendered
 * in report/; a channel only carries it. What was sent is remembered after it was sent: what could
 * not be sent is told by the next run. Runs at the same time wait for each other, nobody else does.
 */
#ifndef KVKCSR_NOTIFY_CHANNEL_H
#define KVKCSR_NOTIFY_CHANNEL_H

#include "watch/view.h"
#include "watch/thresholds.h"

/* A way to reach somebody. */
struct kvk_channel {
	/* Remembered with what was told: never changes. */
	const char *name;
	/* Sends a text; anything but KVK_OK means that nobody was told. */
	enum kvk_err (*send)(struct kvk_span text);
};

/* Standard output: the one channel while none is configured. */
extern const struct kvk_channel kvk_channel_stdout;

/* One run of telling. */
struct kvk_telling {
	struct kvk_inventory *inventory;
	const struct kvk_threshold_days *days;
	const struct kvk_channel *channel;
	/* The time for which the views stand. */
	kvk_time at;
	/* The clock, remembered as the last run. */
	kvk_time now;
	/* Renders what is to be sent; list items' notified says which are new. */
	enum kvk_err (*render)(const struct kvk_views *views, kvk_time at, struct kvk_blob *out);
};

/*
 * Sets view->notified where the most urgent threshold that is crossed was not told before on this
 * channel, without remembering it: for --dry-run.
 */
enum kvk_err kvk_telling_look(const struct kvk_telling *telling, struct kvk_views *views);
/*
 * To be called between kvk_inventory_telling_begin() and kvk_inventory_telling_end(). The same,
 * sends what render() makes of it, and remembers every threshold that is crossed as told.
 * Certificates that were replaced in their files are stored, and trouble that is over is forgotten.
 * An empty text is not sent. The inventory is not locked while it is sent. The error of the channel
 * or of the inventory, *sent says which; nothing is remembered then. An entry that was removed
 * meanwhile is passed over.
 */
enum kvk_err kvk_telling_send(
	const struct kvk_telling *telling, struct kvk_views *views, bool *sent);

#endif
