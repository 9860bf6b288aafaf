/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taking an entry out of the inventory. Nothing is deleted: a dossier moves to the archive of the
 * home, any other file stays where it is.
 */
#ifndef KVKCSR_APP_UNTRACK_H
#define KVKCSR_APP_UNTRACK_H

#include "app/store.h"

/* Whether a name is that of a folder that is tracked: it has a slash that no entry's name has. */
bool kvk_untrack_names_folder(const char *name);
/*
 * Takes out the entry of this name at a time, which the history keeps; for that of a folder
 * kvk_untrack_folder(). *archived (emptied first) is where its dossier went, and stays empty where
 * it had none. The errors of kvk_store_find(), KVK_ERR_CREATE where the dossier cannot be moved,
 * the errors of the inventory; each with why.
 */
enum kvk_err kvk_untrack(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_blob *archived, struct kvk_error *why);
/*
 * Forgets a tracked folder with all entries below it that are no dossiers; *below is how many.
 * KVK_ERR_USAGE for a folder that is not tracked or in which a file is being renewed, the errors of
 * the inventory; each with why.
 */
enum kvk_err kvk_untrack_folder(struct kvk_store *store, const char *name, kvk_time at,
	size_t *below, struct kvk_error *why);
/*
 * Gives the renewal of an entry up: next/ of its dossier moves to the archive of the home, where
 * *archived (emptied first) says; the entry stays as it is. KVK_ERR_USAGE where none is under way,
 * and the errors above; with why.
 */
enum kvk_err kvk_untrack_next(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_blob *archived, struct kvk_error *why);

#endif
