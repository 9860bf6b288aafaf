/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/promote.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/encode.h"
#include "base/file.h"
#include "base/path.h"
#include "cert/contents.h"
#include "dossier/archive.h"
#include "dossier/exchange.h"
#include "dossier/files.h"
#include "dossier/pair.h"

/* Where the files of before are put together, in the folder beside. */
#define FORMER ".former"
/* The names in the archive of what has no serial number, and of what else was in next/. */
#define UNREADABLE "unreadable"
#define REST "next"

static const char *const files[] = { KVK_DOSSIER_FILES };
#define FILE_COUNT (sizeof files / sizeof files[0])

/* Moves something from one folder to another; what is not there is passed over. */
static enum kvk_err move(const char *from, const char *to, const char *name, bool *moved)
{
	struct kvk_blob source = { 0 }, target = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&source, from, name));
	KVK_TRY(kvk_path_join(&target, to, name));
	if (!kvk_path_exists(kvk_blob_str(&source)))
		goto out;
	KVK_TRY(rename(kvk_blob_str(&source), kvk_blob_str(&target)) == 0 ? KVK_OK : KVK_ERR_WRITE);
	*moved = true;
out:
	kvk_blob_free(&target);
	kvk_blob_free(&source);
	return err;
}

static enum kvk_err move_files(const char *from, const char *to, bool *moved)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < FILE_COUNT; i++)
		KVK_TRY(move(from, to, files[i], moved));
out:
	return err;
}

/* The serial number of the certificate in a folder, in hex. */
static enum kvk_err find_serial(const char *folder, struct kvk_blob *out)
{
	struct kvk_blob path = { 0 }, bytes = { 0 };
	struct kvk_contents contents = { 0 };
	const struct kvk_certificate *certificate = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_CERTIFICATE));
	if (kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes) ==
			KVK_OK &&
		kvk_contents_read(&bytes, &contents) == KVK_OK)
		certificate = kvk_contents_certificate(&contents, 0, NULL);
	if (certificate != NULL)
		KVK_TRY(kvk_hex(out, certificate->serial, '\0'));
	if (out->n == 0)
		KVK_TRY(kvk_blob_append_text(out, UNREADABLE));
out:
	kvk_contents_free(&contents);
	kvk_blob_free(&bytes);
	kvk_blob_free(&path);
	return err;
}

/* The files in use go to archive/SERIAL/; a tracked file has none. */
static enum kvk_err archive_former(const char *beside)
{
	struct kvk_blob former = { 0 }, archive = { 0 }, serial = { 0 }, to = { 0 };
	bool moved = false;
	enum kvk_err err;

	KVK_TRY(find_serial(beside, &serial));
	KVK_TRY(kvk_path_join(&former, beside, FORMER));
	KVK_TRY(kvk_path_join(&archive, beside, KVK_DOSSIER_ARCHIVE));
	KVK_TRY(kvk_dir_make(kvk_blob_str(&former), 0700));
	KVK_TRY(move_files(beside, kvk_blob_str(&former), &moved));
	if (moved)
		KVK_TRY(kvk_archive_move(
			kvk_blob_str(&former), kvk_blob_str(&archive), kvk_blob_str(&serial), &to));
	else if (rmdir(kvk_blob_str(&former)) != 0)
		err = KVK_ERR_WRITE;
out:
	kvk_blob_free(&to);
	kvk_blob_free(&serial);
	kvk_blob_free(&archive);
	kvk_blob_free(&former);
	return err;
}

/* Moves what is in a folder below next/ into the one of the dossier; names that are taken stay. */
static enum kvk_err merge(const char *next, const char *beside, const char *name)
{
	struct kvk_blob from = { 0 }, to = { 0 };
	const struct dirent *entry;
	DIR *dir = NULL;
	bool moved;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&from, next, name));
	KVK_TRY(kvk_path_join(&to, beside, name));
	dir = opendir(kvk_blob_str(&from));
	if (dir == NULL)
		goto out;
	KVK_TRY(kvk_dir_make(kvk_blob_str(&to), 0700));
	while ((entry = readdir(dir)) != NULL) {
		struct kvk_blob target = { 0 };

		if (entry->d_name[0] != '.' &&
			kvk_path_join(&target, kvk_blob_str(&to), entry->d_name) == KVK_OK &&
			!kvk_path_exists(kvk_blob_str(&target)))
			err = move(kvk_blob_str(&from), kvk_blob_str(&to), entry->d_name, &moved);
		kvk_blob_free(&target);
		KVK_TRY(err);
	}
	/* What stays in it is archived with next/. */
	if (rmdir(kvk_blob_str(&from)) != 0 && errno != ENOTEMPTY && errno != EEXIST)
		err = KVK_ERR_WRITE;
out:
	if (dir != NULL)
		(void)closedir(dir);
	kvk_blob_free(&to);
	kvk_blob_free(&from);
	return err;
}

/* Removes next/, where nothing is in it any more but the note; what somebody else put there is
 * archived. */
static enum kvk_err remove_next(const char *next, const char *beside)
{
	struct kvk_blob note = { 0 }, archive = { 0 }, to = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&note, next, KVK_DOSSIER_NOTE));
	KVK_TRY(kvk_path_join(&archive, beside, KVK_DOSSIER_ARCHIVE));
	KVK_TRY(unlink(kvk_blob_str(&note)) == 0 || errno == ENOENT ? KVK_OK : KVK_ERR_WRITE);
	if (rmdir(next) != 0)
		err = errno == ENOTEMPTY || errno == EEXIST ?
			kvk_archive_move(next, kvk_blob_str(&archive), REST, &to) :
			KVK_ERR_WRITE;
out:
	kvk_blob_free(&to);
	kvk_blob_free(&archive);
	kvk_blob_free(&note);
	return err;
}

/* Makes the folder beside what the dossier is to be. */
static enum kvk_err change(
	const char *beside, const struct kvk_delivery_note *note, struct kvk_error *why)
{
	struct kvk_blob next = { 0 };
	bool moved = false;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&next, beside, KVK_DOSSIER_NEXT));
	KVK_TRY(archive_former(beside));
	KVK_TRY(move_files(kvk_blob_str(&next), beside, &moved));
	KVK_TRY(merge(kvk_blob_str(&next), beside, KVK_DOSSIER_RECEIVED));
	KVK_TRY(merge(kvk_blob_str(&next), beside, KVK_DOSSIER_ARCHIVE));
	KVK_TRY(remove_next(kvk_blob_str(&next), beside));
	KVK_TRY(kvk_delivery_note_write(beside, note));
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, beside, 0);
	kvk_blob_free(&next);
	return err;
}

enum kvk_err kvk_promote(
	const char *folder, const struct kvk_delivery_note *note, struct kvk_error *why)
{
	struct kvk_blob beside = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_exchange_prepare(folder, &beside, why));
	KVK_TRY(change(kvk_blob_str(&beside), note, why));
	KVK_TRY(kvk_pair_check(kvk_blob_str(&beside), why));
	KVK_TRY(kvk_exchange_swap(folder, why));
out:
	if (err != KVK_OK)
		(void)kvk_exchange_drop(folder);
	kvk_blob_free(&beside);
	return err;
}
