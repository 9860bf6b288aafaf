/* SPDX-License-Identifier: Apache-2.0 */
/* Part of crypto/key.h: keys in PKCS#11 tokens. */
#include "config.h"

#include "crypto/key.h"

#include "crypto/gnutls.h"
#include "crypto/key_handle.h"

#include <string.h>

#include <gnutls/pkcs11.h>

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
