/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/dossier.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/dir.h"
#include "base/encode.h"
#include "base/file.h"
#include "base/path.h"
#include "cert/contents.h"
#include "cert/pem.h"
#include "crypto/hash.h"

#define NEW_SUFFIX ".new"
/* Octets of the hash that begin the name of a received file. */
#define NAME_HASH 8
/* Characters of the user's own file name that are kept. */
#define NAME_MAX_KEPT 100

/* The files of a delivery in force, in the order in which they are put in place. */
static const char *const delivered[] = { KVK_DOSSIER_CHAIN, KVK_DOSSIER_UPLOAD,
	KVK_DOSSIER_CERTIFICATE };
#define DELIVERED (sizeof delivered / sizeof delivered[0])

/* The last part of a path, with everything but [A-Za-z0-9._-] as '_', and no dot in front. */
static enum kvk_err safe_name(const char *name, struct kvk_blob *out)
{
	const char *slash = strrchr(name, '/');
	const char *base = slash != NULL ? slash + 1 : name;
	enum kvk_err err = KVK_OK;

	if (base[0] == '\0' || strcmp(name, "-") == 0)
		return kvk_blob_text(out, "stdin");
	for (size_t i = 0; err == KVK_OK && base[i] != '\0' && i < NAME_MAX_KEPT; i++) {
		uint8_t c = (uint8_t)base[i];
		bool fine = kvk_is_alnum(c) || c == '-' || c == '_' || (c == '.' && i > 0);

		err = kvk_blob_byte(out, fine ? c : '_');
	}
	return err;
}

static enum kvk_err received_name(const char *name, struct kvk_span bytes, struct kvk_blob *out)
{
	uint8_t sha256[KVK_SHA256_SIZE];
	enum kvk_err err = kvk_sha256(bytes, sha256);

	if (err == KVK_OK)
		err = kvk_hex(out, (struct kvk_span){ sha256, NAME_HASH }, '\0');
	if (err == KVK_OK)
		err = kvk_blob_byte(out, '-');
	return err == KVK_OK ? safe_name(name, out) : err;
}

enum kvk_err kvk_dossier_keep(const char *folder, const char *name, struct kvk_span bytes)
{
	struct kvk_blob received = { 0 };
	struct kvk_blob file = { 0 };
	struct kvk_blob path = { 0 };
	enum kvk_err err = kvk_path_join(&received, folder, KVK_DOSSIER_RECEIVED);

	if (err == KVK_OK)
		err = kvk_dir_make(kvk_blob_str(&received), 0700);
	if (err == KVK_OK)
		err = received_name(name, bytes, &file);
	if (err == KVK_OK)
		err = kvk_path_join(&path, kvk_blob_str(&received), kvk_blob_str(&file));
	if (err == KVK_OK)
		err = kvk_file_create(kvk_blob_str(&path), 0600, bytes);
	if (err == KVK_ERR_EXISTS)
		err = KVK_OK;
	kvk_blob_free(&path);
	kvk_blob_free(&file);
	kvk_blob_free(&received);
	return err;
}

/* Reads the delivery in force. KVK_ERR_NOT_FOUND where there is none. */
static enum kvk_err read_current(const char *folder, struct kvk_contents *out)
{
	struct kvk_blob path = { 0 };
	struct kvk_blob bytes = { 0 };
	enum kvk_err err = kvk_path_join(&path, folder, KVK_DOSSIER_CERTIFICATE);

	if (err == KVK_OK)
		err = kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes);
	if (err == KVK_OK)
		err = kvk_contents_read(&bytes, out);
	kvk_blob_free(&bytes);
	kvk_blob_free(&path);
	return err;
}

bool kvk_dossier_holds(const char *folder, struct kvk_span leaf)
{
	struct kvk_contents contents = { 0 };
	const struct kvk_certificate *current = NULL;
	bool holds;

	if (read_current(folder, &contents) == KVK_OK)
		current = kvk_contents_certificate(&contents, 0, NULL);
	holds = current != NULL && kvk_span_equal(current->der, leaf);
	kvk_contents_free(&contents);
	return holds;
}

bool kvk_dossier_complete(const char *folder)
{
	struct kvk_blob path = { 0 };
	bool complete = true;

	for (size_t i = 0; complete && i < DELIVERED; i++)
		complete = kvk_path_join(&path, folder, delivered[i]) == KVK_OK &&
			kvk_path_exists(kvk_blob_str(&path));
	kvk_blob_free(&path);
	return complete;
}

/* Writes one of the three files under its temporary name. */
static enum kvk_err write_new(const char *folder, const char *name, struct kvk_span pem)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err = kvk_path_join(&path, folder, name);

	if (err == KVK_OK)
		err = kvk_blob_text(&path, NEW_SUFFIX);
	if (err == KVK_OK)
		err = kvk_file_replace(kvk_blob_str(&path), 0644, pem);
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err append_issuers(const struct kvk_delivery *delivery, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < delivery->issuer_count; i++)
		err = kvk_pem_write(out, "CERTIFICATE", delivery->issuers[i]);
	return err;
}

enum kvk_err kvk_delivery_pem(const struct kvk_delivery *delivery, struct kvk_blob *out)
{
	enum kvk_err err = kvk_pem_write(out, "CERTIFICATE", delivery->leaf);

	return err == KVK_OK ? append_issuers(delivery, out) : err;
}

static enum kvk_err write_all_new(const char *folder, const struct kvk_delivery *delivery)
{
	struct kvk_blob pem = { 0 };
	enum kvk_err err = kvk_pem_write(&pem, "CERTIFICATE", delivery->leaf);

	if (err == KVK_OK)
		err = write_new(folder, KVK_DOSSIER_CERTIFICATE, kvk_span_of_blob(&pem));
	if (err == KVK_OK)
		err = append_issuers(delivery, &pem);
	if (err == KVK_OK)
		err = write_new(folder, KVK_DOSSIER_UPLOAD, kvk_span_of_blob(&pem));
	kvk_blob_clear(&pem);
	if (err == KVK_OK)
		err = append_issuers(delivery, &pem);
	if (err == KVK_OK)
		err = write_new(folder, KVK_DOSSIER_CHAIN, kvk_span_of_blob(&pem));
	kvk_blob_free(&pem);
	return err;
}

/* Puts a file that was written under its temporary name in its place. */
static enum kvk_err put_in_place(const char *folder, const char *name)
{
	struct kvk_blob temporary = { 0 };
	struct kvk_blob path = { 0 };
	enum kvk_err err = kvk_path_join(&path, folder, name);

	if (err == KVK_OK)
		err = kvk_blob_format(&temporary, "%s%s", kvk_blob_str(&path), NEW_SUFFIX);
	if (err == KVK_OK && rename(kvk_blob_str(&temporary), kvk_blob_str(&path)) != 0)
		err = KVK_ERR_WRITE;
	kvk_blob_free(&path);
	kvk_blob_free(&temporary);
	return err;
}

/* Copies a file of the dossier to another folder; one that is not there is passed over. */
static enum kvk_err copy_to(const char *folder, const char *name, const char *target)
{
	struct kvk_blob path = { 0 };
	struct kvk_blob bytes = { 0 };
	enum kvk_err err = kvk_path_join(&path, folder, name);

	if (err == KVK_OK)
		err = kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes);
	if (err == KVK_ERR_NOT_FOUND) {
		err = KVK_OK;
		goto out;
	}
	if (err == KVK_OK)
		err = kvk_path_join(&path, target, name);
	if (err == KVK_OK)
		err = kvk_file_create(kvk_blob_str(&path), 0644, kvk_span_of_blob(&bytes));
out:
	kvk_blob_free(&bytes);
	kvk_blob_free(&path);
	return err;
}

/* folder/archive/SERIAL of the certificate in force, or "unreadable" where it gives none; a number
 * is added where that is taken. */
static enum kvk_err archive_folder(const char *folder, struct kvk_span serial, struct kvk_blob *out)
{
	struct kvk_blob name = { 0 };
	struct kvk_blob archive = { 0 };
	size_t bare;
	enum kvk_err err =
		serial.n > 0 ? kvk_hex(&name, serial, '\0') : kvk_blob_text(&name, "unreadable");

	if (err == KVK_OK)
		err = kvk_path_join(&archive, folder, KVK_DOSSIER_ARCHIVE);
	if (err == KVK_OK)
		err = kvk_path_join(out, kvk_blob_str(&archive), kvk_blob_str(&name));
	bare = out->n;
	for (unsigned i = 2; err == KVK_OK && i < 1000 && kvk_path_exists(kvk_blob_str(out)); i++) {
		out->n = bare;
		err = kvk_blob_format(out, "-%u", i);
	}
	if (err == KVK_OK)
		err = kvk_dir_make(kvk_blob_str(out), 0700);
	kvk_blob_free(&archive);
	kvk_blob_free(&name);
	return err;
}

/*
 * Copies the files of the delivery in force to the archive. Copies: so that certificate.pem is
 * there at every moment.
 */
static enum kvk_err archive_current(const char *folder)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob target = { 0 };
	const struct kvk_certificate *current = NULL;
	enum kvk_err err = read_current(folder, &contents);

	if (err == KVK_ERR_NOT_FOUND) {
		err = KVK_OK;
		goto out;
	}
	if (err == KVK_OK)
		current = kvk_contents_certificate(&contents, 0, NULL);
	if (err == KVK_OK)
		err = archive_folder(folder,
			current != NULL ? current->serial : (struct kvk_span){ NULL, 0 }, &target);
	for (size_t i = 0; err == KVK_OK && i < DELIVERED; i++)
		err = copy_to(folder, delivered[i], kvk_blob_str(&target));
out:
	kvk_blob_free(&target);
	kvk_contents_free(&contents);
	return err;
}

enum kvk_err kvk_dossier_deliver(const char *folder, const struct kvk_delivery *delivery)
{
	enum kvk_err err = write_all_new(folder, delivery);

	if (err == KVK_OK && !kvk_dossier_holds(folder, delivery->leaf))
		err = archive_current(folder);
	for (size_t i = 0; err == KVK_OK && i < DELIVERED; i++)
		err = put_in_place(folder, delivered[i]);
	return err;
}
