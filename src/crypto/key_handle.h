/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of crypto/key.h: what a key is inside, for those files that make one. For src/crypto alone.
 */
#ifndef KVKCSR_CRYPTO_KEY_HANDLE_H
#define KVKCSR_CRYPTO_KEY_HANDLE_H

#include <gnutls/abstract.h>

#include "crypto/key.h"

struct kvk_key {
	gnutls_privkey_t handle;
	/* The SubjectPublicKeyInfo, worked out when the key is made or read. */
	struct kvk_blob spki;
	enum kvk_key_type type;
	bool token;
};

/* Takes over handle (also on failure) and works out the public key. KVK_ERR_KEY, KVK_ERR_MEMORY. */
enum kvk_err kvk_key_adopt(gnutls_privkey_t handle, bool token, struct kvk_key **out);
/* The same for a key that GnuTLS holds in memory. */
enum kvk_err kvk_key_adopt_x509(gnutls_x509_privkey_t x509, struct kvk_key **out);
/* The PrivateKeyInfo (PKCS#8) in DER, not encrypted. KVK_ERR_KEY for a key in a token. */
enum kvk_err kvk_key_info_der(const struct kvk_key *key, struct kvk_secret *out);

#endif
