/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tests ask of a practice TSP beyond what the program does: its keys and names, and CAs that
 * are made anew. A CA is made bad by taking its issue from kvk_practice_ca_issue()
 * (practice/tsp.h), changing it, and handing it to kvk_practice_ca_replace().
 */
#ifndef KVKCSR_TESTS_SUPPORT_TSP_H
#define KVKCSR_TESTS_SUPPORT_TSP_H

#include "practice/tsp.h"

/* The Name and the key of a CA; borrowed. */
struct kvk_span kvk_practice_name(const struct kvk_practice *tsp, enum kvk_practice_level level);
const struct kvk_key *kvk_practice_key(
	const struct kvk_practice *tsp, enum kvk_practice_level level);
/* The scheme with which a CA signs where nothing else is asked for. */
const struct kvk_signing *kvk_practice_signing(
	const struct kvk_practice *tsp, enum kvk_practice_level level);
/* kvk_practice_ca_make() by the CA above it (the root by itself). */
enum kvk_err kvk_practice_ca_replace(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_issue *issue);
/* The same by the CA's own key in its own name, as a root would be, whatever its level. */
enum kvk_err kvk_practice_ca_self_sign(
	struct kvk_practice *tsp, enum kvk_practice_level level, struct kvk_issue *issue);

#endif
