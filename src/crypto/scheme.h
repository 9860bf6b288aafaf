/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading signature algorithms, which come as AlgorithmIdentifiers (RFC 4055, 5758, 8410).
 * Parameters of RSASSA-PSS are read whole: hash, MGF1 hash, salt length, trailer. Whether an
 * algorithm is good enough is not decided here.
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
	/*
	 * The key type that it needs; KVK_KEY_OTHER: unknown algorithm. RSASSA-PSS needs
	 * KVK_KEY_RSA and takes KVK_KEY_RSA_PSS as well.
	 */
	enum kvk_key_type key;
	enum kvk_oid oid;
	/* KVK_HASH_NONE: Ed25519 and Ed448, or a hash that this program does not know. */
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

/* The hash that an OID names (SHA-256: 2.16.840.1.101.3.4.2.1), KVK_HASH_NONE for any other. */
enum kvk_hash kvk_hash_of(enum kvk_oid oid);
/*
 * Reads an AlgorithmIdentifier (the whole SEQUENCE). KVK_ERR_DER where it is malformed; an
 * unknown one is KVK_OK with KVK_KEY_OTHER. RSASSA-PSS without parameters is KVK_OK with
 * KVK_HASH_NONE.
 */
enum kvk_err kvk_scheme_read(struct kvk_span algorithm, struct kvk_scheme *out);
/* Reads RSASSA-PSS-params (the whole SEQUENCE) into the PSS members and hash. KVK_ERR_DER. */
enum kvk_err kvk_pss_read(struct kvk_span parameters, struct kvk_scheme *out);
/*
 * Appends a name for people, such as "RSASSA-PSS with SHA-512, salt 64" or
 * "sha256WithRSAEncryption", or the OID. KVK_ERR_DER, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_scheme_describe(struct kvk_span algorithm, struct kvk_blob *out);

#endif
