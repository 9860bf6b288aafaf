/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One case folder of the conformance program, read: case.json, chain.pem with the leaf first,
 * anchors.pem, and optionally crls.pem and ocsp.der. It validates nothing.
 */
#ifndef KVKCSR_TESTS_PATH_CASE_H
#define KVKCSR_TESTS_PATH_CASE_H

#include <jansson.h>

#include "gather/ocsps.h"
#include "trust/trust.h"

enum { CASE_POLICIES = 16 };

struct path_case {
	const char *folder;
	json_t *json;
	struct kvk_contents chain, crl_file;
	struct kvk_trust trust;
	struct kvk_crl crls[KVK_LIMIT_CRLS];
	struct kvk_crl_candidate crl_candidates[KVK_LIMIT_CRLS];
	size_t crl_count;
	struct kvk_ocsps ocsps;
	struct kvk_candidate candidates[KVK_LIMIT_EXTRA];
	size_t candidate_count;
	const struct kvk_certificate *leaf;
	struct kvk_path_input input;
	struct kvk_blob policy_octets[CASE_POLICIES];
	struct kvk_span policies[CASE_POLICIES];
	struct kvk_verifier *verifier;
	struct kvk_signatures signatures;
	bool java;
};

/* The member of case.json, or of one of its groups; NULL where there is none. */
json_t *case_at(const struct path_case *c, const char *group, const char *name);
/* Reads the folder that c names; c is all-zero but for folder and java. */
enum kvk_err case_read(struct path_case *c);
/* Frees all but c itself. */
void case_free(struct path_case *c);

#endif
