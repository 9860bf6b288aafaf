/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/key.h"

#include <gnutls/x509.h>

#include "base/alloc.h"
#include "crypto/verify.h"
#include "crypto/gnutls.h"
#include "crypto/hash_digest.h"
#include "crypto/key_handle.h"

#define RSA_BITS_MIN 2048u

static enum kvk_err read_public(struct kvk_key *key)
{
	gnutls_datum_t der = { .data = NULL };
	struct kvk_key_info info;
	gnutls_pubkey_t public;
	int rc;
	enum kvk_err err;

	if (gnutls_pubkey_init(&public) < 0)
		return KVK_ERR_MEMORY;
	rc = gnutls_pubkey_import_privkey(public, key->handle, 0, 0);
	if (rc >= 0)
		rc = gnutls_pubkey_export2(public, GNUTLS_X509_FMT_DER, &der);
	gnutls_pubkey_deinit(public);
	if (rc < 0)
		return rc == GNUTLS_E_MEMORY_ERROR ? KVK_ERR_MEMORY : KVK_ERR_KEY;
	KVK_TRY(kvk_blob_append(&key->spki, (struct kvk_span){ der.data, der.size }));
	if (kvk_key_info_read(kvk_span_of_blob(&key->spki), &info) != KVK_OK)
		err = KVK_ERR_KEY;
	else if (info.bits > KVK_LIMIT_RSA_BITS)
		err = KVK_ERR_LIMIT;
	else
		key->type = info.type;
out:
	gnutls_free(der.data);
	return err;
}

enum kvk_err kvk_key_adopt(gnutls_privkey_t handle, bool token, struct kvk_key **out)
{
	struct kvk_key *key = kvk_calloc(1, sizeof(*key));
	enum kvk_err err;

	*out = NULL;
	if (key == NULL) {
		gnutls_privkey_deinit(handle);
		return KVK_ERR_MEMORY;
	}
	key->handle = handle;
	key->token = token;
	KVK_TRY(read_public(key));
	*out = key;
	key = NULL;
out:
	kvk_key_free(key);
	return err;
}

enum kvk_err kvk_key_adopt_x509(gnutls_x509_privkey_t x509, struct kvk_key **out)
{
	gnutls_privkey_t handle;
	int rc;

	*out = NULL;
	if (gnutls_privkey_init(&handle) < 0) {
		gnutls_x509_privkey_deinit(x509);
		return KVK_ERR_MEMORY;
	}
	rc = gnutls_privkey_import_x509(handle, x509, GNUTLS_PRIVKEY_IMPORT_AUTO_RELEASE);
	if (rc < 0) {
		gnutls_x509_privkey_deinit(x509);
		gnutls_privkey_deinit(handle);
		return rc == GNUTLS_E_MEMORY_ERROR ? KVK_ERR_MEMORY : KVK_ERR_KEY;
	}
	return kvk_key_adopt(handle, false, out);
}

void kvk_key_free(struct kvk_key *key)
{
	if (!key)
		return;
	gnutls_privkey_deinit(key->handle);
	kvk_blob_free(&key->spki);
	kvk_free(key);
}

enum kvk_err kvk_key_spki(const struct kvk_key *key, struct kvk_blob *out)
{
	return kvk_blob_append(out, kvk_span_of_blob(&key->spki));
}

static gnutls_sign_algorithm_t algorithm_of(const struct kvk_signing *signing)
{
	const gnutls_digest_algorithm_t digest = kvk_hash_digest(kvk_hash_of(signing->hash));

	switch (signing->key) {
	case KVK_KEY_RSA:
		return gnutls_pk_to_sign(signing->pss ? GNUTLS_PK_RSA_PSS : GNUTLS_PK_RSA, digest);
	case KVK_KEY_ECDSA:
		return gnutls_pk_to_sign(GNUTLS_PK_ECDSA, digest);
	case KVK_KEY_ED25519:
		return GNUTLS_SIGN_EDDSA_ED25519;
	default:
		return GNUTLS_SIGN_UNKNOWN;
	}
}

enum kvk_err kvk_key_sign(const struct kvk_key *key, const struct kvk_signing *signing,
	struct kvk_span data, struct kvk_blob *out)
{
	gnutls_datum_t bytes = kvk_gnutls_datum(data);
	gnutls_datum_t signature = { .data = NULL };
	enum kvk_err err;
	int rc;

	kvk_blob_clear(out);
	if (signing->key != key->type)
		return KVK_ERR_ALGORITHM;
	rc = gnutls_privkey_sign_data2(key->handle, algorithm_of(signing), 0, &bytes, &signature);
	if (rc < 0)
		return kvk_gnutls_error(rc);
	err = kvk_blob_append(out, (struct kvk_span){ signature.data, signature.size });
	gnutls_free(signature.data);
	return err;
}

/* Signs and checks once: a key that cannot do both must never get a certificate. */
static enum kvk_err try_out(const struct kvk_key *key)
{
	const struct kvk_signing *signing = key->type == KVK_KEY_RSA ? &kvk_signing_rsa_sha256 :
		key->type == KVK_KEY_ECDSA			     ? &kvk_signing_ecdsa_sha256 :
								       &kvk_signing_ed25519;
	struct kvk_blob algorithm = { .n = 0 }, signature = { .n = 0 };
	struct kvk_span data = kvk_span_of("kvkcsr");
	struct kvk_verifier *verifier = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_verifier_new(&verifier));
	KVK_TRY(kvk_signing_algorithm(signing, &algorithm));
	KVK_TRY(kvk_key_sign(key, signing, data, &signature));
	KVK_TRY(kvk_verify(verifier, kvk_span_of_blob(&key->spki), kvk_span_of_blob(&algorithm),
		data, kvk_span_of_blob(&signature)));
out:
	kvk_verifier_free(verifier);
	kvk_blob_free(&algorithm);
	kvk_blob_free(&signature);
	return err == KVK_OK || err == KVK_ERR_MEMORY ? err : KVK_ERR_CRYPTO;
}

static enum kvk_err choose(
	enum kvk_key_type type, unsigned bits, gnutls_pk_algorithm_t *pk, unsigned *size)
{
	*size = bits;
	switch (type) {
	case KVK_KEY_RSA:
		*pk = GNUTLS_PK_RSA;
		return bits < RSA_BITS_MIN || bits > KVK_LIMIT_RSA_BITS ? KVK_ERR_ARGUMENT : KVK_OK;
	case KVK_KEY_ECDSA:
		*pk = GNUTLS_PK_ECDSA;
		*size = GNUTLS_CURVE_TO_BITS(
			bits == 256 ? GNUTLS_ECC_CURVE_SECP256R1 : GNUTLS_ECC_CURVE_SECP384R1);
		return bits == 256 || bits == 384 ? KVK_OK : KVK_ERR_ARGUMENT;
	case KVK_KEY_ED25519:
		*pk = GNUTLS_PK_EDDSA_ED25519;
		*size = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_ED25519);
		return KVK_OK;
	default:
		return KVK_ERR_ARGUMENT;
	}
}

enum kvk_err kvk_key_generate(enum kvk_key_type type, unsigned bits, struct kvk_key **out)
{
	gnutls_pk_algorithm_t pk;
	gnutls_x509_privkey_t x509;
	enum kvk_err err;
	unsigned size;
	int rc;

	*out = NULL;
	KVK_TRY(choose(type, bits, &pk, &size));
	if (gnutls_x509_privkey_init(&x509) < 0)
		return KVK_ERR_MEMORY;
	rc = gnutls_x509_privkey_generate(x509, pk, size, 0);
	if (rc < 0) {
		gnutls_x509_privkey_deinit(x509);
		return rc == GNUTLS_E_MEMORY_ERROR ? KVK_ERR_MEMORY : KVK_ERR_CRYPTO;
	}
	KVK_TRY(kvk_key_adopt_x509(x509, out));
	KVK_TRY(try_out(*out));
out:
	if (err != KVK_OK) {
		kvk_key_free(*out);
		*out = NULL;
	}
	return err;
}
