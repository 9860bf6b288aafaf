/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a certificate stops being of use: at the earliest end on its path, as far as the file holds
 * it. A trust anchor's own end does not count, nor do certificates outside the path.
 */
#ifndef KVKCSR_WATCH_ENDS_H
#define KVKCSR_WATCH_ENDS_H

#include "cert/contents.h"
#include "crypto/verify.h"
#include "inventory/inventory.h"

/* The search in one file: what it costs is bounded for all of its certificates together. Starts
 * all-zero. */
struct kvk_ends_search {
	struct kvk_verifier *verifier;
	/* Up to KVK_LIMIT_ISSUER_SIGNATURES and KVK_LIMIT_ISSUER_COMPARISONS. */
	unsigned checked, compared;
};

/*
 * Fills ends and ends_by. The path goes from issuer to issuer by name and signature; of several the
 * one that ends last counts. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_ends_find(struct kvk_ends_search *search, const struct kvk_contents *contents,
	const struct kvk_certificate *certificate, struct kvk_entry_certificate *out);
/* The CN of a CA, or else its whole name; not escaped. KVK_ERR_MEMORY. */
enum kvk_err kvk_ends_name(const struct kvk_certificate *ca, struct kvk_blob *out);
void kvk_ends_search_free(struct kvk_ends_search *search);

#endif
