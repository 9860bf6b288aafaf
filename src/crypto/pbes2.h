/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Password-based encryption of keys (RFC 8018, PBES2). GnuTLS can write it, but with a few thousand
 * rounds of PBKDF2 and no way to ask for more, so the structure is written here. Reading is left to
 * GnuTLS, once the number of rounds is known to be bearable. For src/crypto alone.
 */
#ifndef KVKCSR_CRYPTO_PBES2_H
#define KVKCSR_CRYPTO_PBES2_H

#include "base/secret.h"

/* Rounds of PBKDF2 for the keys that this program writes (OWASP, 2023, for HMAC-SHA-256). */
#define KVK_PBKDF_ROUNDS 600000u
/*
 * Rounds of PBKDF2 above which an encrypted key is not tried: minutes of work for one passphrase.
 */
#define KVK_PBKDF_ROUNDS_MAX 10000000u

/*
 * Encrypts bytes with AES-256-CBC and a key of so many rounds of PBKDF2-HMAC-SHA-256: the
 * AlgorithmIdentifier, which replaces what is in *algorithm, and the cipher text. KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_pbes2_seal(struct kvk_span plain, const struct kvk_secret *pass, unsigned rounds,
	struct kvk_blob *algorithm, struct kvk_secret *sealed);
/*
 * The passphrase in the form that GnuTLS gives it before it decrypts (RFC 8265: NFC); what has
 * none is taken as it is, as OpenSSL does. KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_pbes2_normalize(const struct kvk_secret *pass, struct kvk_secret *out);
/* Encrypts a PKCS#8 PrivateKeyInfo into an EncryptedPrivateKeyInfo. KVK_ERR_CRYPTO. */
enum kvk_err kvk_pbes2_encrypt(
	struct kvk_span plain, const struct kvk_secret *pass, struct kvk_blob *out);
/*
 * The rounds that an EncryptedPrivateKeyInfo asks for, without doing them: KVK_ERR_LIMIT above
 * KVK_PBKDF_ROUNDS_MAX, KVK_ERR_FORMAT where it is none.
 */
enum kvk_err kvk_pbes2_check(struct kvk_span encrypted);

#endif
