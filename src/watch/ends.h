/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a certificate stops being of use: at the earliest end on its path, as far as the file holds
 * it. A trust anchor's own end does not count, nor do certificates outside the path.
 */
#ifndef KVKCSR_WATCH_ENDS_H
#define KVKCSR_WATCH_ENDS_H

#include "cert/contents.h"
#include "inventory/inventory.h"

/*
 * Fills ends and ends_by. The path goes from issuer to issuer by name and signature; of several the
 * one that ends last counts. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_ends_find(const struct kvk_contents *contents,
	const struct kvk_certificate *certificate, struct kvk_entry_certificate *out);

#endif
