/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/secret.h"

/* What is done with each entry of a folder: its path, and what lies there. */
typedef enum kvk_err visit_fn(
	void *context, const char *path, const char *name, const struct stat *st);

static enum kvk_err visit_one(const char *folder, const char *name, visit_fn *visit, void *context)
{
	struct kvk_blob path = { 0 };
	struct stat st;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, name));
	KVK_TRY(lstat(kvk_blob_str(&path), &st) == 0 ? KVK_OK : KVK_ERR_OPEN);
	KVK_TRY(visit(context, kvk_blob_str(&path), name, &st));
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err each(const char *folder, visit_fn *visit, void *context)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	enum kvk_err err = dir != NULL ? KVK_OK : KVK_ERR_OPEN;
	int saved;

	while (err == KVK_OK) {
		errno = 0;
		entry = readdir(dir);
		if (entry == NULL) {
			err = errno != 0 ? KVK_ERR_READ : KVK_OK;
			break;
		}
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			err = visit_one(folder, entry->d_name, visit, context);
	}
	saved = errno;
	if (dir != NULL)
		closedir(dir);
	errno = saved;
	return err;
}

struct linking {
	const char *to;
	unsigned depth;
	struct kvk_error *why;
};

static enum kvk_err link_folder(
	const char *from, const struct stat *st, const char *to, struct linking *above);

/* Owner and group as they were; only root can give what is another's. */
static enum kvk_err give(const char *path, const struct stat *st)
{
	return lchown(path, st->st_uid, st->st_gid) == 0 || geteuid() != 0 ? KVK_OK : KVK_ERR_WRITE;
}

/* A copy, where there are no links. */
static enum kvk_err copy_file(const char *from, const struct stat *st, const char *to)
{
	struct kvk_secret bytes = { .n = 0 };
	enum kvk_err err;

	if (!S_ISREG(st->st_mode))
		return KVK_ERR_WRITE;
	KVK_TRY(kvk_file_read_secret(
		from, KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW | KVK_FILE_TRUSTED, &bytes));
	KVK_TRY(kvk_file_create(to, st->st_mode & 07777, kvk_secret_span(&bytes)));
	KVK_TRY(give(to, st));
out:
	kvk_secret_free(&bytes);
	return err;
}

static enum kvk_err link_file(const char *from, const struct stat *st, const char *to)
{
	if (linkat(AT_FDCWD, from, AT_FDCWD, to, 0) == 0)
		return KVK_OK;
	if (errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK || errno == EXDEV)
		return copy_file(from, st, to);
	return KVK_ERR_WRITE;
}

static enum kvk_err link_entry(
	void *context, const char *path, const char *name, const struct stat *st)
{
	struct linking *linking = context;
	struct kvk_blob to = { 0 };
	enum kvk_err err = KVK_OK;

	if (kvk_file_is_temporary(name))
		goto out;
	KVK_TRY(kvk_path_join(&to, linking->to, name));
	KVK_TRY(S_ISDIR(st->st_mode) ? link_folder(path, st, kvk_blob_str(&to), linking) :
				       link_file(path, st, kvk_blob_str(&to)));
out:
	if (err != KVK_OK && linking->why->text[0] == '\0')
		(void)kvk_error_set_file(linking->why, err, path, 0);
	kvk_blob_free(&to);
	return err;
}

static enum kvk_err link_folder(
	const char *from, const struct stat *st, const char *to, struct linking *above)
{
	struct linking linking = { to, above->depth + 1, above->why };

	if (linking.depth > KVK_LIMIT_FOLDER_DEPTH)
		return KVK_ERR_LIMIT;
	if (mkdir(to, 0700) != 0 || give(to, st) != KVK_OK || chmod(to, st->st_mode & 07777) != 0)
		return KVK_ERR_WRITE;
	return each(from, link_entry, &linking);
}

enum kvk_err kvk_tree_link(const char *from, const char *to, struct kvk_error *why)
{
	struct linking none = { .why = why };
	struct stat st;
	enum kvk_err err;

	KVK_TRY(lstat(from, &st) == 0 ? KVK_OK : KVK_ERR_OPEN);
	if (!S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		KVK_TRY(KVK_ERR_OPEN);
	}
	KVK_TRY(link_folder(from, &st, to, &none));
out:
	if (err != KVK_OK) {
		if (why->text[0] == '\0')
			(void)kvk_error_set_file(why, err, to, 0);
		(void)kvk_dir_remove(to);
	}
	return err;
}

static enum kvk_err sync_entry(
	void *context, const char *path, const char *name, const struct stat *st)
{
	unsigned depth = *(const unsigned *)context + 1;
	enum kvk_err err = KVK_OK;

	(void)name;
	if (!S_ISDIR(st->st_mode))
		return KVK_OK;
	if (depth > KVK_LIMIT_FOLDER_DEPTH)
		return KVK_ERR_LIMIT;
	KVK_TRY(each(path, sync_entry, &depth));
	KVK_TRY(kvk_dir_sync(path));
out:
	return err;
}

enum kvk_err kvk_tree_sync(const char *path)
{
	unsigned depth = 0;
	enum kvk_err err;

	KVK_TRY(each(path, sync_entry, &depth));
	KVK_TRY(kvk_dir_sync(path));
out:
	return err;
}
