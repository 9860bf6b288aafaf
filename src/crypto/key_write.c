/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/key.h"

#include <string.h>

#include <gnutls/x509.h>

#include "base/text.h"
#include "crypto/internal.h"

/* The PrivateKeyInfo; *out is wiped and freed by the caller with release(). */
static enum kvk_err export(const struct kvk_key *key, gnutls_x509_crt_fmt_t format,
	gnutls_datum_t *out)
{
	gnutls_x509_privkey_t x509;
	int rc;

	rc = gnutls_privkey_export_x509(key->handle, &x509);
	if (rc < 0)
		return rc == GNUTLS_E_MEMORY_ERROR ? KVK_ERR_MEMORY : KVK_ERR_KEY;
	rc = gnutls_x509_privkey_export2_pkcs8(x509, format, NULL, GNUTLS_PKCS_PLAIN, out);
	gnutls_x509_privkey_deinit(x509);
	return rc < 0 ? kvk_gnutls_error(rc) : KVK_OK;
}

static void release(gnutls_datum_t *datum)
{
	if (datum->data)
		kvk_wipe(datum->data, datum->size);
	gnutls_free(datum->data);
}

static enum kvk_err plain_pem(const struct kvk_key *key, struct kvk_secret *out)
{
	gnutls_datum_t pem = { .data = NULL };
	enum kvk_err err;

	err = export(key, GNUTLS_X509_FMT_PEM, &pem);
	if (!err)
		err = kvk_secret_copy(out, (struct kvk_span){ pem.data, pem.size });
	release(&pem);
	return err;
}

static enum kvk_err encrypted_pem(const struct kvk_key *key, const struct kvk_secret *pass,
	struct kvk_secret *out)
{
	struct kvk_blob der = { .n = 0 }, pem = { .n = 0 };
	gnutls_datum_t plain = { .data = NULL };
	enum kvk_err err;

	err = export(key, GNUTLS_X509_FMT_DER, &plain);
	if (!err)
		err = kvk_pbes2_encrypt((struct kvk_span){ plain.data, plain.size }, pass, &der);
	if (!err)
		err = kvk_blob_text(&pem, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
	if (!err)
		err = kvk_base64(&pem, kvk_span_of_blob(&der), 64);
	if (!err)
		err = kvk_blob_text(&pem, "-----END ENCRYPTED PRIVATE KEY-----\n");
	if (!err)
		err = kvk_secret_copy(out, kvk_span_of_blob(&pem));
	release(&plain);
	kvk_blob_free(&der);
	kvk_blob_free(&pem);
	return err;
}

enum kvk_err kvk_key_pem(const struct kvk_key *key, const struct kvk_secret *pass,
	struct kvk_secret *out)
{
	if (key->token)
		return KVK_ERR_KEY;
	if (!pass)
		return plain_pem(key, out);
	if (pass->n == 0 || memchr(pass->p, 0, pass->n))
		return KVK_ERR_PASSPHRASE;
	return encrypted_pem(key, pass, out);
}
