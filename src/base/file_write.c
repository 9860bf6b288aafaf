/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"

/* Names that are tried for the temporary file before giving up. */
#define TRIES 16

/* A file on its way: its folder stays the same one whatever happens to the path meanwhile. */
struct target {
	int dir;
	const char *name;
	char temporary[32];
};

static void close_quietly(int fd)
{
	int saved = errno;

	if (fd >= 0)
		close(fd);
	errno = saved;
}

/* Opens the folder of path. */
static enum kvk_err open_folder(const char *path, struct target *target)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;
	struct kvk_blob folder = { 0 };
	struct kvk_span parent = { .p = (const uint8_t *)path, .n = n ? n : 1 };
	enum kvk_err err;

	target->name = slash ? slash + 1 : path;
	if (target->name[0] == 0) {
		errno = EISDIR;
		return KVK_ERR_OPEN;
	}
	if (strlen(path) > KVK_LIMIT_PATH) {
		errno = ENAMETOOLONG;
		return KVK_ERR_OPEN;
	}
	err = slash ? kvk_blob_append(&folder, parent) : kvk_blob_text(&folder, ".");
	if (err)
		return err;
	target->dir = open(kvk_blob_str(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY);
	if (target->dir < 0)
		err = KVK_ERR_OPEN;
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
		(void)snprintf(target->temporary, sizeof(target->temporary), ".kvkcsr-%016llx.tmp",
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

static enum kvk_err write_all(int fd, struct kvk_span bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return KVK_ERR_WRITE;
		bytes.p += n;
		bytes.n -= (size_t)n;
	}
	return KVK_OK;
}

/* Fills the temporary file and brings it to the disk. Closes it. */
static enum kvk_err fill(int fd, mode_t mode, struct kvk_span bytes)
{
	enum kvk_err err = write_all(fd, bytes);

	if (!err && (fchmod(fd, mode) != 0 || fsync(fd) != 0))
		err = KVK_ERR_WRITE;
	if (err) {
		close_quietly(fd);
		return err;
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

static enum kvk_err put_file(const char *path, mode_t mode, struct kvk_span bytes, bool replace)
{
	struct target target = { .dir = -1 };
	enum kvk_err err;
	struct stat st;
	int fd = -1, saved;

	err = open_folder(path, &target);
	if (err)
		goto out;
	if (!replace && fstatat(target.dir, target.name, &st, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		err = KVK_ERR_EXISTS;
		goto out;
	}
	err = open_temporary(&target, &fd);
	if (err)
		goto out;
	err = fill(fd, mode, bytes);
	if (!err)
		err = replace ? publish_over(&target) : publish_new(&target);
	if (err) {
		saved = errno;
		(void)unlinkat(target.dir, target.temporary, 0);
		errno = saved;
		goto out;
	}
	if (fsync(target.dir) != 0 && errno != EINVAL)
		err = KVK_ERR_WRITE;
out:
	close_quietly(target.dir);
	return err;
}

enum kvk_err kvk_file_create(const char *path, mode_t mode, struct kvk_span bytes)
{
	return put_file(path, mode, bytes, false);
}

enum kvk_err kvk_file_replace(const char *path, mode_t mode, struct kvk_span bytes)
{
	return put_file(path, mode, bytes, true);
}
