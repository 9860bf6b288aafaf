/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"

static void close_quietly(int fd)
{
	int saved = errno;

	if (fd >= 0)
		close(fd);
	errno = saved;
}

/* Brings the entry of a new folder to the disk; where that is not possible the folder is there all
 * the same. */
static void sync_parent(char *path)
{
	char *slash = strrchr(path, '/');
	int fd, flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

	if (!slash) {
		fd = open(".", flags);
	} else if (slash == path) {
		fd = open("/", flags);
	} else {
		*slash = 0;
		fd = open(path, flags);
		*slash = '/';
	}
	if (fd >= 0)
		(void)fsync(fd);
	close_quietly(fd);
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
	close_quietly(fd);
	return err;
}

static enum kvk_err make_one(char *path, mode_t mode)
{
	struct stat st;

	if (mkdir(path, 0700) != 0) {
		int saved = errno;

		if (stat(path, &st) == 0) {
			errno = ENOTDIR;
			return S_ISDIR(st.st_mode) ? KVK_OK : KVK_ERR_NOT_FOUND;
		}
		errno = saved;
		if (saved == ENOTDIR || saved == ENOENT || saved == EEXIST)
			return KVK_ERR_NOT_FOUND;
		return KVK_ERR_OPEN;
	}
	sync_parent(path);
	return set_mode(path, mode);
}

static enum kvk_err check_length(const char *path)
{
	if (path[0] != 0 && strlen(path) <= KVK_LIMIT_PATH)
		return KVK_OK;
	errno = path[0] ? ENAMETOOLONG : ENOENT;
	return path[0] ? KVK_ERR_OPEN : KVK_ERR_NOT_FOUND;
}

enum kvk_err kvk_dir_make(const char *path, mode_t mode)
{
	struct kvk_blob copy = { 0 };
	enum kvk_err err = check_length(path);
	char *p;

	if (!err)
		err = kvk_blob_text(&copy, path);
	if (err)
		return err;
	p = (char *)copy.p;
	while (!err && *p) {
		p += strspn(p, "/");
		p += strcspn(p, "/");
		if (*p) {
			*p = 0;
			err = make_one((char *)copy.p, mode);
			*p = '/';
			if (p[strspn(p, "/")] == 0)
				break;
		} else if (p[-1] != '/') {
			err = make_one((char *)copy.p, mode);
		}
	}
	kvk_blob_free(&copy);
	return err;
}

static size_t without_slashes(const struct kvk_blob *path, size_t n)
{
	while (n > 1 && path->p[n - 1] == '/')
		n--;
	return n;
}

/* Cuts the last part of a path off, down to "." or "/". False where it is one of these already. */
static bool cut_last(struct kvk_blob *path)
{
	size_t n = without_slashes(path, path->n);

	if (n == 1 && (path->p[0] == '.' || path->p[0] == '/'))
		return false;
	while (n > 0 && path->p[n - 1] != '/')
		n--;
	if (n == 0)
		path->p[n++] = '.';
	n = without_slashes(path, n);
	path->p[n] = 0;
	path->n = n;
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
	enum kvk_err err = check_length(path);

	if (!err)
		err = kvk_blob_text(&lowest, path);
	if (err)
		return err;
	lowest.n = without_slashes(&lowest, lowest.n);
	lowest.p[lowest.n] = 0;
	err = find_lowest(&lowest, &st, &whole);
	if (!err && !whole &&
		faccessat(AT_FDCWD, kvk_blob_str(&lowest), W_OK | X_OK, AT_EACCESS) != 0)
		err = KVK_ERR_OPEN;
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
	enum kvk_err err = KVK_OK;
	struct dirent *entry;

	while (!err) {
		errno = 0;
		entry = readdir(dir);
		if (!entry)
			return errno ? KVK_ERR_WRITE : KVK_OK;
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
	enum kvk_err err;
	DIR *dir;
	int fd, saved;

	if (depth > KVK_LIMIT_FOLDER_DEPTH) {
		errno = ELOOP;
		return KVK_ERR_WRITE;
	}
	fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return KVK_ERR_WRITE;
	dir = fdopendir(fd);
	if (!dir) {
		close_quietly(fd);
		return KVK_ERR_WRITE;
	}
	err = empty(dir, depth);
	saved = errno;
	closedir(dir);
	errno = saved;
	if (!err && unlinkat(parent, name, AT_REMOVEDIR) != 0)
		err = KVK_ERR_WRITE;
	return err;
}

enum kvk_err kvk_dir_remove(const char *path)
{
	return remove_below(AT_FDCWD, path, 0);
}

bool kvk_path_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

enum kvk_err kvk_path_join(struct kvk_blob *out, const char *folder, const char *name)
{
	size_t n = strlen(folder);
	struct kvk_span trimmed = { .p = (const uint8_t *)folder };
	enum kvk_err err;

	kvk_blob_clear(out);
	while (n && folder[n - 1] == '/')
		n--;
	name += strspn(name, "/");
	/* Folder, slash and name. */
	if (n >= KVK_LIMIT_PATH || strlen(name) > KVK_LIMIT_PATH - 1 - n)
		return KVK_ERR_LIMIT;
	trimmed.n = n;
	err = kvk_blob_append(out, trimmed);
	/* An empty folder is the working folder; one of slashes only is the root. */
	if (!err && folder[0])
		err = kvk_blob_byte(out, '/');
	if (!err)
		err = kvk_blob_text(out, name);
	if (err)
		kvk_blob_clear(out);
	return err;
}
