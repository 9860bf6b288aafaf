/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a walk over folders has found so far, kept in a temporary file of SQLite that is gone when
 * it is closed: however many files there are, memory does not grow, and what was found comes back
 * in an order that does not depend on that of the folders. Knows nothing of the inventory.
 */
#ifndef KVKCSR_INVENTORY_FINDS_H
#define KVKCSR_INVENTORY_FINDS_H

#include <sys/types.h>

#include "inventory/inventory.h"

struct kvk_finds;

/* Opens an empty one. The errors of the inventory, also of all functions below; close with
 * kvk_finds_close(). */
enum kvk_err kvk_finds_open(struct kvk_finds **out);
void kvk_finds_close(struct kvk_finds *finds);

/* A file or folder, whatever its name is today. */
struct kvk_file_id {
	dev_t dev;
	ino_t ino;
};

/* Notes that a link leads to a file or folder. Of several links the first by name is kept. */
enum kvk_err kvk_finds_add_target(
	struct kvk_finds *finds, const struct kvk_file_id *id, const char *link);
/* The link that leads there, into *out (emptied first). KVK_ERR_NOT_FOUND where none does. */
enum kvk_err kvk_finds_target(
	struct kvk_finds *finds, const struct kvk_file_id *id, struct kvk_blob *out);
/* Notes that something is done for the first time; what is what is done. *first is false where it
 * was noted before. */
enum kvk_err kvk_finds_first(
	struct kvk_finds *finds, int what, const struct kvk_file_id *id, bool *first);
/* Whether that was noted. */
enum kvk_err kvk_finds_noted(
	struct kvk_finds *finds, int what, const struct kvk_file_id *id, bool *noted);
/* Notes a folder that is left for later, by a path that leads to it. */
enum kvk_err kvk_finds_postpone(
	struct kvk_finds *finds, const struct kvk_file_id *id, const char *path);
/* Takes the first of those paths, and the folder it led to. KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_finds_take_postponed(
	struct kvk_finds *finds, struct kvk_file_id *id, struct kvk_blob *path);

/* A certificate in a file. */
struct kvk_find {
	/* Its number in the walk; set by kvk_finds_next(). */
	long long id;
	/* Owned. */
	struct kvk_blob path;
	/* In which round it is looked at; the rounds come one after the other. */
	int round;
	struct kvk_entry_certificate certificate;
	/* A name for its entry (watch/watched.h). */
	char name[KVK_LIMIT_ENTRY_NAME + 1];
};

/* Adds one; id is ignored. */
enum kvk_err kvk_finds_add(struct kvk_finds *finds, const struct kvk_find *find);
/*
 * The certificate that comes after *find, which is all-zero at first, into *find: by round, depth
 * of the path, path, end (the last first) and fingerprint. KVK_ERR_NOT_FOUND at the end.
 */
enum kvk_err kvk_finds_next(struct kvk_finds *finds, struct kvk_find *find);
/* Takes one out, or moves it to another round. */
enum kvk_err kvk_finds_remove(struct kvk_finds *finds, long long id);
enum kvk_err kvk_finds_move(struct kvk_finds *finds, long long id, int round);
/* Notes a path under a number, and gives the noted ones back in order, as kvk_finds_next() does:
 * *number is below all numbers at first, and *path empty. */
enum kvk_err kvk_finds_note(struct kvk_finds *finds, long long number, const char *path);
enum kvk_err kvk_finds_next_note(struct kvk_finds *finds, long long *number, struct kvk_blob *path);
/* Whether a path was noted under a number. */
enum kvk_err kvk_finds_has_note(
	struct kvk_finds *finds, long long number, const char *path, bool *has);

#endif
