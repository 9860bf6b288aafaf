/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Large files without large memory: a file is mapped read-only, and what was read of it is handed
 * back to the system as the reading goes on. For files that are read as a stream, such as CRLs;
 * everything else is read by base/file.h. Map before threads start; a file that another program
 * cuts short meanwhile ends this one (SIGBUS), so nothing that matters is being written then.
 */
#ifndef KVKCSR_BASE_MAP_H
#define KVKCSR_BASE_MAP_H

#include "base/blob.h"

/* Bytes after which a reader calls kvk_map_done(). */
#define KVK_MAP_STEP (1024u * 1024u)

/*
 * Maps a regular file of at most max bytes; an empty one gives an empty span. The errors of
 * kvk_file_read(); KVK_ERR_LIMIT also above KVK_LIMIT_CRLS mappings at a time. Free with
 * kvk_map_free().
 */
enum kvk_err kvk_map_file(const char *path, size_t max, struct kvk_span *out);
/* Ends a mapping. */
void kvk_map_free(struct kvk_span mapped);
/*
 * Says that these bytes were read and need not stay in memory; they can still be read again. Bytes
 * that are not mapped are left alone.
 */
void kvk_map_done(struct kvk_span bytes);

#endif
