/* SPDX-License-Identifier: Apache-2.0 */
/* Part of crypto/key.h: keys from files. */
#include "config.h"

#include "crypto/key.h"

#include <string.h>

#include <gnutls/x509.h>

#include "base/encode.h"
#include "crypto/gnutls.h"
#include "crypto/key_handle.h"
#include "crypto/pbes2.h"
#include "der/reader.h"

#define BEGIN "-----BEGIN "
#define END "-----END "

/* How a key is written. */
enum form {
	FORM_NONE,
	/* PKCS#8, PKCS#1 or SEC 1: GnuTLS tells them apart. */
	FORM_PLAIN,
	FORM_ENCRYPTED,
	/* A PEM block with the header lines "Proc-Type" and "DEK-Info". */
	FORM_OPENSSL,
};

static const struct {
	const char *label;
	enum form form;
} labels[] = {
	{ "PRIVATE KEY-----", FORM_PLAIN },
	{ "RSA PRIVATE KEY-----", FORM_PLAIN },
	{ "EC PRIVATE KEY-----", FORM_PLAIN },
	{ "DSA PRIVATE KEY-----", FORM_PLAIN },
	{ "ENCRYPTED PRIVATE KEY-----", FORM_ENCRYPTED },
};

/*
 * The first PEM block with a key, from its BEGIN to the end of its END line, and what lies
 * between.
 */
static enum form find_block(struct kvk_span file, struct kvk_span *block, struct kvk_span *body)
{
	const uint8_t *at;
	size_t i;

	while ((at = kvk_span_find(file, BEGIN))) {
		struct kvk_span label = kvk_span_at(file, at + strlen(BEGIN));
		const uint8_t *end;

		file = label;
		for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
			if (!kvk_span_starts(label, labels[i].label))
				continue;
			*body = kvk_span_at(label, label.p + strlen(labels[i].label));
			end = kvk_span_find(*body, END);
			if (!end)
				return FORM_NONE;
			body->n = (size_t)(end - body->p);
			*block = (struct kvk_span){ at,
				(size_t)(end - at) + strlen(END) + strlen(labels[i].label) };
			/* The END line may be cut short at the end of the file. */
			if (block->n > (size_t)(label.p + label.n - at))
				return FORM_NONE;
			return kvk_span_find(*body, "DEK-Info:") ? FORM_OPENSSL : labels[i].form;
		}
	}
	return FORM_NONE;
}

/* What DER holds: an encrypted key begins with an algorithm, all others with a version. */
static enum form form_of_der(struct kvk_span der)
{
	struct kvk_der_log log = { .remark = KVK_DER_OK };
	struct kvk_der outer, inner;

	kvk_der_start(&outer, der, false, &log);
	if (kvk_der_enter(&outer, KVK_DER_SEQUENCE, &inner) != KVK_OK)
		return FORM_NONE;
	if (kvk_der_peek(&inner) == KVK_DER_INTEGER)
		return FORM_PLAIN;
	return kvk_der_peek(&inner) == KVK_DER_SEQUENCE ? FORM_ENCRYPTED : FORM_NONE;
}

/* An encrypted key may be opened: a passphrase is there and its rounds can be done. */
static enum kvk_err check_encrypted(
	struct kvk_span encrypted, bool pem, enum form form, const struct kvk_secret *pass)
{
	struct kvk_blob der = { .n = 0 };
	enum kvk_err err = KVK_OK;

	if (form == FORM_ENCRYPTED && pem) {
		KVK_TRY(kvk_unbase64(encrypted, &der));
		encrypted = kvk_span_of_blob(&der);
	}
	if (form == FORM_ENCRYPTED)
		KVK_TRY(kvk_pbes2_check(encrypted));
	if (pass == NULL || (pass->n > 0 && memchr(pass->p, 0, pass->n) != NULL))
		err = KVK_ERR_PASSPHRASE;
out:
	kvk_blob_free(&der);
	/* It is no base64. */
	return err == KVK_ERR_ARGUMENT ? KVK_ERR_FORMAT : err;
}

static enum kvk_err import_failed(int rc, enum form form)
{
	switch (rc) {
	case GNUTLS_E_MEMORY_ERROR:
		return KVK_ERR_MEMORY;
	case GNUTLS_E_DECRYPTION_FAILED:
		return KVK_ERR_PASSPHRASE;
	/* A wrong passphrase can leave bytes that look padded and yet are no key. */
	case GNUTLS_E_ASN1_DER_ERROR:
	case GNUTLS_E_ASN1_TAG_ERROR:
	case GNUTLS_E_ASN1_DER_OVERFLOW:
	case GNUTLS_E_ASN1_VALUE_NOT_FOUND:
	case GNUTLS_E_ASN1_GENERIC_ERROR:
	case GNUTLS_E_ASN1_ELEMENT_NOT_FOUND:
		return form == FORM_PLAIN ? KVK_ERR_FORMAT : KVK_ERR_PASSPHRASE;
	case GNUTLS_E_BASE64_DECODING_ERROR:
	case GNUTLS_E_BASE64_UNEXPECTED_HEADER_ERROR:
		return KVK_ERR_FORMAT;
	default:
		return KVK_ERR_KEY;
	}
}

static enum kvk_err import(struct kvk_span bytes, gnutls_x509_crt_fmt_t format, enum form form,
	const struct kvk_secret *pass, struct kvk_key **out)
{
	gnutls_datum_t datum = kvk_gnutls_datum(bytes);
	const char *word = pass && pass->n ? (const char *)pass->p : "";
	gnutls_x509_privkey_t x509;
	int rc;

	if (gnutls_x509_privkey_init(&x509) < 0)
		return KVK_ERR_MEMORY;
	if (form == FORM_PLAIN)
		rc = gnutls_x509_privkey_import(x509, &datum, format);
	else if (form == FORM_ENCRYPTED)
		rc = gnutls_x509_privkey_import_pkcs8(x509, &datum, format, word, 0);
	else
		rc = gnutls_x509_privkey_import_openssl(x509, &datum, word);
	if (rc >= 0)
		rc = gnutls_x509_privkey_verify_params(x509);
	if (rc < 0) {
		gnutls_x509_privkey_deinit(x509);
		return import_failed(rc, form);
	}
	return kvk_key_adopt_x509(x509, out);
}

enum kvk_err kvk_key_read(struct kvk_span file, const struct kvk_secret *pass, struct kvk_key **out)
{
	gnutls_x509_crt_fmt_t format = GNUTLS_X509_FMT_PEM;
	struct kvk_span block, body;
	enum kvk_err err = KVK_OK;
	enum form form;

	*out = NULL;
	if (kvk_span_find(file, BEGIN)) {
		form = find_block(file, &block, &body);
	} else {
		format = GNUTLS_X509_FMT_DER;
		block = body = file;
		form = form_of_der(file);
	}
	if (form == FORM_NONE)
		return KVK_ERR_FORMAT;
	if (block.n > KVK_LIMIT_CERTIFICATE)
		return KVK_ERR_LIMIT;
	if (form != FORM_PLAIN)
		KVK_TRY(check_encrypted(body, format == GNUTLS_X509_FMT_PEM, form, pass));
	KVK_TRY(import(block, format, form, pass, out));
out:
	return err;
}
