/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recording certificates in the inventory, many at a time: files are read first, then a batch is
 * stored in one transaction, so that others need not wait while files are read.
 */
#ifndef KVKCSR_APP_TRACKING_H
#define KVKCSR_APP_TRACKING_H

#include "base/vec.h"
#include "watch/watched.h"
#include "report/changes.h"

/* Certificates that are stored in one transaction. */
#define KVK_TRACKING_BATCH 256

/* One certificate that was read. */
struct kvk_found {
	/* Absolute; owned. */
	char *path;
	struct kvk_watched watched;
};

/* Start with KVK_TRACKING_INIT and set the first four members, free with kvk_tracking_free(). */
struct kvk_tracking {
	struct kvk_inventory *inventory;
	/* What to call it; NULL: after the certificate, with a number where that is taken. */
	const char *name;
	kvk_time now;
	/* What was recorded is reported as items of a JSON list. */
	bool json;
	/* struct kvk_found, read but not stored yet. */
	struct kvk_vec batch;
	/* What was stored. */
	struct kvk_tracked_counts counts;
	/* Of the last one that was known already. */
	char known_name[KVK_LIMIT_ENTRY_NAME + 1];
	/* The name that last got a number, and the number: the next is most likely free. */
	char numbered_name[KVK_LIMIT_ENTRY_NAME + 1];
	unsigned number;
	/* The report of what was stored: complete lines, or items. The caller may empty it. */
	struct kvk_blob report;
};

#define KVK_TRACKING_INIT \
	{ \
		.batch = KVK_VEC_INIT(struct kvk_found, KVK_TRACKING_BATCH) \
	}

/*
 * Reads a file, and stores the batch where it is full. The errors of kvk_watch_read() for the
 * file, those of kvk_tracking_store() for the batch; *file says which.
 */
enum kvk_err kvk_tracking_add(struct kvk_tracking *tracking, const char *path, bool *file);
/*
 * Stores what waits, whole or not at all. KVK_ERR_EXISTS where the name that was asked for is
 * taken, KVK_ERR_LIMIT, KVK_ERR_MEMORY, the errors of the inventory.
 */
enum kvk_err kvk_tracking_store(struct kvk_tracking *tracking);
void kvk_tracking_free(struct kvk_tracking *tracking);

#endif
