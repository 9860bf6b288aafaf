/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/key_cache.h"

#include "crypto/gnutls.h"
#include "crypto/hash_digest.h"
#include "crypto/key_info.h"

/* Bits of a DSA subgroup above which no signature is checked; FIPS 186-4 knows at most 256. */
#define SUBGROUP_BITS_MAX 512u

/* Refuses what costs too much or is no key, before GnuTLS computes with it. */
static enum kvk_err check_numbers(const struct kvk_key_info *info)
{
	switch (info->type) {
	case KVK_KEY_RSA:
	case KVK_KEY_RSA_PSS:
		if (info->bits > KVK_LIMIT_RSA_BITS)
			return KVK_ERR_LIMIT;
		if (info->exponent_bits > KVK_LIMIT_RSA_EXPONENT_BITS)
			return KVK_ERR_LIMIT;
		if (info->exponent < 3 || info->exponent % 2 == 0)
			return KVK_ERR_KEY;
		if (info->bits == 0 || info->modulus.p[info->modulus.n - 1] % 2 == 0)
			return KVK_ERR_KEY;
		return KVK_OK;
	case KVK_KEY_DSA:
		if (info->inherits_parameters)
			return KVK_ERR_KEY;
		if (info->bits > KVK_LIMIT_RSA_BITS || info->subgroup_bits > SUBGROUP_BITS_MAX)
			return KVK_ERR_LIMIT;
		return KVK_OK;
	case KVK_KEY_ECDSA:
		return info->curve == KVK_OID_UNKNOWN ? KVK_ERR_KEY : KVK_OK;
	default:
		return KVK_OK;
	}
}

/* A key that is bound to RSASSA-PSS may name its hash and a shortest salt (RFC 4055 3.3). */
static enum kvk_err check_restriction(
	const struct kvk_key_info *info, const struct kvk_scheme *scheme)
{
	struct kvk_scheme bound = { .pss = true };

	if (info->type != KVK_KEY_RSA_PSS || info->pss_parameters.n == 0)
		return KVK_OK;
	if (kvk_pss_read(info->pss_parameters, &bound) != KVK_OK)
		return KVK_ERR_KEY;
	if (bound.hash != scheme->hash || bound.mgf_hash != scheme->mgf_hash)
		return KVK_ERR_ALGORITHM;
	return scheme->salt < bound.salt ? KVK_ERR_ALGORITHM : KVK_OK;
}

static enum kvk_err check_fit(const struct kvk_key_info *info, const struct kvk_scheme *scheme)
{
	if (info->type == KVK_KEY_RSA_PSS && !scheme->pss)
		return KVK_ERR_ALGORITHM;
	if (info->type != scheme->key && !(scheme->pss && info->type == KVK_KEY_RSA_PSS))
		return KVK_ERR_ALGORITHM;
	return check_restriction(info, scheme);
}

/* RSA goes in as two numbers, whatever is around them. */
static int import_rsa(gnutls_pubkey_t handle, const struct kvk_key_info *info)
{
	gnutls_datum_t modulus = kvk_gnutls_datum(info->modulus);
	uint8_t octets[sizeof(info->exponent)];
	uint64_t left = info->exponent;
	gnutls_datum_t exponent;
	size_t n = 0;

	for (; left; left >>= 8)
		octets[sizeof(octets) - ++n] = (uint8_t)left;
	exponent = kvk_gnutls_datum((struct kvk_span){ octets + sizeof(octets) - n, n });
	return gnutls_pubkey_import_rsa_raw(handle, &modulus, &exponent);
}

static int set_pss(gnutls_pubkey_t handle, const struct kvk_scheme *scheme)
{
	gnutls_x509_spki_t parameters;
	int rc;

	rc = gnutls_x509_spki_init(&parameters);
	if (rc < 0)
		return rc;
	gnutls_x509_spki_set_rsa_pss_params(
		parameters, kvk_hash_digest(scheme->hash), scheme->salt);
	rc = gnutls_pubkey_set_spki(handle, parameters, 0);
	gnutls_x509_spki_deinit(parameters);
	return rc;
}

static enum kvk_err import(struct kvk_span spki, const struct kvk_key_info *info,
	const struct kvk_scheme *scheme, gnutls_pubkey_t *out)
{
	gnutls_datum_t whole = kvk_gnutls_datum(spki);
	gnutls_pubkey_t handle;
	int rc;

	if (gnutls_pubkey_init(&handle) < 0)
		return KVK_ERR_MEMORY;
	if (scheme->key == KVK_KEY_RSA)
		rc = import_rsa(handle, info);
	else
		rc = gnutls_pubkey_import(handle, &whole, GNUTLS_X509_FMT_DER);
	if (rc >= 0 && scheme->pss)
		rc = set_pss(handle, scheme);
	if (rc >= 0) {
		*out = handle;
		return KVK_OK;
	}
	gnutls_pubkey_deinit(handle);
	return rc == GNUTLS_E_MEMORY_ERROR ? KVK_ERR_MEMORY : KVK_ERR_KEY;
}

static void drop(struct kvk_cached_key *key)
{
	kvk_blob_free(&key->spki);
	if (key->handle)
		gnutls_pubkey_deinit(key->handle);
	*key = (struct kvk_cached_key){ .handle = NULL };
}

static void keep(struct kvk_key_cache *cache, struct kvk_cached_key *key)
{
	if (cache->count < KVK_LIMIT_KEY_CACHE) {
		cache->keys[cache->count++] = *key;
		return;
	}
	drop(&cache->keys[cache->next]);
	cache->keys[cache->next] = *key;
	cache->next = (cache->next + 1) % KVK_LIMIT_KEY_CACHE;
}

static enum kvk_err make(struct kvk_key_cache *cache, struct kvk_span spki,
	const struct kvk_scheme *scheme, struct kvk_cached_key *key, gnutls_pubkey_t *out)
{
	struct kvk_key_info info;
	enum kvk_err err;

	if (kvk_key_info_read(spki, &info) != KVK_OK)
		return KVK_ERR_KEY;
	KVK_TRY(check_numbers(&info));
	KVK_TRY(check_fit(&info, scheme));
	KVK_TRY(import(spki, &info, scheme, &key->handle));
	KVK_TRY(kvk_blob_append(&key->spki, spki));
	*out = key->handle;
	keep(cache, key);
out:
	if (err != KVK_OK)
		drop(key);
	return err;
}

enum kvk_err kvk_key_cache_get(struct kvk_key_cache *cache, struct kvk_span spki,
	const struct kvk_scheme *scheme, gnutls_pubkey_t *out)
{
	struct kvk_cached_key wanted = {
		.pss_hash = scheme->pss ? scheme->hash : KVK_HASH_NONE,
		.salt = scheme->pss ? scheme->salt : 0,
		.type = scheme->key,
	};
	size_t i;

	for (i = 0; i < cache->count; i++) {
		const struct kvk_cached_key *key = &cache->keys[i];

		if (key->pss_hash != wanted.pss_hash || key->salt != wanted.salt ||
			key->type != wanted.type)
			continue;
		if (!kvk_span_equal(kvk_span_of_blob(&key->spki), spki))
			continue;
		*out = key->handle;
		return KVK_OK;
	}
	return make(cache, spki, scheme, &wanted, out);
}

void kvk_key_cache_free(struct kvk_key_cache *cache)
{
	size_t i;

	for (i = 0; i < cache->count; i++)
		drop(&cache->keys[i]);
	*cache = (struct kvk_key_cache){ .count = 0 };
}
