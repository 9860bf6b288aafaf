/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Completing what a run left that was killed while it put a delivery in force: the dossier holds
 * the new files then, and the inventory has to learn of them.
 */
#ifndef KVKCSR_APP_COMPLETE_H
#define KVKCSR_APP_COMPLETE_H

#include "app/store.h"
#include "dossier/delivery.h"
#include "inventory/events.h"

/*
 * Brings an entry up to date with the delivery that is in force in its dossier; it is not stored.
 * KVK_ERR_LIMIT where the path is too long, the errors of kvk_watched_read(); with why.
 */
enum kvk_err kvk_delivery_enter(const char *folder, const struct kvk_delivery_note *note,
	struct kvk_entry *entry, struct kvk_error *why);
/* What happened where a delivery came to this stage, of a dossier or of its renewal. */
enum kvk_happening kvk_delivery_happening(enum kvk_entry_stage stage, bool renewal);
/*
 * Makes the entry of a tracked file that of the dossier of its name, when a renewal takes its
 * place; the file stays an entry of its own, under another name. Nothing happens to a dossier. The
 * errors of the inventory.
 */
enum kvk_err kvk_complete_part(struct kvk_inventory *inventory, struct kvk_entry *entry);
/* Completes a dossier; there may be nothing to complete. The errors of files and of the inventory,
 * with why. */
enum kvk_err kvk_complete_delivery(
	struct kvk_store *store, const char *name, struct kvk_error *why);
/*
 * Completes all dossiers beside which something was left. What cannot be completed now, because the
 * disk is full or read-only or another program is at work, is left for the next time.
 */
void kvk_complete_deliveries(struct kvk_store *store);

#endif
