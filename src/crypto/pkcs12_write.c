/* SPDX-License-Identifier: Apache-2.0 */
/* Part of crypto/pkcs12.h: writing a file. */
#include "config.h"

#include "crypto/pkcs12.h"

#include <string.h>

#include <gnutls/crypto.h>

#include "crypto/gnutls.h"
#include "crypto/hash.h"
#include "crypto/key_handle.h"
#include "crypto/pbes2.h"
#include "crypto/pkcs12_kdf.h"
#include "der/writer.h"

#define OID_DATA "1.2.840.113549.1.7.1"
#define OID_ENCRYPTED_DATA "1.2.840.113549.1.7.6"
#define OID_KEY_BAG "1.2.840.113549.1.12.10.1.2"
#define OID_CERT_BAG "1.2.840.113549.1.12.10.1.3"
#define OID_X509 "1.2.840.113549.1.9.22.1"
#define OID_FRIENDLY_NAME "1.2.840.113549.1.9.20"
#define OID_LOCAL_KEY_ID "1.2.840.113549.1.9.21"
#define OID_PBE_3DES "1.2.840.113549.1.12.1.3"
#define OID_SHA1 "1.3.14.3.2.26"
#define OID_SHA256 "2.16.840.1.101.3.4.2.1"
#define PFX_VERSION 3
#define SALT_SIZE 16
#define DES_KEY_SIZE 24
#define DES_BLOCK_SIZE 8

/* A file that is being written. */
struct writing {
	const struct kvk_pkcs12 *what;
	/* As it was given, and as PKCS#12 derives from it. */
	const struct kvk_secret *pass;
	struct kvk_secret word;
	/* What says that key and certificate belong together. */
	uint8_t key_id[KVK_SHA256_SIZE];
};

static enum kvk_err write_old_algorithm(const struct kvk_pkcs12_kdf *kdf, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(&w, OID_PBE_3DES);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put(&w, KVK_DER_OCTET_STRING, kdf->salt);
	kvk_der_put_uint(&w, kdf->rounds);
	kvk_der_close(&w);
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err;
}

/* Encrypts in place. */
static enum kvk_err encrypt_old(
	const struct kvk_secret *key, const struct kvk_secret *iv, struct kvk_secret *text)
{
	const gnutls_datum_t key_datum = { key->p, DES_KEY_SIZE };
	const gnutls_datum_t iv_datum = { iv->p, DES_BLOCK_SIZE };
	gnutls_cipher_hd_t cipher;
	int rc;

	rc = gnutls_cipher_init(&cipher, GNUTLS_CIPHER_3DES_CBC, &key_datum, &iv_datum);
	if (rc < 0)
		return kvk_gnutls_error(rc);
	rc = gnutls_cipher_encrypt(cipher, text->p, text->n);
	gnutls_cipher_deinit(cipher);
	return rc < 0 ? kvk_gnutls_error(rc) : KVK_OK;
}

/* pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292 appendix C). */
static enum kvk_err seal_old(const struct writing *writing, struct kvk_span plain,
	struct kvk_blob *algorithm, struct kvk_secret *sealed)
{
	const size_t padding = DES_BLOCK_SIZE - plain.n % DES_BLOCK_SIZE;
	uint8_t salt[SALT_SIZE];
	const struct kvk_pkcs12_kdf kdf = { KVK_HASH_SHA1, KVK_PKCS12_ROUNDS, { salt, SALT_SIZE } };
	struct kvk_secret key = { .n = 0 }, iv = { .n = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_random(salt, SALT_SIZE));
	KVK_TRY(write_old_algorithm(&kdf, algorithm));
	KVK_TRY(kvk_pkcs12_derive(&kdf, &writing->word, KVK_PKCS12_KEY, DES_KEY_SIZE, &key));
	KVK_TRY(kvk_pkcs12_derive(&kdf, &writing->word, KVK_PKCS12_IV, DES_BLOCK_SIZE, &iv));
	KVK_TRY(kvk_secret_new(sealed, plain.n + padding));
	memcpy(sealed->p, plain.p, plain.n);
	memset(sealed->p + plain.n, (int)padding, padding);
	KVK_TRY(encrypt_old(&key, &iv, sealed));
out:
	kvk_secret_free(&iv);
	kvk_secret_free(&key);
	return err;
}

static enum kvk_err seal(const struct writing *writing, struct kvk_span plain,
	struct kvk_blob *algorithm, struct kvk_secret *sealed)
{
	return writing->what->legacy ?
		seal_old(writing, plain, algorithm, sealed) :
		kvk_pbes2_seal(plain, writing->pass, KVK_PKCS12_ROUNDS, algorithm, sealed);
}

/* An attribute with one value, which is opened for the caller. */
static void open_attribute(struct kvk_der_writer *w, const char *oid)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, oid);
	kvk_der_open(w, KVK_DER_SET);
}

static void close_attribute(struct kvk_der_writer *w)
{
	kvk_der_close(w);
	kvk_der_close(w);
}

static enum kvk_err write_name(const char *name, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	open_attribute(&w, OID_FRIENDLY_NAME);
	/* A BMPString: two octets for each letter. */
	kvk_der_open(&w, KVK_DER_BMP_STRING);
	for (const char *at = name; *at != '\0'; at++)
		kvk_der_put_raw(&w, (struct kvk_span){ (const uint8_t[]){ 0, (uint8_t)*at }, 2 });
	kvk_der_close(&w);
	close_attribute(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err;
}

static enum kvk_err write_key_id(const struct writing *writing, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	open_attribute(&w, OID_LOCAL_KEY_ID);
	kvk_der_put(&w, KVK_DER_OCTET_STRING,
		(struct kvk_span){ writing->key_id, sizeof writing->key_id });
	close_attribute(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err;
}

/* The attributes of the key and of its certificate, a SET OF in the order of DER. */
static enum kvk_err put_attributes(const struct writing *writing, struct kvk_der_writer *w)
{
	struct kvk_blob name = { .n = 0 }, key_id = { .n = 0 };
	struct kvk_span first, second;
	enum kvk_err err;

	KVK_TRY(write_name(writing->what->name, &name));
	KVK_TRY(write_key_id(writing, &key_id));
	first = kvk_span_of_blob(&name);
	second = kvk_span_of_blob(&key_id);
	kvk_der_open(w, KVK_DER_SET);
	kvk_der_put_raw(w, kvk_span_compare(first, second) < 0 ? first : second);
	kvk_der_put_raw(w, kvk_span_compare(first, second) < 0 ? second : first);
	kvk_der_close(w);
out:
	kvk_blob_free(&key_id);
	kvk_blob_free(&name);
	return err;
}

static void put_certificate(struct kvk_der_writer *w, struct kvk_span certificate)
{
	kvk_der_put_oid_text(w, OID_CERT_BAG);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, OID_X509);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put(w, KVK_DER_OCTET_STRING, certificate);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
}

/* SafeContents with all certificates; the first is that of the key. */
static enum kvk_err write_certificates(const struct writing *writing, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < writing->what->count; i++) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		put_certificate(&w, writing->what->certificates[i]);
		if (i == 0)
			KVK_TRY(put_attributes(writing, &w));
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	KVK_TRY(kvk_der_write_done(&w, out));
out:
	kvk_der_writer_free(&w);
	return err;
}

/* ContentInfo with the certificates, encrypted. */
static enum kvk_err put_encrypted_certificates(
	const struct writing *writing, struct kvk_der_writer *w)
{
	struct kvk_blob plain = { .n = 0 }, algorithm = { .n = 0 };
	struct kvk_secret sealed = { .n = 0 };
	enum kvk_err err;

	KVK_TRY(write_certificates(writing, &plain));
	KVK_TRY(seal(writing, kvk_span_of_blob(&plain), &algorithm, &sealed));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, OID_ENCRYPTED_DATA);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(w, 0);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, OID_DATA);
	kvk_der_put_raw(w, kvk_span_of_blob(&algorithm));
	kvk_der_put(w, KVK_DER_CONTEXT(0), kvk_secret_span(&sealed));
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
out:
	kvk_secret_free(&sealed);
	kvk_blob_free(&algorithm);
	kvk_blob_free(&plain);
	return err;
}

/* SafeBag with the key, encrypted. */
static enum kvk_err put_key_bag(const struct writing *writing, struct kvk_der_writer *w)
{
	struct kvk_secret plain = { .n = 0 }, sealed = { .n = 0 };
	struct kvk_blob algorithm = { .n = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_key_info_der(writing->what->key, &plain));
	KVK_TRY(seal(writing, kvk_secret_span(&plain), &algorithm, &sealed));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, OID_KEY_BAG);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(w, kvk_span_of_blob(&algorithm));
	kvk_der_put(w, KVK_DER_OCTET_STRING, kvk_secret_span(&sealed));
	kvk_der_close(w);
	kvk_der_close(w);
	KVK_TRY(put_attributes(writing, w));
	kvk_der_close(w);
out:
	kvk_blob_free(&algorithm);
	kvk_secret_free(&sealed);
	kvk_secret_free(&plain);
	return err;
}

static void open_data(struct kvk_der_writer *w)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, OID_DATA);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(w, KVK_DER_OCTET_STRING);
}

static void close_data(struct kvk_der_writer *w)
{
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
}

/* AuthenticatedSafe: the certificates, and the key. */
static enum kvk_err write_safe(const struct writing *writing, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	KVK_TRY(put_encrypted_certificates(writing, &w));
	open_data(&w);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	KVK_TRY(put_key_bag(writing, &w));
	kvk_der_close(&w);
	close_data(&w);
	kvk_der_close(&w);
	KVK_TRY(kvk_der_write_done(&w, out));
out:
	kvk_der_writer_free(&w);
	return err;
}

/* MacData over the AuthenticatedSafe. */
static enum kvk_err put_mac(
	const struct writing *writing, struct kvk_span safe, struct kvk_der_writer *w)
{
	const bool legacy = writing->what->legacy;
	const enum kvk_hash hash = legacy ? KVK_HASH_SHA1 : KVK_HASH_SHA256;
	uint8_t salt[SALT_SIZE], mac[KVK_HASH_SIZE_MAX];
	const struct kvk_pkcs12_kdf kdf = { hash, KVK_PKCS12_ROUNDS, { salt, SALT_SIZE } };
	struct kvk_secret key = { .n = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_random(salt, SALT_SIZE));
	KVK_TRY(kvk_pkcs12_derive(&kdf, &writing->word, KVK_PKCS12_MAC, kvk_hash_size(hash), &key));
	KVK_TRY(gnutls_hmac_fast(legacy ? GNUTLS_MAC_SHA1 : GNUTLS_MAC_SHA256, key.p, key.n, safe.p,
			safe.n, mac) == GNUTLS_E_SUCCESS ?
			KVK_OK :
			KVK_ERR_CRYPTO);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, legacy ? OID_SHA1 : OID_SHA256);
	kvk_der_put_null(w);
	kvk_der_close(w);
	kvk_der_put(w, KVK_DER_OCTET_STRING, (struct kvk_span){ mac, kvk_hash_size(hash) });
	kvk_der_close(w);
	kvk_der_put(w, KVK_DER_OCTET_STRING, kdf.salt);
	kvk_der_put_uint(w, kdf.rounds);
	kvk_der_close(w);
out:
	kvk_secret_free(&key);
	return err;
}

static enum kvk_err write_file(const struct writing *writing, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	struct kvk_blob safe = { .n = 0 };
	enum kvk_err err;

	KVK_TRY(write_safe(writing, &safe));
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(&w, PFX_VERSION);
	open_data(&w);
	kvk_der_put_raw(&w, kvk_span_of_blob(&safe));
	close_data(&w);
	KVK_TRY(put_mac(writing, kvk_span_of_blob(&safe), &w));
	kvk_der_close(&w);
	KVK_TRY(kvk_der_write_done(&w, out));
out:
	kvk_der_writer_free(&w);
	kvk_blob_free(&safe);
	return err;
}

enum kvk_err kvk_pkcs12_write(
	const struct kvk_pkcs12 *pkcs12, const struct kvk_secret *pass, struct kvk_blob *out)
{
	struct writing writing = { .what = pkcs12, .pass = pass };
	enum kvk_err err;

	if (pass->n == 0 || memchr(pass->p, 0, pass->n) != NULL)
		return KVK_ERR_PASSPHRASE;
	KVK_TRY(kvk_pkcs12_word(pass, &writing.word));
	KVK_TRY(kvk_sha256(pkcs12->certificates[0], writing.key_id));
	KVK_TRY(write_file(&writing, out));
out:
	kvk_secret_free(&writing.word);
	return err;
}
