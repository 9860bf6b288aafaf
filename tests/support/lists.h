/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room for the lists of a certificate that a test fills by hand. The reader gives each list as much
 * memory as it holds; here each may become as long as the reader allows.
 */
#ifndef KVKCSR_TESTS_SUPPORT_LISTS_H
#define KVKCSR_TESTS_SUPPORT_LISTS_H

#include "cert/certificate.h"

struct lists {
	struct kvk_attribute issuer[KVK_LIMIT_NAME_ATTRIBUTES];
	struct kvk_attribute subject[KVK_LIMIT_NAME_ATTRIBUTES];
	struct kvk_extension all[KVK_LIMIT_EXTENSIONS];
	struct kvk_span ekus[KVK_LIMIT_EKUS];
	struct kvk_general_name sans[KVK_LIMIT_SANS];
	struct kvk_policy policies[KVK_LIMIT_POLICIES];
	struct kvk_policy_mapping mappings[KVK_LIMIT_MAPPINGS];
	struct kvk_crl_point crl_points[KVK_LIMIT_POINTS];
	struct kvk_access aia[KVK_LIMIT_POINTS];
};

/* Has the lists of a certificate lie in this room, which outlives it; nothing is to be freed. */
void lists_use(struct lists *room, struct kvk_certificate *cert);

#endif
