/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* Bytes that are asked for at once where the size is not known. */
#define CHUNK 16384u

static bool is_missing(int error)
{
	return error == ENOENT || error == ENOTDIR;
}

static enum kvk_err check_owner(const struct stat *st, unsigned flags)
{
	mode_t forbidden = flags & KVK_FILE_PRIVATE ? 077 : 022;

	if (!(flags & (KVK_FILE_TRUSTED | KVK_FILE_PRIVATE)))
		return KVK_OK;
	if ((st->st_uid != geteuid() && st->st_uid != 0) || (st->st_mode & forbidden)) {
		errno = EPERM;
		return KVK_ERR_UNSAFE;
	}
	return KVK_OK;
}

static enum kvk_err check_kind(const struct stat *st)
{
	if (S_ISREG(st->st_mode))
		return KVK_OK;
	errno = S_ISDIR(st->st_mode) ? EISDIR : EINVAL;
	return KVK_ERR_NOT_REGULAR;
}

/*
 * Opens a regular file for reading. Looking at the name first spares a device from being opened;
 * what counts is what the descriptor says, because the name may mean another file by then.
 */
static enum kvk_err open_regular(const char *path, unsigned flags, int *out, struct stat *st)
{
	int follow = flags & KVK_FILE_NOFOLLOW ? O_NOFOLLOW : 0;
	enum kvk_err err;
	int fd, saved;

	if (stat(path, st) == 0 && !S_ISREG(st->st_mode))
		return check_kind(st);
	fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | follow);
	if (fd < 0)
		return is_missing(errno) ? KVK_ERR_NOT_FOUND : KVK_ERR_OPEN;
	if (fstat(fd, st) != 0)
		err = KVK_ERR_OPEN;
	else
		err = check_kind(st);
	if (!err)
		err = check_owner(st, flags);
	if (err) {
		saved = errno;
		close(fd);
		errno = saved;
		return err;
	}
	*out = fd;
	return KVK_OK;
}

/* Reads once, waiting where the descriptor was given to us as non-blocking. -1 on error, 0 at the
 * end. */
static ssize_t read_some(int fd, uint8_t *p, size_t n)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	ssize_t got;

	for (;;) {
		got = read(fd, p, n);
		if (got >= 0)
			return got;
		if (errno == EAGAIN) {
			if (poll(&wait, 1, -1) < 0 && errno != EINTR)
				return -1;
		} else if (errno != EINTR) {
			return -1;
		}
	}
}

static enum kvk_err too_large(void)
{
	errno = EFBIG;
	return KVK_ERR_LIMIT;
}

/*
 * Reads to the end. A file of known size has ended where that much came and more was asked for; one
 * that grew or shrank meanwhile is read on until nothing comes.
 */
static enum kvk_err read_all(int fd, size_t max, size_t known, struct kvk_blob *out)
{
	enum kvk_err err = known > 0 ? kvk_blob_reserve(out, known + 1) : KVK_OK;

	while (err == KVK_OK) {
		size_t room;
		ssize_t got;

		if (known == 0 || out->n > known)
			err = kvk_blob_reserve(out, CHUNK);
		if (err)
			break;
		room = out->capacity - out->n - 1;
		got = read_some(fd, out->p + out->n, room);
		if (got < 0)
			err = KVK_ERR_READ;
		if (got <= 0)
			break;
		out->n += (size_t)got;
		out->p[out->n] = 0;
		if (out->n > max)
			err = too_large();
		if (out->n == known && (size_t)got < room)
			break;
	}
	if (err)
		kvk_blob_clear(out);
	return err;
}

enum kvk_err kvk_fd_read(int fd, size_t max, struct kvk_blob *out)
{
	kvk_blob_clear(out);
	return read_all(fd, max, 0, out);
}

enum kvk_err kvk_file_read(const char *path, size_t max, unsigned flags, struct kvk_blob *out)
{
	struct stat st;
	enum kvk_err err;
	int fd, saved;

	kvk_blob_clear(out);
	err = open_regular(path, flags, &fd, &st);
	if (err)
		return err;
	if (st.st_size > 0 && (uintmax_t)st.st_size > max)
		err = too_large();
	else
		err = read_all(fd, max, st.st_size > 0 ? (size_t)st.st_size : 0, out);
	saved = errno;
	close(fd);
	errno = saved;
	return err;
}

/* Reads to the end into a secret made of max bytes and one more, which is never used when all is
 * well. */
static enum kvk_err read_secret(int fd, size_t max, struct kvk_secret *out)
{
	enum kvk_err err;
	size_t n = 0;
	ssize_t got;

	if (max == SIZE_MAX)
		return KVK_ERR_MEMORY;
	err = kvk_secret_new(out, max + 1);
	if (err)
		return err;
	while (n <= max) {
		got = read_some(fd, out->p + n, max + 1 - n);
		if (got < 0)
			err = KVK_ERR_READ;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	if (!err && n > max)
		err = too_large();
	if (err)
		kvk_secret_free(out);
	else
		kvk_secret_cut(out, n);
	return err;
}

enum kvk_err kvk_fd_read_secret(int fd, size_t max, struct kvk_secret *out)
{
	kvk_secret_free(out);
	return read_secret(fd, max, out);
}

enum kvk_err kvk_file_read_secret(
	const char *path, size_t max, unsigned flags, struct kvk_secret *out)
{
	struct stat st;
	enum kvk_err err;
	int fd, saved;

	kvk_secret_free(out);
	if (!(flags & (KVK_FILE_TRUSTED | KVK_FILE_PRIVATE)))
		flags |= KVK_FILE_PRIVATE;
	err = open_regular(path, flags, &fd, &st);
	if (err)
		return err;
	if (st.st_size > 0 && (uintmax_t)st.st_size > max)
		err = too_large();
	/* The size, where it is known, keeps the locked memory small. */
	if (!err)
		err = read_secret(fd, st.st_size > 0 ? (size_t)st.st_size : max, out);
	saved = errno;
	close(fd);
	errno = saved;
	return err;
}
