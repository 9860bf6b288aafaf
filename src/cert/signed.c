/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/signed.h"

enum kvk_err kvk_der_whole(struct kvk_der *der, unsigned tag, struct kvk_span *out)
{
	const struct kvk_der start = *der;
	struct kvk_der_value value;
	enum kvk_err err = kvk_der_any(der, &value);

	if (err != KVK_OK)
		return err;
	if (value.tag != tag)
		return kvk_der_fail(&start, KVK_DER_TAG, start.rest.p);
	*out = value.whole;
	return KVK_OK;
}

enum kvk_err kvk_signed_read(struct kvk_span der, struct kvk_der_log *log, struct kvk_signed *out)
{
	struct kvk_der top, list;
	const uint8_t *start;
	unsigned unused;
	enum kvk_err err;

	kvk_der_start(&top, der, true, log);
	if ((err = kvk_der_enter(&top, KVK_DER_SEQUENCE, &list)) != KVK_OK ||
		(err = kvk_der_finish(&top)) != KVK_OK)
		return err;
	start = list.rest.p;
	if ((err = kvk_der_enter(&list, KVK_DER_SEQUENCE, &out->inner)) != KVK_OK)
		return err;
	out->part = (struct kvk_span){ start, (size_t)(list.rest.p - start) };
	if ((err = kvk_der_whole(&list, KVK_DER_SEQUENCE, &out->algorithm)) != KVK_OK)
		return err;
	start = list.rest.p;
	if ((err = kvk_der_bit_string(&list, &out->signature, &unused)) != KVK_OK)
		return err;
	if (unused != 0 && (err = kvk_der_tolerate(&list, KVK_DER_BAD_BIT_STRING, start)) != KVK_OK)
		return err;
	return kvk_der_finish(&list);
}

/* The OID of an AlgorithmIdentifier, and its parameters but for NULL. */
static enum kvk_err split_algorithm(const struct kvk_der *der, struct kvk_span whole,
	struct kvk_span *oid, struct kvk_span *parameters)
{
	struct kvk_der_value value;
	struct kvk_der outer, list;
	enum kvk_err err;

	*parameters = (struct kvk_span){ 0 };
	if ((err = kvk_der_into(der, whole, &outer)) != KVK_OK ||
		(err = kvk_der_enter(&outer, KVK_DER_SEQUENCE, &list)) != KVK_OK ||
		(err = kvk_der_oid(&list, oid)) != KVK_OK)
		return err;
	if (kvk_der_at_end(&list))
		return KVK_OK;
	if (kvk_der_peek(&list) == KVK_DER_NULL) {
		err = kvk_der_null(&list);
	} else {
		err = kvk_der_any(&list, &value);
		if (err == KVK_OK)
			*parameters = value.whole;
	}
	return err != KVK_OK ? err : kvk_der_finish(&list);
}

enum kvk_err kvk_signed_algorithm(struct kvk_der *der, struct kvk_span outer, struct kvk_span *out)
{
	struct kvk_span oid, outer_oid, parameters, outer_parameters;
	enum kvk_err err = kvk_der_whole(der, KVK_DER_SEQUENCE, out);

	if (err != KVK_OK)
		return err;
	if ((err = split_algorithm(der, outer, &outer_oid, &outer_parameters)) != KVK_OK)
		return err;
	if (kvk_span_equal(*out, outer))
		return KVK_OK;
	if ((err = split_algorithm(der, *out, &oid, &parameters)) != KVK_OK)
		return err;
	if (kvk_span_equal(oid, outer_oid) && kvk_span_equal(parameters, outer_parameters))
		return kvk_der_tolerate(der, KVK_DER_CONTENT, out->p);
	return kvk_der_fail(der, KVK_DER_CONTENT, out->p);
}

enum kvk_err kvk_signed_issuer(struct kvk_der *der, struct kvk_name *out)
{
	const uint8_t *at = der->rest.p;
	enum kvk_err err = kvk_name_read(der, out);

	if (err == KVK_OK && out->count == 0)
		err = kvk_der_fail(der, KVK_DER_EMPTY, at);
	return err;
}
