/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was uploaded to the portal before, as the inventory has it: for the rule that the same
 * certificate is refused a second time.
 */
#ifndef KVKCSR_APP_HISTORY_H
#define KVKCSR_APP_HISTORY_H

#include "app/home.h"
#include "base/vec.h"
#include "gather/case.h"
#include "inventory/inventory.h"

/* Start with KVK_HISTORY_INIT, free with kvk_history_free(). */
struct kvk_history {
	/* There is an inventory that could be asked. */
	bool known;
	/* uint8_t[KVK_SHA256_SIZE]: fingerprints of certificates. */
	struct kvk_vec uploads;
};

#define KVK_HISTORY_INIT \
	{ \
		.uploads = KVK_VEC_INIT(uint8_t[KVK_SHA256_SIZE], KVK_LIMIT_KNOWN_UPLOADS) \
	}

/* Reads the uploads of an inventory. KVK_ERR_LIMIT above KVK_LIMIT_KNOWN_UPLOADS, KVK_ERR_MEMORY,
 * the errors of the inventory. */
enum kvk_err kvk_history_read(struct kvk_inventory *inventory, struct kvk_history *out);
/*
 * The same from the inventory of a home, which may be all-zero; one without an inventory has no
 * history. The errors of kvk_inventory_open() too, with why.
 */
enum kvk_err kvk_history_of_home(
	const struct kvk_home *home, struct kvk_history *out, struct kvk_error *why);
/* Leaves the uploads of one certificate out: it is evaluated once more itself. */
void kvk_history_forget(struct kvk_history *history, const uint8_t sha256[static KVK_SHA256_SIZE]);
/* Fills the history of a case, which borrows. */
void kvk_history_apply(const struct kvk_history *history, struct kvk_case *asked);
void kvk_history_free(struct kvk_history *history);

#endif
