/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cert/ext.h: constraints, usages and identifiers of keys. */
#include "config.h"

#include "cert/ext.h"

/*
 * The path length after cA. Java takes a negative one: -1 is how it writes that a certificate is
 * no CA, and below that no CA may be beneath.
 */
static enum kvk_err read_path_length(struct kvk_der *list, bool *ca, uint64_t *out)
{
	const uint8_t *at = list->rest.p;
	struct kvk_der copy = *list;
	struct kvk_span number;
	enum kvk_err err;

	if (kvk_der_integer(&copy, &number) != KVK_OK || number.n > 4 || number.p[0] < 0x80)
		return kvk_der_uint(list, KVK_DER_INTEGER, INT32_MAX, out);
	KVK_TRY(kvk_der_integer(list, &number));
	KVK_TRY(kvk_der_tolerate(list, KVK_DER_NEGATIVE, at));
	*out = 0;
	*ca = *ca && (number.n > 1 || number.p[0] != 0xff);
out:
	return err;
}

/*
 * Where another value than cA comes first, Java ignores it and all after it; beside cA FALSE it
 * reads a path length, which then means nothing.
 */
enum kvk_err kvk_ext_basic_constraints(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_der_value first;
	struct kvk_der list;
	uint64_t length = 0;
	bool has_length = false, overlooked = false, ca = false;
	const uint8_t *at;
	enum kvk_err err;

	/* BasicConstraints ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	at = list.rest.p;
	/* cA BOOLEAN DEFAULT FALSE, */
	if (kvk_der_peek(&list) == KVK_DER_BOOLEAN) {
		KVK_TRY(kvk_der_boolean(&list, &ca));
		if (!ca)
			KVK_TRY(kvk_der_tolerate(der, KVK_DER_DEFAULT, at));
		has_length = !kvk_der_at_end(&list);
	} else if (!kvk_der_at_end(&list)) {
		overlooked = true;
		has_length = kvk_der_peek(&list) == KVK_DER_INTEGER;
		KVK_TRY(kvk_der_any(&list, &first));
		list.rest = (struct kvk_span){ list.rest.p + list.rest.n, 0 };
	}
	if (!ca && (has_length || overlooked))
		KVK_TRY(kvk_der_tolerate(&list, KVK_DER_CONTENT, at));
	/* pathLenConstraint INTEGER (0..MAX) OPTIONAL } */
	if (!kvk_der_at_end(&list))
		KVK_TRY(read_path_length(&list, &ca, &length));
	KVK_TRY(kvk_der_finish(&list));
	KVK_TRY(kvk_der_finish(der));
	out->has_basic_constraints = true;
	out->ca = ca;
	out->has_path_length = ca && has_length;
	out->idle_path_length = !ca && has_length;
	out->path_length = length;
out:
	return err;
}

enum kvk_err kvk_ext_key_usage(struct kvk_der *der, struct kvk_extensions *out)
{
	uint32_t bits;
	enum kvk_err err;

	/* KeyUsage ::= BIT STRING { digitalSignature (0), ..., decipherOnly (8) } */
	KVK_TRY(kvk_der_named_bits(der, KVK_DER_BIT_STRING, &bits));
	KVK_TRY(kvk_der_finish(der));
	out->has_key_usage = true;
	out->key_usage = bits;
out:
	return err;
}

/* KeyPurposeId ::= OBJECT IDENTIFIER */
static enum kvk_err read_usage(struct kvk_der *list, void *item)
{
	return kvk_der_oid(list, item);
}

enum kvk_err kvk_ext_eku(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_vec usages = KVK_VEC_INIT(struct kvk_span, KVK_LIMIT_EKUS);
	enum kvk_err err;

	/* ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId */
	KVK_TRY(kvk_ext_list(der, read_usage, &usages));
	out->has_eku = true;
	out->ekus = usages.items;
	out->eku_count = usages.count;
out:
	return err;
}

enum kvk_err kvk_ext_ski(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span id;
	enum kvk_err err;

	/* SubjectKeyIdentifier ::= KeyIdentifier -- ::= OCTET STRING */
	KVK_TRY(kvk_der_octet_string(der, &id));
	KVK_TRY(kvk_der_finish(der));
	out->has_ski = true;
	out->ski = id;
out:
	return err;
}

/* A member of AuthorityKeyIdentifier where it is next. */
static enum kvk_err aki_member(struct kvk_der *list, unsigned tag, struct kvk_span *out)
{
	*out = (struct kvk_span){ 0 };
	return kvk_der_peek(list) == tag ? kvk_der_read(list, tag, out) : KVK_OK;
}

/* Issuer and serial come together or not at all (4.2.1.1). */
enum kvk_err kvk_ext_aki(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span id, issuer, serial;
	struct kvk_der list;
	enum kvk_err err;

	/* AuthorityKeyIdentifier ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	/* keyIdentifier [0] KeyIdentifier OPTIONAL, */
	KVK_TRY(aki_member(&list, KVK_DER_CONTEXT(0), &id));
	/* authorityCertIssuer [1] GeneralNames OPTIONAL, */
	KVK_TRY(aki_member(&list, KVK_DER_CONTEXT_CONSTRUCTED(1), &issuer));
	/* authorityCertSerialNumber [2] CertificateSerialNumber OPTIONAL } */
	KVK_TRY(aki_member(&list, KVK_DER_CONTEXT(2), &serial));
	KVK_TRY(kvk_der_finish(&list));
	KVK_TRY(kvk_der_finish(der));
	if (issuer.p != NULL)
		KVK_TRY(kvk_general_names_check(&list, issuer));
	if ((issuer.p != NULL) != (serial.p != NULL))
		KVK_TRY(kvk_der_tolerate(&list, KVK_DER_CONTENT, list.rest.p));
	out->has_aki = true;
	out->aki_key_id = id;
	out->aki_issuer = issuer;
	out->aki_serial = serial;
out:
	return err;
}

/* id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1): NULL; that the extension is there is what counts. */
enum kvk_err kvk_ext_ocsp_nocheck(struct kvk_der *der, struct kvk_extensions *out)
{
	(void)der;
	out->has_ocsp_nocheck = true;
	return KVK_OK;
}

/*
 * QCStatements ::= SEQUENCE OF QCStatement (RFC 3739 3.2.6, EN 319 412-5): read by nobody on the
 * road to the portal, and shown as it stands.
 */
enum kvk_err kvk_ext_qc_statements(struct kvk_der *der, struct kvk_extensions *out)
{
	(void)der;
	out->has_qc_statements = true;
	return KVK_OK;
}
