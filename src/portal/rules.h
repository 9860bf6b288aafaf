/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of portal/rule.h: the rows of the table, in the portal's order. Each is beside its check
 * in one of the files rules_*.c.
 */
#ifndef KVKCSR_PORTAL_RULES_H
#define KVKCSR_PORTAL_RULES_H

#include "portal/rule.h"

extern const struct kvk_rule kvk_rule_algorithm_constrained;
extern const struct kvk_rule kvk_rule_revocation_undetermined;
extern const struct kvk_rule kvk_rule_unreadable;
extern const struct kvk_rule kvk_rule_oin_missing;
extern const struct kvk_rule kvk_rule_expired;
extern const struct kvk_rule kvk_rule_outside_validity;
extern const struct kvk_rule kvk_rule_key_usage;
extern const struct kvk_rule kvk_rule_name_constraints;
extern const struct kvk_rule kvk_rule_policy_constraints;
extern const struct kvk_rule kvk_rule_signature;
extern const struct kvk_rule kvk_rule_subject_name;
extern const struct kvk_rule kvk_rule_not_x509;
extern const struct kvk_rule kvk_rule_leaf_is_ca;
extern const struct kvk_rule kvk_rule_kvk_number_mismatch;
extern const struct kvk_rule kvk_rule_already_uploaded;
extern const struct kvk_rule kvk_rule_key_identifiers;
extern const struct kvk_rule kvk_rule_chaining;
extern const struct kvk_rule kvk_rule_no_certificate;
extern const struct kvk_rule kvk_rule_no_client_auth;
extern const struct kvk_rule kvk_rule_not_ev;
extern const struct kvk_rule kvk_rule_not_one_leaf;
extern const struct kvk_rule kvk_rule_no_trust_anchor;
extern const struct kvk_rule kvk_rule_not_ca;
extern const struct kvk_rule kvk_rule_not_yet_valid;
extern const struct kvk_rule kvk_rule_oin_unknown;
extern const struct kvk_rule kvk_rule_oin_inactive;
extern const struct kvk_rule kvk_rule_path_length;
extern const struct kvk_rule kvk_rule_revoked;
extern const struct kvk_rule kvk_rule_stray_root;
extern const struct kvk_rule kvk_rule_critical_extension;
extern const struct kvk_rule kvk_rule_wildcard;
extern const struct kvk_rule kvk_rule_try_later;
extern const struct kvk_rule kvk_rule_company_details;

#endif
