/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of new entries: that of the certificate, else that of the file, with a number after it
 * where that is taken.
 */
#ifndef KVKCSR_APP_NAMING_H
#define KVKCSR_APP_NAMING_H

#include "inventory/inventory.h"

/* What helps with many entries of one name. Starts all-zero. */
struct kvk_naming {
	/* The name that last got a number, and the number: the next is most likely free. */
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	unsigned number;
};

/*
 * Adds an entry under a name, or under the name and the next number that is free; name is that of
 * the certificate, or "" for one after the file (entry->path). The errors of kvk_inventory_add().
 */
enum kvk_err kvk_naming_add(struct kvk_naming *naming, struct kvk_inventory *inventory,
	const char *name, struct kvk_entry *entry);

#endif
