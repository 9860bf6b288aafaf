/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tracking a file or a folder: files are read first, then what is in them is recorded in
 * transactions of some size, so that others need not wait while files are read.
 */
#ifndef KVKCSR_APP_TRACKING_H
#define KVKCSR_APP_TRACKING_H

#include "app/home.h"
#include "app/record.h"
#include "inventory/finds.h"
#include "report/silenced.h"
#include "report/tracked.h"
#include "watch/watched.h"

/* Certificates that are stored in one transaction. */
#define KVK_TRACKING_BATCH 256

/* Start with KVK_TRACKING_INIT and set the members before done, free with kvk_tracking_free(). */
struct kvk_tracking {
	struct kvk_inventory *inventory;
	/* What to call it; NULL: after the certificate, with a number where that is taken. */
	const char *name;
	/* No other entry replaces what is tracked. */
	bool keep;
	/* Who is notified of what is tracked: addresses, a line each; NULL: as it was. */
	const char *recipients;
	/* The file with the passphrase of a PKCS#12 file; NULL: as it was. Whether other users can
	 * read it is set. */
	const char *pass_file;
	bool pass_readable;
	/* The path of the one that opened the file that is recorded; empty where it needed none. */
	struct kvk_blob opened_with;
	kvk_time now;
	/* Called for each certificate that was recorded and is stored. KVK_ERR_MEMORY ends all. */
	enum kvk_err (*recorded)(void *context, const struct kvk_tracked *tracked);
	/* Called for each file or folder below a folder that cannot be read; file is what is
	 * damaged in it, or NULL (kvk_watched_damage()). */
	void (*unreadable)(void *context, enum kvk_err err, const char *path,
		const struct kvk_watched_file *file);
	void *context;
	/* Whose dossiers are passed over in a folder, and whose renewals are no files to track; or
	 * NULL. */
	const struct kvk_home *home;
	/* Of a folder: of which kinds (bits) the names of what is passed over are kept, in finds
	 * and by kind. */
	unsigned names;
	/* struct kvk_recorded, not stored yet. */
	struct kvk_vec done;
	/* struct kvk_silenced: what is replaced by something that was stored. */
	struct kvk_vec silenced;
	/* What was stored. */
	struct kvk_tracked_counts counts;
	/* Of the last one that was known already. */
	char known_name[KVK_LIMIT_ENTRY_NAME + 1];
	/* What the walk over a folder has found, or NULL. */
	struct kvk_finds *finds;
};

#define KVK_TRACKING_INIT \
	{ \
		.done = KVK_VEC_INIT( \
			struct kvk_recorded, KVK_TRACKING_BATCH + 4 * KVK_LIMIT_BLOCKS), \
		.silenced = KVK_SILENCED_INIT, \
	}

/*
 * Tracks the end certificates in a file, or brings their entries up to date; where it holds those
 * of CAs alone, the first of them. KVK_ERR_PASSPHRASE where that of a PKCS#12 file is wrong,
 * KVK_ERR_USAGE where pass_file is set and it is no such file.
 * KVK_ERR_FORMAT where a certificate is damaged or there is none, the errors of kvk_file_read();
 * KVK_ERR_EXISTS where the name that was asked for is taken, KVK_ERR_USAGE where it is a file of
 * the renewal of an entry, KVK_ERR_CREATE where the inventory is full, its errors; each with why.
 */
enum kvk_err kvk_tracking_add_file(
	struct kvk_tracking *tracking, const char *path, struct kvk_error *why);
/*
 * The same for every end certificate below a folder (app/scan.h), which is remembered: check looks
 * for new ones in it. One certificate in several files is one entry with several places. What was
 * read before something went wrong is recorded all the same. The errors of kvk_scan_folder() too.
 */
enum kvk_err kvk_tracking_add_folder(
	struct kvk_tracking *tracking, const char *path, struct kvk_error *why);
void kvk_tracking_free(struct kvk_tracking *tracking);

/* What the files of this unit share. */

/* The absolute path of what is tracked; links stay as they are. Free with kvk_free().
 * KVK_ERR_LIMIT where it is too long, the errors of kvk_path_plain(). */
enum kvk_err kvk_tracking_absolute(const char *path, char **out);
/* How a run records. */
struct kvk_record kvk_tracking_record(struct kvk_tracking *tracking);
/*
 * Commits what was recorded (tracking->done) and says so; or undoes it where err says that it
 * failed. silenced is how many were named before. Returns err, or the error of the commit.
 */
enum kvk_err kvk_tracking_settle(struct kvk_tracking *tracking, enum kvk_err err, size_t silenced);
/* Says what went wrong with storing. */
enum kvk_err kvk_tracking_error(
	const struct kvk_tracking *tracking, enum kvk_err err, struct kvk_error *why);

#endif
