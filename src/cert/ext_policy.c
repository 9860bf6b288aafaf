/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/extensions.h"

/* Each PolicyQualifierInfo is a SEQUENCE that begins with its OID (4.2.1.4). */
static enum kvk_err check_qualifiers(struct kvk_der *policy)
{
	struct kvk_der list, one;
	struct kvk_span id;
	enum kvk_err err;

	if ((err = kvk_der_enter(policy, KVK_DER_SEQUENCE, &list)) != KVK_OK)
		return err;
	if (kvk_der_at_end(&list))
		return kvk_der_fail(policy, KVK_DER_EMPTY, list.rest.p);
	while (!kvk_der_at_end(&list))
		if ((err = kvk_der_enter(&list, KVK_DER_SEQUENCE, &one)) != KVK_OK ||
			(err = kvk_der_oid(&one, &id)) != KVK_OK)
			return err;
	return KVK_OK;
}

static enum kvk_err read_policy(struct kvk_der *list, struct kvk_policy *out)
{
	struct kvk_der one;
	struct kvk_span start;
	enum kvk_err err;

	out->qualifiers = (struct kvk_span){ 0 };
	if ((err = kvk_der_enter(list, KVK_DER_SEQUENCE, &one)) != KVK_OK ||
		(err = kvk_der_oid(&one, &out->oid)) != KVK_OK)
		return err;
	if (kvk_der_at_end(&one))
		return KVK_OK;
	start = one.rest;
	if ((err = check_qualifiers(&one)) != KVK_OK)
		return err;
	out->qualifiers = (struct kvk_span){ start.p, start.n - one.rest.n };
	return kvk_der_finish(&one);
}

static enum kvk_err read_policy_number(struct kvk_der *list, struct kvk_extensions *out, size_t n)
{
	return read_policy(list, &out->policies[n]);
}

enum kvk_err kvk_ext_policies(struct kvk_der *der, struct kvk_extensions *out)
{
	enum kvk_err err =
		kvk_ext_list(der, KVK_LIMIT_POLICIES, read_policy_number, out, &out->policy_count);

	out->has_policies = out->has_policies || err == KVK_OK;
	return err;
}

static enum kvk_err read_mapping(struct kvk_der *list, struct kvk_extensions *out, size_t n)
{
	struct kvk_der pair;
	enum kvk_err err = kvk_der_enter(list, KVK_DER_SEQUENCE, &pair);

	if (err == KVK_OK)
		err = kvk_der_oid(&pair, &out->mappings[n].issuer_domain);
	if (err == KVK_OK)
		err = kvk_der_oid(&pair, &out->mappings[n].subject_domain);
	return err == KVK_OK ? kvk_der_finish(&pair) : err;
}

enum kvk_err kvk_ext_mappings(struct kvk_der *der, struct kvk_extensions *out)
{
	enum kvk_err err =
		kvk_ext_list(der, KVK_LIMIT_MAPPINGS, read_mapping, out, &out->mapping_count);

	out->has_mappings = out->has_mappings || err == KVK_OK;
	return err;
}

/* SkipCerts [number] IMPLICIT INTEGER, where it stands next. */
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

	if ((err = kvk_der_enter(der, KVK_DER_SEQUENCE, &list)) != KVK_OK ||
		(err = read_skip(&list, 0, &has_explicit, &explicit_after)) != KVK_OK ||
		(err = read_skip(&list, 1, &has_mapping, &mapping_after)) != KVK_OK ||
		(err = kvk_der_finish(&list)) != KVK_OK || (err = kvk_der_finish(der)) != KVK_OK)
		return err;
	if (!has_explicit && !has_mapping &&
		(err = kvk_der_tolerate(der, KVK_DER_EMPTY, at)) != KVK_OK)
		return err;
	out->has_policy_constraints = true;
	out->has_require_explicit = has_explicit;
	out->require_explicit = explicit_after;
	out->has_inhibit_mapping = has_mapping;
	out->inhibit_mapping = mapping_after;
	return KVK_OK;
}

enum kvk_err kvk_ext_inhibit_any(struct kvk_der *der, struct kvk_extensions *out)
{
	uint64_t skip;
	enum kvk_err err;

	if ((err = kvk_der_uint(der, KVK_DER_INTEGER, INT32_MAX, &skip)) != KVK_OK ||
		(err = kvk_der_finish(der)) != KVK_OK)
		return err;
	out->has_inhibit_any = true;
	out->inhibit_any = skip;
	return KVK_OK;
}
