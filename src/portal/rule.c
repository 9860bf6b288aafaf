/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/rule.h"

#include <string.h>

#include "portal/rules.h"

/* In the portal's order: rule n is rules[n - 1]. */
static const struct kvk_rule *const rules[KVK_RULE_COUNT] = {
	&kvk_rule_algorithm_constrained,
	&kvk_rule_revocation_undetermined,
	&kvk_rule_unreadable,
	&kvk_rule_oin_missing,
	&kvk_rule_expired,
	&kvk_rule_outside_validity,
	&kvk_rule_key_usage,
	&kvk_rule_name_constraints,
	&kvk_rule_policy_constraints,
	&kvk_rule_signature,
	&kvk_rule_subject_name,
	&kvk_rule_not_x509,
	&kvk_rule_leaf_is_ca,
	&kvk_rule_kvk_number_mismatch,
	&kvk_rule_already_uploaded,
	&kvk_rule_key_identifiers,
	&kvk_rule_chaining,
	&kvk_rule_no_certificate,
	&kvk_rule_no_client_auth,
	&kvk_rule_not_ev,
	&kvk_rule_not_one_leaf,
	&kvk_rule_no_trust_anchor,
	&kvk_rule_not_ca,
	&kvk_rule_not_yet_valid,
	&kvk_rule_oin_unknown,
	&kvk_rule_oin_inactive,
	&kvk_rule_path_length,
	&kvk_rule_revoked,
	&kvk_rule_stray_root,
	&kvk_rule_critical_extension,
	&kvk_rule_wildcard,
	&kvk_rule_try_later,
	&kvk_rule_company_details,
};

const struct kvk_rule *kvk_rule(unsigned number)
{
	return number >= 1 && number <= KVK_RULE_COUNT ? rules[number - 1] : NULL;
}

const struct kvk_rule *kvk_rule_by_id(const char *id)
{
	for (size_t i = 0; i < KVK_RULE_COUNT; i++)
		if (strcmp(rules[i]->id, id) == 0)
			return rules[i];
	return NULL;
}

const char *kvk_rule_hint(const struct kvk_finding *finding)
{
	return finding->hint != NULL ? finding->hint : finding->rule->hint;
}
