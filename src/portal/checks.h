/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The check functions of the rule table, one a rule, and what they share. Each looks at the facts
 * and fills a finding that says "pass" when it comes in. For the table and its tests only: everyone
 * else asks portal/verdict.h.
 */
#ifndef KVKCSR_PORTAL_CHECKS_H
#define KVKCSR_PORTAL_CHECKS_H

#include "base/format.h"
#include "portal/rule.h"

/* Parts of the table, in order: rules 1 to 11, 12 to 22, 23 to 33. */
extern const struct kvk_rule kvk_rules_first[11];
extern const struct kvk_rule kvk_rules_second[11];
extern const struct kvk_rule kvk_rules_third[11];

#define KVK_CHECK(name) \
	void kvk_check_##name(const struct kvk_facts *facts, struct kvk_finding *out)

/* What is in the file. */
KVK_CHECK(readable);
KVK_CHECK(x509);
KVK_CHECK(any_certificate);
KVK_CHECK(leaf_is_no_ca);
KVK_CHECK(one_leaf);
/* The path, as Java's validator sees it. */
KVK_CHECK(algorithms);
KVK_CHECK(expired);
KVK_CHECK(not_yet_valid);
KVK_CHECK(key_usage);
KVK_CHECK(names);
KVK_CHECK(policies);
KVK_CHECK(signatures);
KVK_CHECK(chaining);
KVK_CHECK(anchor);
KVK_CHECK(issuers_are_cas);
KVK_CHECK(path_length);
KVK_CHECK(critical_extensions);
KVK_CHECK(revocation_known);
KVK_CHECK(revoked);
/* The portal's own look at the leaf. */
KVK_CHECK(validity_period);
KVK_CHECK(stray_root);
KVK_CHECK(subject_number);
KVK_CHECK(subject_name);
KVK_CHECK(key_identifiers);
KVK_CHECK(client_authentication);
KVK_CHECK(ev);
KVK_CHECK(wildcard);
/* The account, and the services behind the portal. */
KVK_CHECK(kvk_number);
KVK_CHECK(uploaded_before);
KVK_CHECK(oin_known);
KVK_CHECK(oin_active);
KVK_CHECK(services);
KVK_CHECK(company);

struct kvk_identity;

/* Whether the subject's number is one that message 4 asks for; 14 compares only such. */
bool kvk_number_serves(const struct kvk_facts *facts, const struct kvk_identity *number);
/* Tells the number and what it is as what was found; out of memory goes into err. */
void kvk_found_number(const struct kvk_identity *number, struct kvk_finding *out);

/* Whether the leaf itself is among the earlier uploads. */
bool kvk_was_uploaded(const struct kvk_facts *facts);

/* Makes a finding a failure, at a step of the path or KVK_WHERE_FILE. */
void kvk_fail(struct kvk_finding *out, int where, enum kvk_reason reason);
/* Makes it unknown, or skipped, for a reason with this id (static). */
void kvk_unknown(struct kvk_finding *out, const char *why);
void kvk_skip(struct kvk_finding *out, const char *why);
#define KVK_FOUND(out, ...) kvk_format((out)->found, sizeof((out)->found), __VA_ARGS__)
#define KVK_WANTED(out, ...) kvk_format((out)->wanted, sizeof((out)->wanted), __VA_ARGS__)

#endif
