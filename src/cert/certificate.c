/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/certificate.h"

#include <string.h>

#include "cert/extensions.h"
#include "cert/java.h"
#include "cert/signed.h"

static enum kvk_err read_version(struct kvk_der *tbs, struct kvk_certificate *out)
{
	struct kvk_der inner;
	const uint8_t *at;
	uint64_t number;
	bool present;
	enum kvk_err err;

	out->version = 1;
	/* version [0] EXPLICIT Version DEFAULT v1, */
	KVK_TRY(kvk_der_enter_optional(tbs, KVK_DER_CONTEXT_CONSTRUCTED(0), &present, &inner));
	if (!present)
		return KVK_OK;
	at = inner.rest.p;
	/* Version ::= INTEGER { v1(0), v2(1), v3(2) } -- Java takes any number */
	KVK_TRY(kvk_der_uint(&inner, KVK_DER_INTEGER, INT32_MAX, &number));
	if (number == 0)
		KVK_TRY(kvk_der_tolerate(&inner, KVK_DER_DEFAULT, at));
	if (number > 2)
		KVK_TRY(kvk_der_tolerate(&inner, KVK_DER_RANGE, at));
	out->version = (unsigned)number + 1;
	KVK_TRY(kvk_der_finish(&inner));
out:
	return err;
}

/* The AlgorithmIdentifier of the signed part, which repeats the one outside. */
static enum kvk_err read_algorithm(struct kvk_der *tbs, struct kvk_certificate *out)
{
	const uint8_t *at = tbs->rest.p;
	enum kvk_err err;

	KVK_TRY(kvk_signed_algorithm(tbs, out->algorithm, &out->tbs_algorithm));
	if (!kvk_java_reads_algorithm(out->algorithm))
		return kvk_der_fail(tbs, KVK_DER_CONTENT, at);
out:
	return err;
}

static enum kvk_err read_validity(struct kvk_der *tbs, struct kvk_certificate *out)
{
	struct kvk_der list;
	enum kvk_err err;

	/* Validity ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(tbs, KVK_DER_SEQUENCE, &list));
	/* notBefore Time, */
	KVK_TRY(kvk_der_time(&list, &out->not_before));
	/* notAfter Time } */
	KVK_TRY(kvk_der_time(&list, &out->not_after));
	KVK_TRY(kvk_der_finish(&list));
out:
	return err;
}

static enum kvk_err read_key(struct kvk_der *tbs, struct kvk_certificate *out)
{
	const uint8_t *at = tbs->rest.p;
	struct kvk_der list;
	struct kvk_span algorithm;
	unsigned unused;
	enum kvk_err err;

	/* SubjectPublicKeyInfo ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(tbs, KVK_DER_SEQUENCE, &list));
	/* algorithm AlgorithmIdentifier, */
	KVK_TRY(kvk_signed_whole(&list, KVK_DER_SEQUENCE, &algorithm));
	/* subjectPublicKey BIT STRING } */
	KVK_TRY(kvk_der_bit_string(&list, &out->key_bits, &unused));
	KVK_TRY(kvk_der_finish(&list));
	out->spki = (struct kvk_span){ at, (size_t)(tbs->rest.p - at) };
	KVK_TRY(kvk_signed_key(tbs, out->spki, &out->key));
	if (!kvk_java_reads_key(&out->key, out->key_bits))
		return kvk_der_fail(tbs, KVK_DER_RANGE, at);
out:
	return err;
}

/* UniqueIdentifier ::= BIT STRING, of which only the count of unused bits is looked at. */
static enum kvk_err read_unique_id(struct kvk_der *tbs, unsigned number, struct kvk_span *out)
{
	const uint8_t *at = tbs->rest.p;
	enum kvk_err err;

	if (kvk_der_peek(tbs) != KVK_DER_CONTEXT(number))
		return KVK_OK;
	KVK_TRY(kvk_der_read(tbs, KVK_DER_CONTEXT(number), out));
	if (out->n == 0 || out->p[0] > 7)
		return kvk_der_fail(tbs, KVK_DER_BAD_BIT_STRING, at);
out:
	return err;
}

/*
 * What version 1 and 2 do not have is an error. Java ignores what follows the extensions;
 * what stands in their place would hide them, and is refused here.
 */
static enum kvk_err read_rest(
	struct kvk_der *tbs, struct kvk_certificate *out, bool *has_extensions)
{
	struct kvk_der explicit_tag, list;
	enum kvk_err err;

	*has_extensions = false;
	if (out->version == 1)
		return kvk_der_finish(tbs);
	/* issuerUniqueID [1] IMPLICIT UniqueIdentifier OPTIONAL, -- v2 or v3 */
	KVK_TRY(read_unique_id(tbs, 1, &out->issuer_unique_id));
	/* subjectUniqueID [2] IMPLICIT UniqueIdentifier OPTIONAL, -- v2 or v3 */
	KVK_TRY(read_unique_id(tbs, 2, &out->subject_unique_id));
	/* extensions [3] EXPLICIT Extensions OPTIONAL -- v3 } */
	KVK_TRY(kvk_der_enter_optional(
		tbs, KVK_DER_CONTEXT_CONSTRUCTED(3), has_extensions, &explicit_tag));
	if (!*has_extensions)
		return kvk_der_finish(tbs);
	if (out->version != 3)
		return kvk_der_fail(tbs, KVK_DER_CONTENT, explicit_tag.rest.p);
	/* Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension */
	KVK_TRY(kvk_der_enter(&explicit_tag, KVK_DER_SEQUENCE, &list));
	KVK_TRY(kvk_extensions_read(&list, &out->ext));
	KVK_TRY(kvk_der_finish(&explicit_tag));
	if (!kvk_der_at_end(tbs))
		return kvk_der_tolerate(tbs, KVK_DER_TRAILING, tbs->rest.p);
out:
	return err;
}

/*
 * Without a subject there has to be a critical subjectAltName (4.1.2.6); Java does not come to
 * asking where there is no list of extensions, not even an empty one.
 */
static enum kvk_err check_subject(
	const struct kvk_der *tbs, const struct kvk_certificate *cert, bool has_extensions)
{
	const struct kvk_extension *san = kvk_certificate_extension(cert, KVK_OID_EXT_SAN);

	if (cert->subject.count > 0 || (san != NULL && san->critical && cert->ext.has_san))
		return KVK_OK;
	if (!has_extensions)
		return kvk_der_tolerate(tbs, KVK_DER_EMPTY, cert->subject.der.p);
	return kvk_der_fail(tbs, KVK_DER_EMPTY, cert->subject.der.p);
}

/* TBSCertificate ::= SEQUENCE { */
static enum kvk_err read_tbs(struct kvk_der *tbs, struct kvk_certificate *out)
{
	bool has_extensions;
	enum kvk_err err;

	KVK_TRY(read_version(tbs, out));
	/* serialNumber CertificateSerialNumber, -- ::= INTEGER */
	KVK_TRY(kvk_der_integer(tbs, &out->serial));
	/* signature AlgorithmIdentifier, */
	KVK_TRY(read_algorithm(tbs, out));
	/* issuer Name, */
	KVK_TRY(kvk_signed_issuer(tbs, &out->issuer));
	/* validity Validity, */
	KVK_TRY(read_validity(tbs, out));
	/* subject Name, */
	KVK_TRY(kvk_name_read(tbs, &out->subject));
	/* subjectPublicKeyInfo SubjectPublicKeyInfo, */
	KVK_TRY(read_key(tbs, out));
	KVK_TRY(read_rest(tbs, out, &has_extensions));
	KVK_TRY(check_subject(tbs, out, has_extensions));
out:
	return err;
}

enum kvk_err kvk_certificate_read(struct kvk_span der, struct kvk_certificate *out)
{
	struct kvk_signed parts;
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	out->der = der;
	if (der.n > KVK_LIMIT_CERTIFICATE)
		return KVK_ERR_LIMIT;
	/* Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue } */
	KVK_TRY(kvk_signed_read(der, &out->log, &parts));
	out->tbs = parts.part;
	out->algorithm = parts.algorithm;
	out->signature = parts.signature;
	KVK_TRY(read_tbs(&parts.inner, out));
	KVK_TRY(kvk_sha256(out->der, out->sha256));
	KVK_TRY(kvk_sha256(out->spki, out->spki_sha256));
out:
	if (err != KVK_OK)
		kvk_certificate_free(out);
	return err;
}

void kvk_certificate_free(struct kvk_certificate *cert)
{
	if (cert == NULL)
		return;
	kvk_name_free(&cert->issuer);
	kvk_name_free(&cert->subject);
	kvk_extensions_free(&cert->ext);
}

const struct kvk_extension *kvk_certificate_extension(
	const struct kvk_certificate *cert, enum kvk_oid oid)
{
	for (size_t i = 0; i < cert->ext.count; i++)
		if (cert->ext.all[i].oid == oid)
			return &cert->ext.all[i];
	return NULL;
}

const char *kvk_key_usage_name(unsigned bit)
{
	static const char *const names[] = { "digitalSignature", "nonRepudiation",
		"keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign",
		"encipherOnly", "decipherOnly" };

	return bit < sizeof(names) / sizeof(names[0]) ? names[bit] : NULL;
}

bool kvk_certificate_self_issued(const struct kvk_certificate *cert)
{
	return kvk_span_equal(cert->issuer.der, cert->subject.der);
}
