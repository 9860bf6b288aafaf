/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/signed.h"

enum kvk_err kvk_signed_whole(struct kvk_der *der, unsigned tag, struct kvk_span *out)
{
	const struct kvk_der start = *der;
	struct kvk_der_value value;
	enum kvk_err err;

	KVK_TRY(kvk_der_any(der, &value));
	if (value.tag != tag)
		return kvk_der_fail(&start, KVK_DER_TAG, start.rest.p);
	*out = value.whole;
out:
	return err;
}

enum kvk_err kvk_signed_read(struct kvk_span der, struct kvk_der_log *log, struct kvk_signed *out)
{
	struct kvk_der top, list;
	const uint8_t *start;
	unsigned unused;
	enum kvk_err err;

	kvk_der_start(&top, der, true, log);
	/* Certificate ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&top, KVK_DER_SEQUENCE, &list));
	KVK_TRY(kvk_der_finish(&top));
	start = list.rest.p;
	/* tbsCertificate TBSCertificate, */
	KVK_TRY(kvk_der_enter(&list, KVK_DER_SEQUENCE, &out->inner));
	out->part = (struct kvk_span){ start, (size_t)(list.rest.p - start) };
	/* signatureAlgorithm AlgorithmIdentifier, */
	KVK_TRY(kvk_signed_whole(&list, KVK_DER_SEQUENCE, &out->algorithm));
	start = list.rest.p;
	/* signatureValue BIT STRING } */
	KVK_TRY(kvk_der_bit_string(&list, &out->signature, &unused));
	if (unused != 0)
		KVK_TRY(kvk_der_tolerate(&list, KVK_DER_BAD_BIT_STRING, start));
	KVK_TRY(kvk_der_finish(&list));
out:
	return err;
}

/* The OID of an AlgorithmIdentifier, and its parameters but for NULL. */
static enum kvk_err split_algorithm(const struct kvk_der *der, struct kvk_span whole,
	struct kvk_span *oid, struct kvk_span *parameters)
{
	struct kvk_der_value value;
	struct kvk_der outer, list;
	enum kvk_err err;

	*parameters = (struct kvk_span){ 0 };
	KVK_TRY(kvk_der_into(der, whole, &outer));
	/* AlgorithmIdentifier ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&outer, KVK_DER_SEQUENCE, &list));
	/* algorithm OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(&list, oid));
	if (kvk_der_at_end(&list))
		return KVK_OK;
	/* parameters ANY DEFINED BY algorithm OPTIONAL } */
	if (kvk_der_peek(&list) == KVK_DER_NULL) {
		KVK_TRY(kvk_der_null(&list));
	} else {
		KVK_TRY(kvk_der_any(&list, &value));
		*parameters = value.whole;
	}
	KVK_TRY(kvk_der_finish(&list));
out:
	return err;
}

enum kvk_err kvk_signed_algorithm(struct kvk_der *der, struct kvk_span outer, struct kvk_span *out)
{
	struct kvk_span oid, outer_oid, parameters, outer_parameters;
	enum kvk_err err;

	KVK_TRY(kvk_signed_whole(der, KVK_DER_SEQUENCE, out));
	KVK_TRY(split_algorithm(der, outer, &outer_oid, &outer_parameters));
	if (kvk_span_equal(*out, outer))
		return KVK_OK;
	KVK_TRY(split_algorithm(der, *out, &oid, &parameters));
	if (!kvk_span_equal(oid, outer_oid) || !kvk_span_equal(parameters, outer_parameters))
		return kvk_der_fail(der, KVK_DER_CONTENT, out->p);
	KVK_TRY(kvk_der_tolerate(der, KVK_DER_CONTENT, out->p));
out:
	return err;
}

enum kvk_err kvk_signed_issuer(struct kvk_der *der, struct kvk_name *out)
{
	const uint8_t *at = der->rest.p;
	enum kvk_err err;

	KVK_TRY(kvk_name_read(der, out));
	if (out->count == 0)
		return kvk_der_fail(der, KVK_DER_EMPTY, at);
out:
	return err;
}

enum kvk_err kvk_signed_key(
	const struct kvk_der *der, struct kvk_span spki, struct kvk_key_info *out)
{
	enum kvk_err err = kvk_key_info_read(spki, out);

	return err == KVK_ERR_DER ? kvk_der_fail(der, KVK_DER_CONTENT, spki.p) : err;
}
