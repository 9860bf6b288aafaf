/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certificate, decoded once into a plain struct: every field and every RFC 5280 extension, as
 * spans into the original bytes. Reading refuses what Java's reader refuses and notes what it lets
 * pass (log.tolerated); it evaluates nothing: no dates, no key sizes, no rules. Unknown extensions
 * are kept by OID.
 */
#ifndef KVKCSR_CERT_CERTIFICATE_H
#define KVKCSR_CERT_CERTIFICATE_H

#include "cert/extension.h"
#include "cert/name.h"
#include "crypto/key.h"

struct kvk_certificate {
	/* The whole certificate and its signed part. */
	struct kvk_span der, tbs;
	/* 1, 2 or 3. */
	unsigned version;
	/* INTEGER content octets. */
	struct kvk_span serial;
	/* AlgorithmIdentifiers, whole: of the certificate and inside the signed part. */
	struct kvk_span algorithm, tbs_algorithm;
	kvk_time not_before, not_after;
	/* SubjectPublicKeyInfo, whole; the contents of its BIT STRING; and what it says. */
	struct kvk_span spki, key_bits;
	struct kvk_key_info key;
	struct kvk_span issuer_unique_id, subject_unique_id;
	/* The contents of signatureValue. */
	struct kvk_span signature;
	uint8_t sha256[KVK_SHA256_SIZE];
	/* SHA-256 of the SubjectPublicKeyInfo. */
	uint8_t spki_sha256[KVK_SHA256_SIZE];
	struct kvk_der_log log;
	struct kvk_name issuer, subject;
	struct kvk_extensions ext;
};

/*
 * Decodes a certificate; free it with kvk_certificate_free() where that succeeds. der must hold
 * just one, and outlives *out. KVK_ERR_DER with out->log
 * filled (remark, offset, also for a v1 certificate with extensions, a repeated extension, an
 * unequal inner algorithm, a negative path length), KVK_ERR_LIMIT above KVK_LIMIT_CERTIFICATE,
 * KVK_ERR_CRYPTO, KVK_ERR_MEMORY. An extension whose contents Java does not read ends the decoding
 * only where Java's does: RFC-known critical ones; a non-critical one that is malformed is kept as
 * unknown and noted.
 */
enum kvk_err kvk_certificate_read(struct kvk_span der, struct kvk_certificate *out);
/* Frees what a certificate owns, and not itself. Accepts NULL. */
void kvk_certificate_free(struct kvk_certificate *cert);
/* The extension of this type, or NULL. */
const struct kvk_extension *kvk_certificate_extension(
	const struct kvk_certificate *cert, enum kvk_oid oid);
/* The name of a key usage by its bit (0 is digitalSignature); NULL after the last. Static. */
const char *kvk_key_usage_name(unsigned bit);
/* Whether issuer and subject are the same octets. */
bool kvk_certificate_self_issued(const struct kvk_certificate *cert);

#endif
