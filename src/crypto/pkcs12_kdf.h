/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys from passphrases as PKCS#12 has them (RFC 7292 appendix B): for the MAC of a file, and for
 * the encryption that old readers take. GnuTLS does it too, but offers no such function. For
 * src/crypto alone.
 */
#ifndef KVKCSR_CRYPTO_PKCS12_KDF_H
#define KVKCSR_CRYPTO_PKCS12_KDF_H

#include "base/secret.h"
#include "crypto/hash.h"

/* What the octets are for (RFC 7292 B.3). */
enum kvk_pkcs12_purpose {
	KVK_PKCS12_KEY = 1,
	KVK_PKCS12_IV = 2,
	KVK_PKCS12_MAC = 3,
};

/* How octets are derived. */
struct kvk_pkcs12_kdf {
	/* SHA-1 or SHA-256. */
	enum kvk_hash hash;
	unsigned rounds;
	struct kvk_span salt;
};

/*
 * The passphrase as a BMPString with the two octets that end it; what is beyond its range becomes a
 * pair of surrogates, as OpenSSL and Java have it. KVK_ERR_TEXT where it is not UTF-8,
 * KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_pkcs12_word(const struct kvk_secret *pass, struct kvk_secret *out);
/* Derives n octets from such a word. KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_pkcs12_derive(const struct kvk_pkcs12_kdf *kdf, const struct kvk_secret *word,
	enum kvk_pkcs12_purpose purpose, size_t n, struct kvk_secret *out);

#endif
