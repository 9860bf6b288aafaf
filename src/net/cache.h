/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was fetched, kept in a folder for later runs: the octets as they came, with the validators
 * to ask again and the time. A file for each address (and body, where one was sent), replaced as a
 * whole, so that several runs can use a folder at once. Nothing in it is believed: the octets are
 * checked at each use as if they had just been fetched, and a file that was changed is a miss.
 */
#ifndef KVKCSR_NET_CACHE_H
#define KVKCSR_NET_CACHE_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/time.h"

/* What was kept. An all-zero struct is nothing; free with kvk_net_cached_free(). */
struct kvk_net_cached {
	/* Borrowed for kvk_net_cache_put(); of kvk_net_cache_get() they point into file. */
	struct kvk_span octets;
	/* NULL: the server gave none. */
	const char *etag, *last_modified;
	/* When they were fetched, or the server last said that they had not changed. */
	kvk_time fetched;
	struct kvk_blob file;
};

/*
 * Finds what an address gave; body is what was sent there, empty for GET. KVK_ERR_NOT_FOUND for
 * everything that is not a whole entry of this address from the time up to now; KVK_ERR_MEMORY,
 * KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_net_cache_get(const char *folder, const char *url, struct kvk_span body,
	kvk_time now, struct kvk_net_cached *out);
/*
 * Keeps what an address gave, in place of what was kept before; makes the folder where it is
 * missing. A validator that cannot be sent is left out. KVK_ERR_ARGUMENT for an address with
 * control characters, KVK_ERR_LIMIT above KVK_LIMIT_CACHE_ENTRY octets, and the errors of
 * kvk_dir_make() and kvk_file_replace_with().
 */
enum kvk_err kvk_net_cache_put(const char *folder, const char *url, struct kvk_span body,
	const struct kvk_net_cached *entry);
/*
 * Removes the oldest entries until the rest has at most max octets (each counts as whole blocks of
 * 4 KiB), and what a run that was killed left behind more than an hour ago. Other files are left
 * alone; what cannot be removed stays. KVK_ERR_OPEN, KVK_ERR_MEMORY; a missing folder is fine.
 */
enum kvk_err kvk_net_cache_trim(const char *folder, uint64_t max, kvk_time now);
/* Whether nothing is kept; not where the folder cannot be read. */
bool kvk_net_cache_is_empty(const char *folder);
/* Accepts NULL. */
void kvk_net_cached_free(struct kvk_net_cached *cached);

#endif
