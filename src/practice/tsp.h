/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of a practice TSP. For src/practice alone.
 */
#ifndef KVKCSR_PRACTICE_TSP_H
#define KVKCSR_PRACTICE_TSP_H

#include "practice/profile.h"

/* A CA with its key. */
struct kvk_practice_ca {
	struct kvk_key *key;
	struct kvk_blob spki, name, certificate;
	uint8_t key_id[20];
	enum kvk_signing signing;
};

struct kvk_practice {
	const struct kvk_shape_profile *profile;
	kvk_time now;
	struct kvk_blob seed;
	/* How many serial numbers and CRL numbers were given out. */
	uint64_t serials, crls;
	struct kvk_practice_ca ca[KVK_PRACTICE_LEVELS];
};

#endif
