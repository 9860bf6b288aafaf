/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of validation: the state that RFC 5280 section 6.1 carries from certificate to
 * certificate, and one function per thing that it checks, each in a file of its own. Only path/
 * includes this header.
 */
#ifndef KVKCSR_PATH_STEP_H
#define KVKCSR_PATH_STEP_H

#include "path/path.h"

/* The least bits of an EC key that Java does not refuse (jdk.certpath.disabledAlgorithms). */
enum { KVK_JAVA_EC_BITS = 224 };

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

/* explicit_policy, policy_mapping, inhibit_anyPolicy and valid_policy_graph of 6.1.2. */
struct kvk_policy_state {
	size_t explicit_policy, inhibit_mapping, inhibit_any;
	struct kvk_policy_level level;
	/* A missing policy was reported; a level had no room. */
	bool reported, overflow;
};

/* One certificate under validation, and the state variables of 6.1.2. */
struct kvk_step {
	const struct kvk_path *path;
	const struct kvk_path_input *input;
	struct kvk_path_report *report;
	enum kvk_name_manner names;

	/* Which certificate: its index in the path (0 is the leaf), and itself. */
	size_t at;
	const struct kvk_certificate *certificate;
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
	/* Where faults go that the report has no room for. */
	struct kvk_path_failure spare;
};

/* Adds a fault of this certificate and returns it, to be filled in further; never NULL. */
struct kvk_path_failure *kvk_step_failure(
	struct kvk_step *step, enum kvk_reason reason, const char *field);

/* Signature algorithm and keys against what Java disables (only in Java's manner). */
enum kvk_err kvk_step_algorithm(struct kvk_step *step);
/* A key usage that is for nothing, which Java refuses in every certificate, a leaf too. */
void kvk_step_any_usage(struct kvk_step *step);
/* 6.1.4(n): keyCertSign of a CA. */
void kvk_step_usage(struct kvk_step *step);
/* 6.1.4(k), (l), (m): cA and path length. */
void kvk_step_basic(struct kvk_step *step);
/* 6.1.3(b), (c), 6.1.4(g): name constraints. */
enum kvk_err kvk_step_names(struct kvk_step *step);
/* 6.1.2: the state of policies before the first certificate. */
void kvk_policy_start(struct kvk_step *step);
/* 6.1.3(d) to (f), 6.1.4(a), (b), (h) to (j), 6.1.5(a), (b), (g): policies. */
void kvk_step_policy(struct kvk_step *step);
/* 6.1.3(a)(2): validity. */
void kvk_step_time(struct kvk_step *step);
/* That an anchor was reached; Java looks for one before anything else. */
enum kvk_err kvk_step_anchor(struct kvk_step *step);
/* 6.1.3(a)(4): issuer and subject names chain. */
enum kvk_err kvk_step_chaining(struct kvk_step *step);
/* 6.1.3(a)(1): the signature. */
enum kvk_err kvk_step_signature(struct kvk_step *step);
/* 6.1.4(o), 6.1.5(f): critical extensions that nobody processed. */
void kvk_step_extensions(struct kvk_step *step);

/* A text that becomes longer; it starts with text[0] = '\0' and used = 0. */
struct kvk_words {
	char *text;
	size_t size, used;
};

/* Adds an OID to a list of them; what does not fit whole is left out. */
void kvk_words_oid(struct kvk_words *words, struct kvk_span oid);
/* Words for faults, escaped, cut where they are too long. KVK_ERR_MEMORY. */
enum kvk_err kvk_words_name(char *out, size_t size, const struct kvk_name *name);
enum kvk_err kvk_words_general(char *out, size_t size, const struct kvk_general_name *name);

#endif
