/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signature algorithms as AlgorithmIdentifiers: reading them (RFC 4055, 5758, 8410) and writing
 * those that this program signs with. Parameters of RSASSA-PSS are read whole: hash, MGF1 hash,
 * salt length, trailer.
 */
#ifndef KVKCSR_CRYPTO_SCHEME_H
#define KVKCSR_CRYPTO_SCHEME_H

#include <stdbool.h>

#include "crypto/hash.h"
#include "der/oid.h"

enum kvk_key_type {
	KVK_KEY_OTHER,
	KVK_KEY_RSA,
	KVK_KEY_RSA_PSS,
	KVK_KEY_ECDSA,
	KVK_KEY_ED25519,
	KVK_KEY_ED448,
	KVK_KEY_DSA,
};

/* What an AlgorithmIdentifier of a signature says. */
struct kvk_scheme {
	/* The key type that it needs; KVK_KEY_OTHER: unknown algorithm. */
	enum kvk_key_type key;
	enum kvk_oid oid;
	enum kvk_hash hash;
	/* RSASSA-PSS only. */
	bool pss;
	enum kvk_hash mgf_hash;
	unsigned salt;
	unsigned trailer;
	/*
	 * Parameters that are absent where NULL is wanted or the other way round, or PSS defaults
	 * written out: read, but not as the RFC has it.
	 */
	bool sloppy;
};

/*
 * Reads an AlgorithmIdentifier (the whole SEQUENCE). KVK_ERR_DER where it is malformed; an unknown
 * one is KVK_OK with KVK_KEY_OTHER.
 */
enum kvk_err kvk_scheme_read(struct kvk_span algorithm, struct kvk_scheme *out);
/*
 * A name for people, such as "RSASSA-PSS with SHA-512, salt 64" or "sha256WithRSAEncryption", or
 * the OID. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_scheme_describe(struct kvk_span algorithm, struct kvk_blob *out);

/*
 * The schemes that this program makes signatures with. MD5, SHA-1 are for the bad deliveries of
 * practice and tests.
 */
enum kvk_signing {
	KVK_SIGN_RSA_SHA256,
	KVK_SIGN_RSA_SHA384,
	KVK_SIGN_RSA_SHA512,
	KVK_SIGN_RSA_PSS_SHA256,
	KVK_SIGN_RSA_PSS_SHA384,
	KVK_SIGN_RSA_PSS_SHA512,
	KVK_SIGN_ECDSA_SHA256,
	KVK_SIGN_ECDSA_SHA384,
	KVK_SIGN_ED25519,
	KVK_SIGN_RSA_SHA1,
	KVK_SIGN_RSA_MD5,
	KVK_SIGN_COUNT,
};

/* Its AlgorithmIdentifier in DER, appended. KVK_ERR_MEMORY. PSS: salt as long as the hash. */
enum kvk_err kvk_signing_algorithm(enum kvk_signing signing, struct kvk_blob *out);

#endif
