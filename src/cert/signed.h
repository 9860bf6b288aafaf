/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The outer form that certificates, CRLs and requests share: SEQUENCE { signed part, algorithm,
 * signature } (RFC 5280 4.1.1). For cert/ itself.
 */
#ifndef KVKCSR_CERT_SIGNED_H
#define KVKCSR_CERT_SIGNED_H

#include "cert/name.h"
#include "crypto/key.h"
#include "der/reader.h"

struct kvk_signed {
	/* The signed part, whole, and a cursor over its contents. */
	struct kvk_span part;
	struct kvk_der inner;
	/* The AlgorithmIdentifier, whole, and the contents of the signature. */
	struct kvk_span algorithm, signature;
};

/* Reads der, which holds nothing else, as Java does. log outlives the cursor. KVK_ERR_DER. */
enum kvk_err kvk_signed_read(struct kvk_span der, struct kvk_der_log *log, struct kvk_signed *out);
/* Reads a value of this tag: the whole of it. KVK_ERR_DER. */
enum kvk_err kvk_signed_whole(struct kvk_der *der, unsigned tag, struct kvk_span *out);
/*
 * Reads the AlgorithmIdentifier inside the signed part, which has to repeat the one outside
 * (4.1.1.2). Parameters that are absent and that are NULL count as the same, as for Java.
 * KVK_ERR_DER.
 */
enum kvk_err kvk_signed_algorithm(struct kvk_der *der, struct kvk_span outer, struct kvk_span *out);
/* Reads the name of the issuer, which is never empty (4.1.2.4, 5.1.2.3). KVK_ERR_DER. */
enum kvk_err kvk_signed_issuer(struct kvk_der *der, struct kvk_name *out);
/* What a SubjectPublicKeyInfo (whole) says, cut out of der. KVK_ERR_DER, KVK_ERR_CRYPTO. */
enum kvk_err kvk_signed_key(
	const struct kvk_der *der, struct kvk_span spki, struct kvk_key_info *out);

#endif
