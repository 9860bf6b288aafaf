/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of validation: the state variables that RFC 5280 6.1.2 carries from certificate to
 * certificate. Only path/ includes this header.
 */
#ifndef KVKCSR_PATH_STATE_H
#define KVKCSR_PATH_STATE_H

#include "path/failure.h"
#include "path/path.h"

/* A policy of the graph of RFC 9618. */
struct kvk_policy_node {
	struct kvk_span policy;
	/* Its expected_policy_set are the mappings of its certificate, else the policy itself. */
	bool mapped;
	/* A chain of parents leads to a policy that the relying party accepts. */
	bool wanted;
};

/* The nodes of one certificate; none left: the graph is NULL. */
struct kvk_policy_level {
	size_t count;
	struct kvk_policy_node nodes[KVK_LIMIT_POLICY_NODES];
	/* Whose level it is; NULL for the level of the anchor. */
	const struct kvk_certificate *certificate;
};

/* explicit_policy, policy_mapping, inhibit_anyPolicy and valid_policy_graph. */
struct kvk_policy_state {
	size_t explicit_policy, inhibit_mapping, inhibit_any;
	struct kvk_policy_level level;
	/* A missing policy was reported; a level had no room. */
	bool reported, overflow;
};

/* The certificate under validation, and the state variables. */
struct kvk_path_state {
	const struct kvk_path *path;
	const struct kvk_path_input *input;
	struct kvk_path_report *report;

	/* Which certificate: its index in the path (0 is the leaf), and itself. */
	size_t at;
	const struct kvk_certificate *cert;
	bool self_issued;

	/* working_issuer_name; NULL where nobody issued the last certificate of the path. */
	const struct kvk_name *issuer_name;
	/* working_public_key with its parameters: the key, and the one above it to inherit from. */
	struct kvk_span issuer_spki, issuer_parent_spki;
	bool issuer_inherits;
	/* max_path_length. */
	size_t max_path_length;
	/* permitted_subtrees and excluded_subtrees: the certificates above that constrain names. */
	const struct kvk_certificate *constraining[KVK_LIMIT_DEPTH];
	size_t constraining_count;
	/* What comparing names has cost so far. */
	size_t comparisons;
	struct kvk_policy_state policies;
	/* Where failures go that the report has no room for. */
	struct kvk_path_failure spare;
};

/* Adds a failure of this certificate and returns it, to be filled in further; never NULL. */
struct kvk_path_failure *kvk_path_fail(
	struct kvk_path_state *state, enum kvk_reason reason, const char *field);
/* Whether the path is read as Java reads it. */
bool kvk_path_is_java(const struct kvk_path_state *state);

#endif
