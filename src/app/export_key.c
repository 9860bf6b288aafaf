/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/export.h: the key, alone and with its certificates. */
#include "config.h"

#include "app/export.h"

#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "crypto/pkcs12.h"
#include "request/answers.h"

#define URI_SCHEME "pkcs11:"

/* Why there is no key.pem: the key is in a token, or was made elsewhere. */
static enum kvk_err set_no_key(const struct kvk_export *run, struct kvk_error *why)
{
	struct kvk_answers answers = { 0 };
	struct kvk_error ignored = { "" };
	struct kvk_blob path = { 0 };
	const char *key;
	char safe[256];

	if (kvk_path_join(&path, kvk_blob_str(&run->folder), KVK_DOSSIER_ANSWERS) == KVK_OK)
		(void)kvk_answers_read(kvk_blob_str(&path), &answers, &ignored);
	key = kvk_answer(&answers, KVK_FIELD_KEY);
	if (key != NULL && strncmp(key, URI_SCHEME, strlen(URI_SCHEME)) == 0)
		(void)kvk_error_set(why, KVK_ERR_CREATE,
			_("the key of '%s' is in a token and cannot leave it; let the server use "
			  "the token, with the URI '%s'"),
			run->entry.name, kvk_escape_to(safe, sizeof safe, kvk_span_of(key)));
	else
		(void)kvk_error_set(why, KVK_ERR_CREATE,
			_("the dossier of '%s' holds no key: the request was created elsewhere, "
			  "and the key is there"),
			run->entry.name);
	kvk_answers_free(&answers);
	kvk_blob_free(&path);
	return KVK_ERR_CREATE;
}

/* That the key is the one of the certificate, where there is one. */
static enum kvk_err check_key(
	const struct kvk_export *run, const struct kvk_key *key, struct kvk_error *why)
{
	const struct kvk_certificate *leaf = kvk_contents_certificate(&run->certificate, 0, NULL);
	struct kvk_blob spki = { 0 };
	uint8_t sha256[KVK_SHA256_SIZE];
	enum kvk_err err;

	if (leaf == NULL)
		return KVK_OK;
	KVK_TRY(kvk_key_spki(key, &spki));
	KVK_TRY(kvk_sha256(kvk_span_of_blob(&spki), sha256));
	if (memcmp(sha256, leaf->spki_sha256, sizeof sha256) != 0)
		err = kvk_error_set(why, KVK_ERR_KEY,
			_("key.pem and certificate.pem of '%s' do not belong together; nothing "
			  "was written"),
			run->entry.name);
out:
	kvk_blob_free(&spki);
	return err;
}

static enum kvk_err read_key(
	struct kvk_export *run, const struct kvk_secret *pass, struct kvk_error *why)
{
	const struct kvk_span file = kvk_secret_span(&run->key_file);
	struct kvk_key *key = NULL;
	enum kvk_err err = kvk_key_read(file, NULL, &key);

	if (err == KVK_ERR_PASSPHRASE && pass != NULL && pass->n > 0)
		err = kvk_key_read(file, pass, &key);
	if (err == KVK_ERR_PASSPHRASE)
		return kvk_error_set(why, err,
			_("the key of '%s' is encrypted, and with another passphrase"),
			run->entry.name);
	KVK_TRY(err);
	KVK_TRY(check_key(run, key, why));
	run->key = key;
	key = NULL;
out:
	kvk_key_free(key);
	return err;
}

enum kvk_err kvk_export_open_key(
	struct kvk_export *run, const struct kvk_secret *pass, struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, kvk_blob_str(&run->folder), KVK_DOSSIER_KEY));
	if (!kvk_path_exists(kvk_blob_str(&path))) {
		err = set_no_key(run, why);
		goto out;
	}
	if (run->key_file.n == 0)
		KVK_TRY(kvk_file_read_secret(kvk_blob_str(&path), KVK_LIMIT_FILE,
			KVK_FILE_NOFOLLOW | KVK_FILE_TRUSTED, &run->key_file));
	KVK_TRY(read_key(run, pass, why));
out:
	if (err != KVK_OK && why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, kvk_blob_str(&path), KVK_LIMIT_FILE);
	kvk_blob_free(&path);
	return err;
}

/* Whether what was written gives key and certificates again. */
static enum kvk_err read_back(
	const struct kvk_pkcs12 *pkcs12, const struct kvk_secret *pass, struct kvk_span file)
{
	struct kvk_pkcs12_contents contents = { 0 };
	struct kvk_blob spki = { 0 };
	bool same;
	enum kvk_err err;

	KVK_TRY(kvk_pkcs12_read(file, pass, &contents));
	KVK_TRY(kvk_key_spki(pkcs12->key, &spki));
	same = kvk_span_equal(kvk_span_of_blob(&spki), kvk_span_of_blob(&contents.spki)) &&
		contents.count == pkcs12->count;
	for (size_t i = 0; same && i < contents.count; i++)
		same = kvk_span_equal(
			kvk_span_of_blob(&contents.certificates[i]), pkcs12->certificates[i]);
	err = same ? KVK_OK : KVK_ERR_INTERNAL;
out:
	kvk_blob_free(&spki);
	kvk_pkcs12_contents_free(&contents);
	return err;
}

enum kvk_err kvk_export_pkcs12(const struct kvk_export *run, const struct kvk_secret *pass,
	bool legacy, struct kvk_blob *out, struct kvk_error *why)
{
	struct kvk_span certificates[KVK_LIMIT_DEPTH + 1];
	struct kvk_pkcs12 pkcs12 = { .key = run->key, .certificates = certificates };
	const struct kvk_certificate *certificate;
	enum kvk_err err = KVK_OK;

	pkcs12.name = run->entry.name;
	pkcs12.legacy = legacy;
	while ((certificate = kvk_contents_certificate(&run->upload, pkcs12.count, NULL)) != NULL) {
		KVK_TRY(pkcs12.count <= KVK_LIMIT_DEPTH ? KVK_OK : KVK_ERR_LIMIT);
		certificates[pkcs12.count++] = certificate->der;
	}
	KVK_TRY(kvk_pkcs12_write(&pkcs12, pass, out));
	KVK_TRY(read_back(&pkcs12, pass, kvk_span_of_blob(out)));
out:
	if (err == KVK_ERR_TEXT)
		(void)kvk_error_set(why, KVK_ERR_USAGE, _("the passphrase is not valid UTF-8"));
	else if (err != KVK_OK)
		(void)kvk_error_set(why, err, _("the PKCS#12 file could not be created: %s"),
			kvk_error_text(err));
	return err == KVK_ERR_TEXT ? KVK_ERR_USAGE : err;
}
