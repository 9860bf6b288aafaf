/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/verify.h"

#include "base/alloc.h"
#include "crypto/key_cache.h"
#include "crypto/gnutls.h"
#include "crypto/hash_digest.h"
#include "der/reader.h"

/* A broken hash is a finding of the rules, not of this folder. */
#define VERIFY_FLAGS (GNUTLS_VERIFY_ALLOW_BROKEN | GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1)

struct kvk_verifier {
	struct kvk_key_cache cache;
};

enum kvk_err kvk_verifier_new(struct kvk_verifier **out)
{
	*out = kvk_calloc(1, sizeof(**out));
	return *out ? KVK_OK : KVK_ERR_MEMORY;
}

void kvk_verifier_free(struct kvk_verifier *verifier)
{
	if (!verifier)
		return;
	kvk_key_cache_free(&verifier->cache);
	kvk_free(verifier);
}

static gnutls_sign_algorithm_t pss_algorithm(const struct kvk_scheme *scheme)
{
	if (scheme->mgf_hash != scheme->hash || scheme->trailer != 1)
		return GNUTLS_SIGN_UNKNOWN;
	switch (scheme->hash) {
	case KVK_HASH_SHA256:
		return GNUTLS_SIGN_RSA_PSS_SHA256;
	case KVK_HASH_SHA384:
		return GNUTLS_SIGN_RSA_PSS_SHA384;
	case KVK_HASH_SHA512:
		return GNUTLS_SIGN_RSA_PSS_SHA512;
	default:
		return GNUTLS_SIGN_UNKNOWN;
	}
}

static gnutls_sign_algorithm_t algorithm_of(const struct kvk_scheme *scheme)
{
	gnutls_pk_algorithm_t pk;

	if (scheme->pss)
		return pss_algorithm(scheme);
	switch (scheme->key) {
	case KVK_KEY_RSA:
		pk = GNUTLS_PK_RSA;
		break;
	case KVK_KEY_ECDSA:
		pk = GNUTLS_PK_ECDSA;
		break;
	case KVK_KEY_DSA:
		pk = GNUTLS_PK_DSA;
		break;
	case KVK_KEY_ED25519:
		return GNUTLS_SIGN_EDDSA_ED25519;
	case KVK_KEY_ED448:
		return GNUTLS_SIGN_EDDSA_ED448;
	default:
		return GNUTLS_SIGN_UNKNOWN;
	}
	if (scheme->hash == KVK_HASH_NONE)
		return GNUTLS_SIGN_UNKNOWN;
	return gnutls_pk_to_sign(pk, kvk_hash_digest(scheme->hash));
}

/*
 * Whether a signature of two numbers is in DER (RFC 3279 2.2.2 and 2.2.3); GnuTLS takes lengths and
 * numbers in longer forms too, and then one signature would have many encodings.
 */
static bool is_der(const struct kvk_scheme *scheme, struct kvk_span signature)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der start, pair;
	struct kvk_span number;

	if (scheme->key != KVK_KEY_ECDSA && scheme->key != KVK_KEY_DSA)
		return true;
	kvk_der_start(&start, signature, false, &log);
	return kvk_der_enter(&start, KVK_DER_SEQUENCE, &pair) == KVK_OK &&
		kvk_der_integer(&pair, &number) == KVK_OK &&
		kvk_der_integer(&pair, &number) == KVK_OK && kvk_der_finish(&pair) == KVK_OK &&
		kvk_der_finish(&start) == KVK_OK;
}

/*
 * The number S of an Ed448 signature is less than the order of the group, so that its last octet is
 * 0 (RFC 8032 5.2.7); GnuTLS does not look at it, and then one signature would have many encodings.
 */
static bool is_reduced(const struct kvk_scheme *scheme, struct kvk_span signature)
{
	return scheme->key != KVK_KEY_ED448 || signature.n == 0 ||
		signature.p[signature.n - 1] == 0;
}

static enum kvk_err prepare(struct kvk_verifier *verifier, struct kvk_span spki,
	const struct kvk_scheme *scheme, gnutls_sign_algorithm_t *algorithm, gnutls_pubkey_t *key)
{
	*algorithm = algorithm_of(scheme);
	if (*algorithm == GNUTLS_SIGN_UNKNOWN)
		return KVK_ERR_ALGORITHM;
	return kvk_key_cache_get(&verifier->cache, spki, scheme, key);
}

/* What is wrong inside a signature (its DER, its length) is a wrong signature. */
static enum kvk_err result(int rc)
{
	enum kvk_err err;

	if (rc >= 0)
		return KVK_OK;
	err = kvk_gnutls_error(rc);
	return err == KVK_ERR_MEMORY || err == KVK_ERR_ALGORITHM ? err : KVK_ERR_SIGNATURE;
}

enum kvk_err kvk_verify(struct kvk_verifier *verifier, struct kvk_span spki,
	struct kvk_span algorithm, struct kvk_span data, struct kvk_span signature)
{
	gnutls_datum_t bytes = kvk_gnutls_datum(data);
	gnutls_datum_t sig = kvk_gnutls_datum(signature);
	gnutls_sign_algorithm_t sign;
	struct kvk_scheme scheme;
	gnutls_pubkey_t key;
	enum kvk_err err;

	if (kvk_scheme_read(algorithm, &scheme) != KVK_OK)
		return KVK_ERR_ALGORITHM;
	KVK_TRY(prepare(verifier, spki, &scheme, &sign, &key));
	if (!is_der(&scheme, signature) || !is_reduced(&scheme, signature))
		return KVK_ERR_SIGNATURE;
	KVK_TRY(result(gnutls_pubkey_verify_data2(key, sign, VERIFY_FLAGS, &bytes, &sig)));
out:
	return err;
}
