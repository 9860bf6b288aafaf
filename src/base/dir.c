/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/blob.h"
#include "base/file.h"
#include "base/format.h"
#include "base/limits.h"
#include "base/path.h"

enum kvk_err kvk_dir_sync(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum kvk_err err = KVK_OK;

	if (fd < 0)
		return KVK_ERR_OPEN;
	if (fsync(fd) != 0 && errno != EINVAL)
		err = KVK_ERR_WRITE;
	kvk_fd_close(fd);
	return err;
}

/* Brings the entry of a new folder to the disk; where that is not possible the folder is there all
 * the same. */
static void sync_parent(const char *path)
{
	const struct kvk_span parent = kvk_path_parent(kvk_span_of(path));
	char folder[KVK_LIMIT_PATH + 1];

	KVK_FORMAT(folder, "%.*s", (int)parent.n, (const char *)parent.p);
	(void)kvk_dir_sync(folder);
}

/* Gives a folder that was just made its mode, which the umask may have cut. */
static enum kvk_err set_mode(const char *path, mode_t mode)
{
	enum kvk_err err = KVK_OK;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return KVK_ERR_OPEN;
	if (fchmod(fd, mode) != 0)
		err = KVK_ERR_OPEN;
	kvk_fd_close(fd);
	return err;
}

static enum kvk_err make_one(const char *path, mode_t mode)
{
	struct stat st;
	int saved;

	if (mkdir(path, 0700) == 0) {
		sync_parent(path);
		return set_mode(path, mode);
	}
	saved = errno;
	if (stat(path, &st) == 0) {
		errno = ENOTDIR;
		return S_ISDIR(st.st_mode) ? KVK_OK : KVK_ERR_NOT_FOUND;
	}
	errno = saved;
	if (saved == ENOTDIR || saved == ENOENT || saved == EEXIST)
		return KVK_ERR_NOT_FOUND;
	return KVK_ERR_OPEN;
}

static enum kvk_err check_length(const char *path)
{
	if (path[0] != '\0' && strlen(path) <= KVK_LIMIT_PATH)
		return KVK_OK;
	errno = path[0] != '\0' ? ENAMETOOLONG : ENOENT;
	return path[0] != '\0' ? KVK_ERR_OPEN : KVK_ERR_NOT_FOUND;
}

enum kvk_err kvk_dir_make(const char *path, mode_t mode)
{
	struct kvk_blob copy = { 0 };
	char *end;
	char cut;
	enum kvk_err err;

	KVK_TRY(check_length(path));
	KVK_TRY(kvk_blob_append_text(&copy, path));
	end = (char *)copy.p;
	do {
		end += strspn(end, "/");
		end += strcspn(end, "/");
		cut = *end;
		*end = '\0';
		KVK_TRY(make_one(kvk_blob_str(&copy), mode));
		*end = cut;
	} while (end[strspn(end, "/")] != '\0');
out:
	kvk_blob_free(&copy);
	return err;
}

/* Cuts the last part of a path off, down to "." or "/". False where it is one of these already. */
static bool cut_last(struct kvk_blob *path)
{
	const struct kvk_span whole = kvk_span_of_blob(path);
	const struct kvk_span parent = kvk_path_parent(whole);

	if (kvk_span_is(whole, ".") || kvk_span_is(whole, "/"))
		return false;
	if (parent.p != whole.p)
		path->p[0] = '.';
	path->n = parent.n;
	path->p[path->n] = '\0';
	return true;
}

/* Finds the lowest part of a path that is there. *whole is whether that is all of it. */
static enum kvk_err find_lowest(struct kvk_blob *path, struct stat *st, bool *whole)
{
	*whole = true;
	while (stat(kvk_blob_str(path), st) != 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			return KVK_ERR_OPEN;
		/* A link to nothing is in the way. */
		if (kvk_path_exists(kvk_blob_str(path)) || !cut_last(path))
			return KVK_ERR_NOT_FOUND;
		*whole = false;
	}
	errno = ENOTDIR;
	return S_ISDIR(st->st_mode) ? KVK_OK : KVK_ERR_NOT_FOUND;
}

enum kvk_err kvk_dir_look(const char *path)
{
	struct kvk_blob lowest = { 0 };
	struct stat st;
	bool whole;
	enum kvk_err err;

	KVK_TRY(check_length(path));
	KVK_TRY(kvk_blob_append(&lowest, kvk_path_trim(kvk_span_of(path))));
	KVK_TRY(find_lowest(&lowest, &st, &whole));
	if (!whole && faccessat(AT_FDCWD, kvk_blob_str(&lowest), W_OK | X_OK, AT_EACCESS) != 0)
		err = KVK_ERR_OPEN;
out:
	kvk_blob_free(&lowest);
	return err;
}

enum kvk_err kvk_dir_check(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return KVK_ERR_OPEN;
	if (!S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		return KVK_ERR_OPEN;
	}
	if ((st.st_uid != geteuid() && st.st_uid != 0) || (st.st_mode & 022)) {
		errno = EPERM;
		return KVK_ERR_UNSAFE;
	}
	return KVK_OK;
}

static enum kvk_err remove_below(int parent, const char *name, unsigned depth);

/* Removes all entries of an open folder. */
static enum kvk_err empty(DIR *dir, unsigned depth)
{
	struct dirent *entry;
	enum kvk_err err = KVK_OK;

	while (err == KVK_OK) {
		errno = 0;
		entry = readdir(dir);
		if (entry == NULL)
			return errno != 0 ? KVK_ERR_WRITE : KVK_OK;
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (unlinkat(dirfd(dir), entry->d_name, 0) == 0)
			continue;
		/* POSIX says EPERM for a folder, Linux EISDIR. */
		if (errno != EISDIR && errno != EPERM)
			return KVK_ERR_WRITE;
		err = remove_below(dirfd(dir), entry->d_name, depth + 1);
	}
	return err;
}

/* Removes a folder by its name in an open one. Depth is bounded because each level keeps a
 * descriptor open. */
static enum kvk_err remove_below(int parent, const char *name, unsigned depth)
{
	DIR *dir;
	int fd, saved;
	enum kvk_err err;

	if (depth > KVK_LIMIT_FOLDER_DEPTH) {
		errno = ELOOP;
		return KVK_ERR_WRITE;
	}
	fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return KVK_ERR_WRITE;
	dir = fdopendir(fd);
	if (dir == NULL) {
		kvk_fd_close(fd);
		return KVK_ERR_WRITE;
	}
	err = empty(dir, depth);
	saved = errno;
	closedir(dir);
	errno = saved;
	KVK_TRY(err);
	KVK_TRY(unlinkat(parent, name, AT_REMOVEDIR) == 0 ? KVK_OK : KVK_ERR_WRITE);
out:
	return err;
}

enum kvk_err kvk_dir_remove(const char *path)
{
	return remove_below(AT_FDCWD, path, 0);
}

static bool is_named(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

bool kvk_dir_holds_only(const char *path, const char *const *names, size_t count)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;
	bool only = dir != NULL;

	while (only && (entry = readdir(dir)) != NULL)
		only = is_named(entry->d_name, names, count);
	if (dir != NULL)
		closedir(dir);
	return only;
}
