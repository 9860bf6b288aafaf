/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hashes and random octets, through GnuTLS. SHA-1 and MD5 are here because certificates name them;
 * nothing is protected by them. MD2 and MD4 are not here: what they sign cannot be checked.
 */
#ifndef KVKCSR_CRYPTO_HASH_H
#define KVKCSR_CRYPTO_HASH_H

#include "base/blob.h"

enum kvk_hash {
	KVK_HASH_NONE,
	KVK_HASH_MD5,
	KVK_HASH_SHA1,
	KVK_HASH_SHA224,
	KVK_HASH_SHA256,
	KVK_HASH_SHA384,
	KVK_HASH_SHA512,
};

#define KVK_HASH_COUNT (KVK_HASH_SHA512 + 1)
#define KVK_SHA256_SIZE 32
#define KVK_HASH_SIZE_MAX 64

/* Octets of a hash value; 0 for KVK_HASH_NONE. */
size_t kvk_hash_size(enum kvk_hash hash);
/* The name people know: "SHA-256"; "" for KVK_HASH_NONE. Static. */
const char *kvk_hash_name(enum kvk_hash hash);
/* Hashes bytes into out, which has room for kvk_hash_size(). KVK_ERR_ALGORITHM, KVK_ERR_CRYPTO. */
enum kvk_err kvk_hash_bytes(enum kvk_hash hash, struct kvk_span bytes, uint8_t *out);
/* The same for SHA-256. KVK_ERR_CRYPTO. */
enum kvk_err kvk_sha256(struct kvk_span bytes, uint8_t out[static KVK_SHA256_SIZE]);
/* The same of two spans as if one followed the other. KVK_ERR_MEMORY, KVK_ERR_CRYPTO. */
enum kvk_err kvk_sha256_two(
	struct kvk_span one, struct kvk_span other, uint8_t out[static KVK_SHA256_SIZE]);
/* HMAC-SHA-256 (RFC 2104) of bytes with a key. KVK_ERR_CRYPTO. */
enum kvk_err kvk_hmac_sha256(
	struct kvk_span key, struct kvk_span bytes, uint8_t out[static KVK_SHA256_SIZE]);

/* Random octets fit for keys and serial numbers. KVK_ERR_CRYPTO. */
enum kvk_err kvk_random(uint8_t *out, size_t n);

#endif
