/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walking a folder: every regular file below it, in the order of the names, without going deeper
 * or on for longer than the limits say. Links to folders are not followed. A link to a file counts
 * as a file unless it leads to one below the same folder, which is met anyway: what keeps
 * certificates in versions (live/ and archive/) shows the current ones through links.
 */
#ifndef KVKCSR_BASE_WALK_H
#define KVKCSR_BASE_WALK_H

#include "base/error.h"

/*
 * Calls visit with the path of each file and KVK_OK, with the path of each folder below that
 * cannot be read and KVK_ERR_OPEN (errno says why), and with that of each folder below
 * KVK_LIMIT_FOLDER_DEPTH levels and KVK_ERR_LIMIT, until it returns something else than KVK_OK;
 * that is returned. KVK_ERR_OPEN where the folder itself cannot be read, KVK_ERR_LIMIT above
 * KVK_LIMIT_FOLDER files, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_walk_folder(const char *path,
	enum kvk_err (*visit)(void *context, const char *path, enum kvk_err err), void *context);

#endif
