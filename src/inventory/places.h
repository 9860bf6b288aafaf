/* SPDX-License-Identifier: Apache-2.0 */
/* The further places of an entry. */
#ifndef KVKCSR_INVENTORY_PLACES_H
#define KVKCSR_INVENTORY_PLACES_H

#include "inventory/inventory.h"

/*
 * Further files that hold the certificate of an entry; its path is the first one. The same again is
 * KVK_OK. They go with the entry.
 */
enum kvk_err kvk_inventory_add_place(
	struct kvk_inventory *inventory, long long entry, const char *path);
/* KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_inventory_remove_place(
	struct kvk_inventory *inventory, long long entry, const char *path);
/* The first entry with places whose id is at least from; LLONG_MAX where there is none. */
enum kvk_err kvk_inventory_first_with_places(
	struct kvk_inventory *inventory, long long from, long long *entry);
/* The first place of an entry whose path is above after, which is "" at first, into *out (emptied
 * first). KVK_ERR_NOT_FOUND where there is none any more. */
enum kvk_err kvk_inventory_next_place(
	struct kvk_inventory *inventory, long long entry, const char *after, struct kvk_blob *out);
/* Calls visit for each place of an entry, as kvk_inventory_each() does; it may remove the place. */
enum kvk_err kvk_inventory_each_place(struct kvk_inventory *inventory, long long entry,
	enum kvk_err (*visit)(void *context, const char *path), void *context);
/* The entries that have a place at a path, as kvk_inventory_next_at() gives those of the path. */
enum kvk_err kvk_inventory_next_placed(
	struct kvk_inventory *inventory, const char *path, long long after, struct kvk_entry *out);

#endif
