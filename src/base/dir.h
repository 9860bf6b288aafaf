/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folders: made with the mode that is asked for, checked, and removed with all that is in them.
 * errno tells the cause after an error.
 */
#ifndef KVKCSR_BASE_DIR_H
#define KVKCSR_BASE_DIR_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

/*
 * Makes a folder and the missing ones above it with this mode. A folder that is there is left as it
 * is. KVK_ERR_OPEN, KVK_ERR_NOT_FOUND (a part of the path is no folder).
 */
enum kvk_err kvk_dir_make(const char *path, mode_t mode);
/*
 * Whether kvk_dir_make() may be expected to succeed, without making anything: the lowest part of
 * the path that is there is a folder that we may write to. The errors of kvk_dir_make().
 */
enum kvk_err kvk_dir_look(const char *path);
/*
 * Whether a folder is safe for keys: ours or root's and not writable by group or others.
 * KVK_ERR_UNSAFE, KVK_ERR_OPEN.
 */
enum kvk_err kvk_dir_check(const char *path);
/*
 * Removes a folder and all below it, at most KVK_LIMIT_FOLDER_DEPTH levels, without following
 * links. For scratch folders of our own. KVK_ERR_WRITE; ENOENT where there is none.
 */
enum kvk_err kvk_dir_remove(const char *path);

/*
 * Brings the names in a folder to the disk; a file system that cannot do so is passed over.
 * KVK_ERR_OPEN, KVK_ERR_WRITE.
 */
enum kvk_err kvk_dir_sync(const char *path);

/* Whether a folder holds nothing but entries of these names, not all of which need be there. False
 * also where it cannot be read. */
bool kvk_dir_holds_only(const char *path, const char *const *names, size_t count);

#endif
