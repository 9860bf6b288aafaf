/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/hash.h"

#include <gnutls/crypto.h>

#include "crypto/gnutls.h"
#include "crypto/hash_digest.h"

static const struct {
	gnutls_digest_algorithm_t digest;
	size_t size;
	const char *name;
} hashes[] = {
	[KVK_HASH_NONE] = { GNUTLS_DIG_NULL, 0, "" },
	[KVK_HASH_MD5] = { GNUTLS_DIG_MD5, 16, "MD5" },
	[KVK_HASH_SHA1] = { GNUTLS_DIG_SHA1, 20, "SHA-1" },
	[KVK_HASH_SHA224] = { GNUTLS_DIG_SHA224, 28, "SHA-224" },
	[KVK_HASH_SHA256] = { GNUTLS_DIG_SHA256, KVK_SHA256_SIZE, "SHA-256" },
	[KVK_HASH_SHA384] = { GNUTLS_DIG_SHA384, 48, "SHA-384" },
	[KVK_HASH_SHA512] = { GNUTLS_DIG_SHA512, KVK_HASH_SIZE_MAX, "SHA-512" },
};

#define HASHES (sizeof(hashes) / sizeof(hashes[0]))

size_t kvk_hash_size(enum kvk_hash hash)
{
	return (size_t)hash < HASHES ? hashes[hash].size : 0;
}

const char *kvk_hash_name(enum kvk_hash hash)
{
	return (size_t)hash < HASHES ? hashes[hash].name : "";
}

gnutls_digest_algorithm_t kvk_hash_digest(enum kvk_hash hash)
{
	return (size_t)hash < HASHES ? hashes[hash].digest : GNUTLS_DIG_NULL;
}

enum kvk_err kvk_hash_bytes(enum kvk_hash hash, struct kvk_span bytes, uint8_t *out)
{
	gnutls_digest_algorithm_t digest = kvk_hash_digest(hash);
	int rc;

	if (digest == GNUTLS_DIG_NULL)
		return KVK_ERR_ALGORITHM;
	rc = gnutls_hash_fast(digest, bytes.p, bytes.n, out);
	return rc < 0 ? kvk_gnutls_error(rc) : KVK_OK;
}

enum kvk_err kvk_sha256(struct kvk_span bytes, uint8_t out[static KVK_SHA256_SIZE])
{
	return kvk_hash_bytes(KVK_HASH_SHA256, bytes, out);
}

enum kvk_err kvk_sha256_two(
	struct kvk_span one, struct kvk_span other, uint8_t out[static KVK_SHA256_SIZE])
{
	gnutls_hash_hd_t hash;
	int rc = gnutls_hash_init(&hash, GNUTLS_DIG_SHA256);

	if (rc < 0)
		return kvk_gnutls_error(rc);
	rc = gnutls_hash(hash, one.p, one.n);
	if (rc >= 0)
		rc = gnutls_hash(hash, other.p, other.n);
	gnutls_hash_deinit(hash, out);
	return rc < 0 ? kvk_gnutls_error(rc) : KVK_OK;
}

enum kvk_err kvk_hmac_sha256(
	struct kvk_span key, struct kvk_span bytes, uint8_t out[static KVK_SHA256_SIZE])
{
	const int result = gnutls_hmac_fast(GNUTLS_MAC_SHA256, key.p, key.n, bytes.p, bytes.n, out);

	return result == GNUTLS_E_SUCCESS ? KVK_OK : KVK_ERR_CRYPTO;
}

enum kvk_err kvk_random(uint8_t *out, size_t n)
{
	return gnutls_rnd(GNUTLS_RND_KEY, out, n) < 0 ? KVK_ERR_CRYPTO : KVK_OK;
}
