/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding the entries that fall silent when one of the same holder comes into use
 * (watch/successors.h), and remembering that they were named.
 */
#ifndef KVKCSR_APP_SILENCED_H
#define KVKCSR_APP_SILENCED_H

#include "inventory/inventory.h"
#include "report/silenced.h"

/*
 * Adds to a list (report/silenced.h) the entries that this one, which came into use just now and is
 * stored, replaces from now on, or itself where another replaces it already. Those that were
 * replaced before are not among them. With again it was in use before: only those are added that
 * nobody was notified of, because a run was stopped. To be called in the transaction that stores
 * the entry. KVK_ERR_MEMORY, the errors of the inventory.
 */
enum kvk_err kvk_silenced_find(struct kvk_inventory *inventory, const struct kvk_entry *entry,
	bool again, kvk_time now, struct kvk_vec *out);
/*
 * Remembers that they were named, so that `check` does not name them again. The errors of the
 * inventory: they are named again, then, which does no harm.
 */
enum kvk_err kvk_silenced_named(
	struct kvk_inventory *inventory, const struct kvk_vec *silenced, kvk_time now);

#endif
