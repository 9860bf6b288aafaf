/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of policies share: a path Root, Intermediate, Tsp, Leaf of structs, and policies
 * by number.
 */
#ifndef KVKCSR_TESTS_PATH_POLICIES_H
#define KVKCSR_TESTS_PATH_POLICIES_H

#include "tests/path/fake.h"

enum { ANY = -1, P1 = 0, P2 = 1, P3 = 2 };

struct policy_path {
	struct fake f;
	struct kvk_certificate *leaf, *tsp, *intermediate;
	struct kvk_path_report report;
};

extern struct policy_path pp;

int policies_set_up(void **state);
int policies_tear_down(void **state);
/* The OID of a policy: 1.2.1, 1.2.2, 1.2.3, or any-policy. */
struct kvk_span policy(int p);
/* Gives a certificate a policy, or a mapping. */
void give(struct kvk_certificate *c, int p);
void map(struct kvk_certificate *c, int from, int to);
/*
 * Validates the leaf with these initial inputs into pp.report; wanted below ANY means any-policy.
 */
void validate_with(enum kvk_manner manner, int wanted, bool explicit_policy, bool inhibit_mapping,
	bool inhibit_any);

#endif
