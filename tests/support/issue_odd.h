/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates that no TSP makes: what a test wants in a struct kvk_issue besides what the practice
 * TSP of the program has in it, and from that every bad certificate that a rule must catch.
 */
#ifndef KVKCSR_TESTS_SUPPORT_ISSUE_ODD_H
#define KVKCSR_TESTS_SUPPORT_ISSUE_ODD_H

#include "practice/issue.h"

/* What is wrong with the signature itself. */
enum kvk_damage {
	KVK_DAMAGE_NONE,
	/* One bit of the signature is wrong. */
	KVK_DAMAGE_BIT,
	/* The signature is all zero. */
	KVK_DAMAGE_ZERO,
	/* The last octet of the signature is missing. */
	KVK_DAMAGE_SHORT,
};

/* What is odd about an issue. */
struct issue_odd {
	/*
	 * 1 to 4, as people count; 3 is usual. Version 1 is written as DER wants it, without a
	 * field.
	 */
	unsigned version;
	/* The issuer's Name, whole; empty: the name of the CA that signs. */
	struct kvk_blob issuer;
	/* Both times as GeneralizedTime, whatever the year. */
	bool generalized_time;
	/*
	 * AlgorithmIdentifiers that it claims, whole; empty: the true one. inner stands in the
	 * signed part.
	 */
	struct kvk_blob algorithm, inner_algorithm;
	enum kvk_damage damage;
};

/*
 * What is odd about an issue, to be changed; it belongs to the issue. Ends the program where there
 * is no memory.
 */
struct issue_odd *issue_odd(struct kvk_issue *issue);
/* Damages a signature. */
void issue_damage(struct kvk_blob *signature, enum kvk_damage damage);

/*
 * Gives all attributes of this type another string type; BMPString values are converted from
 * UTF-8.
 */
void kvk_issue_name_tag(struct kvk_issue *issue, enum kvk_oid oid, unsigned tag);
/* Sets the serial number: content octets as they are. */
void kvk_issue_serial(struct kvk_issue *issue, struct kvk_span octets);
/*
 * Claims another scheme than it is signed with, in both places, or (inner_only) in the signed
 * part.
 */
void kvk_issue_claim(struct kvk_issue *issue, const struct kvk_signing *signing, bool inner_only);
/* Claims any AlgorithmIdentifier, in both places. */
void kvk_issue_claim_raw(struct kvk_issue *issue, struct kvk_span algorithm);

/* Appends an extension, also where it is there already. */
void kvk_issue_extension_add(
	struct kvk_issue *issue, const char *dotted, bool critical, struct kvk_span value);
/* Removes all extensions, as a version 1 certificate wants it. */
void kvk_issue_drop_all(struct kvk_issue *issue);
/* Changes only the criticality. KVK_ERR_NOT_FOUND is kept where it is not there. */
void kvk_issue_critical(struct kvk_issue *issue, enum kvk_oid oid, bool critical);

/*
 * More extensions by name; critical are nameConstraints, policyConstraints and inhibitAnyPolicy.
 * Lists end with NULL.
 */

/* One policy with the address of a CPS. */
void kvk_issue_policy_cps(struct kvk_issue *issue, const char *policy, const char *url);
/* Pairs: issuer domain, subject domain, ..., NULL. */
void kvk_issue_policy_mappings(struct kvk_issue *issue, const char *const *pairs);
/* Below 0: that member is left out. */
void kvk_issue_policy_constraints(
	struct kvk_issue *issue, int require_explicit, int inhibit_mapping);
void kvk_issue_inhibit_any_policy(struct kvk_issue *issue, unsigned skip);
/* Permitted and excluded dNSName subtrees; NULL: none. */
void kvk_issue_name_constraints(
	struct kvk_issue *issue, const char *const *permitted, const char *const *excluded);
/* The subject key identifier of these octets. */
void kvk_issue_ski_raw(struct kvk_issue *issue, struct kvk_span id);

#endif
