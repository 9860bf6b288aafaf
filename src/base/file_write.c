/* SPDX-License-Identifier: Apache-2.0 */
/* Part of base/file.h: writing. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/format.h"
#include "base/limits.h"
#include "base/path.h"

/* Names that are tried for the temporary file before giving up. */
#define TRIES 16

#define PREFIX ".kvkcsr-"
#define SUFFIX ".tmp"
/* Digits between them. */
#define DIGITS 16

/* A file on its way: its folder stays the same one whatever happens to the path meanwhile. */
struct target {
	int dir;
	const char *name;
	char temporary[32];
};

/* Opens the folder of path. */
static enum kvk_err open_folder(const char *path, struct target *target)
{
	const char *slash = strrchr(path, '/');
	struct kvk_blob folder = { 0 };
	enum kvk_err err;

	target->name = slash != NULL ? slash + 1 : path;
	if (target->name[0] == '\0') {
		errno = EISDIR;
		return KVK_ERR_OPEN;
	}
	if (strlen(path) > KVK_LIMIT_PATH) {
		errno = ENAMETOOLONG;
		return KVK_ERR_OPEN;
	}
	KVK_TRY(kvk_blob_append(&folder, kvk_path_parent(kvk_span_of(path))));
	target->dir = open(kvk_blob_str(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY);
	if (target->dir < 0)
		err = KVK_ERR_OPEN;
out:
	kvk_blob_free(&folder);
	return err;
}

/* Makes the temporary file, readable by nobody else from its first moment. */
static enum kvk_err open_temporary(struct target *target, int *out)
{
	uint64_t number;

	for (int i = 0; i < TRIES; i++) {
		if (getrandom(&number, sizeof(number), 0) != (ssize_t)sizeof(number))
			return KVK_ERR_OPEN;
		KVK_FORMAT(target->temporary, PREFIX "%0*llx" SUFFIX, DIGITS,
			(unsigned long long)number);
		*out = openat(target->dir, target->temporary,
			O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, 0600);
		if (*out >= 0)
			return KVK_OK;
		if (errno != EEXIST)
			break;
	}
	return KVK_ERR_OPEN;
}

static bool write_all(int fd, struct kvk_span bytes)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes.p += n;
		bytes.n -= (size_t)n;
	}
	return true;
}

/* What a file is to hold. */
struct what {
	struct kvk_span head, rest;
};

/* Fills the temporary file and brings it to the disk. Closes it. */
static enum kvk_err fill(int fd, mode_t mode, const struct what *what)
{
	if (!write_all(fd, what->head) || !write_all(fd, what->rest) || fchmod(fd, mode) != 0 ||
		fsync(fd) != 0) {
		kvk_fd_close(fd);
		return KVK_ERR_WRITE;
	}
	return close(fd) == 0 ? KVK_OK : KVK_ERR_WRITE;
}

static enum kvk_err publish_over(const struct target *target)
{
	if (renameat(target->dir, target->temporary, target->dir, target->name) != 0)
		return KVK_ERR_WRITE;
	return KVK_OK;
}

/* Gives the temporary file its name unless something has it. */
static enum kvk_err publish_new(const struct target *target)
{
	if (renameat2(target->dir, target->temporary, target->dir, target->name,
		    RENAME_NOREPLACE) == 0)
		return KVK_OK;
	/* A file system that does not know this kind of renaming knows links. */
	if (errno == EINVAL || errno == ENOSYS) {
		if (linkat(target->dir, target->temporary, target->dir, target->name, 0) == 0) {
			(void)unlinkat(target->dir, target->temporary, 0);
			return KVK_OK;
		}
	}
	return errno == EEXIST ? KVK_ERR_EXISTS : KVK_ERR_WRITE;
}

/* Writes the temporary file and gives it its name; nothing is left of it otherwise. */
static enum kvk_err put_into(
	struct target *target, mode_t mode, const struct what *what, bool replace)
{
	int fd, saved;
	enum kvk_err err;

	if (open_temporary(target, &fd) != KVK_OK)
		return KVK_ERR_OPEN;
	KVK_TRY(fill(fd, mode, what));
	KVK_TRY(replace ? publish_over(target) : publish_new(target));
out:
	saved = errno;
	if (err != KVK_OK)
		(void)unlinkat(target->dir, target->temporary, 0);
	errno = saved;
	return err;
}

static enum kvk_err put_file(const char *path, mode_t mode, const struct what *what, bool replace)
{
	struct target target = { .dir = -1 };
	struct stat st;
	enum kvk_err err;

	KVK_TRY(open_folder(path, &target));
	if (!replace && fstatat(target.dir, target.name, &st, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		err = KVK_ERR_EXISTS;
		goto out;
	}
	KVK_TRY(put_into(&target, mode, what, replace));
	if (fsync(target.dir) != 0 && errno != EINVAL)
		err = KVK_ERR_WRITE;
out:
	kvk_fd_close(target.dir);
	return err;
}

enum kvk_err kvk_file_create(const char *path, mode_t mode, struct kvk_span bytes)
{
	return put_file(path, mode, &(struct what){ .head = bytes }, false);
}

enum kvk_err kvk_file_replace(const char *path, mode_t mode, struct kvk_span bytes)
{
	return put_file(path, mode, &(struct what){ .head = bytes }, true);
}

enum kvk_err kvk_file_replace_with(
	const char *path, mode_t mode, struct kvk_span head, struct kvk_span rest)
{
	return put_file(path, mode, &(struct what){ head, rest }, true);
}

bool kvk_file_is_temporary(const char *name)
{
	const size_t prefix = sizeof PREFIX - 1;

	return strncmp(name, PREFIX, prefix) == 0 &&
		strspn(name + prefix, "0123456789abcdef") == DIGITS &&
		strcmp(name + prefix + DIGITS, SUFFIX) == 0;
}

void kvk_file_sweep(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	struct stat st;

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL)
		if (kvk_file_is_temporary(entry->d_name) &&
			fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
			S_ISREG(st.st_mode) && st.st_uid == geteuid())
			(void)unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
}
