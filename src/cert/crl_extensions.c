/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/crl_extensions.h"

#include "cert/ext.h"

typedef enum kvk_err decoder(struct kvk_der *der, struct kvk_crl *out);

/* CRLNumber ::= INTEGER (0..MAX) */
static enum kvk_err read_number(struct kvk_der *der, struct kvk_crl *out)
{
	out->has_number = true;
	return kvk_der_integer(der, &out->number);
}

/* BaseCRLNumber ::= CRLNumber */
static enum kvk_err read_delta(struct kvk_der *der, struct kvk_crl *out)
{
	out->has_delta_base = true;
	return kvk_der_integer(der, &out->delta_base);
}

static enum kvk_err read_aki(struct kvk_der *der, struct kvk_crl *out)
{
	struct kvk_extensions ext = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_ext_aki(der, &ext));
	out->aki_key_id = ext.aki_key_id;
	out->has_aki = true;
	out->aki_serial = ext.aki_serial;
out:
	return err;
}

static enum kvk_err read_freshest(struct kvk_der *der, struct kvk_crl *out)
{
	struct kvk_extensions ext = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_ext_freshest_crl(der, &ext));
	out->has_freshest_crl = true;
out:
	return err;
}

/* [number] IMPLICIT BOOLEAN DEFAULT FALSE */
static enum kvk_err read_flag(struct kvk_der *list, unsigned number, bool *out)
{
	struct kvk_span content;
	enum kvk_err err;

	*out = false;
	if (kvk_der_peek(list) != KVK_DER_CONTEXT(number))
		return KVK_OK;
	KVK_TRY(kvk_der_read(list, KVK_DER_CONTEXT(number), &content));
	if (content.n != 1)
		return kvk_der_fail(list, KVK_DER_BAD_BOOLEAN, content.p);
	*out = content.p[0] != 0;
	if (!*out)
		return kvk_der_tolerate(list, KVK_DER_DEFAULT, content.p);
	if (content.p[0] != 0xff)
		return kvk_der_tolerate(list, KVK_DER_BAD_BOOLEAN, content.p);
out:
	return err;
}

static enum kvk_err read_idp(struct kvk_der *der, struct kvk_crl *out)
{
	struct kvk_der list;
	enum kvk_err err;

	out->has_idp = true;
	/* IssuingDistributionPoint ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	/* distributionPoint [0] DistributionPointName OPTIONAL, */
	if (kvk_der_peek(&list) == KVK_DER_CONTEXT_CONSTRUCTED(0))
		KVK_TRY(kvk_ext_point_name(&list, &out->idp_point));
	/* onlyContainsUserCerts [1] BOOLEAN DEFAULT FALSE, */
	KVK_TRY(read_flag(&list, 1, &out->only_user));
	/* onlyContainsCACerts [2] BOOLEAN DEFAULT FALSE, */
	KVK_TRY(read_flag(&list, 2, &out->only_ca));
	/* onlySomeReasons [3] ReasonFlags OPTIONAL, */
	out->has_only_reasons = kvk_der_peek(&list) == KVK_DER_CONTEXT(3);
	if (out->has_only_reasons)
		KVK_TRY(kvk_der_named_bits(&list, KVK_DER_CONTEXT(3), &out->only_reasons));
	/* indirectCRL [4] BOOLEAN DEFAULT FALSE, */
	KVK_TRY(read_flag(&list, 4, &out->indirect));
	/* onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE } */
	KVK_TRY(read_flag(&list, 5, &out->only_attribute));
	KVK_TRY(kvk_der_finish(&list));
out:
	return err;
}

static enum kvk_err pass(struct kvk_der *der, struct kvk_crl *out)
{
	(void)out;
	der->rest.p += der->rest.n;
	der->rest.n = 0;
	return KVK_OK;
}

/* What this program understands in a CRL; what is not here must not be critical. */
static decoder *const decoders[KVK_OID_COUNT] = {
	[KVK_OID_EXT_CRL_NUMBER] = read_number,
	[KVK_OID_EXT_DELTA_CRL] = read_delta,
	[KVK_OID_EXT_AKI] = read_aki,
	[KVK_OID_EXT_FRESHEST_CRL] = read_freshest,
	[KVK_OID_EXT_IDP] = read_idp,
	[KVK_OID_EXT_ISSUER_ALT_NAME] = pass,
	[KVK_OID_EXT_AIA] = pass,
};

static enum kvk_err read_extension(
	const struct kvk_der *list, const struct kvk_extension *one, struct kvk_crl *out)
{
	struct kvk_der der;
	enum kvk_err err;

	if (decoders[one->oid] == NULL) {
		out->unknown_critical = out->unknown_critical || one->critical;
		return KVK_OK;
	}
	KVK_TRY(kvk_der_into(list, one->value, &der));
	KVK_TRY(decoders[one->oid](&der, out));
	KVK_TRY(kvk_der_finish(&der));
out:
	return err;
}

enum kvk_err kvk_crl_extensions_read(struct kvk_der *list, struct kvk_crl *out)
{
	enum kvk_err err = KVK_OK;

	while (!kvk_der_at_end(list)) {
		KVK_TRY(kvk_extension_next(list, out->all, &out->count));
		KVK_TRY(read_extension(list, &out->all[out->count - 1], out));
	}
out:
	return err;
}

/* A number that the RFC does not have says no more than "unspecified". */
static enum kvk_err read_reason(struct kvk_der *der, struct kvk_crl_entry *out)
{
	const uint8_t *at = der->rest.p;
	struct kvk_span code;
	enum kvk_err err;

	/* CRLReason ::= ENUMERATED { unspecified (0), ..., aACompromise (10) } -- 7 is not used */
	KVK_TRY(kvk_der_read(der, KVK_DER_ENUMERATED, &code));
	if (code.n == 0 || code.n > sizeof(int32_t))
		return kvk_der_fail(der, KVK_DER_RANGE, at);
	out->has_reason = true;
	out->reason = kvk_crl_reason_of(code);
	if (out->reason == KVK_REVOKED_UNSPECIFIED && (code.n > 1 || code.p[0] != 0))
		KVK_TRY(kvk_der_tolerate(der, KVK_DER_RANGE, at));
	KVK_TRY(kvk_der_finish(der));
out:
	return err;
}

static enum kvk_err read_certificate_issuer(struct kvk_der *der, struct kvk_crl_entry *out)
{
	enum kvk_err err;

	/* CertificateIssuer ::= GeneralNames */
	KVK_TRY(kvk_der_read(der, KVK_DER_SEQUENCE, &out->certificate_issuer));
	KVK_TRY(kvk_general_names_check(der, out->certificate_issuer));
out:
	return err;
}

static enum kvk_err read_entry_extension(
	const struct kvk_der *list, const struct kvk_extension *one, struct kvk_crl_entry *out)
{
	struct kvk_der der;
	enum kvk_err err;

	KVK_TRY(kvk_der_into(list, one->value, &der));
	switch (one->oid) {
	case KVK_OID_EXT_REASON_CODE:
		return read_reason(&der, out);
	case KVK_OID_EXT_CERTIFICATE_ISSUER:
		return read_certificate_issuer(&der, out);
	case KVK_OID_EXT_INVALIDITY_DATE:
		break;
	default:
		out->unknown_critical = out->unknown_critical || one->critical;
		break;
	}
	out->other_critical = out->other_critical || one->critical;
out:
	return err;
}

enum kvk_err kvk_crl_entry_extensions_read(struct kvk_der *entry, struct kvk_crl_entry *out)
{
	struct kvk_extension all[KVK_LIMIT_CRL_EXTENSIONS];
	size_t count = 0;
	struct kvk_der list;
	enum kvk_err err;

	/* Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension */
	KVK_TRY(kvk_der_enter(entry, KVK_DER_SEQUENCE, &list));
	while (!kvk_der_at_end(&list)) {
		KVK_TRY(kvk_extension_next(&list, all, &count));
		KVK_TRY(read_entry_extension(&list, &all[count - 1], out));
	}
out:
	return err;
}
