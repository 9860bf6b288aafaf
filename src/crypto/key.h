/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys: made, read, written, used. The key's numbers stay inside GnuTLS (or the token);
 * what leaves is PKCS#8 in a struct kvk_secret. Keys below RSA 2048 and P-256 are read, so that
 * they can be named, but not made. A key belongs to one thread at a time.
 */
#ifndef KVKCSR_CRYPTO_KEY_H
#define KVKCSR_CRYPTO_KEY_H

#include "base/secret.h"
#include "crypto/key_info.h"
#include "crypto/signing.h"

/* A private key, in memory or in a token. */
struct kvk_key;

/*
 * Makes a key: RSA of 2048 to 8192 bits with exponent 65537, ECDSA of 256 or 384, Ed25519 (bits
 * ignored). Tries it out (sign, verify) before it returns. KVK_ERR_ARGUMENT, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_key_generate(enum kvk_key_type type, unsigned bits, struct kvk_key **out);
/*
 * Reads the first key of a file in PEM or DER (PKCS#8, encrypted PKCS#8, PKCS#1, SEC 1, and the
 * older encrypted PEM of OpenSSL). KVK_ERR_PASSPHRASE where one is required and pass is NULL or
 * wrong, KVK_ERR_FORMAT where there is no key, KVK_ERR_KEY where its numbers make no key.
 * Iteration counts above 10 million, RSA above KVK_LIMIT_RSA_BITS and keys above
 * KVK_LIMIT_CERTIFICATE bytes are KVK_ERR_LIMIT.
 */
enum kvk_err kvk_key_read(
	struct kvk_span file, const struct kvk_secret *pass, struct kvk_key **out);
/*
 * Opens a key in a token by its pkcs11: URI; pin may be NULL. A wrong PIN is tried once only. why
 * gets the token's words, never the URI, which may carry a PIN. KVK_ERR_KEY, KVK_ERR_PASSPHRASE,
 * KVK_ERR_NOT_FOUND, KVK_ERR_ARGUMENT where it is no such URI, or does not say which of several
 * tokens the PIN is for.
 */
enum kvk_err kvk_key_open_uri(
	const char *uri, const struct kvk_secret *pin, struct kvk_key **out, struct kvk_error *why);
/*
 * Makes a key in a token, as kvk_key_generate() does in memory; the URI names the token, and the
 * key with "object=" and perhaps "id=". It never leaves the token. A wrong PIN is tried once only.
 * KVK_ERR_EXISTS where the token has a key of that name, KVK_ERR_ARGUMENT, and the errors of
 * kvk_key_open_uri(), with why.
 */
enum kvk_err kvk_key_generate_in_token(const char *uri, enum kvk_key_type type, unsigned bits,
	const struct kvk_secret *pin, struct kvk_key **out, struct kvk_error *why);
/* Whether the token of a URI says that it cannot sign with RSASSA-PSS. */
bool kvk_key_token_lacks_pss(const char *uri);
/* Wipes and frees. Accepts NULL. */
void kvk_key_free(struct kvk_key *key);

/* Appends the SubjectPublicKeyInfo in DER; plain rsaEncryption for RSA keys. KVK_ERR_MEMORY. */
enum kvk_err kvk_key_spki(const struct kvk_key *key, struct kvk_blob *out);
/*
 * PKCS#8 in PEM: plain where pass is NULL, else PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256 of
 * KVK_PBKDF_ROUNDS (pbes2.h). KVK_ERR_KEY for a key in a token, KVK_ERR_PASSPHRASE for an empty
 * passphrase or one with a NUL inside.
 */
enum kvk_err kvk_key_pem(
	const struct kvk_key *key, const struct kvk_secret *pass, struct kvk_secret *out);
/*
 * Signs data; *out is emptied first. KVK_ERR_ALGORITHM where scheme and key do not fit,
 * KVK_ERR_CRYPTO. ECDSA signatures are DER.
 */
enum kvk_err kvk_key_sign(const struct kvk_key *key, const struct kvk_signing *signing,
	struct kvk_span data, struct kvk_blob *out);

#endif
