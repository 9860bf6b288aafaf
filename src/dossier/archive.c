/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/archive.h"

#include <stdio.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"

/* What is to be archived. */
struct files {
	const char *folder;
	const char *const *names;
	size_t count;
};

/* Reads a file; *there is false where there is none. */
static enum kvk_err read_file(
	const char *folder, const char *name, bool *there, struct kvk_blob *out)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, name));
	*there = kvk_path_exists(kvk_blob_str(&path));
	if (*there)
		KVK_TRY(kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, out));
out:
	kvk_blob_free(&path);
	return err;
}

/* Whether a file is missing in a folder of the archive, or the same there. */
static bool fits(const char *folder, const char *name, const char *archived)
{
	struct kvk_blob ours = { 0 }, theirs = { 0 };
	bool have, has;
	bool fine = read_file(folder, name, &have, &ours) == KVK_OK &&
		read_file(archived, name, &has, &theirs) == KVK_OK &&
		(!has ||
			(have &&
				kvk_span_equal(
					kvk_span_of_blob(&ours), kvk_span_of_blob(&theirs))));

	kvk_blob_free(&theirs);
	kvk_blob_free(&ours);
	return fine;
}

/* Whether a name in the archive can be used: it is free, or holds nothing else than these files. */
static bool usable(const char *place, const struct files *files)
{
	if (!kvk_path_exists(place))
		return true;
	if (files == NULL || !kvk_dir_holds_only(place, files->names, files->count))
		return false;
	for (size_t i = 0; i < files->count; i++)
		if (!fits(files->folder, files->names[i], place))
			return false;
	return true;
}

/* Makes the archive, and finds a name in it for these files, or (NULL) one that is free. */
static enum kvk_err find_place(
	const char *archive, const char *name, const struct files *files, struct kvk_blob *out)
{
	enum kvk_err err;
	size_t bare;

	kvk_blob_clear(out);
	KVK_TRY(kvk_dir_make(archive, 0700));
	KVK_TRY(kvk_path_join(out, archive, name));
	bare = out->n;
	for (unsigned i = 2; i <= KVK_LIMIT_FOLDER && !usable(kvk_blob_str(out), files); i++) {
		out->n = bare;
		KVK_TRY(kvk_blob_append_format(out, "-%u", i));
	}
	if (!usable(kvk_blob_str(out), files))
		err = KVK_ERR_EXISTS;
out:
	return err;
}

enum kvk_err kvk_archive_move(
	const char *folder, const char *archive, const char *name, struct kvk_blob *to)
{
	enum kvk_err err;

	KVK_TRY(find_place(archive, name, NULL, to));
	if (rename(folder, kvk_blob_str(to)) != 0)
		err = KVK_ERR_WRITE;
out:
	return err;
}

/* Moves a file to another folder; one that is not there is passed over. */
static enum kvk_err move(const char *folder, const char *name, const char *target)
{
	struct kvk_blob from = { 0 };
	struct kvk_blob to = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&from, folder, name));
	KVK_TRY(kvk_path_join(&to, target, name));
	if (kvk_path_exists(kvk_blob_str(&from)) &&
		rename(kvk_blob_str(&from), kvk_blob_str(&to)) != 0)
		err = KVK_ERR_WRITE;
out:
	kvk_blob_free(&to);
	kvk_blob_free(&from);
	return err;
}

enum kvk_err kvk_archive_put(const char *folder, const char *const *names, size_t count,
	const char *archive, const char *name)
{
	const struct files files = { folder, names, count };
	struct kvk_blob target = { 0 };
	enum kvk_err err;

	KVK_TRY(find_place(archive, name, &files, &target));
	KVK_TRY(kvk_dir_make(kvk_blob_str(&target), 0700));
	for (size_t i = 0; i < count; i++)
		KVK_TRY(move(folder, names[i], kvk_blob_str(&target)));
out:
	kvk_blob_free(&target);
	return err;
}
