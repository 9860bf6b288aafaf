/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shapes that the certificates of a practice TSP can have; the program has the first alone.
 */
#ifndef KVKCSR_TESTS_SUPPORT_SHAPES_H
#define KVKCSR_TESTS_SUPPORT_SHAPES_H

#include "practice/profile.h"

/* Whose certificates they look like. */
enum kvk_practice_shape {
	/*
	 * PKIoverheid G4 Priv G-TLS SYS: RSASSA-PSS with SHA-512 throughout,
	 * organizationIdentifier.
	 */
	KVK_PRACTICE_G4,
	/* PKIoverheid Private Services G1: sha256WithRSAEncryption. */
	KVK_PRACTICE_G1,
	/* A public EV certificate: businessCategory, jurisdiction, the EV policy, 200 days. */
	KVK_PRACTICE_EV,
};

/* What they look like; static. For struct kvk_practice_options. */
const struct kvk_shape_profile *shape_profile(enum kvk_practice_shape shape);

#endif
