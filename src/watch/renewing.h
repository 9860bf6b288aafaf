/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A renewal that is under way, in next/ of a dossier: what its certificate in use then asks for.
 * Changes nothing.
 */
#ifndef KVKCSR_WATCH_RENEWING_H
#define KVKCSR_WATCH_RENEWING_H

#include "watch/view.h"

/*
 * Looks whether a renewal is under way in a dossier, and takes it into the view of its entry, which
 * was assessed: what is to be done next is then about the renewal. KVK_ERR_MEMORY, KVK_ERR_LIMIT,
 * the errors of the inventory.
 */
enum kvk_err kvk_renewing_look(
	struct kvk_inventory *inventory, const char *dossier, struct kvk_entry_view *view);

#endif
