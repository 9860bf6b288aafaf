/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/path.h"
#include "base/time.h"

#define PREFIX ".new-"
#define TEMPORARY "/" PREFIX "XXXXXX"
#define TEMPORARY_LENGTH (sizeof TEMPORARY - 2)

static enum kvk_err move_new(const char *from, const char *to, struct kvk_error *why)
{
	enum kvk_err err = kvk_path_move_new(from, to);

	return err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, to, 0);
}

static enum kvk_err sync_folder(const char *path, struct kvk_error *why)
{
	enum kvk_err err = kvk_dir_sync(path);

	return err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, path, 0);
}

static enum kvk_err folder_above(const char *path, struct kvk_blob *out)
{
	kvk_blob_clear(out);
	return kvk_blob_append(out, kvk_path_parent(kvk_span_of(path)));
}

/* That nobody else can move away what is made in a folder; in /tmp the sticky bit sees to it. */
static enum kvk_err check_above(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return KVK_ERR_OPEN;
	return (st.st_mode & S_IWOTH) != 0 && (st.st_mode & S_ISVTX) == 0 ? KVK_ERR_UNSAFE : KVK_OK;
}

static enum kvk_err make_file(
	const char *folder, const struct kvk_folder_file *file, struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, file->name));
	KVK_TRY(kvk_file_create(kvk_blob_str(&path), file->mode, file->bytes));
out:
	if (err != KVK_OK)
		kvk_error_set_file(why, err, kvk_blob_str(&path), 0);
	kvk_blob_free(&path);
	return err;
}

/* A folder that nobody was shown. */
struct temporary {
	/* Empty where there is none to be removed. */
	struct kvk_blob path;
	/* Locked as long as this program lives, for kvk_folder_sweep(); below 0: it is not. */
	int lock;
};

#define TEMPORARY_INIT \
	{ \
		.lock = -1 \
	}

/* Where the file system has no locks, kvk_folder_sweep() goes by the time. */
static void lock(struct temporary *temporary)
{
	temporary->lock = open(
		kvk_blob_str(&temporary->path), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (temporary->lock >= 0)
		(void)flock(temporary->lock, LOCK_EX | LOCK_NB);
}

/* Makes the temporary folder below a folder, and the files in it. */
static enum kvk_err make_temporary(const char *below, const struct kvk_folder_file *files,
	size_t count, struct temporary *out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(&out->path, "%s%s", below, TEMPORARY));
	if (mkdtemp((char *)out->path.p) == NULL) {
		kvk_blob_clear(&out->path);
		return kvk_error_set_file(why, KVK_ERR_OPEN, below, 0);
	}
	lock(out);
	for (size_t i = 0; i < count; i++)
		KVK_TRY(make_file(kvk_blob_str(&out->path), &files[i], why));
	if (chmod(kvk_blob_str(&out->path), 0700) != 0)
		err = kvk_error_set_file(why, KVK_ERR_WRITE, kvk_blob_str(&out->path), 0);
out:
	return err;
}

static void remove_temporary(struct temporary *temporary)
{
	if (temporary->path.n > 0)
		(void)kvk_dir_remove(kvk_blob_str(&temporary->path));
	kvk_fd_close(temporary->lock);
	kvk_blob_free(&temporary->path);
}

/* Makes what is missing above a path that is to be made, whose name must be free. */
static enum kvk_err prepare(const char *path, struct kvk_blob *above, struct kvk_error *why)
{
	enum kvk_err err;

	errno = 0;
	KVK_TRY(folder_above(path, above));
	KVK_TRY(kvk_dir_make(kvk_blob_str(above), 0700));
	KVK_TRY(check_above(kvk_blob_str(above)));
	if (kvk_path_exists(path))
		return kvk_error_set_file(why, KVK_ERR_EXISTS, path, 0);
out:
	return err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, kvk_blob_str(above), 0);
}

enum kvk_err kvk_folder_make(
	const char *path, const struct kvk_folder_file *files, size_t count, struct kvk_error *why)
{
	struct temporary temporary = TEMPORARY_INIT;
	struct kvk_blob above = { 0 };
	enum kvk_err err;

	KVK_TRY(prepare(path, &above, why));
	KVK_TRY(make_temporary(kvk_blob_str(&above), files, count, &temporary, why));
	KVK_TRY(move_new(kvk_blob_str(&temporary.path), path, why));
	kvk_blob_clear(&temporary.path);
	KVK_TRY(sync_folder(kvk_blob_str(&above), why));
out:
	remove_temporary(&temporary);
	kvk_blob_free(&above);
	return err;
}

/* Moves one finished file to its name, never over another. */
static enum kvk_err publish(
	const char *temporary, const char *folder, const char *name, struct kvk_error *why)
{
	struct kvk_blob from = { 0 }, to = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&from, temporary, name));
	KVK_TRY(kvk_path_join(&to, folder, name));
	KVK_TRY(move_new(kvk_blob_str(&from), kvk_blob_str(&to), why));
out:
	kvk_blob_free(&to);
	kvk_blob_free(&from);
	return err;
}

static void take_back(const char *folder, const char *name)
{
	struct kvk_blob path = { 0 };

	if (kvk_path_join(&path, folder, name) == KVK_OK)
		(void)unlink(kvk_blob_str(&path));
	kvk_blob_free(&path);
}

/* Moves all finished files to their names, or none. */
static enum kvk_err publish_all(const char *temporary, const char *folder,
	const struct kvk_folder_file *files, size_t count, struct kvk_error *why)
{
	enum kvk_err err = KVK_OK;
	size_t done;

	for (done = 0; done < count; done++)
		KVK_TRY(publish(temporary, folder, files[done].name, why));
out:
	for (size_t i = 0; err != KVK_OK && i < done; i++)
		take_back(folder, files[i].name);
	return err;
}

/* That nothing of the kind is there yet, before any work is done. */
static enum kvk_err check_free(const char *folder, const struct kvk_folder_file *files,
	size_t count, struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < count; i++) {
		KVK_TRY(kvk_path_join(&path, folder, files[i].name));
		if (kvk_path_exists(kvk_blob_str(&path))) {
			err = kvk_error_set_file(why, KVK_ERR_EXISTS, kvk_blob_str(&path), 0);
			goto out;
		}
	}
out:
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_folder_fill(
	const char *path, const struct kvk_folder_file *files, size_t count, struct kvk_error *why)
{
	struct temporary temporary = TEMPORARY_INIT;
	enum kvk_err err;

	if (!kvk_path_exists(path))
		return kvk_folder_make(path, files, count, why);
	errno = 0;
	err = kvk_dir_check(path);
	if (err != KVK_OK)
		return kvk_error_set_file(why, err, path, 0);
	KVK_TRY(check_free(path, files, count, why));
	KVK_TRY(make_temporary(path, files, count, &temporary, why));
	KVK_TRY(publish_all(kvk_blob_str(&temporary.path), path, files, count, why));
	KVK_TRY(sync_folder(path, why));
out:
	remove_temporary(&temporary);
	return err;
}

/* Whether files may be put into a folder that is there. */
static enum kvk_err look_inside(const char *path, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(kvk_dir_check(path));
	if (access(path, W_OK | X_OK) != 0)
		err = KVK_ERR_OPEN;
out:
	return err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, path, 0);
}

enum kvk_err kvk_folder_look(const char *path, struct kvk_error *why)
{
	struct kvk_blob above = { 0 };
	enum kvk_err err;

	errno = 0;
	if (kvk_path_exists(path))
		return look_inside(path, why);
	KVK_TRY(folder_above(path, &above));
	KVK_TRY(kvk_dir_look(kvk_blob_str(&above)));
	if (kvk_path_exists(kvk_blob_str(&above)))
		KVK_TRY(check_above(kvk_blob_str(&above)));
out:
	if (err != KVK_OK)
		kvk_error_set_file(why, err, kvk_blob_str(&above), 0);
	kvk_blob_free(&above);
	return err;
}

/* Whether the program that made a folder is gone; where there are no locks, a day has to pass. */
static bool is_abandoned(int folder, const struct stat *st)
{
	kvk_time now;

	if (flock(folder, LOCK_EX | LOCK_NB) == 0)
		return true;
	return errno != EWOULDBLOCK && kvk_time_now(&now) == KVK_OK &&
		(kvk_time)st->st_mtime * KVK_SECOND <= now - KVK_DAY;
}

static bool is_left_over(const char *path, const char *const *names, size_t count)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	bool left;

	if (folder < 0)
		return false;
	left = fstat(folder, &st) == 0 && st.st_uid == geteuid() && is_abandoned(folder, &st);
	kvk_fd_close(folder);
	if (left)
		kvk_file_sweep(path);
	return left && kvk_dir_holds_only(path, names, count);
}

static bool is_temporary(const char *name)
{
	return strlen(name) == TEMPORARY_LENGTH && strncmp(name, PREFIX, strlen(PREFIX)) == 0;
}

void kvk_folder_sweep(const char *above, const char *const *names, size_t count)
{
	DIR *dir = opendir(above);
	struct kvk_blob path = { 0 };
	const struct dirent *entry;

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL)
		if (is_temporary(entry->d_name) &&
			kvk_path_join(&path, above, entry->d_name) == KVK_OK &&
			is_left_over(kvk_blob_str(&path), names, count))
			(void)kvk_dir_remove(kvk_blob_str(&path));
	kvk_blob_free(&path);
	closedir(dir);
}
