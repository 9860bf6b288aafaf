/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A walk over a folder that is tracked: every file with an end certificate, each once. Of a link
 * and its target the link stays, because what keeps certificates in versions moves the link: so
 * links are followed, to files and to folders, and what they lead to is passed over where it is met
 * by itself. Copies of editors and the like, and certificates of CAs, are passed over too. What is
 * found goes into the finds (inventory/finds.h), so that memory does not grow with the folder.
 */
#ifndef KVKCSR_APP_SCAN_H
#define KVKCSR_APP_SCAN_H

#include "app/home.h"
#include "inventory/finds.h"
#include "report/passed.h"
#include "watch/watched.h"

/* A file with an end certificate. */
struct kvk_scanned {
	/* Absolute. */
	const char *path;
	/* What is in it. */
	const struct kvk_watched_file *file;
	/* It lies beside files that links lead to, as earlier versions do. */
	bool beside_target;
};

/* Set up before kvk_scan_folder(), which may be called for several folders. */
struct kvk_scan {
	/* Where what is found goes; the walk itself keeps its marks there too. */
	struct kvk_finds *finds;
	/* Whose dossiers are passed over. */
	const struct kvk_home *home;
	/* Whether a file need not be read, because its place is known. May be NULL. */
	enum kvk_err (*is_watched)(void *context, const char *path, bool *watched);
	/* Whether a file need not be read any further: what is in it is known. May be NULL. */
	enum kvk_err (*is_known)(
		void *context, const char *path, const struct kvk_blob *bytes, bool *known);
	enum kvk_err (*found)(void *context, const struct kvk_scanned *scanned);
	/* A file or folder that cannot be read; file is what is damaged in it, or NULL. May be
	 * NULL.
	 */
	void (*unreadable)(void *context, enum kvk_err err, const char *path,
		const struct kvk_watched_file *file);
	void *context;
	/* Of which kinds (bits, by enum kvk_passed) the names of what is passed over are noted in
	 * the finds, under the kind. */
	unsigned names;
	/* How many were passed over, by kind, could not be read, and were read. */
	size_t passed[KVK_PASSED_COUNT];
	size_t unreadable_count, files;
	/* Any link has a target. */
	bool targets;
};

/*
 * Walks a folder, which is absolute. KVK_ERR_OPEN where it cannot be read, KVK_ERR_ARGUMENT where
 * it is one of the system (/proc, /sys, /dev), KVK_ERR_LIMIT above KVK_LIMIT_SCAN files,
 * KVK_ERR_MEMORY, the errors of the finds, and what the functions return.
 */
enum kvk_err kvk_scan_folder(struct kvk_scan *scan, const char *folder);

/* What the files of this unit share. */

/* Counts what is passed over, and notes its name where that is asked for. */
enum kvk_err kvk_scan_pass(struct kvk_scan *scan, enum kvk_passed kind, const char *path);
/* Counts what cannot be read, and names it. KVK_OK. */
enum kvk_err kvk_scan_unreadable(struct kvk_scan *scan, enum kvk_err err, const char *path,
	const struct kvk_watched_file *file);
/* Reads a file and sorts out what is in it. The errors of kvk_scan_folder(). */
enum kvk_err kvk_scan_file(struct kvk_scan *scan, const char *path, bool beside_target);

#endif
