/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of cert/ext.h: extensions that are read for the sake of Java alone, which looks at the form
 * of all that it knows (sun.security.x509.OIDMap), also of those that belong in a CRL.
 */
#include "config.h"

#include "cert/ext.h"

/* Java does not see what follows the SEQUENCE. */
enum kvk_err kvk_ext_key_period(struct kvk_der *der, struct kvk_extensions *out)
{
	bool seen[2] = { false, false };
	struct kvk_der list;
	kvk_time time;
	enum kvk_err err;

	(void)out;
	/* PrivateKeyUsagePeriod ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	while (!kvk_der_at_end(&list)) {
		/* notBefore [0] GeneralizedTime OPTIONAL, */
		/* notAfter [1] GeneralizedTime OPTIONAL } */
		const unsigned n = kvk_der_peek(&list) == KVK_DER_CONTEXT(0) ? 0 : 1;

		if (seen[n])
			return kvk_der_fail(&list, KVK_DER_DUPLICATE, list.rest.p);
		seen[n] = true;
		KVK_TRY(kvk_der_generalized_time_as(&list, KVK_DER_CONTEXT(n), &time));
	}
	if (!kvk_der_at_end(der))
		return kvk_der_tolerate(der, KVK_DER_TRAILING, der->rest.p);
out:
	return err;
}

/* CRLNumber ::= INTEGER (0..MAX), and BaseCRLNumber ::= CRLNumber */
enum kvk_err kvk_ext_number(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span number;
	enum kvk_err err;

	(void)out;
	KVK_TRY(kvk_der_integer(der, &number));
	KVK_TRY(kvk_der_finish(der));
out:
	return err;
}

enum kvk_err kvk_ext_reason(struct kvk_der *der, struct kvk_extensions *out)
{
	const uint8_t *at = der->rest.p;
	struct kvk_span code;
	enum kvk_err err;

	(void)out;
	/* CRLReason ::= ENUMERATED { ... } */
	KVK_TRY(kvk_der_read(der, KVK_DER_ENUMERATED, &code));
	if (code.n == 0 || code.n > sizeof(int32_t))
		return kvk_der_fail(der, KVK_DER_RANGE, at);
	KVK_TRY(kvk_der_finish(der));
out:
	return err;
}

enum kvk_err kvk_ext_certificate_issuer(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span names;
	enum kvk_err err;

	(void)out;
	/* CertificateIssuer ::= GeneralNames */
	KVK_TRY(kvk_der_read(der, KVK_DER_SEQUENCE, &names));
	if (names.n > 0)
		KVK_TRY(kvk_general_names_check(der, names));
	KVK_TRY(kvk_der_finish(der));
out:
	return err;
}

/* A member of IssuingDistributionPoint, which Java reads in any order. */
static enum kvk_err check_idp_member(struct kvk_der *list)
{
	const unsigned tag = kvk_der_peek(list);
	struct kvk_crl_point point = { .has_reasons = false };
	uint32_t reasons;
	bool flag;

	/* distributionPoint [0] DistributionPointName OPTIONAL, */
	if (tag == KVK_DER_CONTEXT_CONSTRUCTED(0))
		return kvk_ext_point_name(list, &point);
	/* onlySomeReasons [3] ReasonFlags OPTIONAL, */
	if (tag == KVK_DER_CONTEXT(3))
		return kvk_der_named_bits(list, tag, &reasons);
	/*
	 * onlyContainsUserCerts [1], onlyContainsCACerts [2], indirectCRL [4],
	 * onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE
	 */
	if (tag != KVK_DER_CONTEXT(1) && tag != KVK_DER_CONTEXT(2) && tag != KVK_DER_CONTEXT(4) &&
		tag != KVK_DER_CONTEXT(5))
		return kvk_der_fail(list, KVK_DER_TAG, list->rest.p);
	return kvk_der_boolean_as(list, tag, &flag);
}

enum kvk_err kvk_ext_idp(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_der list;
	enum kvk_err err;

	(void)out;
	/* IssuingDistributionPoint ::= SEQUENCE { ... } */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	while (!kvk_der_at_end(&list))
		KVK_TRY(check_idp_member(&list));
	KVK_TRY(kvk_der_finish(der));
out:
	return err;
}

enum kvk_err kvk_ext_netscape_type(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span bits;
	unsigned unused;
	enum kvk_err err;

	(void)out;
	/* NetscapeCertType ::= BIT STRING */
	KVK_TRY(kvk_der_bit_string(der, &bits, &unused));
	KVK_TRY(kvk_der_finish(der));
out:
	return err;
}
