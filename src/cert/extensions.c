/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/extensions.h"

#include <string.h>

typedef enum kvk_err decoder(struct kvk_der *der, struct kvk_extensions *out);

/* What is decoded; every other extension is only listed. */
static decoder *const decoders[KVK_OID_COUNT] = {
	[KVK_OID_EXT_SKI] = kvk_ext_ski,
	[KVK_OID_EXT_KEY_USAGE] = kvk_ext_key_usage,
	[KVK_OID_EXT_SAN] = kvk_ext_san,
	[KVK_OID_EXT_ISSUER_ALT_NAME] = kvk_ext_issuer_alt_name,
	[KVK_OID_EXT_BASIC_CONSTRAINTS] = kvk_ext_basic_constraints,
	[KVK_OID_EXT_NAME_CONSTRAINTS] = kvk_ext_name_constraints,
	[KVK_OID_EXT_CRL_POINTS] = kvk_ext_crl_points,
	[KVK_OID_EXT_POLICIES] = kvk_ext_policies,
	[KVK_OID_EXT_POLICY_MAPPINGS] = kvk_ext_mappings,
	[KVK_OID_EXT_AKI] = kvk_ext_aki,
	[KVK_OID_EXT_POLICY_CONSTRAINTS] = kvk_ext_policy_constraints,
	[KVK_OID_EXT_EKU] = kvk_ext_eku,
	[KVK_OID_EXT_FRESHEST_CRL] = kvk_ext_freshest_crl,
	[KVK_OID_EXT_INHIBIT_ANY_POLICY] = kvk_ext_inhibit_any,
	[KVK_OID_EXT_AIA] = kvk_ext_aia,
	[KVK_OID_EXT_QC_STATEMENTS] = kvk_ext_qc_statements,
	[KVK_OID_EXT_OCSP_NOCHECK] = kvk_ext_ocsp_nocheck,
};

void kvk_extensions_clear(struct kvk_extensions *ext)
{
	/* The arrays are large and stand last. */
	memset(ext, 0, offsetof(struct kvk_extensions, all));
}

enum kvk_err kvk_extension_read(struct kvk_der *list, struct kvk_extension *out)
{
	struct kvk_der one;
	enum kvk_err err;

	out->critical = out->malformed = false;
	if ((err = kvk_der_enter(list, KVK_DER_SEQUENCE, &one)) != KVK_OK ||
		(err = kvk_der_oid(&one, &out->type)) != KVK_OK)
		return err;
	if (kvk_der_peek(&one) == KVK_DER_BOOLEAN) {
		const uint8_t *at = one.rest.p;

		if ((err = kvk_der_boolean(&one, &out->critical)) != KVK_OK)
			return err;
		if (!out->critical && (err = kvk_der_tolerate(&one, KVK_DER_DEFAULT, at)) != KVK_OK)
			return err;
	}
	if ((err = kvk_der_octet_string(&one, &out->value)) != KVK_OK)
		return err;
	out->oid = kvk_oid_find(out->type);
	return kvk_der_at_end(&one) ? KVK_OK : kvk_der_tolerate(&one, KVK_DER_TRAILING, one.rest.p);
}

/* Whether one of the first has the type of one; those that could not be read do not count. */
static bool repeats(const struct kvk_extension *all, size_t count, const struct kvk_extension *one)
{
	for (size_t i = 0; i < count; i++)
		if (!all[i].malformed && kvk_span_equal(all[i].type, one->type))
			return true;
	return false;
}

enum kvk_err kvk_extension_next(
	struct kvk_der *list, struct kvk_extension all[static KVK_LIMIT_EXTENSIONS], size_t *count)
{
	const uint8_t *at = list->rest.p;
	struct kvk_extension *one = &all[*count];
	enum kvk_err err;

	if (*count == KVK_LIMIT_EXTENSIONS)
		return kvk_der_fail(list, KVK_DER_TOO_MANY, at);
	if ((err = kvk_extension_read(list, one)) != KVK_OK)
		return err;
	if (repeats(all, *count, one))
		return kvk_der_fail(list, KVK_DER_DUPLICATE, at);
	++*count;
	return KVK_OK;
}

/* What this program does not look at to the end may hold anything, so it is never passed over. */
static bool is_limit(enum kvk_der_remark remark)
{
	return remark == KVK_DER_TOO_MANY || remark == KVK_DER_DEPTH;
}

static enum kvk_err decode(
	const struct kvk_der *list, struct kvk_extension *one, struct kvk_extensions *out)
{
	decoder *read = decoders[one->oid];
	struct kvk_der_log log = *list->log;
	struct kvk_der der;
	enum kvk_err err;

	if (read == NULL)
		return KVK_OK;
	if ((err = kvk_der_into(list, one->value, &der)) != KVK_OK)
		return err;
	err = read(&der, out);
	if (err != KVK_ERR_DER || one->critical || is_limit(list->log->remark) || !list->as_java)
		return err;
	log.tolerated |= UINT32_C(1) << list->log->remark;
	*list->log = log;
	one->oid = KVK_OID_UNKNOWN;
	one->malformed = true;
	return KVK_OK;
}

enum kvk_err kvk_ext_list(struct kvk_der *der, size_t limit, kvk_ext_member read,
	struct kvk_extensions *out, size_t *count)
{
	const uint8_t *at = der->rest.p;
	struct kvk_der list;
	size_t n = 0;
	enum kvk_err err = kvk_der_enter(der, KVK_DER_SEQUENCE, &list);

	while (err == KVK_OK && !kvk_der_at_end(&list)) {
		if (n == limit)
			return kvk_der_fail(&list, KVK_DER_TOO_MANY, list.rest.p);
		err = read(&list, out, n++);
	}
	if (err == KVK_OK && n == 0)
		err = kvk_der_tolerate(der, KVK_DER_EMPTY, at);
	if (err == KVK_OK)
		err = kvk_der_finish(der);
	if (err == KVK_OK)
		*count = n;
	return err;
}

/*
 * Reads one of a type that was there before: a fault, unless it cannot be read and is passed over.
 * What it holds is not kept, for its arrays are those of the first.
 */
static enum kvk_err decode_again(const struct kvk_der *list, struct kvk_extension *one)
{
	struct kvk_extensions spare;

	kvk_extensions_clear(&spare);
	return decode(list, one, &spare);
}

enum kvk_err kvk_extensions_read(struct kvk_der *list, struct kvk_extensions *out)
{
	enum kvk_err err;

	if (kvk_der_at_end(list))
		return kvk_der_tolerate(list, KVK_DER_EMPTY, list->rest.p);
	while (!kvk_der_at_end(list)) {
		struct kvk_extension *one = &out->all[out->count];
		const uint8_t *at = list->rest.p;
		bool again;

		if (out->count == KVK_LIMIT_EXTENSIONS)
			return kvk_der_fail(list, KVK_DER_TOO_MANY, at);
		if ((err = kvk_extension_read(list, one)) != KVK_OK)
			return err;
		again = repeats(out->all, out->count++, one);
		err = again ? decode_again(list, one) : decode(list, one, out);
		if (err != KVK_OK)
			return err;
		if (again && !one->malformed)
			return kvk_der_fail(list, KVK_DER_DUPLICATE, at);
		if (one->oid == KVK_OID_EXT_POLICIES)
			out->policies_critical = one->critical;
	}
	return KVK_OK;
}
