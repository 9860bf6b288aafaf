/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of this folder share: the translation between this program's words and those of
 * GnuTLS. For src/crypto alone; no other folder includes it.
 */
#ifndef KVKCSR_CRYPTO_INTERNAL_H
#define KVKCSR_CRYPTO_INTERNAL_H

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>

#include "crypto/key.h"

struct kvk_key {
	gnutls_privkey_t handle;
	/* The SubjectPublicKeyInfo, worked out when the key is made or read. */
	struct kvk_blob spki;
	enum kvk_key_type type;
	bool token;
};

/* A span as GnuTLS wants it; GnuTLS does not write there, although its type could. */
gnutls_datum_t kvk_gnutls_datum(struct kvk_span span);
/* GNUTLS_DIG_NULL for KVK_HASH_NONE. */
gnutls_digest_algorithm_t kvk_gnutls_digest(enum kvk_hash hash);
/* The error of this program for a negative result of GnuTLS; KVK_ERR_CRYPTO where there is none. */
enum kvk_err kvk_gnutls_error(int result);
/* Takes over handle (also on failure) and works out the public key. KVK_ERR_KEY, KVK_ERR_MEMORY. */
enum kvk_err kvk_key_adopt(gnutls_privkey_t handle, bool token, struct kvk_key **out);
/* The same for a key that GnuTLS holds in memory. */
enum kvk_err kvk_key_adopt_x509(gnutls_x509_privkey_t x509, struct kvk_key **out);
/* Encrypts a PKCS#8 PrivateKeyInfo into an EncryptedPrivateKeyInfo (RFC 8018, PBES2). */
enum kvk_err kvk_pbes2_encrypt(
	struct kvk_span plain, const struct kvk_secret *pass, struct kvk_blob *out);
/*
 * The rounds that an EncryptedPrivateKeyInfo asks for, without doing them: KVK_ERR_LIMIT above
 * KVK_PBKDF_ROUNDS_MAX, KVK_ERR_FORMAT where it is none.
 */
enum kvk_err kvk_pbes_check(struct kvk_span encrypted);

/*
 * Rounds of PBKDF2 above which an encrypted key is not tried: minutes of work for one passphrase.
 */
#define KVK_PBKDF_ROUNDS_MAX 10000000u

#endif
