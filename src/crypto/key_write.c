/* SPDX-License-Identifier: Apache-2.0 */
/* Part of crypto/key.h: keys as files. */
#include "config.h"

#include "crypto/key.h"

#include <string.h>

#include <gnutls/x509.h>

#include "base/encode.h"
#include "crypto/gnutls.h"
#include "crypto/key_handle.h"
#include "crypto/pbes2.h"
#include "der/reader.h"
#include "der/writer.h"

/*
 * Room for any key of a curve in DER: enough that the writer never moves it and leaves a copy
 * behind.
 */
#define CURVE_KEY_ROOM 1024

static void release(gnutls_datum_t *datum)
{
	if (datum->data)
		kvk_wipe(datum->data, datum->size);
	gnutls_free(datum->data);
}

static void release_blob(struct kvk_blob *blob)
{
	kvk_wipe(blob->p, blob->n);
	kvk_blob_free(blob);
}

/* The PrivateKeyInfo as GnuTLS writes it. */
static enum kvk_err export(const struct kvk_key *key, struct kvk_secret *out) {
	gnutls_datum_t der = { .data = NULL }; gnutls_x509_privkey_t x509; int rc; enum kvk_err err;

	rc = gnutls_privkey_export_x509(key->handle, &x509);
	if (rc < 0) return rc == GNUTLS_E_MEMORY_ERROR ? KVK_ERR_MEMORY : KVK_ERR_KEY;
	rc = gnutls_x509_privkey_export2_pkcs8(
		x509, GNUTLS_X509_FMT_DER, NULL, GNUTLS_PKCS_PLAIN, &der);
	gnutls_x509_privkey_deinit(x509);
	if (rc < 0) return kvk_gnutls_error(rc);
	err = kvk_secret_copy(out, (struct kvk_span){ der.data, der.size });
	release(&der);
	return err;
}

/* The number of a key of a curve, as wide as the curve. */
static enum kvk_err curve_number(const struct kvk_key *key, struct kvk_secret *out)
{
	gnutls_datum_t x = { .data = NULL }, y = { .data = NULL }, k = { .data = NULL };
	struct kvk_key_info info;
	enum kvk_err err;
	int rc;

	KVK_TRY(kvk_key_info_read(kvk_span_of_blob(&key->spki), &info));
	rc = gnutls_privkey_export_ecc_raw2(
		key->handle, NULL, &x, &y, &k, GNUTLS_EXPORT_FLAG_NO_LZ);
	if (rc < 0)
		return kvk_gnutls_error(rc);
	KVK_TRY(kvk_secret_new(out, (info.bits + 7) / 8));
	if (k.size > out->n)
		err = KVK_ERR_KEY;
	else
		memcpy(out->p + out->n - k.size, k.data, k.size);
out:
	gnutls_free(x.data);
	gnutls_free(y.data);
	release(&k);
	return err;
}

static void put_curve_key(struct kvk_der_writer *w, struct kvk_span algorithm,
	struct kvk_span number, struct kvk_span point)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(w, 0);
	kvk_der_put_raw(w, algorithm);
	kvk_der_open(w, KVK_DER_OCTET_STRING);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(w, 1);
	kvk_der_put(w, KVK_DER_OCTET_STRING, number);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
	kvk_der_put_raw(w, point);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
}

/*
 * The PrivateKeyInfo of a key of a curve (RFC 5958, RFC 5915). GnuTLS writes the number as a signed
 * INTEGER would be, one octet too wide for every second key, and strict readers refuse that.
 */
static enum kvk_err export_curve(const struct kvk_key *key, struct kvk_secret *out)
{
	struct kvk_der_log log = { .remark = KVK_DER_OK };
	struct kvk_secret number = { .n = 0 };
	struct kvk_der_value algorithm, point;
	struct kvk_der_writer w = { .depth = 0 };
	struct kvk_blob der = { .n = 0 };
	struct kvk_der outer, info;
	enum kvk_err err;

	kvk_der_start(&outer, kvk_span_of_blob(&key->spki), false, &log);
	KVK_TRY(kvk_der_enter(&outer, KVK_DER_SEQUENCE, &info));
	KVK_TRY(kvk_der_any(&info, &algorithm));
	KVK_TRY(kvk_der_any(&info, &point));
	KVK_TRY(curve_number(key, &number));
	KVK_TRY(kvk_blob_reserve(&w.out, CURVE_KEY_ROOM));
	put_curve_key(&w, algorithm.whole, kvk_secret_span(&number), point.whole);
	KVK_TRY(kvk_der_write_done(&w, &der));
	KVK_TRY(kvk_secret_copy(out, kvk_span_of_blob(&der)));
out:
	release_blob(&der);
	release_blob(&w.out);
	kvk_secret_free(&number);
	return err;
}

static enum kvk_err write_pem(const char *label, struct kvk_span der, struct kvk_secret *out)
{
	struct kvk_blob pem = { .n = 0 };
	enum kvk_err err;

	/* What kvk_base64() may ask for, and the two lines: never moved, as above. */
	KVK_TRY(kvk_blob_reserve(&pem, (der.n / 3 + 1) * 8 + 2 * strlen(label) + 64));
	KVK_TRY(kvk_blob_append_format(&pem, "-----BEGIN %s-----\n", label));
	KVK_TRY(kvk_base64(&pem, der, 64));
	KVK_TRY(kvk_blob_append_format(&pem, "-----END %s-----\n", label));
	KVK_TRY(kvk_secret_copy(out, kvk_span_of_blob(&pem)));
out:
	release_blob(&pem);
	return err;
}

enum kvk_err kvk_key_info_der(const struct kvk_key *key, struct kvk_secret *out)
{
	if (key->token)
		return KVK_ERR_KEY;
	return key->type == KVK_KEY_ECDSA ? export_curve(key, out) : export(key, out);
}

enum kvk_err kvk_key_pem(
	const struct kvk_key *key, const struct kvk_secret *pass, struct kvk_secret *out)
{
	struct kvk_secret plain = { .n = 0 };
	struct kvk_blob sealed = { .n = 0 };
	enum kvk_err err;

	if (key->token)
		return KVK_ERR_KEY;
	if (pass && (pass->n == 0 || memchr(pass->p, 0, pass->n)))
		return KVK_ERR_PASSPHRASE;
	KVK_TRY(kvk_key_info_der(key, &plain));
	if (pass != NULL)
		KVK_TRY(kvk_pbes2_encrypt(kvk_secret_span(&plain), pass, &sealed));
	KVK_TRY(pass ? write_pem("ENCRYPTED PRIVATE KEY", kvk_span_of_blob(&sealed), out) :
		       write_pem("PRIVATE KEY", kvk_secret_span(&plain), out));
out:
	kvk_secret_free(&plain);
	kvk_blob_free(&sealed);
	return err;
}
