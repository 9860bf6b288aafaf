/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/csr.h"

#include <string.h>

#include "cert/extensions.h"
#include "cert/signed.h"
#include "crypto/verify.h"

/*
 * The values of an extensionRequest (RFC 2985 5.4.2), or of Microsoft's attribute for the same: a
 * SET of one Extensions.
 */
static enum kvk_err read_request(struct kvk_der *values, const uint8_t *at, struct kvk_csr *out)
{
	struct kvk_der list;
	enum kvk_err err;

	if (out->has_extensions)
		return kvk_der_fail(values, KVK_DER_DUPLICATE, at);
	/* ExtensionRequest ::= Extensions -- a SEQUENCE SIZE (1..MAX) OF Extension */
	KVK_TRY(kvk_der_enter(values, KVK_DER_SEQUENCE, &list));
	KVK_TRY(kvk_extensions_read(&list, &out->ext));
	KVK_TRY(kvk_der_finish(values));
	out->has_extensions = true;
out:
	return err;
}

static enum kvk_err read_attribute(struct kvk_der *list, struct kvk_csr *out)
{
	const uint8_t *at = list->rest.p;
	struct kvk_der one, values;
	struct kvk_span type;
	enum kvk_err err;

	/* Attribute ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(list, KVK_DER_SEQUENCE, &one));
	/* type ATTRIBUTE.&id({IOSet}), */
	KVK_TRY(kvk_der_oid(&one, &type));
	/* values SET SIZE(1..MAX) OF ATTRIBUTE.&Type({IOSet}{@type}) } */
	KVK_TRY(kvk_der_enter(&one, KVK_DER_SET, &values));
	KVK_TRY(kvk_der_finish(&one));
	if (kvk_oid_is(type, KVK_OID_PKCS9_CHALLENGE_PASSWORD))
		out->has_challenge_password = true;
	else if (kvk_oid_is(type, KVK_OID_PKCS9_EXTENSION_REQUEST) ||
		kvk_oid_is(type, KVK_OID_MS_EXTENSION_REQUEST))
		KVK_TRY(read_request(&values, at, out));
out:
	return err;
}

static enum kvk_err read_attributes(struct kvk_der *info, struct kvk_csr *out)
{
	struct kvk_der list;
	bool present;
	enum kvk_err err;

	/* attributes [0] Attributes -- ::= SET OF Attribute } */
	KVK_TRY(kvk_der_enter_optional(info, KVK_DER_CONTEXT_CONSTRUCTED(0), &present, &list));
	if (!present)
		return kvk_der_tolerate(info, KVK_DER_EMPTY, info->rest.p);
	while (!kvk_der_at_end(&list))
		KVK_TRY(read_attribute(&list, out));
out:
	return err;
}

/* CertificationRequestInfo ::= SEQUENCE { */
static enum kvk_err read_info(struct kvk_der *info, struct kvk_csr *out)
{
	uint64_t version;
	enum kvk_err err;

	/* version INTEGER { v1(0) } (v1,...), */
	KVK_TRY(kvk_der_uint(info, KVK_DER_INTEGER, 0, &version));
	/* subject Name, */
	KVK_TRY(kvk_name_read(info, &out->subject));
	/* subjectPKInfo SubjectPublicKeyInfo{{ PKInfoAlgorithms }}, */
	KVK_TRY(kvk_signed_whole(info, KVK_DER_SEQUENCE, &out->spki));
	KVK_TRY(kvk_signed_key(info, out->spki, &out->key));
	KVK_TRY(read_attributes(info, out));
	KVK_TRY(kvk_der_finish(info));
out:
	return err;
}

enum kvk_err kvk_csr_read(struct kvk_span der, struct kvk_csr *out)
{
	struct kvk_signed parts;
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	out->der = der;
	if (der.n > KVK_LIMIT_CERTIFICATE)
		return KVK_ERR_LIMIT;
	/* CertificationRequest ::= SEQUENCE { info, signatureAlgorithm, signature } */
	KVK_TRY(kvk_signed_read(der, &out->log, &parts));
	out->info = parts.part;
	out->algorithm = parts.algorithm;
	out->signature = parts.signature;
	KVK_TRY(read_info(&parts.inner, out));
	KVK_TRY(kvk_sha256(out->spki, out->spki_sha256));
out:
	if (err != KVK_OK)
		kvk_csr_free(out);
	return err;
}

void kvk_csr_free(struct kvk_csr *csr)
{
	if (csr == NULL)
		return;
	kvk_name_free(&csr->subject);
	kvk_extensions_free(&csr->ext);
}

enum kvk_err kvk_csr_verify(const struct kvk_csr *csr)
{
	struct kvk_verifier *verifier = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_verifier_new(&verifier));
	err = kvk_verify(verifier, csr->spki, csr->algorithm, csr->info, csr->signature);
out:
	kvk_verifier_free(verifier);
	return err;
}
