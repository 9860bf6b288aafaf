/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The archive: what no longer counts is moved there under a name of its own, NAME, or
 * NAME-2 and so on where that is taken. Nothing in it is ever written over or removed.
 */
#ifndef KVKCSR_DOSSIER_ARCHIVE_H
#define KVKCSR_DOSSIER_ARCHIVE_H

#include "base/blob.h"

/*
 * Moves a folder into the archive, which is made (0700) where it is missing; *to (emptied first)
 * says where, also after an error that came later. KVK_ERR_OPEN, KVK_ERR_WRITE, KVK_ERR_LIMIT,
 * KVK_ERR_EXISTS where all names are taken, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_archive_move(
	const char *folder, const char *archive, const char *name, struct kvk_blob *to);
/*
 * Moves files of a folder into a folder of the archive; those that are not there are passed over. A
 * folder that holds the same already, or a part of it, is used again. KVK_ERR_READ, and the same
 * errors.
 */
enum kvk_err kvk_archive_put(const char *folder, const char *const *files, size_t count,
	const char *archive, const char *name);

#endif
