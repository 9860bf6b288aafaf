/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Home and inventory in one step, for the subcommands that work on entries.
 */
#ifndef KVKCSR_APP_STORE_H
#define KVKCSR_APP_STORE_H

#include "app/home.h"
#include "inventory/inventory.h"

/* Start all-zero, free with kvk_store_close(), also after an error. */
struct kvk_store {
	struct kvk_home home;
	struct kvk_inventory *inventory;
	/* The inventory itself, while a copy stands in its place; else NULL. */
	struct kvk_inventory *original;
};

/*
 * Opens the inventory of the home that --home (or NULL) names; with make, both are made where they
 * are missing. KVK_ERR_USAGE where nothing names a home, KVK_ERR_CREATE where it cannot be made,
 * KVK_ERR_UNSAFE, the errors of kvk_inventory_open(); each with why.
 */
enum kvk_err kvk_store_open(
	const char *home, bool make, struct kvk_store *out, struct kvk_error *why);
/*
 * The same for a run that makes nothing, but fails where one that does would fail: out->inventory
 * stays NULL where there is none yet.
 */
enum kvk_err kvk_store_look(const char *home, struct kvk_store *out, struct kvk_error *why);
/* Puts a copy in the place of the inventory, for what is not to be remembered or cannot be; where
 * one is there already it stays. The errors of kvk_inventory_copy(). */
enum kvk_err kvk_store_detach(struct kvk_store *store);
/* Puts the inventory back in its place, and forgets the copy. */
void kvk_store_attach(struct kvk_store *store);
/* Accepts an all-zero struct. */
void kvk_store_close(struct kvk_store *store);
/* Finds an entry by name. KVK_ERR_USAGE where there is none, the errors of the inventory; with why.
 */
enum kvk_err kvk_store_find(
	struct kvk_store *store, const char *name, struct kvk_entry *out, struct kvk_error *why);
/* Says in why what an error of the inventory means for the user; KVK_OK is none. Returns err. */
enum kvk_err kvk_store_error(enum kvk_err err, struct kvk_error *why);

#endif
