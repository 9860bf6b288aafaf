/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths as text: put together, made absolute, taken apart. What a function returns as a path it
 * puts into *out, which is emptied first.
 */
#ifndef KVKCSR_BASE_PATH_H
#define KVKCSR_BASE_PATH_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/error.h"

/* Whether anything (also a dangling link) has this name. */
bool kvk_path_exists(const char *path);
/* Whether a path is a folder (a link to one counts). */
bool kvk_path_is_folder(const char *path);
/* Whether two paths lead to the same file or folder. */
bool kvk_path_is_same(const char *one, const char *other);
/*
 * Renames to a name that must be free. Some file systems cannot promise that: then it is looked at
 * before. KVK_ERR_EXISTS, KVK_ERR_WRITE.
 */
enum kvk_err kvk_path_move_new(const char *from, const char *to);
/*
 * Joins folder and name with one slash; an empty folder is the working folder. KVK_ERR_LIMIT above
 * KVK_LIMIT_PATH, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_path_join(struct kvk_blob *out, const char *folder, const char *name);
/* A path without the slashes at its end, of which the root keeps one. Borrows. */
struct kvk_span kvk_path_trim(struct kvk_span path);
/* The folder of a path as text: "." where it names none, "/" for the root itself. Borrows. */
struct kvk_span kvk_path_parent(struct kvk_span path);
/*
 * A path that means the same from every working folder; one that is absolute stays as it is.
 * KVK_ERR_NOT_FOUND where the working folder is gone, KVK_ERR_LIMIT, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_path_absolute(struct kvk_blob *out, const char *path);
/*
 * The absolute path of a file, without empty parts, "." and "..". Links stay as they are, save in
 * the folder of a path that has "..", because there it matters where they lead. KVK_ERR_OPEN where
 * such a folder cannot be found, else the errors of kvk_path_absolute().
 */
enum kvk_err kvk_path_plain(struct kvk_blob *out, const char *path);
/*
 * The absolute path, without links, of what may not exist yet: its longest part that exists, and
 * the rest as it is. KVK_ERR_ARGUMENT where it is empty or too long, KVK_ERR_NOT_FOUND where
 * nothing of it exists, KVK_ERR_LIMIT, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_path_resolve(struct kvk_blob *out, const char *path);

#endif
