/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/locked.h"

#include <string.h>

#include "base/secret_file.h"
#include "cert/kind.h"
#include "cert/pem.h"
#include "crypto/pkcs12.h"
#include "inventory/pass_files.h"

bool kvk_locked(const struct kvk_blob *bytes)
{
	return kvk_kind_of_der(kvk_span_of_blob(bytes)) == KVK_BLOCK_PKCS12;
}

/* The certificates of a file in PEM. */
static enum kvk_err unlock(
	struct kvk_span file, const struct kvk_secret *pass, struct kvk_blob *out)
{
	struct kvk_pkcs12_contents contents = { .count = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_pkcs12_read(file, pass, &contents));
	for (size_t i = 0; i < contents.count; i++)
		KVK_TRY(kvk_pem_write(
			out, "CERTIFICATE", kvk_span_of_blob(&contents.certificates[i])));
out:
	kvk_pkcs12_contents_free(&contents);
	return err;
}

/* Puts the certificates of PKCS#12 in the place of the file. */
static enum kvk_err open_with(struct kvk_blob *bytes, const char *pass_file, bool *readable)
{
	struct kvk_secret pass = { .n = 0 };
	struct kvk_blob pem = { 0 };
	enum kvk_err err = KVK_OK;

	if (pass_file[0] != '\0')
		err = kvk_secret_file_read(pass_file, KVK_LIMIT_PASSPHRASE, &pass, readable);
	KVK_TRY(err == KVK_ERR_LIMIT ? KVK_ERR_ARGUMENT : err);
	kvk_secret_file_cut(&pass);
	KVK_TRY(unlock(kvk_span_of_blob(bytes), &pass, &pem));
	kvk_blob_free(bytes);
	*bytes = pem;
	pem = (struct kvk_blob){ 0 };
out:
	kvk_secret_free(&pass);
	kvk_blob_free(&pem);
	return err;
}

enum kvk_err kvk_locked_open(
	struct kvk_inventory *inventory, const char *path, struct kvk_blob *bytes)
{
	struct kvk_blob pass_file = { 0 };
	bool readable;
	enum kvk_err err = KVK_OK;

	if (!kvk_locked(bytes))
		goto out;
	if (inventory != NULL)
		err = kvk_inventory_pass_file(inventory, path, &pass_file);
	if (err != KVK_ERR_NOT_FOUND)
		KVK_TRY(err);
	err = open_with(bytes, kvk_blob_str(&pass_file), &readable);
out:
	kvk_blob_free(&pass_file);
	return err;
}

/* What was read stands for the file, whatever its certificates were read from. */
static void set_hash(const uint8_t sha256[static KVK_SHA256_SIZE], struct kvk_watched_file *file)
{
	memcpy(file->sha256, sha256, KVK_SHA256_SIZE);
	for (size_t i = 0; i < file->list.count; i++) {
		struct kvk_watched *watched = kvk_vec_at(&file->list, i);

		memcpy(watched->certificate.file_sha256, sha256, KVK_SHA256_SIZE);
	}
}

enum kvk_err kvk_locked_file_read(
	struct kvk_blob *bytes, const char *pass_file, struct kvk_watched_file *out, bool *readable)
{
	uint8_t sha256[KVK_SHA256_SIZE];
	bool others = false;
	enum kvk_err err;

	if (!kvk_locked(bytes))
		return kvk_watched_file_read(bytes, out);
	KVK_TRY(kvk_sha256(kvk_span_of_blob(bytes), sha256));
	KVK_TRY(open_with(bytes, pass_file, &others));
	KVK_TRY(kvk_watched_file_read(bytes, out));
	set_hash(sha256, out);
	if (readable != NULL)
		*readable = others;
out:
	return err;
}
