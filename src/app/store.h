/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Home and inventory in one step, for the subcommands that work on entries. Tells what is wrong on
 * stderr.
 */
#ifndef KVKCSR_APP_STORE_H
#define KVKCSR_APP_STORE_H

#include "app/home.h"
#include "inventory/inventory.h"

/* Free with kvk_store_close(), also after an error. */
struct kvk_store {
	struct kvk_home home;
	struct kvk_inventory *inventory;
};

/*
 * Opens the inventory of the home that --home (or NULL) names; with make, both are made where they
 * are missing. Returns KVK_GO_ON, or the exit code to leave with.
 */
enum kvk_exit kvk_store_open(const char *home, bool make, struct kvk_store *out);
/*
 * The same for a run that makes nothing, but tells where one that does could not: out->inventory
 * stays NULL where there is none yet.
 */
enum kvk_exit kvk_store_look(const char *home, struct kvk_store *out);
void kvk_store_close(struct kvk_store *store);
/* Finds an entry by name and tells where there is none. KVK_GO_ON, or the exit code. */
enum kvk_exit kvk_store_find(struct kvk_store *store, const char *name, struct kvk_entry *out);
/* Tells an error of the inventory and returns its exit code. */
enum kvk_exit kvk_store_error(enum kvk_err err);

#endif
