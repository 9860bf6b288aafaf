/* SPDX-License-Identifier: Apache-2.0 */
/* Part of lint/lint.h: what is in constraints, policies and distribution points (4.2.1). */
#include "config.h"

#include "base/format.h"
#include "lint/rows.h"

/* Characters of the text that is shown to a user (4.2.1.4). */
#define EXPLICIT_TEXT_MAX 200

static bool idle_path_length(const struct kvk_certificate *cert)
{
	return cert->ext.idle_path_length;
}

static bool path_length_of_no_signer(const struct kvk_certificate *cert)
{
	const struct kvk_extensions *ext = &cert->ext;

	return ext->has_path_length && ext->has_key_usage &&
		!(ext->key_usage & KVK_KU_KEY_CERT_SIGN);
}

static bool is_fit_for_constraint(const struct kvk_subtree *subtree)
{
	switch (subtree->base.kind) {
	case KVK_GENERAL_X400:
	case KVK_GENERAL_EDI:
	case KVK_GENERAL_REGISTERED_ID:
		return false;
	case KVK_GENERAL_IP:
		/* an address and its mask */
		return subtree->base.value.n == 8 || subtree->base.value.n == 32;
	default:
		return !subtree->has_minimum_or_maximum;
	}
}

static bool has_unfit_subtree(struct kvk_span list)
{
	struct kvk_der_log log = { 0 };
	struct kvk_subtree subtree;
	struct kvk_der der;

	kvk_der_start(&der, list, true, &log);
	while (!kvk_der_at_end(&der)) {
		if (kvk_general_subtree_read(&der, &subtree) != KVK_OK)
			return false;
		if (!is_fit_for_constraint(&subtree) || subtree.has_minimum_or_maximum)
			return true;
	}
	return false;
}

static bool constraint(const struct kvk_certificate *cert)
{
	return cert->ext.has_name_constraints &&
		(has_unfit_subtree(cert->ext.permitted) || has_unfit_subtree(cert->ext.excluded));
}

static bool policy_twice(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	const struct kvk_extensions *ext = &cert->ext;
	char oid[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < ext->policy_count; i++)
		for (size_t j = 0; j < i; j++)
			if (kvk_span_equal(ext->policies[i].oid, ext->policies[j].oid)) {
				kvk_format(detail, KVK_LINT_DETAIL, "%s",
					kvk_oid_text(ext->policies[i].oid, oid));
				return true;
			}
	return false;
}

/* noticeRef is passed over; explicitText has a type and a length. */
static bool is_notice(struct kvk_der *one)
{
	struct kvk_der_value value;
	struct kvk_der notice;

	if (kvk_der_enter(one, KVK_DER_SEQUENCE, &notice) != KVK_OK)
		return false;
	if (kvk_der_peek(&notice) == KVK_DER_SEQUENCE && kvk_der_any(&notice, &value) != KVK_OK)
		return false;
	if (kvk_der_at_end(&notice))
		return true;
	if (kvk_der_any(&notice, &value) != KVK_OK || value.tag == KVK_DER_IA5_STRING)
		return false;
	if (value.tag == KVK_DER_UTF8_STRING) {
		size_t n = 0;

		for (size_t i = 0; i < value.content.n; i++)
			n += (value.content.p[i] & 0xc0) != 0x80;
		return n > 0 && n <= EXPLICIT_TEXT_MAX;
	}
	if (value.tag == KVK_DER_BMP_STRING)
		return value.content.n > 0 && value.content.n <= 2 * EXPLICIT_TEXT_MAX;
	return value.tag == KVK_DER_VISIBLE_STRING && value.content.n > 0 &&
		value.content.n <= EXPLICIT_TEXT_MAX;
}

/* One PolicyQualifierInfo; what other qualifiers hold is not known, and anyPolicy has none. */
static bool is_qualifier(struct kvk_der *list, bool any_policy)
{
	struct kvk_der_value value;
	struct kvk_span id;
	struct kvk_der one;

	if (kvk_der_enter(list, KVK_DER_SEQUENCE, &one) != KVK_OK ||
		kvk_der_oid(&one, &id) != KVK_OK)
		return false;
	if (kvk_oid_is(id, KVK_OID_POLICY_CPS))
		return kvk_der_expect(&one, KVK_DER_IA5_STRING, &value) == KVK_OK &&
			kvk_der_at_end(&one);
	if (kvk_oid_is(id, KVK_OID_POLICY_USER_NOTICE))
		return is_notice(&one);
	return !any_policy;
}

static bool qualifier(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	char oid[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < cert->ext.policy_count; i++) {
		const struct kvk_policy *policy = &cert->ext.policies[i];
		struct kvk_der_log log = { 0 };
		struct kvk_der der, list;

		if (policy->qualifiers.n == 0)
			continue;
		kvk_der_start(&der, policy->qualifiers, true, &log);
		if (kvk_der_enter(&der, KVK_DER_SEQUENCE, &list) != KVK_OK)
			continue;
		while (!kvk_der_at_end(&list)) {
			if (is_qualifier(&list, kvk_oid_is(policy->oid, KVK_OID_ANY_POLICY)))
				continue;
			kvk_format(detail, KVK_LINT_DETAIL, "%s", kvk_oid_text(policy->oid, oid));
			return true;
		}
	}
	return false;
}

/* Mappings to or from anyPolicy, which Java refuses in a CA and ignores elsewhere. */
static bool mapped_any(const struct kvk_certificate *cert)
{
	for (size_t i = 0; i < cert->ext.mapping_count; i++)
		if (kvk_oid_is(cert->ext.mappings[i].issuer_domain, KVK_OID_ANY_POLICY) ||
			kvk_oid_is(cert->ext.mappings[i].subject_domain, KVK_OID_ANY_POLICY))
			return true;
	return false;
}

/* At least one point has to be good for all reasons. */
static bool some_reasons_only(const struct kvk_certificate *cert)
{
	for (size_t i = 0; i < cert->ext.crl_point_count; i++)
		if (!cert->ext.crl_points[i].has_reasons)
			return false;
	return cert->ext.crl_point_count > 0;
}

const struct kvk_lint_row kvk_lint_contents[] = {
	{
		.id = "idle-path-length",
		.text = N_("it has a path length but is not a CA certificate (4.2.1.9)"),
		.check = idle_path_length,
	},
	{
		.id = "path-length-of-no-signer",
		.text = N_("it has a path length, but its key usage does not allow signing "
			   "certificates (4.2.1.9)"),
		.check = path_length_of_no_signer,
	},
	{
		.id = "constraint",
		.text = N_("its name constraints restrict a kind of name, or use a form, that is "
			   "not allowed (4.2.1.10)"),
		.check = constraint,
	},
	{
		.id = "policy-twice",
		.text = N_("it lists the same certificate policy twice (4.2.1.4)"),
		.find = policy_twice,
	},
	{
		.id = "qualifier",
		.text = N_("a certificate policy has a malformed qualifier (4.2.1.4)"),
		.find = qualifier,
	},
	{
		.id = "mapped-any",
		.text = N_("it maps anyPolicy to or from another policy (4.2.1.5)"),
		.check = mapped_any,
	},
	{
		.id = "some-reasons",
		.text = N_("none of its revocation lists covers all reasons for revocation "
			   "(4.2.1.13)"),
		.check = some_reasons_only,
	},
	{ .id = NULL },
};
