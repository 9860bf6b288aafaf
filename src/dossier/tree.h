/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A folder and all that is below it, as a whole. Links are never followed, and the depth is bounded
 * (KVK_LIMIT_FOLDER_DEPTH).
 */
#ifndef KVKCSR_DOSSIER_TREE_H
#define KVKCSR_DOSSIER_TREE_H

#include "base/error.h"

/*
 * Makes a second folder with the same in it: folders with owner and mode, everything else as hard
 * links, or, where the file system has none, regular files as copies. Temporary files of this
 * program stay behind. to must not exist; after an error it is removed. KVK_ERR_OPEN, KVK_ERR_READ,
 * KVK_ERR_WRITE, KVK_ERR_LIMIT, KVK_ERR_MEMORY; why names the file.
 */
enum kvk_err kvk_tree_link(const char *from, const char *to, struct kvk_error *why);
/* Brings the names in all folders of it to the disk. KVK_ERR_OPEN, KVK_ERR_WRITE, KVK_ERR_LIMIT. */
enum kvk_err kvk_tree_sync(const char *path);

#endif
