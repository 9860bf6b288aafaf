/* SPDX-License-Identifier: Apache-2.0 */
/* Part of crypto/key.h: keys in PKCS#11 tokens. */
#include "config.h"

#include "crypto/key.h"

#include "base/escape.h"
#include "crypto/gnutls.h"
#include "crypto/key_handle.h"

#include <string.h>

#include <gnutls/pkcs11.h>

#include "crypto/token_uri.h"

/* Mechanisms of PKCS#11 that sign with PSS (CKM_RSA_PKCS_PSS, CKM_SHA512_RSA_PKCS_PSS). */
#define RSA_PKCS_PSS 0x0dul
#define SHA512_RSA_PKCS_PSS 0x45ul

/*
 * Hands the PIN to GnuTLS, once: tokens lock themselves after a few wrong ones, so a PIN that was
 * refused is not tried again.
 */
static int give_pin(void *user, int attempt, const char *url, const char *label, unsigned flags,
	char *pin, size_t size)
{
	const struct kvk_secret *secret = user;

	(void)url;
	(void)label;
	if (!secret || attempt > 0 || flags & (GNUTLS_PIN_WRONG | GNUTLS_PIN_SO))
		return GNUTLS_E_PKCS11_PIN_ERROR;
	if (secret->n >= size || memchr(secret->p, 0, secret->n))
		return GNUTLS_E_PKCS11_PIN_ERROR;
	memcpy(pin, secret->p, secret->n);
	pin[secret->n] = '\0';
	return 0;
}

static enum kvk_err open_failed(int rc, struct kvk_error *why)
{
	enum kvk_err err = kvk_gnutls_error(rc);

	if (err != KVK_ERR_PASSPHRASE && err != KVK_ERR_NOT_FOUND && err != KVK_ERR_MEMORY)
		err = KVK_ERR_KEY;
	return kvk_error_set(why, err, _("the token reported: %s"), gnutls_strerror(rc));
}

/* Whether there are several tokens that take a PIN. */
static bool are_several(void)
{
	unsigned count = 0, flags;
	char *url;

	for (unsigned i = 0; gnutls_pkcs11_token_get_url(i, GNUTLS_PKCS11_URL_GENERIC, &url) == 0;
		i++) {
		if (gnutls_pkcs11_token_get_flags(url, &flags) == 0 &&
			(flags & GNUTLS_PKCS11_TOKEN_USER_PIN_INITIALIZED) != 0)
			count++;
		gnutls_free(url);
	}
	return count > 1;
}

enum kvk_err kvk_key_open_uri(
	const char *uri, const struct kvk_secret *pin, struct kvk_key **out, struct kvk_error *why)
{
	gnutls_privkey_t handle;
	enum kvk_err err;
	int rc;

	*out = NULL;
	if (gnutls_url_is_supported(uri) == 0)
		return kvk_error_set(why, KVK_ERR_ARGUMENT,
			_("the URI of a key in a token starts with 'pkcs11:'"));
	/* GnuTLS would offer it to one token after the other. */
	if (pin != NULL && !kvk_token_uri_names_token(uri) && are_several())
		return kvk_error_set(why, KVK_ERR_ARGUMENT,
			_("there are several tokens; the URI must name the one that the PIN is "
			  "for, with 'token=NAME'"));
	if (gnutls_privkey_init(&handle) < 0)
		return KVK_ERR_MEMORY;
	/* The user data has no const in its type; give_pin() only reads it. */
	gnutls_privkey_set_pin_function(handle, give_pin, (void *)(uintptr_t)pin);
	rc = gnutls_privkey_import_url(handle, uri, 0);
	if (rc < 0) {
		gnutls_privkey_deinit(handle);
		return open_failed(rc, why);
	}
	err = kvk_key_adopt(handle, true, out);
	if (err == KVK_ERR_KEY)
		kvk_error_set(why, err, _("the token does not provide the public key of this key"));
	return err;
}

bool kvk_key_token_lacks_pss(const char *uri)
{
	unsigned long mechanism;
	unsigned i = 0;

	for (; gnutls_pkcs11_token_get_mechanism(uri, i, &mechanism) == 0; i++)
		if (mechanism == RSA_PKCS_PSS || mechanism == SHA512_RSA_PKCS_PSS)
			return false;
	/* One that lists nothing says nothing. */
	return i > 0;
}

/* Makes the key pair. The PIN is asked for by a function that is GnuTLS's alone meanwhile. */
static enum kvk_err make_pair(const struct kvk_token_uri *uri, enum kvk_key_type type,
	unsigned bits, const struct kvk_secret *pin, struct kvk_error *why)
{
	const unsigned flags = GNUTLS_PKCS11_OBJ_FLAG_LOGIN | GNUTLS_PKCS11_OBJ_FLAG_MARK_PRIVATE |
		GNUTLS_PKCS11_OBJ_FLAG_MARK_SENSITIVE;
	const gnutls_datum_t id = { .data = uri->id.p, .size = (unsigned)uri->id.n };
	const bool rsa = type == KVK_KEY_RSA;
	int rc;

	if (!rsa && bits != 256 && bits != 384)
		return KVK_ERR_ARGUMENT;
	gnutls_pkcs11_set_pin_function(give_pin, (void *)(uintptr_t)pin);
	rc = gnutls_pkcs11_privkey_generate3(kvk_blob_str(&uri->token),
		rsa ? GNUTLS_PK_RSA : GNUTLS_PK_ECDSA,
		rsa ? bits :
		      GNUTLS_CURVE_TO_BITS(bits == 256 ? GNUTLS_ECC_CURVE_SECP256R1 :
							 GNUTLS_ECC_CURVE_SECP384R1),
		kvk_blob_str(&uri->label), id.size > 0 ? &id : NULL, 0, NULL, 0, flags);
	gnutls_pkcs11_set_pin_function(NULL, NULL);
	return rc < 0 ? open_failed(rc, why) : KVK_OK;
}

/* Opens a key that was just made; where that fails, somebody has to know that it is there. */
static enum kvk_err open_made(const char *uri, const struct kvk_token_uri *parts,
	const struct kvk_secret *pin, struct kvk_key **out, struct kvk_error *why)
{
	struct kvk_error cause = { "" };
	char safe[256];
	const enum kvk_err err = kvk_key_open_uri(uri, pin, out, &cause);

	if (err == KVK_OK)
		return KVK_OK;
	return kvk_error_set(why, err == KVK_ERR_MEMORY ? err : KVK_ERR_KEY,
		_("the key '%s' was created in the token and stays there, but it cannot be used: "
		  "%s"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(&parts->label)),
		cause.text[0] != '\0' ? cause.text : kvk_error_text(err));
}

enum kvk_err kvk_key_generate_in_token(const char *uri, enum kvk_key_type type, unsigned bits,
	const struct kvk_secret *pin, struct kvk_key **out, struct kvk_error *why)
{
	struct kvk_token_uri parts = { .id = { 0 } };
	struct kvk_error none = { "" };
	enum kvk_err err;

	*out = NULL;
	err = kvk_token_uri_split(uri, &parts);
	if (err == KVK_ERR_ARGUMENT)
		(void)kvk_error_set(why, err,
			_("the URI must name the token ('token=NAME') and the key that is to be "
			  "created ('object=NAME')"));
	KVK_TRY(err);
	err = kvk_key_open_uri(uri, pin, out, &none);
	if (err == KVK_OK) {
		kvk_key_free(*out);
		*out = NULL;
		KVK_TRY(kvk_error_set(why, KVK_ERR_EXISTS,
			_("the token already has a key of that name; choose another one, or leave "
			  "out --generate to use it")));
	}
	if (err != KVK_ERR_NOT_FOUND)
		KVK_TRY(kvk_error_set(why, err, "%s", none.text));
	KVK_TRY(make_pair(&parts, type, bits, pin, why));
	KVK_TRY(open_made(uri, &parts, pin, out, why));
out:
	kvk_token_uri_free(&parts);
	return err;
}
