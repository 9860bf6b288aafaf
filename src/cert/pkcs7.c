/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/pkcs7.h"

#include "der/oid.h"

/* A set of certificates or CRLs where it stands next. */
static enum kvk_err read_set(struct kvk_der *data, unsigned number, struct kvk_span *out)
{
	const unsigned tag = KVK_DER_CONTEXT_CONSTRUCTED(number);

	*out = (struct kvk_span){ 0 };
	return kvk_der_peek(data) == tag ? kvk_der_read(data, tag, out) : KVK_OK;
}

static enum kvk_err read_signed_data(struct kvk_der *data, struct kvk_pkcs7 *out)
{
	struct kvk_span skipped;
	uint64_t version;
	enum kvk_err err;

	/* version CMSVersion, -- ::= INTEGER */
	KVK_TRY(kvk_der_uint(data, KVK_DER_INTEGER, UINT8_MAX, &version));
	/* digestAlgorithms DigestAlgorithmIdentifiers, -- ::= SET OF */
	KVK_TRY(kvk_der_read(data, KVK_DER_SET, &skipped));
	/* encapContentInfo EncapsulatedContentInfo, -- ::= SEQUENCE */
	KVK_TRY(kvk_der_read(data, KVK_DER_SEQUENCE, &skipped));
	/* certificates [0] IMPLICIT CertificateSet OPTIONAL, */
	KVK_TRY(read_set(data, 0, &out->certificates));
	/* crls [1] IMPLICIT RevocationInfoChoices OPTIONAL, */
	KVK_TRY(read_set(data, 1, &out->crls));
	/* signerInfos SignerInfos } -- ::= SET OF */
	KVK_TRY(kvk_der_read(data, KVK_DER_SET, &skipped));
	KVK_TRY(kvk_der_finish(data));
out:
	return err;
}

enum kvk_err kvk_pkcs7_read(struct kvk_span der, struct kvk_der_log *log, struct kvk_pkcs7 *out)
{
	struct kvk_der top, info, tagged, data;
	struct kvk_span type;
	enum kvk_err err;

	kvk_der_start(&top, der, true, log);
	/* ContentInfo ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&top, KVK_DER_SEQUENCE, &info));
	KVK_TRY(kvk_der_finish(&top));
	/* contentType ContentType, -- ::= OBJECT IDENTIFIER */
	KVK_TRY(kvk_der_oid(&info, &type));
	if (!kvk_oid_is(type, KVK_OID_PKCS7_SIGNED))
		return kvk_der_fail(&info, KVK_DER_CONTENT, type.p);
	/* content [0] EXPLICIT ANY DEFINED BY contentType } */
	KVK_TRY(kvk_der_enter(&info, KVK_DER_CONTEXT_CONSTRUCTED(0), &tagged));
	KVK_TRY(kvk_der_finish(&info));
	/* SignedData ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&tagged, KVK_DER_SEQUENCE, &data));
	KVK_TRY(kvk_der_finish(&tagged));
	KVK_TRY(read_signed_data(&data, out));
out:
	return err;
}
