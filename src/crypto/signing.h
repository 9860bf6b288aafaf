/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How this program signs: the schemes, each a constant that is handed on by its address, and their
 * AlgorithmIdentifiers. Nothing here signs with a hash that is broken.
 */
#ifndef KVKCSR_CRYPTO_SIGNING_H
#define KVKCSR_CRYPTO_SIGNING_H

#include "crypto/scheme.h"

struct kvk_signing {
	enum kvk_oid oid;
	enum kvk_key_type key;
	/* KVK_OID_UNKNOWN: Ed25519, which comes with its own. */
	enum kvk_oid hash;
	/* RSASSA-PSS: MGF1 over the same hash, a salt as long as the hash. */
	bool pss;
};

extern const struct kvk_signing kvk_signing_rsa_sha256;
extern const struct kvk_signing kvk_signing_rsa_pss_sha512;
extern const struct kvk_signing kvk_signing_ecdsa_sha256;
extern const struct kvk_signing kvk_signing_ecdsa_sha384;
extern const struct kvk_signing kvk_signing_ed25519;

/* Appends its AlgorithmIdentifier in DER. KVK_ERR_MEMORY. */
enum kvk_err kvk_signing_algorithm(const struct kvk_signing *signing, struct kvk_blob *out);

#endif
