/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A folder whose contents change in one step: the new contents are put together in a folder beside
 * it, NAME in .NAME.next, and the two change places. Whatever stops the program, NAME is the old
 * folder or the new one. Callers see to it that only one of them works on a folder at a time.
 *
 * Where the file system cannot exchange two names, they are moved one after the other; what a crash
 * leaves of that, .NAME.last and no NAME, kvk_exchange_recover() completes.
 */
#ifndef KVKCSR_DOSSIER_EXCHANGE_H
#define KVKCSR_DOSSIER_EXCHANGE_H

#include <stdbool.h>

#include "base/blob.h"

/*
 * Makes the folder beside, with the same owner and mode and everything that is in the old one: each
 * file as a hard link, or as a copy where the file system has none. Only temporary files of runs
 * that were killed stay behind. What an earlier run left beside is removed first. *beside (emptied
 * first) is its path. KVK_ERR_OPEN, KVK_ERR_READ, KVK_ERR_WRITE, KVK_ERR_LIMIT, KVK_ERR_MEMORY;
 * with why.
 */
enum kvk_err kvk_exchange_prepare(
	const char *folder, struct kvk_blob *beside, struct kvk_error *why);
/*
 * Brings the folder beside to the disk, and then exchanges the two. Again, it undoes that.
 * KVK_ERR_WRITE, KVK_ERR_OPEN, KVK_ERR_MEMORY; with why. Nothing was changed then.
 */
enum kvk_err kvk_exchange_swap(const char *folder, struct kvk_error *why);
/*
 * Completes what a crash left between two moves; without one it does nothing. *beside is whether
 * there is a folder beside, which is either unfinished or the old one.
 */
enum kvk_err kvk_exchange_recover(const char *folder, bool *beside);
/* The path of the folder beside, for a folder that is new: the caller makes it, and
 * kvk_exchange_place() gives it its name. KVK_ERR_MEMORY. */
enum kvk_err kvk_exchange_name(const char *folder, struct kvk_blob *beside);
/*
 * Gives the folder beside the name that is free; where another program did so, that is fine.
 * KVK_ERR_EXISTS, KVK_ERR_WRITE, KVK_ERR_MEMORY; with why.
 */
enum kvk_err kvk_exchange_place(const char *folder, struct kvk_error *why);
/*
 * Removes the folder beside; there may be none. One that holds a key is kept where the folder
 * itself is there and is no dossier: somebody else made it (KVK_ERR_EXISTS). KVK_ERR_WRITE,
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_exchange_drop(const char *folder);
/*
 * Whether a name is that of a folder beside; *name is then the name of the folder that it is beside
 * of. Borrows.
 */
bool kvk_exchange_is_beside(const char *entry, struct kvk_span *name);

#endif
