/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recording certificates in the inventory, many at a time: files are read first, then a batch is
 * stored in one transaction, so that others need not wait while files are read.
 */
#ifndef KVKCSR_APP_TRACKING_H
#define KVKCSR_APP_TRACKING_H

#include "base/vec.h"
#include "report/silenced.h"
#include "report/tracked.h"
#include "watch/watched.h"

/* Certificates that are stored in one transaction. */
#define KVK_TRACKING_BATCH 256

/* One certificate that was read. */
struct kvk_found {
	/* Absolute; owned. */
	char *path;
	struct kvk_watched watched;
	/* The name of its entry once it is stored, and whether the entry was there before. */
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	bool known;
};

/* Start with KVK_TRACKING_INIT and set the members before batch, free with kvk_tracking_free(). */
struct kvk_tracking {
	struct kvk_inventory *inventory;
	/* What to call it; NULL: after the certificate, with a number where that is taken. */
	const char *name;
	/* No other entry replaces what is tracked. */
	bool keep;
	kvk_time now;
	/* Called for each certificate that was recorded and is stored. KVK_ERR_MEMORY ends all. */
	enum kvk_err (*recorded)(void *context, const struct kvk_tracked *tracked);
	/* Called for each file or folder below a folder that cannot be read, and why. */
	void (*unreadable)(void *context, enum kvk_err err, const char *path);
	void *context;
	/* struct kvk_found, read but not stored yet. */
	struct kvk_vec batch;
	/* struct kvk_silenced: what is replaced by something that was stored. */
	struct kvk_vec silenced;
	/* What was stored. */
	struct kvk_tracked_counts counts;
	/* Of the last one that was known already. */
	char known_name[KVK_LIMIT_ENTRY_NAME + 1];
	/* The name that last got a number, and the number: the next is most likely free. */
	char numbered_name[KVK_LIMIT_ENTRY_NAME + 1];
	unsigned number;
};

#define KVK_TRACKING_INIT \
	{ \
		.batch = KVK_VEC_INIT(struct kvk_found, KVK_TRACKING_BATCH), \
		.silenced = KVK_SILENCED_INIT, \
	}

/*
 * Tracks the certificate in a file, or brings its entry up to date. The errors of
 * kvk_watched_read(); KVK_ERR_EXISTS where the name that was asked for is taken, KVK_ERR_CREATE
 * where the inventory is full, its errors; each with why.
 */
enum kvk_err kvk_tracking_add_file(
	struct kvk_tracking *tracking, const char *path, struct kvk_error *why);
/*
 * The same for every certificate below a folder. Files without one are passed over and counted, so
 * are those that cannot be read. What was read before something went wrong is recorded all the
 * same. The errors of kvk_walk_folder() too.
 */
enum kvk_err kvk_tracking_add_folder(
	struct kvk_tracking *tracking, const char *path, struct kvk_error *why);
void kvk_tracking_free(struct kvk_tracking *tracking);

#endif
