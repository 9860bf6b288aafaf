/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cert/ext.h: certificate policies. */
#include "config.h"

#include "cert/ext.h"

/* The qualifiers are not looked at but for their form (4.2.1.4). */
static enum kvk_err check_qualifiers(struct kvk_der *policy)
{
	struct kvk_der list, one;
	struct kvk_span id;
	enum kvk_err err;

	/* policyQualifiers SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo OPTIONAL } */
	KVK_TRY(kvk_der_enter(policy, KVK_DER_SEQUENCE, &list));
	if (kvk_der_at_end(&list))
		return kvk_der_fail(policy, KVK_DER_EMPTY, list.rest.p);
	while (!kvk_der_at_end(&list)) {
		/* PolicyQualifierInfo ::= SEQUENCE { */
		KVK_TRY(kvk_der_enter(&list, KVK_DER_SEQUENCE, &one));
		/* policyQualifierId PolicyQualifierId, -- ::= OBJECT IDENTIFIER */
		KVK_TRY(kvk_der_oid(&one, &id));
	}
out:
	return err;
}

static enum kvk_err read_policy(struct kvk_der *list, void *item)
{
	struct kvk_policy *policy = item;
	struct kvk_der one;
	struct kvk_span start;
	enum kvk_err err;

	/* PolicyInformation ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(list, KVK_DER_SEQUENCE, &one));
	/* policyIdentifier CertPolicyId, -- ::= OBJECT IDENTIFIER */
	KVK_TRY(kvk_der_oid(&one, &policy->oid));
	if (kvk_der_at_end(&one))
		return KVK_OK;
	start = one.rest;
	KVK_TRY(check_qualifiers(&one));
	policy->qualifiers = (struct kvk_span){ start.p, start.n - one.rest.n };
	KVK_TRY(kvk_der_finish(&one));
out:
	return err;
}

enum kvk_err kvk_ext_policies(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_vec policies = KVK_VEC_INIT(struct kvk_policy, KVK_LIMIT_POLICIES);
	enum kvk_err err;

	/* CertificatePolicies ::= SEQUENCE SIZE (1..MAX) OF PolicyInformation */
	KVK_TRY(kvk_ext_list(der, read_policy, &policies));
	out->has_policies = true;
	out->policies = policies.items;
	out->policy_count = policies.count;
out:
	return err;
}

static enum kvk_err read_mapping(struct kvk_der *list, void *item)
{
	struct kvk_policy_mapping *mapping = item;
	struct kvk_der pair;
	enum kvk_err err;

	/* SEQUENCE { */
	KVK_TRY(kvk_der_enter(list, KVK_DER_SEQUENCE, &pair));
	/* issuerDomainPolicy CertPolicyId, */
	KVK_TRY(kvk_der_oid(&pair, &mapping->issuer_domain));
	/* subjectDomainPolicy CertPolicyId } */
	KVK_TRY(kvk_der_oid(&pair, &mapping->subject_domain));
	KVK_TRY(kvk_der_finish(&pair));
out:
	return err;
}

enum kvk_err kvk_ext_mappings(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_vec mappings = KVK_VEC_INIT(struct kvk_policy_mapping, KVK_LIMIT_MAPPINGS);
	enum kvk_err err;

	/* PolicyMappings ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { ... } */
	KVK_TRY(kvk_ext_list(der, read_mapping, &mappings));
	out->has_mappings = true;
	out->mappings = mappings.items;
	out->mapping_count = mappings.count;
out:
	return err;
}

/* [number] SkipCerts OPTIONAL -- SkipCerts ::= INTEGER (0..MAX) */
static enum kvk_err read_skip(struct kvk_der *list, unsigned number, bool *has, uint64_t *out)
{
	*out = 0;
	*has = kvk_der_peek(list) == KVK_DER_CONTEXT(number);
	return *has ? kvk_der_uint(list, KVK_DER_CONTEXT(number), INT32_MAX, out) : KVK_OK;
}

enum kvk_err kvk_ext_policy_constraints(struct kvk_der *der, struct kvk_extensions *out)
{
	const uint8_t *at = der->rest.p;
	bool has_explicit, has_mapping;
	uint64_t explicit_after, mapping_after;
	struct kvk_der list;
	enum kvk_err err;

	/* PolicyConstraints ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	/* requireExplicitPolicy [0] SkipCerts OPTIONAL, */
	KVK_TRY(read_skip(&list, 0, &has_explicit, &explicit_after));
	/* inhibitPolicyMapping [1] SkipCerts OPTIONAL } */
	KVK_TRY(read_skip(&list, 1, &has_mapping, &mapping_after));
	KVK_TRY(kvk_der_finish(&list));
	KVK_TRY(kvk_der_finish(der));
	if (!has_explicit && !has_mapping)
		KVK_TRY(kvk_der_tolerate(der, KVK_DER_EMPTY, at));
	out->has_policy_constraints = true;
	out->has_require_explicit = has_explicit;
	out->require_explicit = explicit_after;
	out->has_inhibit_mapping = has_mapping;
	out->inhibit_mapping = mapping_after;
out:
	return err;
}

enum kvk_err kvk_ext_inhibit_any(struct kvk_der *der, struct kvk_extensions *out)
{
	const uint8_t *at = der->rest.p;
	struct kvk_der copy = *der;
	struct kvk_span number;
	uint64_t skip;
	enum kvk_err err;

	/* to Java -1 means that nothing is inhibited */
	if (kvk_der_integer(&copy, &number) == KVK_OK && number.n == 1 && number.p[0] == 0xff &&
		kvk_der_at_end(&copy)) {
		*der = copy;
		return kvk_der_tolerate(der, KVK_DER_NEGATIVE, at);
	}
	/* InhibitAnyPolicy ::= SkipCerts */
	KVK_TRY(kvk_der_uint(der, KVK_DER_INTEGER, INT32_MAX, &skip));
	KVK_TRY(kvk_der_finish(der));
	out->has_inhibit_any = true;
	out->inhibit_any = skip;
out:
	return err;
}
