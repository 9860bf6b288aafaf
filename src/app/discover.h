/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `check` finds beside the entries that there are: an end certificate that appeared in a
 * watched file or in a tracked folder, and further places of an entry that came to hold something
 * else. All of it becomes entries before they are assessed. Where a run is to remember nothing, or
 * nothing can be written, that happens in a copy of the inventory (kvk_store_detach()).
 */
#ifndef KVKCSR_APP_DISCOVER_H
#define KVKCSR_APP_DISCOVER_H

#include "app/store.h"
#include "base/time.h"
#include "inventory/finds.h"

struct kvk_discovery {
	/* Set before. Whether the run remembers, and its time. */
	bool remember;
	kvk_time now;
	/* Called for each tracked folder that cannot be looked through. */
	void (*unreadable)(const struct kvk_error *why);
	/* Called for each file of them in which a certificate is damaged. */
	void (*damaged)(const struct kvk_error *why);
	/* What became of it: KVK_OK, or why what was found could not be stored. */
	enum kvk_err stored;
	/* A tracked folder could not be looked through, or not all that is in it. */
	bool blind;
	/* What of it came first. */
	struct kvk_error first;
};

/* The errors of the inventory, with why. Until kvk_store_attach() a copy may stand in its place. */
enum kvk_err kvk_discover(
	struct kvk_store *store, struct kvk_discovery *discovery, struct kvk_error *why);

/* What the files of this unit share. */

/* What is noted of an entry and a path in the finds: number of the entry times KVK_NOTE_COUNT, and
 * this. */
enum kvk_note {
	/* A place holds a renewal of what the entry is about, and its own file does not. */
	KVK_NOTE_AHEAD,
	/* A place holds another certificate than its entry. */
	KVK_NOTE_PARTED,
	/* The file of the entry is gone, and this place still holds its certificate. */
	KVK_NOTE_MOVED,
	KVK_NOTE_COUNT
};

/* What is found is entered in rounds. */
enum kvk_discovery_round {
	/* Beside an entry, in its file; in a folder; a place of an entry that is known; in a
	 * folder, beside what a link leads to. */
	KVK_DISCOVERED_IN_FILE,
	KVK_DISCOVERED_IN_FOLDER,
	KVK_DISCOVERED_PLACE,
	KVK_DISCOVERED_BESIDE,
};

/* Enters what was found, in one transaction, in the inventory of the store or in a copy that takes
 * its place. The errors of the inventory. */
enum kvk_err kvk_discover_enter(
	struct kvk_store *store, struct kvk_finds *finds, struct kvk_discovery *discovery);

/* Notes that something cannot be looked through, and the first reason. */
void kvk_discovery_blind(struct kvk_discovery *discovery, const struct kvk_error *why);
/* Says that a folder cannot be looked through, which does not stop the search in the others. KVK_OK
 * then; other errors are returned. */
enum kvk_err kvk_discovery_pass(
	struct kvk_discovery *discovery, enum kvk_err err, const char *folder);

#endif
