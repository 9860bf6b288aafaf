/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/received.h"

#include <string.h>

#include "base/ascii.h"
#include "base/dir.h"
#include "base/encode.h"
#include "base/file.h"
#include "base/path.h"
#include "crypto/hash.h"
#include "dossier/files.h"

/* Octets of the hash that begin the name of a received file. */
#define NAME_HASH 8
/* Characters of the user's own file name that are kept. */
#define NAME_MAX_KEPT 100

/* Appends the last part of a path, with everything but [A-Za-z0-9._-] as '_', and no dot in front.
 */
static enum kvk_err append_safe_name(const char *name, struct kvk_blob *out)
{
	const char *slash = strrchr(name, '/');
	const char *base = slash != NULL ? slash + 1 : name;
	enum kvk_err err = KVK_OK;

	if (base[0] == '\0' || strcmp(name, "-") == 0)
		return kvk_blob_append_text(out, "stdin");
	for (size_t i = 0; base[i] != '\0' && i < NAME_MAX_KEPT; i++) {
		uint8_t c = (uint8_t)base[i];
		bool fine = kvk_is_alnum(c) || c == '-' || c == '_' || (c == '.' && i > 0);

		KVK_TRY(kvk_blob_append_byte(out, fine ? c : '_'));
	}
out:
	return err;
}

static enum kvk_err append_name(const char *name, struct kvk_span bytes, struct kvk_blob *out)
{
	uint8_t sha256[KVK_SHA256_SIZE];
	enum kvk_err err;

	KVK_TRY(kvk_sha256(bytes, sha256));
	KVK_TRY(kvk_hex(out, (struct kvk_span){ sha256, NAME_HASH }, '\0'));
	KVK_TRY(kvk_blob_append_byte(out, '-'));
	KVK_TRY(append_safe_name(name, out));
out:
	return err;
}

enum kvk_err kvk_received_keep(
	const char *folder, const char *name, struct kvk_span bytes, struct kvk_error *why)
{
	struct kvk_blob received = { 0 };
	struct kvk_blob file = { 0 };
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	/* A dossier that is gone is not made again. */
	KVK_TRY(kvk_path_is_folder(folder) ? KVK_OK : KVK_ERR_NOT_FOUND);
	KVK_TRY(kvk_path_join(&received, folder, KVK_DOSSIER_RECEIVED));
	KVK_TRY(kvk_dir_make(kvk_blob_str(&received), 0700));
	KVK_TRY(append_name(name, bytes, &file));
	KVK_TRY(kvk_path_join(&path, kvk_blob_str(&received), kvk_blob_str(&file)));
	err = kvk_file_create(kvk_blob_str(&path), 0600, bytes);
	if (err == KVK_ERR_EXISTS)
		err = KVK_OK;
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err,
			path.n > 0	       ? kvk_blob_str(&path) :
				received.n > 0 ? kvk_blob_str(&received) :
						 folder,
			0);
	kvk_blob_free(&path);
	kvk_blob_free(&file);
	kvk_blob_free(&received);
	return err;
}

void kvk_received_sweep(const char *folder)
{
	struct kvk_blob received = { 0 };

	if (kvk_path_join(&received, folder, KVK_DOSSIER_RECEIVED) == KVK_OK)
		kvk_file_sweep(kvk_blob_str(&received));
	kvk_blob_free(&received);
}
