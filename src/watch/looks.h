/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking at watched files again, one entry after the other. The entries of one file are matched
 * with what it holds together, so that each is about a certificate of its own; a file is read and
 * matched once for all of its entries that come one after the other.
 */
#ifndef KVKCSR_WATCH_LOOKS_H
#define KVKCSR_WATCH_LOOKS_H

#include "watch/watched.h"

/* Start all-zero with the inventory set, free with kvk_looks_free(). */
struct kvk_looks {
	struct kvk_inventory *inventory;
	/* The file that was read last, and what is in it; path is empty where there is none. */
	struct kvk_blob path;
	struct kvk_watched_file file;
	/* struct kvk_look: its entries. */
	struct kvk_vec entries;
	/* Which of its end certificates no entry is about; where they are wanted is not known here.
	 */
	bool rest[KVK_LIMIT_BLOCKS];
	bool any_rest;
};

#define KVK_LOOKS_INIT(inventory_) \
	{ \
		.inventory = (inventory_), .file = KVK_WATCHED_FILE_INIT, \
		.entries = KVK_VEC_INIT(struct kvk_look, KVK_LIMIT_ENTRIES) \
	}

/* An entry of a file, and the number of its certificate in it or KVK_WATCHED_NONE. */
struct kvk_look {
	long long id;
	size_t match;
};

/*
 * What the file of an entry holds of it now, as kvk_watched_read() gives it, with its errors and
 * those of the inventory; KVK_ERR_PASSPHRASE where its passphrase file does not open it. Where the
 * file holds end certificates that no entry is about, its hash is left out (zeros), so that they
 * are looked at again. *read is whether the file had changed and is in looks; it may be NULL.
 */
enum kvk_err kvk_looks_read(struct kvk_looks *looks, const struct kvk_entry *entry,
	struct kvk_watched *out, bool *read);
void kvk_looks_free(struct kvk_looks *looks);

#endif
