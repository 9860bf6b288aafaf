/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Public keys kept ready for GnuTLS, at most KVK_LIMIT_KEY_CACHE; the oldest goes first. For
 * verify.c alone.
 *
 * An RSA key is kept once for PKCS#1 and once for each hash and salt of RSASSA-PSS: GnuTLS takes
 * the salt length from the key object and never from the call, and an object that was given one
 * refuses PKCS#1.
 */
#ifndef KVKCSR_CRYPTO_KEY_CACHE_H
#define KVKCSR_CRYPTO_KEY_CACHE_H

#include <gnutls/abstract.h>

#include "base/limits.h"
#include "crypto/scheme.h"

struct kvk_cached_key {
	struct kvk_blob spki;
	/* KVK_HASH_NONE: not for RSASSA-PSS. */
	enum kvk_hash pss_hash;
	unsigned salt;
	enum kvk_key_type type;
	gnutls_pubkey_t handle;
};

/* Start all-zero. */
struct kvk_key_cache {
	struct kvk_cached_key keys[KVK_LIMIT_KEY_CACHE];
	size_t count;
	/* The oldest, once all places are taken. */
	size_t next;
};

/*
 * The key of an SPKI for a scheme, from the cache or made now; it belongs to the cache and stays
 * valid until the next call. KVK_ERR_KEY, KVK_ERR_LIMIT, KVK_ERR_ALGORITHM where key and scheme
 * do not fit, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_key_cache_get(struct kvk_key_cache *cache, struct kvk_span spki,
	const struct kvk_scheme *scheme, gnutls_pubkey_t *out);
/* Frees the keys. */
void kvk_key_cache_free(struct kvk_key_cache *cache);

#endif
