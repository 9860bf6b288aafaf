/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of practice/practice.h, for src/practice and tests/support alone: the inside of a
 * simulated TSP, and how its CAs are made.
 */
#ifndef KVKCSR_PRACTICE_TSP_H
#define KVKCSR_PRACTICE_TSP_H

#include "practice/profile.h"

/* A CA with its key. */
struct kvk_practice_ca {
	struct kvk_key *key;
	struct kvk_blob spki, name, certificate;
	uint8_t key_id[20];
	const struct kvk_signing *signing;
};

struct kvk_practice {
	const struct kvk_shape_profile *profile;
	kvk_time now;
	struct kvk_blob seed;
	/* How many serial numbers and CRL numbers were given out. */
	uint64_t serials, crls;
	struct kvk_practice_ca ca[KVK_PRACTICE_LEVELS];
};

/* What a CA's certificate is made from. Free the issue. KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_practice_ca_issue(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_issue *issue);
/*
 * Makes a CA's certificate anew from an issue, with the same key, signed by the CA of another level
 * or by itself. Its name is from then on what the issue says; what it signed before stays as it
 * was. As kvk_practice_sign().
 */
enum kvk_err kvk_practice_ca_make(struct kvk_practice *tsp, enum kvk_practice_level level,
	enum kvk_practice_level signer, struct kvk_issue *issue);
/* The CA above: of the root, the root. */
enum kvk_practice_level kvk_practice_level_above(enum kvk_practice_level level);

#endif
