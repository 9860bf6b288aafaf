/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/pkcs7.h"

#include "cert/name.h"
#include "der/oid.h"

/* A set of certificates or CRLs where it is next. */
static enum kvk_err read_set(struct kvk_der *data, unsigned number, struct kvk_span *out)
{
	const unsigned tag = KVK_DER_CONTEXT_CONSTRUCTED(number);

	*out = (struct kvk_span){ 0 };
	return kvk_der_peek(data) == tag ? kvk_der_read(data, tag, out) : KVK_OK;
}

/* AlgorithmIdentifier ::= SEQUENCE { */
static enum kvk_err read_algorithm(struct kvk_der *der)
{
	struct kvk_der algorithm;
	struct kvk_span oid;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &algorithm));
	/* algorithm OBJECT IDENTIFIER, -- and parameters, which are not looked at */
	KVK_TRY(kvk_der_oid(&algorithm, &oid));
out:
	return err;
}

/* issuerAndSerialNumber IssuerAndSerialNumber, -- ::= SEQUENCE { */
static enum kvk_err read_issuer_and_serial(struct kvk_der *signer)
{
	struct kvk_span serial;
	struct kvk_name issuer = { .count = 0 };
	struct kvk_der pair;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(signer, KVK_DER_SEQUENCE, &pair));
	/* issuer Name, */
	KVK_TRY(kvk_name_read(&pair, &issuer));
	/* serialNumber CertificateSerialNumber } -- ::= INTEGER */
	KVK_TRY(kvk_der_integer(&pair, &serial));
	KVK_TRY(kvk_der_finish(&pair));
out:
	kvk_name_free(&issuer);
	return err;
}

/* A SET with an implicit tag where it is next; its members are not looked at. */
static enum kvk_err pass_set(struct kvk_der *der, unsigned number)
{
	struct kvk_span skipped;

	return read_set(der, number, &skipped);
}

/* SignerInfo ::= SEQUENCE { -- as Java reads it */
static enum kvk_err read_signer(struct kvk_der *list)
{
	struct kvk_span version, digest;
	struct kvk_der signer;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(list, KVK_DER_SEQUENCE, &signer));
	/* version Version, -- ::= INTEGER */
	KVK_TRY(kvk_der_integer(&signer, &version));
	KVK_TRY(read_issuer_and_serial(&signer));
	/* digestAlgorithm DigestAlgorithmIdentifier, */
	KVK_TRY(read_algorithm(&signer));
	/* authenticatedAttributes [0] IMPLICIT Attributes OPTIONAL, */
	KVK_TRY(pass_set(&signer, 0));
	/* digestEncryptionAlgorithm DigestEncryptionAlgorithmIdentifier, */
	KVK_TRY(read_algorithm(&signer));
	/* encryptedDigest EncryptedDigest, -- ::= OCTET STRING */
	KVK_TRY(kvk_der_octet_string(&signer, &digest));
	/* unauthenticatedAttributes [1] IMPLICIT Attributes OPTIONAL } */
	KVK_TRY(pass_set(&signer, 1));
	KVK_TRY(kvk_der_finish(&signer));
out:
	return err;
}

/* Whether Java cannot read the SignerInfos (the contents of their SET). */
static bool is_odd(struct kvk_span signers)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der list;

	kvk_der_start(&list, signers, true, &log);
	while (!kvk_der_at_end(&list))
		if (read_signer(&list) != KVK_OK)
			return true;
	return false;
}

static enum kvk_err read_signed_data(struct kvk_der *data, struct kvk_pkcs7 *out)
{
	struct kvk_span skipped, signers;
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
	KVK_TRY(kvk_der_read(data, KVK_DER_SET, &signers));
	out->odd_signer = is_odd(signers);
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
