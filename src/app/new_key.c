/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/new.h: the passphrase, the key that was given, a new key. */
#include "config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "app/key_why.h"
#include "app/new.h"
#include "app/passphrase.h"
#include "base/file.h"
#include "crypto/hash.h"

#define URI_SCHEME "pkcs11:"

bool kvk_new_key_in_token(const struct kvk_new *run)
{
	const char *key = kvk_answer(&run->answers, KVK_FIELD_KEY);

	return key != NULL && strncmp(key, URI_SCHEME, strlen(URI_SCHEME)) == 0;
}

/* A PIN in the URI was readable in the list of processes, and would be in the answer file. */
static enum kvk_err refuse_pin(const struct kvk_new *run, struct kvk_error *why)
{
	if (!kvk_new_key_in_token(run) ||
		strstr(kvk_answer(&run->answers, KVK_FIELD_KEY), "pin-value=") == NULL)
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_USAGE,
		_("key: the URI contains a PIN (pin-value), which others can read there; supply it "
		  "with --pass-file or --pass-fd"));
}

/* The answer file names files in full, so that it works from everywhere. */
static enum kvk_err name_in_full(struct kvk_new *run, enum kvk_field field)
{
	const char *path = kvk_answer(&run->answers, field);
	char real[PATH_MAX];

	if (path == NULL || realpath(path, real) == NULL)
		return KVK_OK;
	return kvk_answer_set(&run->answers, field, KVK_GIVEN_DIALOGUE, kvk_span_of(real));
}

enum kvk_err kvk_new_read_passphrase(struct kvk_new *run, struct kvk_error *why)
{
	const struct kvk_passphrase_source source = {
		.file = kvk_answer(&run->answers, KVK_FIELD_PASS_FILE),
		.descriptor = kvk_answer(&run->answers, KVK_FIELD_PASS_FD),
	};
	enum kvk_err err;

	KVK_TRY(refuse_pin(run, why));
	KVK_TRY(kvk_passphrase_read(&source, &run->pass, &run->readable[KVK_FIELD_PASS_FILE], why));
	KVK_TRY(name_in_full(run, KVK_FIELD_PASS_FILE));
out:
	return err;
}

/* A passphrase that is not needed is not tried. */
static enum kvk_err read_key(struct kvk_new *run, struct kvk_span file)
{
	enum kvk_err err = kvk_key_read(file, NULL, &run->key);

	if (err != KVK_ERR_PASSPHRASE)
		return err;
	run->order.encrypt_key = true;
	return run->pass.n > 0 ? kvk_key_read(file, &run->pass, &run->key) : err;
}

static enum kvk_err open_file(struct kvk_new *run, struct kvk_error *why)
{
	struct kvk_secret file = { .p = NULL };
	enum kvk_err err;

	KVK_TRY(kvk_secret_file_read(kvk_answer(&run->answers, KVK_FIELD_KEY), KVK_LIMIT_FILE,
		&file, &run->readable[KVK_FIELD_KEY]));
	err = read_key(run, kvk_secret_span(&file));
	if (err != KVK_OK)
		(void)kvk_key_why(
			kvk_secret_span(&file), kvk_answer(&run->answers, KVK_FIELD_KEY), err, why);
	KVK_TRY(err);
	KVK_TRY(name_in_full(run, KVK_FIELD_KEY));
out:
	kvk_secret_free(&file);
	return err;
}

static enum kvk_err open_token(struct kvk_new *run, struct kvk_error *why)
{
	const char *uri = kvk_answer(&run->answers, KVK_FIELD_KEY);

	return kvk_key_open_uri(uri, run->pass.n > 0 ? &run->pass : NULL, &run->key, why);
}

/* Whether a key is to be created in the token. */
static bool generates(const struct kvk_new *run)
{
	return kvk_new_key_in_token(run) && kvk_answer_is_true(&run->answers, KVK_FIELD_GENERATE);
}

/* Not every token can sign as the TSP asks it. */
static enum kvk_err check_token(const struct kvk_new *run, struct kvk_error *why)
{
	if (!run->order.pss || !kvk_new_key_in_token(run) ||
		!kvk_key_token_lacks_pss(kvk_answer(&run->answers, KVK_FIELD_KEY)))
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_USAGE,
		_("signature: the token cannot sign with PSS; use --signature pkcs1 if the TSP "
		  "accepts that"));
}

/* Type and size of the key become the order's. */
static enum kvk_err use_key(struct kvk_new *run)
{
	struct kvk_blob spki = { .p = NULL };
	struct kvk_key_info info;
	enum kvk_err err;

	KVK_TRY(kvk_key_spki(run->key, &spki));
	KVK_TRY(kvk_key_info_read(kvk_span_of_blob(&spki), &info));
	KVK_TRY(kvk_order_use_key(&run->order, &run->answers, &info, &run->review));
out:
	kvk_blob_free(&spki);
	return err;
}

/* A renewal has a key of its own. */
static enum kvk_err check_new(const struct kvk_new *run, struct kvk_error *why)
{
	struct kvk_blob spki = { .p = NULL };
	uint8_t sha256[KVK_SHA256_SIZE];
	enum kvk_err err = KVK_OK;

	if (!run->has_old_key)
		return KVK_OK;
	KVK_TRY(kvk_key_spki(run->key, &spki));
	KVK_TRY(kvk_sha256(kvk_span_of_blob(&spki), sha256));
	if (memcmp(sha256, run->old_key, sizeof sha256) == 0)
		err = kvk_error_set(why, KVK_ERR_USAGE,
			_("key: this is the key of the certificate in use; PKIoverheid requires a "
			  "new one: leave --key out"));
out:
	kvk_blob_free(&spki);
	return err;
}

/* What else is asked of a key that was given. */
static enum kvk_err check_opened(const struct kvk_new *run, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(check_token(run, why));
	KVK_TRY(check_new(run, why));
out:
	return err;
}

static const char *passphrase_text(const struct kvk_new *run)
{
	if (run->pass.n > 0)
		return kvk_new_key_in_token(run) ? _("key: the token does not accept this PIN") :
						   _("key: the passphrase is wrong");
	return kvk_new_key_in_token(run) ?
		_("key: the token requires a PIN; supply it with --pass-file or --pass-fd") :
		_("key: the key is encrypted; supply its passphrase with --pass-file or --pass-fd");
}

/* Why the key cannot be opened; cause is what was said of it, if anything. */
static enum kvk_err set_key_error(const struct kvk_new *run, enum kvk_err err,
	const struct kvk_error *cause, struct kvk_error *why)
{
	if (cause->text[0] != '\0' && !kvk_new_key_in_token(run))
		return kvk_error_set(why, err, "%s", cause->text);
	if (err == KVK_ERR_PASSPHRASE)
		return kvk_error_set(why, err, "%s", passphrase_text(run));
	if (cause->text[0] != '\0')
		return kvk_error_set(why, err, "key: %s", cause->text);
	if (err == KVK_ERR_FORMAT)
		return kvk_error_set(why, err, _("key: the file contains no private key"));
	return kvk_error_set_file(
		why, err, kvk_answer(&run->answers, KVK_FIELD_KEY), KVK_LIMIT_FILE);
}

enum kvk_err kvk_new_open_key(struct kvk_new *run, struct kvk_error *why)
{
	const bool token = kvk_new_key_in_token(run);
	struct kvk_error cause = { "" };
	enum kvk_err err;

	if (kvk_answer(&run->answers, KVK_FIELD_KEY) == NULL)
		return KVK_OK;
	if (generates(run))
		return run->pass.n > 0 ? check_token(run, why) :
					 set_key_error(run, KVK_ERR_PASSPHRASE, &cause, why);
	err = token ? open_token(run, &cause) : open_file(run, &cause);
	if (err != KVK_OK)
		return set_key_error(run, err, &cause, why);
	err = use_key(run);
	if (err != KVK_OK && err != KVK_ERR_REFUSED)
		(void)kvk_error_set(why, err, _("key: %s"), kvk_error_text(err));
	return err == KVK_OK ? check_opened(run, why) : err;
}

/* The PIN was not tried before. */
static enum kvk_err make_in_token(struct kvk_new *run, struct kvk_error *why)
{
	struct kvk_error cause = { "" };
	const enum kvk_err err = kvk_key_generate_in_token(kvk_answer(&run->answers, KVK_FIELD_KEY),
		run->order.key_type, run->order.key_bits, &run->pass, &run->key, &cause);

	if (err == KVK_OK)
		return KVK_OK;
	(void)set_key_error(run, err, &cause, why);
	return err == KVK_ERR_PASSPHRASE || err == KVK_ERR_ARGUMENT ? KVK_ERR_USAGE : err;
}

enum kvk_err kvk_new_make_key(struct kvk_new *run, struct kvk_error *why)
{
	enum kvk_err err = KVK_OK;

	if (run->key == NULL && generates(run))
		return make_in_token(run, why);
	if (run->key == NULL)
		err = kvk_key_generate(run->order.key_type, run->order.key_bits, &run->key);
	if (err != KVK_OK)
		(void)kvk_error_set(
			why, err, _("the key could not be created: %s"), kvk_error_text(err));
	return err;
}
