/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/path.h"

#define PREFIX ".new-"
#define TEMPORARY "/" PREFIX "XXXXXX"
#define TEMPORARY_LENGTH (sizeof TEMPORARY - 2)

/*
 * Moves something to a name that must be free. Some file systems cannot promise that: then it is
 * looked at before.
 */
static int move_new(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (kvk_path_exists(to)) {
		errno = EEXIST;
		return -1;
	}
	return rename(from, to);
}

static enum kvk_err sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum kvk_err err = KVK_OK;

	if (fd < 0)
		return KVK_ERR_OPEN;
	if (fsync(fd) != 0)
		err = KVK_ERR_WRITE;
	close(fd);
	return err;
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

/* Makes the temporary folder below a folder, and the files in it. */
static enum kvk_err make_temporary(const char *below, const struct kvk_folder_file *files,
	size_t count, struct kvk_blob *out, struct kvk_error *why)
{
	struct kvk_blob path = { .p = NULL };
	enum kvk_err err;

	kvk_blob_clear(out);
	err = kvk_blob_text(out, below);
	if (err == KVK_OK)
		err = kvk_blob_text(out, TEMPORARY);
	if (err != KVK_OK)
		goto out;
	if (mkdtemp((char *)out->p) == NULL) {
		err = kvk_error_set_file(why, KVK_ERR_OPEN, below, 0);
		kvk_blob_clear(out);
		goto out;
	}
	for (size_t i = 0; err == KVK_OK && i < count; i++) {
		err = kvk_path_join(&path, kvk_blob_str(out), files[i].name);
		if (err == KVK_OK)
			err = kvk_file_create(kvk_blob_str(&path), files[i].mode, files[i].bytes);
		if (err != KVK_OK)
			kvk_error_set_file(why, err, kvk_blob_str(&path), 0);
	}
	if (err == KVK_OK && chmod(kvk_blob_str(out), 0700) != 0)
		err = kvk_error_set_file(why, KVK_ERR_WRITE, kvk_blob_str(out), 0);
out:
	kvk_blob_free(&path);
	return err;
}

static void remove_temporary(struct kvk_blob *path)
{
	if (path->n > 0)
		(void)kvk_dir_remove(kvk_blob_str(path));
	kvk_blob_free(path);
}

enum kvk_err kvk_folder_make(
	const char *path, const struct kvk_folder_file *files, size_t count, struct kvk_error *why)
{
	struct kvk_blob above = { .p = NULL }, temporary = { .p = NULL };
	enum kvk_err err;

	errno = 0;
	err = folder_above(path, &above);
	if (err == KVK_OK)
		err = kvk_dir_make(kvk_blob_str(&above), 0700);
	if (err == KVK_OK)
		err = check_above(kvk_blob_str(&above));
	if (err == KVK_OK && kvk_path_exists(path))
		err = KVK_ERR_EXISTS;
	if (err != KVK_OK) {
		kvk_error_set_file(
			why, err, err == KVK_ERR_EXISTS ? path : kvk_blob_str(&above), 0);
		goto out;
	}
	err = make_temporary(kvk_blob_str(&above), files, count, &temporary, why);
	if (err != KVK_OK)
		goto out;
	if (move_new(kvk_blob_str(&temporary), path) != 0)
		err = kvk_error_set_file(
			why, errno == EEXIST ? KVK_ERR_EXISTS : KVK_ERR_WRITE, path, 0);
	else
		kvk_blob_clear(&temporary);
	if (err == KVK_OK && sync_folder(kvk_blob_str(&above)) != KVK_OK)
		err = kvk_error_set_file(why, KVK_ERR_WRITE, kvk_blob_str(&above), 0);
out:
	remove_temporary(&temporary);
	kvk_blob_free(&above);
	return err;
}

/* Moves one finished file to its name, never over another. */
static enum kvk_err publish(
	const char *temporary, const char *folder, const char *name, struct kvk_error *why)
{
	struct kvk_blob from = { .p = NULL }, to = { .p = NULL };
	enum kvk_err err;

	err = kvk_path_join(&from, temporary, name);
	if (err == KVK_OK)
		err = kvk_path_join(&to, folder, name);
	if (err == KVK_OK && move_new(kvk_blob_str(&from), kvk_blob_str(&to)) != 0)
		err = kvk_error_set_file(why, errno == EEXIST ? KVK_ERR_EXISTS : KVK_ERR_WRITE,
			kvk_blob_str(&to), 0);
	kvk_blob_free(&to);
	kvk_blob_free(&from);
	return err;
}

static void take_back(const char *folder, const char *name)
{
	struct kvk_blob path = { .p = NULL };

	if (kvk_path_join(&path, folder, name) == KVK_OK)
		(void)unlink(kvk_blob_str(&path));
	kvk_blob_free(&path);
}

/* That nothing of the kind is there yet, before any work is done. */
static enum kvk_err check_free(const char *folder, const struct kvk_folder_file *files,
	size_t count, struct kvk_error *why)
{
	struct kvk_blob path = { .p = NULL };
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < count; i++) {
		err = kvk_path_join(&path, folder, files[i].name);
		if (err == KVK_OK && kvk_path_exists(kvk_blob_str(&path)))
			err = kvk_error_set_file(why, KVK_ERR_EXISTS, kvk_blob_str(&path), 0);
	}
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_folder_fill(
	const char *path, const struct kvk_folder_file *files, size_t count, struct kvk_error *why)
{
	struct kvk_blob temporary = { .p = NULL };
	size_t done = 0;
	enum kvk_err err;

	if (!kvk_path_exists(path))
		return kvk_folder_make(path, files, count, why);
	errno = 0;
	err = kvk_dir_check(path);
	if (err != KVK_OK)
		return kvk_error_set_file(why, err, path, 0);
	err = check_free(path, files, count, why);
	if (err == KVK_OK)
		err = make_temporary(path, files, count, &temporary, why);
	while (err == KVK_OK && done < count) {
		err = publish(kvk_blob_str(&temporary), path, files[done].name, why);
		if (err == KVK_OK)
			done++;
	}
	for (size_t i = 0; err != KVK_OK && i < done; i++)
		take_back(path, files[i].name);
	if (err == KVK_OK && sync_folder(path) != KVK_OK)
		err = kvk_error_set_file(why, KVK_ERR_WRITE, path, 0);
	remove_temporary(&temporary);
	return err;
}

enum kvk_err kvk_folder_look(const char *path, struct kvk_error *why)
{
	struct kvk_blob above = { .p = NULL };
	enum kvk_err err;

	errno = 0;
	if (kvk_path_exists(path)) {
		err = kvk_dir_check(path);
		if (err == KVK_OK && access(path, W_OK | X_OK) != 0)
			err = KVK_ERR_OPEN;
		return err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, path, 0);
	}
	err = folder_above(path, &above);
	if (err == KVK_OK)
		err = kvk_dir_look(kvk_blob_str(&above));
	if (err == KVK_OK && kvk_path_exists(kvk_blob_str(&above)))
		err = check_above(kvk_blob_str(&above));
	if (err != KVK_OK)
		kvk_error_set_file(why, err, kvk_blob_str(&above), 0);
	kvk_blob_free(&above);
	return err;
}

static bool is_left_over(int above, const char *name, kvk_time now)
{
	struct stat st;

	return strlen(name) == TEMPORARY_LENGTH && strncmp(name, PREFIX, strlen(PREFIX)) == 0 &&
		fstatat(above, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode) &&
		st.st_uid == geteuid() && (kvk_time)st.st_mtime <= (now - KVK_DAY) / KVK_SECOND;
}

void kvk_folder_sweep(const char *above, kvk_time now)
{
	DIR *dir = opendir(above);
	struct kvk_blob path = { .p = NULL };
	const struct dirent *entry;

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL)
		if (is_left_over(dirfd(dir), entry->d_name, now) &&
			kvk_path_join(&path, above, entry->d_name) == KVK_OK)
			(void)kvk_dir_remove(kvk_blob_str(&path));
	kvk_blob_free(&path);
	closedir(dir);
}
