/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room for the lists of a certificate that a test fills by hand. The reader gives each list as much
 * memory as it holds; here each may become rather long.
 */
#ifndef KVKCSR_TESTS_SUPPORT_LISTS_H
#define KVKCSR_TESTS_SUPPORT_LISTS_H

#include "cert/certificate.h"

/* How long; the reader's own limits are beyond what a test needs. */
enum {
	LISTS_ATTRIBUTES = 32,
	LISTS_EXTENSIONS = 48,
	LISTS_EKUS = 32,
	LISTS_SANS = 128,
	LISTS_POLICIES = 64,
	LISTS_SUBTREES = 256,
};

struct lists {
	struct kvk_attribute issuer[LISTS_ATTRIBUTES];
	struct kvk_attribute subject[LISTS_ATTRIBUTES];
	struct kvk_extension all[LISTS_EXTENSIONS];
	struct kvk_span ekus[LISTS_EKUS];
	struct kvk_general_name sans[LISTS_SANS];
	struct kvk_policy policies[LISTS_POLICIES];
	struct kvk_policy_mapping mappings[KVK_LIMIT_MAPPINGS];
	struct kvk_crl_point crl_points[KVK_LIMIT_POINTS];
	struct kvk_access aia[KVK_LIMIT_POINTS];
};

/* Has the lists of a certificate lie in this room, which outlives it; nothing is to be freed. */
void lists_use(struct lists *room, struct kvk_certificate *cert);

#endif
