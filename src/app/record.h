/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recording what a file holds: its certificates and the entries of its path are brought into line.
 * `track` and `check` do it in the same way. To be called in a transaction.
 */
#ifndef KVKCSR_APP_RECORD_H
#define KVKCSR_APP_RECORD_H

#include "app/naming.h"
#include "base/vec.h"
#include "watch/watched.h"

/* What all recordings of one run have in common. */
struct kvk_record {
	struct kvk_inventory *inventory;
	/* What to call the first new entry; NULL: after the certificate. */
	const char *name;
	/* No other entry replaces what is recorded. */
	bool keep;
	/* How `check` came to it; KVK_FOUND_ASKED for `track`. */
	enum kvk_entry_found found;
	/* The folder whose files are all recorded again, also the further places of what has
	 * changed; NULL: none. */
	const char *folder;
	kvk_time now;
	/* struct kvk_silenced: what is replaced by something that was recorded; NULL: not asked. */
	struct kvk_vec *silenced;
	struct kvk_naming naming;
};

/* What became of one certificate. */
struct kvk_recorded {
	/* The entry, which was there before where known. */
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	bool known;
	/* It is that of a CA. */
	bool ca;
	/* The file is a further place of an entry that has another path. */
	bool place;
	kvk_time not_after, ends;
	/* As in struct kvk_entry_certificate. */
	char ends_by[KVK_ENTRY_ENDS_BY_SIZE];
	/* Owned. */
	char *path;
};

/*
 * Brings the entries of a path up to date with what the file holds, and gives the certificates that
 * none of them is about: rest[i] is set for number i of the file's list. What happened is added to
 * a list of struct kvk_recorded. Where the path is that of a dossier nothing is done, and nothing
 * is left. The errors of the inventory.
 */
enum kvk_err kvk_record_known(struct kvk_record *record, const char *path,
	const struct kvk_watched_file *file, bool rest[static KVK_LIMIT_BLOCKS],
	struct kvk_vec *out);
/* Adds an entry for a certificate. The same errors; KVK_ERR_EXISTS where the name that was asked
 * for is taken. */
enum kvk_err kvk_record_new(struct kvk_record *record, const char *path,
	const struct kvk_watched *watched, struct kvk_vec *out);
/* Whether an entry that has the certificate has the path; and whether one has it as a further
 * place. The same errors. */
enum kvk_err kvk_record_is_entered(struct kvk_record *record, const char *path,
	const struct kvk_watched *watched, bool *entered);
enum kvk_err kvk_record_is_placed(struct kvk_record *record, const char *path,
	const struct kvk_watched *watched, bool *placed);
/* Adds the path to the places of the entry that has the certificate. KVK_ERR_NOT_FOUND where none
 * has, or it ends at another time there. Where the file of that entry is gone, the path takes its
 * place. */
enum kvk_err kvk_record_place(struct kvk_record *record, const char *path,
	const struct kvk_watched *watched, struct kvk_vec *out);
/* Takes the path out of the places of entries whose certificate is not in the file any more. */
enum kvk_err kvk_record_leave(
	struct kvk_record *record, const char *path, const struct kvk_watched_file *file);
/* Empties a list of struct kvk_recorded. */
void kvk_recorded_clear(struct kvk_vec *list);

#endif
