/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Large files without large memory: a file is mapped read-only, and what was read of it is handed
 * back to the system as the reading goes on. For files that are read as a stream, such as CRLs;
 * everything else is read by base/file.h. Map before threads start. What was handed back is read
 * again from the file where it is asked for again; so whoever relies on it asks afterwards whether
 * the file has changed. A file that another program cuts short meanwhile reads as zeros behind its
 * new end, and has changed; for that the first mapping takes over SIGBUS.
 */
#ifndef KVKCSR_BASE_MAP_H
#define KVKCSR_BASE_MAP_H

#include <stdbool.h>

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
/*
 * Whether the file behind these bytes was changed since it was mapped, as far as its size and times
 * tell, or could not be read; false for bytes that are not mapped.
 */
bool kvk_map_is_changed(struct kvk_span bytes);

#endif
