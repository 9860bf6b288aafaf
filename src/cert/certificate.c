/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/certificate.h"

#include <string.h>

#include "cert/extensions.h"
#include "cert/key.h"
#include "cert/signed.h"

/* The arrays are large and stand last; their counts say what in them means anything. */
static void clear(struct kvk_certificate *out)
{
	memset(out, 0, offsetof(struct kvk_certificate, issuer));
	out->issuer.count = 0;
	out->subject.count = 0;
	kvk_extensions_clear(&out->ext);
}

/* version [0] EXPLICIT INTEGER DEFAULT v1 */
static enum kvk_err read_version(struct kvk_der *tbs, struct kvk_certificate *out)
{
	struct kvk_der inner;
	const uint8_t *at;
	uint64_t number;
	bool present;
	enum kvk_err err;

	out->version = 1;
	err = kvk_der_enter_optional(tbs, KVK_DER_CONTEXT_CONSTRUCTED(0), &present, &inner);
	if (err != KVK_OK || !present)
		return err;
	at = inner.rest.p;
	/* Java takes any number */
	if ((err = kvk_der_uint(&inner, KVK_DER_INTEGER, INT32_MAX, &number)) != KVK_OK ||
		(number == 0 && (err = kvk_der_tolerate(&inner, KVK_DER_DEFAULT, at)) != KVK_OK) ||
		(number > 2 && (err = kvk_der_tolerate(&inner, KVK_DER_RANGE, at)) != KVK_OK))
		return err;
	out->version = (unsigned)number + 1;
	return kvk_der_finish(&inner);
}

/* The AlgorithmIdentifier of the signed part, which repeats the one outside. */
static enum kvk_err read_algorithm(struct kvk_der *tbs, struct kvk_certificate *out)
{
	const uint8_t *at = tbs->rest.p;
	enum kvk_err err = kvk_signed_algorithm(tbs, out->algorithm, &out->tbs_algorithm);

	if (err == KVK_OK && !kvk_java_reads_algorithm(out->algorithm))
		err = kvk_der_fail(tbs, KVK_DER_CONTENT, at);
	return err;
}

static enum kvk_err read_validity(struct kvk_der *tbs, struct kvk_certificate *out)
{
	struct kvk_der list;
	enum kvk_err err;

	if ((err = kvk_der_enter(tbs, KVK_DER_SEQUENCE, &list)) != KVK_OK ||
		(err = kvk_der_time(&list, &out->not_before)) != KVK_OK ||
		(err = kvk_der_time(&list, &out->not_after)) != KVK_OK)
		return err;
	return kvk_der_finish(&list);
}

static enum kvk_err read_key(struct kvk_der *tbs, struct kvk_certificate *out)
{
	const uint8_t *at = tbs->rest.p;
	struct kvk_der list;
	struct kvk_span algorithm;
	unsigned unused;
	enum kvk_err err;

	if ((err = kvk_der_enter(tbs, KVK_DER_SEQUENCE, &list)) != KVK_OK ||
		(err = kvk_der_whole(&list, KVK_DER_SEQUENCE, &algorithm)) != KVK_OK ||
		(err = kvk_der_bit_string(&list, &out->key_bits, &unused)) != KVK_OK ||
		(err = kvk_der_finish(&list)) != KVK_OK)
		return err;
	out->spki = (struct kvk_span){ at, (size_t)(tbs->rest.p - at) };
	err = kvk_key_info_read(out->spki, &out->key);
	if (err == KVK_ERR_DER)
		return kvk_der_fail(tbs, KVK_DER_CONTENT, at);
	if (err == KVK_OK && !kvk_java_reads_key(&out->key, out->key_bits))
		return kvk_der_fail(tbs, KVK_DER_RANGE, at);
	return err;
}

/* UniqueIdentifier: a BIT STRING, of which only the count of unused bits is looked at. */
static enum kvk_err read_unique_id(struct kvk_der *tbs, unsigned number, struct kvk_span *out)
{
	const uint8_t *at = tbs->rest.p;
	enum kvk_err err;

	if (kvk_der_peek(tbs) != KVK_DER_CONTEXT(number))
		return KVK_OK;
	err = kvk_der_read(tbs, KVK_DER_CONTEXT(number), out);
	if (err == KVK_OK && (out->n == 0 || out->p[0] > 7))
		err = kvk_der_fail(tbs, KVK_DER_BAD_BIT_STRING, at);
	return err;
}

/*
 * issuerUniqueID [1], subjectUniqueID [2], extensions [3]: what version 1 and 2 do not have is a
 * fault. Java overlooks what stands behind the extensions; what stands in their place would hide
 * them, and is refused here.
 */
static enum kvk_err read_rest(struct kvk_der *tbs, struct kvk_certificate *out)
{
	struct kvk_der explicit_tag, list;
	bool present;
	enum kvk_err err;

	if (out->version == 1)
		return kvk_der_finish(tbs);
	if ((err = read_unique_id(tbs, 1, &out->issuer_unique_id)) != KVK_OK ||
		(err = read_unique_id(tbs, 2, &out->subject_unique_id)) != KVK_OK)
		return err;
	err = kvk_der_enter_optional(tbs, KVK_DER_CONTEXT_CONSTRUCTED(3), &present, &explicit_tag);
	if (err != KVK_OK || !present)
		return err != KVK_OK ? err : kvk_der_finish(tbs);
	if (out->version != 3)
		return kvk_der_fail(tbs, KVK_DER_CONTENT, explicit_tag.rest.p);
	if ((err = kvk_der_enter(&explicit_tag, KVK_DER_SEQUENCE, &list)) != KVK_OK ||
		(err = kvk_extensions_read(&list, &out->ext)) != KVK_OK ||
		(err = kvk_der_finish(&explicit_tag)) != KVK_OK)
		return err;
	return kvk_der_at_end(tbs) ? KVK_OK : kvk_der_tolerate(tbs, KVK_DER_TRAILING, tbs->rest.p);
}

/*
 * Without a subject there has to be a critical subjectAltName (4.1.2.6); Java does not come to
 * asking where there are no extensions at all.
 */
static enum kvk_err check_subject(const struct kvk_der *tbs, const struct kvk_certificate *cert)
{
	const struct kvk_extension *san = kvk_certificate_extension(cert, KVK_OID_EXT_SAN);

	if (cert->subject.count > 0 || (san != NULL && san->critical && cert->ext.has_san))
		return KVK_OK;
	if (cert->ext.count == 0)
		return kvk_der_tolerate(tbs, KVK_DER_EMPTY, cert->subject.der.p);
	return kvk_der_fail(tbs, KVK_DER_EMPTY, cert->subject.der.p);
}

static enum kvk_err read_tbs(struct kvk_der *tbs, struct kvk_certificate *out)
{
	enum kvk_err err;

	if ((err = read_version(tbs, out)) != KVK_OK ||
		(err = kvk_der_integer(tbs, &out->serial)) != KVK_OK ||
		(err = read_algorithm(tbs, out)) != KVK_OK ||
		(err = kvk_signed_issuer(tbs, &out->issuer)) != KVK_OK ||
		(err = read_validity(tbs, out)) != KVK_OK ||
		(err = kvk_name_read(tbs, &out->subject)) != KVK_OK ||
		(err = read_key(tbs, out)) != KVK_OK || (err = read_rest(tbs, out)) != KVK_OK)
		return err;
	return check_subject(tbs, out);
}

enum kvk_err kvk_certificate_read(struct kvk_span der, struct kvk_certificate *out)
{
	struct kvk_signed parts;
	enum kvk_err err;

	clear(out);
	out->der = der;
	if (der.n > KVK_LIMIT_CERTIFICATE)
		return KVK_ERR_LIMIT;
	if ((err = kvk_signed_read(der, &out->log, &parts)) != KVK_OK)
		return err;
	out->tbs = parts.part;
	out->algorithm = parts.algorithm;
	out->signature = parts.signature;
	if ((err = read_tbs(&parts.inner, out)) != KVK_OK ||
		(err = kvk_sha256(out->der, out->sha256)) != KVK_OK)
		return err;
	return kvk_sha256(out->spki, out->spki_sha256);
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

bool kvk_certificate_has_eku(const struct kvk_certificate *cert, enum kvk_oid usage)
{
	for (size_t i = 0; i < cert->ext.eku_count; i++)
		if (kvk_oid_is(cert->ext.ekus[i], usage))
			return true;
	return false;
}

bool kvk_certificate_self_issued(const struct kvk_certificate *cert)
{
	return kvk_span_equal(cert->issuer.der, cert->subject.der);
}
