/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/pbes2.h"

#include <string.h>

#include <gnutls/crypto.h>

#include "crypto/gnutls.h"
#include "crypto/hash.h"
#include "der/reader.h"
#include "der/writer.h"

#define OID_PBKDF2 "1.2.840.113549.1.5.12"
#define OID_PBES2 "1.2.840.113549.1.5.13"
#define OID_HMAC_SHA256 "1.2.840.113549.2.9"
#define OID_AES256_CBC "2.16.840.1.101.3.4.1.42"
#define KEY_SIZE 32
#define BLOCK_SIZE 16
#define SALT_SIZE 16

struct pbes2 {
	unsigned rounds;
	uint8_t salt[SALT_SIZE];
	uint8_t iv[BLOCK_SIZE];
};

/* The parameters of PBES2: how the key was derived, and the cipher. */
static void put_parameters(struct kvk_der_writer *w, const struct pbes2 *pbes)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, OID_PBKDF2);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put(w, KVK_DER_OCTET_STRING, (struct kvk_span){ pbes->salt, SALT_SIZE });
	kvk_der_put_uint(w, pbes->rounds);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, OID_HMAC_SHA256);
	kvk_der_put_null(w);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, OID_AES256_CBC);
	kvk_der_put(w, KVK_DER_OCTET_STRING, (struct kvk_span){ pbes->iv, BLOCK_SIZE });
	kvk_der_close(w);
	kvk_der_close(w);
}

static enum kvk_err write_algorithm(const struct pbes2 *pbes, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(&w, OID_PBES2);
	put_parameters(&w, pbes);
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err;
}

enum kvk_err kvk_pbes2_normalize(const struct kvk_secret *pass, struct kvk_secret *out)
{
	gnutls_datum_t word = { .data = NULL };
	enum kvk_err err;
	int rc;

	rc = gnutls_utf8_password_normalize(
		pass->p, (unsigned)pass->n, &word, GNUTLS_UTF8_IGNORE_ERRS);
	err = rc < 0 ? kvk_gnutls_error(rc) :
		       kvk_secret_copy(out, (struct kvk_span){ word.data, word.size });
	if (word.data != NULL)
		kvk_wipe(word.data, word.size);
	gnutls_free(word.data);
	return err;
}

static enum kvk_err derive(
	const struct kvk_secret *pass, const struct pbes2 *pbes, struct kvk_secret *key)
{
	gnutls_datum_t salt = kvk_gnutls_datum((struct kvk_span){ pbes->salt, SALT_SIZE });
	struct kvk_secret word = { .n = 0 };
	gnutls_datum_t datum;
	enum kvk_err err;
	int rc;

	KVK_TRY(kvk_secret_new(key, KEY_SIZE));
	KVK_TRY(kvk_pbes2_normalize(pass, &word));
	datum = kvk_gnutls_datum(kvk_secret_span(&word));
	rc = gnutls_pbkdf2(GNUTLS_MAC_SHA256, &datum, &salt, pbes->rounds, key->p, key->n);
	if (rc < 0)
		err = kvk_gnutls_error(rc);
out:
	kvk_secret_free(&word);
	return err;
}

/* Encrypts in place. */
static enum kvk_err encrypt(
	const struct kvk_secret *key, struct pbes2 *pbes, struct kvk_secret *text)
{
	gnutls_datum_t iv = { pbes->iv, BLOCK_SIZE };
	gnutls_datum_t secret = { key->p, KEY_SIZE };
	gnutls_cipher_hd_t cipher;
	int rc;

	rc = gnutls_cipher_init(&cipher, GNUTLS_CIPHER_AES_256_CBC, &secret, &iv);
	if (rc < 0)
		return kvk_gnutls_error(rc);
	rc = gnutls_cipher_encrypt(cipher, text->p, text->n);
	gnutls_cipher_deinit(cipher);
	return rc < 0 ? kvk_gnutls_error(rc) : KVK_OK;
}

enum kvk_err kvk_pbes2_seal(struct kvk_span plain, const struct kvk_secret *pass, unsigned rounds,
	struct kvk_blob *algorithm, struct kvk_secret *sealed)
{
	const size_t padding = BLOCK_SIZE - plain.n % BLOCK_SIZE;
	struct pbes2 pbes = { .rounds = rounds };
	struct kvk_secret key = { .n = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_random(pbes.salt, SALT_SIZE));
	KVK_TRY(kvk_random(pbes.iv, BLOCK_SIZE));
	/* The initialisation vector is used up by the cipher. */
	KVK_TRY(write_algorithm(&pbes, algorithm));
	KVK_TRY(kvk_secret_new(sealed, plain.n + padding));
	memcpy(sealed->p, plain.p, plain.n);
	memset(sealed->p + plain.n, (int)padding, padding);
	KVK_TRY(derive(pass, &pbes, &key));
	KVK_TRY(encrypt(&key, &pbes, sealed));
out:
	kvk_secret_free(&key);
	return err;
}

enum kvk_err kvk_pbes2_encrypt(
	struct kvk_span plain, const struct kvk_secret *pass, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	struct kvk_blob algorithm = { .n = 0 };
	struct kvk_secret sealed = { .n = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_pbes2_seal(plain, pass, KVK_PBKDF_ROUNDS, &algorithm, &sealed));
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, kvk_span_of_blob(&algorithm));
	kvk_der_put(&w, KVK_DER_OCTET_STRING, kvk_secret_span(&sealed));
	kvk_der_close(&w);
	KVK_TRY(kvk_der_write_done(&w, out));
out:
	kvk_der_writer_free(&w);
	kvk_secret_free(&sealed);
	kvk_blob_free(&algorithm);
	return err;
}

static bool is_bearable(struct kvk_span integer)
{
	uint64_t rounds = 0;
	size_t i;

	if (integer.n > 4)
		return false;
	for (i = 0; i < integer.n; i++)
		rounds = rounds << 8 | integer.p[i];
	return rounds <= KVK_PBKDF_ROUNDS_MAX;
}

/*
 * Every INTEGER in the algorithm of an encrypted key is a number of rounds or a length, in PBES1,
 * PBES2, PKCS#12 and scrypt alike; so none may be large.
 */
static enum kvk_err check_numbers(struct kvk_der *der)
{
	struct kvk_der inner;
	struct kvk_der_value value;
	enum kvk_err err = KVK_OK;

	while (!kvk_der_at_end(der)) {
		if (kvk_der_peek(der) == KVK_DER_SEQUENCE) {
			KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &inner));
			KVK_TRY(check_numbers(&inner));
			continue;
		}
		KVK_TRY(kvk_der_any(der, &value));
		if (value.tag == KVK_DER_INTEGER && !is_bearable(value.content))
			return KVK_ERR_LIMIT;
	}
out:
	return err;
}

enum kvk_err kvk_pbes2_check(struct kvk_span encrypted)
{
	struct kvk_der_log log = { .remark = KVK_DER_OK };
	struct kvk_der outer, info, algorithm;
	struct kvk_span cipher_text;
	enum kvk_err err;

	kvk_der_start(&outer, encrypted, false, &log);
	/* EncryptedPrivateKeyInfo ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&outer, KVK_DER_SEQUENCE, &info));
	/* encryptionAlgorithm EncryptionAlgorithmIdentifier, -- ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(&info, KVK_DER_SEQUENCE, &algorithm));
	KVK_TRY(check_numbers(&algorithm));
	/* encryptedData EncryptedData } -- ::= OCTET STRING */
	KVK_TRY(kvk_der_octet_string(&info, &cipher_text));
out:
	return err == KVK_ERR_DER ? KVK_ERR_FORMAT : err;
}
