/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which entry replaces which: the successor of an entry has the same holder (where there is no
 * number, the same name in the same file) and a later end, and is in use, which means that it was
 * uploaded (a dossier) or is tracked (a file). One that has expired or was revoked replaces
 * nothing: what it replaced is watched again.
 */
#ifndef KVKCSR_WATCH_SUCCESSORS_H
#define KVKCSR_WATCH_SUCCESSORS_H

#include "watch/view.h"

/* Entries that may replace others. Start with KVK_SUCCESSORS_INIT, free with
 * kvk_successors_free(). */
struct kvk_successors {
	/* struct kvk_successor. */
	struct kvk_vec list;
	bool sorted;
};

struct kvk_successor {
	/* The first octets of kvk_entry_view.holder. */
	uint8_t holder[16];
	kvk_time not_after, ends;
	/* Of the entry. */
	long long id;
};

#define KVK_SUCCESSORS_INIT \
	{ \
		.list = KVK_VEC_INIT(struct kvk_successor, KVK_LIMIT_ENTRIES) \
	}

/* Takes up an entry where it may replace others at the time of its view. KVK_ERR_MEMORY. */
enum kvk_err kvk_successors_add(
	struct kvk_successors *successors, const struct kvk_entry_view *view);
/* The one that replaces an entry, or NULL; call it when all were added. Borrows. */
const struct kvk_successor *kvk_successors_find(
	struct kvk_successors *successors, const struct kvk_entry_view *view);
void kvk_successors_free(struct kvk_successors *successors);

/* The same for two entries of one holder: whether one may replace others at a time, and whether it
 * replaces another that nobody asked to keep. */
bool kvk_entry_in_use(const struct kvk_entry *entry, kvk_time at);
bool kvk_entry_replaces(const struct kvk_entry *later, const struct kvk_entry *earlier);

#endif
