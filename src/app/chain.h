/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Completing a delivery that lacks CA certificates, with those that are known by fingerprint
 * (trust/cas.h): from the cache, or fetched from the one address that the list gives. What has
 * another fingerprint is not taken. Nothing becomes trusted.
 */
#ifndef KVKCSR_APP_CHAIN_H
#define KVKCSR_APP_CHAIN_H

#include "app/incoming.h"
#include "app/online.h"

/*
 * Adds what the path of leaf lacks to incoming, as far as it is known and can be had; not_had says
 * why the next one could not, "" where none is lacking. Nothing is added where online is NULL. The
 * evaluator outlives incoming. The errors of kvk_online_get() and of kvk_evaluate_bytes(), with
 * why.
 */
enum kvk_err kvk_chain_complete(struct kvk_incoming *incoming, const struct kvk_certificate *leaf,
	struct kvk_evaluator *evaluator, struct kvk_online *online, struct kvk_error *not_had,
	struct kvk_error *why);
/* Says of the certificates of a path that were added so that they were fetched. */
void kvk_chain_mark_fetched(const struct kvk_incoming *incoming, struct kvk_path *path);

#endif
