/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The path from the leaf of a delivery, what is wrong with it, and what is known of the revocation
 * of each of its certificates. Of several paths the best one is taken, revocation included, as
 * Java's builder would find it.
 */
#ifndef KVKCSR_GATHER_ROUTE_H
#define KVKCSR_GATHER_ROUTE_H

#include "gather/facts.h"
#include "gather/input.h"

/*
 * Fills path, other_path, report, strict, anchored and certs[].status and pending of *facts, whose
 * leaf and certificates are known. KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_route_find(const struct kvk_gather_input *input, struct kvk_facts *facts);

#endif
