/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/archive.h"

#include <stdio.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"

/* The last number that is tried behind a name that is taken. */
#define LAST_NUMBER 999

/* Makes the archive, and finds a free name in it. */
static enum kvk_err find_place(const char *archive, const char *name, struct kvk_blob *out)
{
	enum kvk_err err;
	size_t bare;

	kvk_blob_clear(out);
	KVK_TRY(kvk_dir_make(archive, 0700));
	KVK_TRY(kvk_path_join(out, archive, name));
	bare = out->n;
	for (unsigned i = 2; i <= LAST_NUMBER && kvk_path_exists(kvk_blob_str(out)); i++) {
		out->n = bare;
		KVK_TRY(kvk_blob_format(out, "-%u", i));
	}
	if (kvk_path_exists(kvk_blob_str(out)))
		err = KVK_ERR_EXISTS;
out:
	return err;
}

enum kvk_err kvk_archive_move(
	const char *folder, const char *archive, const char *name, struct kvk_blob *to)
{
	enum kvk_err err;

	KVK_TRY(find_place(archive, name, to));
	if (rename(folder, kvk_blob_str(to)) != 0)
		err = KVK_ERR_WRITE;
out:
	return err;
}

/* Copies a file to another folder; one that is not there is passed over. */
static enum kvk_err copy(const char *folder, const char *name, const char *target)
{
	struct kvk_blob path = { 0 };
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, name));
	if (!kvk_path_exists(kvk_blob_str(&path)))
		goto out;
	KVK_TRY(kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes));
	KVK_TRY(kvk_path_join(&path, target, name));
	KVK_TRY(kvk_file_create(kvk_blob_str(&path), 0644, kvk_span_of_blob(&bytes)));
out:
	kvk_blob_free(&bytes);
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_archive_copy(const char *folder, const char *const *files, size_t count,
	const char *archive, const char *name)
{
	struct kvk_blob target = { 0 };
	enum kvk_err err;

	KVK_TRY(find_place(archive, name, &target));
	KVK_TRY(kvk_dir_make(kvk_blob_str(&target), 0700));
	for (size_t i = 0; i < count; i++)
		KVK_TRY(copy(folder, files[i], kvk_blob_str(&target)));
out:
	kvk_blob_free(&target);
	return err;
}
