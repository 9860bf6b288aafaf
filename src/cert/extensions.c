/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/extensions.h"

#include "base/vec.h"
#include "cert/ext.h"

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
	[KVK_OID_EXT_KEY_PERIOD] = kvk_ext_key_period,
	[KVK_OID_EXT_CRL_NUMBER] = kvk_ext_number,
	[KVK_OID_EXT_DELTA_CRL] = kvk_ext_number,
	[KVK_OID_EXT_REASON_CODE] = kvk_ext_reason,
	[KVK_OID_EXT_CERTIFICATE_ISSUER] = kvk_ext_certificate_issuer,
	[KVK_OID_EXT_IDP] = kvk_ext_idp,
	[KVK_OID_EXT_SIA] = kvk_ext_sia,
	[KVK_OID_EXT_NETSCAPE_CERT_TYPE] = kvk_ext_netscape_type,
};

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
	KVK_TRY(kvk_der_into(list, one->value, &der));
	err = read(&der, out);
	if (err != KVK_ERR_DER || one->critical || is_limit(list->log->remark) || !list->as_java)
		return err;
	log.tolerated |= UINT32_C(1) << list->log->remark;
	*list->log = log;
	one->oid = KVK_OID_UNKNOWN;
	one->malformed = true;
	return KVK_OK;
out:
	return err;
}

/*
 * Decodes an extension whose type was there before: an error, unless it cannot be read and is
 * passed over. What it holds is not kept, for the lists are those of the first.
 */
static enum kvk_err decode_again(
	const struct kvk_der *list, const uint8_t *at, struct kvk_extension *one)
{
	struct kvk_extensions spare = { 0 };
	enum kvk_err err;

	KVK_TRY(decode(list, one, &spare));
	if (!one->malformed)
		KVK_TRY(kvk_der_fail(list, KVK_DER_DUPLICATE, at));
out:
	kvk_extensions_free(&spare);
	return err;
}

static enum kvk_err read_one(struct kvk_der *list, struct kvk_vec *all, struct kvk_extensions *out)
{
	const uint8_t *at = list->rest.p;
	struct kvk_extension *one;
	enum kvk_err err;

	if (all->count == all->limit)
		return kvk_der_fail(list, KVK_DER_TOO_MANY, at);
	KVK_TRY(kvk_vec_push(all, &one));
	KVK_TRY(kvk_extension_read(list, one));
	if (kvk_extension_repeats(all->items, all->count - 1, one))
		KVK_TRY(decode_again(list, at, one));
	else
		KVK_TRY(decode(list, one, out));
	if (one->oid == KVK_OID_EXT_POLICIES)
		out->policies_critical = one->critical;
out:
	return err;
}

enum kvk_err kvk_extensions_read(struct kvk_der *list, struct kvk_extensions *out)
{
	struct kvk_vec all = KVK_VEC_INIT(struct kvk_extension, KVK_LIMIT_EXTENSIONS);
	enum kvk_err err = KVK_OK;

	if (kvk_der_at_end(list))
		return kvk_der_tolerate(list, KVK_DER_EMPTY, list->rest.p);
	while (!kvk_der_at_end(list))
		KVK_TRY(read_one(list, &all, out));
out:
	out->all = all.items;
	out->count = all.count;
	return err;
}
