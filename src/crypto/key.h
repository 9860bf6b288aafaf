/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys: made, read, written, used. The key's numbers stay inside GnuTLS (or the token);
 * what leaves is PKCS#8 in a struct kvk_secret. Keys below RSA 2048 and P-256 are read, so that
 * they can be named, but not made.
 */
#ifndef KVKCSR_CRYPTO_KEY_H
#define KVKCSR_CRYPTO_KEY_H

#include "base/secret.h"
#include "crypto/scheme.h"

/* A private key, in memory or in a token. */
struct kvk_key;

/* What a SubjectPublicKeyInfo says, without asking GnuTLS. */
struct kvk_key_info {
	enum kvk_key_type type;
	/* RSA and DSA: bits of the modulus; EC: bits of the field. */
	unsigned bits;
	/* EC: the named curve, else KVK_OID_UNKNOWN. */
	enum kvk_oid curve;
	/* RSA: the public exponent where it fits in 64 bits, else 0. */
	uint64_t exponent;
	unsigned exponent_bits;
	/* RSA: the modulus, big-endian without leading zero; borrows from the input. */
	struct kvk_span modulus;
	/* DSA keys may inherit their parameters (RFC 3279 2.3.2). */
	bool inherits_parameters;
	/*
	 * RSASSA-PSS keys may restrict hash and salt: the parameters, whole; empty where there are
	 * none.
	 */
	struct kvk_span pss_parameters;
};

/*
 * Reads a SubjectPublicKeyInfo (whole). KVK_ERR_DER; an unknown algorithm is KVK_OK with
 * KVK_KEY_OTHER.
 */
enum kvk_err kvk_key_info_read(struct kvk_span spki, struct kvk_key_info *out);
/* "RSA 3072", "ECDSA P-256", "Ed25519" for people. KVK_ERR_MEMORY. */
enum kvk_err kvk_key_info_describe(const struct kvk_key_info *info, struct kvk_blob *out);

/*
 * Makes a key: RSA of 2048 to 8192 bits with exponent 65537, ECDSA of 256 or 384, Ed25519 (bits
 * ignored). KVK_ERR_ARGUMENT, KVK_ERR_CRYPTO. Tries it out (sign, verify) before it returns.
 */
enum kvk_err kvk_key_generate(enum kvk_key_type type, unsigned bits, struct kvk_key **out);
/*
 * Reads a key from PEM or DER (PKCS#8, encrypted PKCS#8, PKCS#1, SEC 1). KVK_ERR_PASSPHRASE where
 * one is needed and pass is NULL or wrong, KVK_ERR_FORMAT where there is no key, KVK_ERR_KEY.
 * Iteration counts above 10 million are KVK_ERR_LIMIT.
 */
enum kvk_err kvk_key_read(struct kvk_span file, const struct kvk_secret *pass,
	struct kvk_key **out);
/*
 * Opens a key in a token by its pkcs11: URI; pin may be NULL. KVK_ERR_KEY, KVK_ERR_PASSPHRASE,
 * KVK_ERR_NOT_FOUND. why gets the token's words.
 */
enum kvk_err kvk_key_open_uri(const char *uri, const struct kvk_secret *pin, struct kvk_key **out,
	struct kvk_why *why);
void kvk_key_free(struct kvk_key *key);

/* The SubjectPublicKeyInfo in DER; plain rsaEncryption for RSA keys. */
enum kvk_err kvk_key_spki(const struct kvk_key *key, struct kvk_blob *out);
/*
 * PKCS#8 in PEM: plain where pass is NULL, else PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256 of
 * at least 100,000 iterations where the library can set that. KVK_ERR_KEY for a key in a token.
 */
enum kvk_err kvk_key_pem(const struct kvk_key *key, const struct kvk_secret *pass,
	struct kvk_secret *out);
/*
 * Signs data; *out is emptied first. KVK_ERR_ALGORITHM where scheme and key do not fit,
 * KVK_ERR_CRYPTO. ECDSA signatures are DER.
 */
enum kvk_err kvk_key_sign(const struct kvk_key *key, enum kvk_signing signing, struct kvk_span data,
	struct kvk_blob *out);

#endif
