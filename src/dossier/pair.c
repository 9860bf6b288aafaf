/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/pair.h"

#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "cert/contents.h"
#include "cert/csr.h"
#include "dossier/files.h"

static enum kvk_err read_file(const char *path, struct kvk_contents *out)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes));
	KVK_TRY(kvk_contents_read(&bytes, out));
out:
	kvk_blob_free(&bytes);
	return err;
}

/* The public key of the first request of a file. */
static enum kvk_err copy_request_key(
	const struct kvk_contents *contents, uint8_t out[static KVK_SHA256_SIZE])
{
	const struct kvk_block *block = kvk_contents_find(contents, KVK_BLOCK_CSR);
	struct kvk_csr csr = { .has_extensions = false };
	enum kvk_err err;

	if (block == NULL)
		return KVK_ERR_FORMAT;
	KVK_TRY(block->err);
	KVK_TRY(kvk_csr_read(block->der, &csr));
	memcpy(out, csr.spki_sha256, KVK_SHA256_SIZE);
out:
	kvk_csr_free(&csr);
	return err;
}

enum kvk_err kvk_pair_key(
	const char *folder, uint8_t out[static KVK_SHA256_SIZE], struct kvk_error *why)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob path = { 0 };
	char safe[256];
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_REQUEST));
	KVK_TRY(read_file(kvk_blob_str(&path), &contents));
	KVK_TRY(copy_request_key(&contents, out));
out:
	if (err != KVK_OK)
		(void)kvk_error_set(why, err,
			_("the request '%s' in the dossier cannot be read: %s"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(&path)),
			kvk_error_text(err));
	kvk_contents_free(&contents);
	kvk_blob_free(&path);
	return err;
}

/* Whether the first certificate of a file is for a key. */
static enum kvk_err check_certificate(
	const char *path, const uint8_t key[static KVK_SHA256_SIZE], struct kvk_error *why)
{
	struct kvk_contents contents = { 0 };
	const struct kvk_certificate *certificate;
	enum kvk_err err;

	KVK_TRY(read_file(path, &contents));
	certificate = kvk_contents_certificate(&contents, 0, NULL);
	KVK_TRY(certificate != NULL ? KVK_OK : KVK_ERR_FORMAT);
	if (memcmp(certificate->spki_sha256, key, KVK_SHA256_SIZE) != 0)
		err = kvk_error_set(why, KVK_ERR_REFUSED,
			_("the certificate is for another key than the request in the dossier; "
			  "nothing was changed"));
out:
	if (err != KVK_OK && why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, path, KVK_LIMIT_FILE);
	kvk_contents_free(&contents);
	return err;
}

enum kvk_err kvk_pair_check(const char *folder, struct kvk_error *why)
{
	uint8_t key[KVK_SHA256_SIZE];
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_REQUEST));
	if (!kvk_path_exists(kvk_blob_str(&path)))
		goto out;
	KVK_TRY(kvk_pair_key(folder, key, why));
	kvk_blob_clear(&path);
	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_CERTIFICATE));
	KVK_TRY(check_certificate(kvk_blob_str(&path), key, why));
out:
	kvk_blob_free(&path);
	return err;
}
