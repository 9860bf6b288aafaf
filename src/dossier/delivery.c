/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/delivery.h"

#include <stdio.h>

#include "base/encode.h"
#include "base/file.h"
#include "base/path.h"
#include "cert/contents.h"
#include "cert/pem.h"
#include "dossier/archive.h"
#include "dossier/files.h"

#define NEW_SUFFIX ".new"
/* The name in the archive of what gives no serial number. */
#define UNREADABLE "unreadable"

static const char *const files[] = { KVK_DOSSIER_DELIVERED };
#define FILE_COUNT (sizeof files / sizeof files[0])

/* Reads certificate.pem; *there is false, and nothing read, where there is none. */
static enum kvk_err read_current(const char *folder, bool *there, struct kvk_contents *out)
{
	struct kvk_blob path = { 0 };
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	*there = false;
	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_CERTIFICATE));
	if (!kvk_path_exists(kvk_blob_str(&path)))
		goto out;
	*there = true;
	KVK_TRY(kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes));
	KVK_TRY(kvk_contents_read(&bytes, out));
out:
	kvk_blob_free(&bytes);
	kvk_blob_free(&path);
	return err;
}

bool kvk_delivery_in_force(const char *folder, struct kvk_span leaf)
{
	struct kvk_contents contents = { 0 };
	const struct kvk_certificate *current = NULL;
	bool there, same;

	if (read_current(folder, &there, &contents) == KVK_OK)
		current = kvk_contents_certificate(&contents, 0, NULL);
	same = current != NULL && kvk_span_equal(current->der, leaf);
	kvk_contents_free(&contents);
	return same;
}

bool kvk_delivery_complete(const char *folder)
{
	struct kvk_blob path = { 0 };
	bool complete = true;

	for (size_t i = 0; complete && i < FILE_COUNT; i++)
		complete = kvk_path_join(&path, folder, files[i]) == KVK_OK &&
			kvk_path_exists(kvk_blob_str(&path));
	kvk_blob_free(&path);
	return complete;
}

static enum kvk_err append_issuers(const struct kvk_delivery *delivery, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < delivery->issuer_count; i++)
		KVK_TRY(kvk_pem_write(out, "CERTIFICATE", delivery->issuers[i]));
out:
	return err;
}

enum kvk_err kvk_delivery_pem(const struct kvk_delivery *delivery, struct kvk_blob *out)
{
	enum kvk_err err;

	KVK_TRY(kvk_pem_write(out, "CERTIFICATE", delivery->leaf));
	KVK_TRY(append_issuers(delivery, out));
out:
	return err;
}

/* Writes one of the three files under its temporary name. */
static enum kvk_err write_new(const char *folder, const char *name, const struct kvk_blob *pem)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, name));
	KVK_TRY(kvk_blob_text(&path, NEW_SUFFIX));
	KVK_TRY(kvk_file_replace(kvk_blob_str(&path), 0644, kvk_span_of_blob(pem)));
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err write_all_new(const char *folder, const struct kvk_delivery *delivery)
{
	struct kvk_blob pem = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_pem_write(&pem, "CERTIFICATE", delivery->leaf));
	KVK_TRY(write_new(folder, KVK_DOSSIER_CERTIFICATE, &pem));
	KVK_TRY(append_issuers(delivery, &pem));
	KVK_TRY(write_new(folder, KVK_DOSSIER_UPLOAD, &pem));
	kvk_blob_clear(&pem);
	KVK_TRY(append_issuers(delivery, &pem));
	KVK_TRY(write_new(folder, KVK_DOSSIER_CHAIN, &pem));
out:
	kvk_blob_free(&pem);
	return err;
}

/* Puts a file that was written under its temporary name in its place. */
static enum kvk_err put_in_place(const char *folder, const char *name)
{
	struct kvk_blob temporary = { 0 };
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, name));
	KVK_TRY(kvk_blob_format(&temporary, "%s%s", kvk_blob_str(&path), NEW_SUFFIX));
	if (rename(kvk_blob_str(&temporary), kvk_blob_str(&path)) != 0)
		err = KVK_ERR_WRITE;
out:
	kvk_blob_free(&path);
	kvk_blob_free(&temporary);
	return err;
}

/* Copies the delivery in force to the archive, unless it is the one with this leaf, or none. */
static enum kvk_err archive_current(const char *folder, struct kvk_span leaf)
{
	struct kvk_contents contents = { 0 };
	const struct kvk_certificate *current;
	struct kvk_blob archive = { 0 };
	struct kvk_blob name = { 0 };
	enum kvk_err err;
	bool there;

	KVK_TRY(read_current(folder, &there, &contents));
	current = kvk_contents_certificate(&contents, 0, NULL);
	if (!there || (current != NULL && kvk_span_equal(current->der, leaf)))
		goto out;
	if (current != NULL)
		KVK_TRY(kvk_hex(&name, current->serial, '\0'));
	if (name.n == 0)
		KVK_TRY(kvk_blob_text(&name, UNREADABLE));
	KVK_TRY(kvk_path_join(&archive, folder, KVK_DOSSIER_ARCHIVE));
	KVK_TRY(kvk_archive_copy(
		folder, files, FILE_COUNT, kvk_blob_str(&archive), kvk_blob_str(&name)));
out:
	kvk_blob_free(&name);
	kvk_blob_free(&archive);
	kvk_contents_free(&contents);
	return err;
}

enum kvk_err kvk_delivery_put_in_force(const char *folder, const struct kvk_delivery *delivery)
{
	enum kvk_err err;

	KVK_TRY(write_all_new(folder, delivery));
	KVK_TRY(archive_current(folder, delivery->leaf));
	for (size_t i = 0; i < FILE_COUNT; i++)
		KVK_TRY(put_in_place(folder, files[i]));
out:
	return err;
}
