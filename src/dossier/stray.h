/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stray dossiers: folders that the inventory has no entry for. A run that was killed between making
 * the folder and storing the entry leaves one, and an inventory that was lost leaves all of them.
 * They are found here; nothing is changed.
 */
#ifndef KVKCSR_DOSSIER_STRAY_H
#define KVKCSR_DOSSIER_STRAY_H

#include "base/vec.h"
#include "inventory/inventory.h"

/* An array of names of dossiers, char[KVK_LIMIT_ENTRY_NAME + 1]. */
#define KVK_STRAY_NAMES_INIT KVK_VEC_INIT(char[KVK_LIMIT_ENTRY_NAME + 1], KVK_LIMIT_FOLDER)

struct kvk_strays {
	size_t count;
	/* The first of them by name; "" where there is none. */
	char name[KVK_LIMIT_ENTRY_NAME + 1];
};

/*
 * Looks through the folder of the dossiers; one that is not there has no strays. What was changed
 * in the minute before now may be in the making, and what has no name that an entry could have is
 * no dossier. KVK_ERR_OPEN, KVK_ERR_READ, KVK_ERR_LIMIT above KVK_LIMIT_FOLDER, the errors of
 * kvk_inventory_find().
 */
enum kvk_err kvk_strays_find(struct kvk_inventory *inventory, const char *dossiers, kvk_time now,
	struct kvk_strays *out);
/* The same with all names, in order, of whatever age: a folder that was copied here is to be found
 * at once. KVK_ERR_MEMORY too; the caller frees the array. */
enum kvk_err kvk_strays_list(
	struct kvk_inventory *inventory, const char *dossiers, struct kvk_vec *out);

#endif
