/* SPDX-License-Identifier: Apache-2.0 */
/* Part of base/file.h: reading. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* Bytes that are asked for at once where the size is not known. */
#define CHUNK 16384u
/* Bytes from which on a buffer is worth large pages. */
#define LARGE (4u * 1024u * 1024u)

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

static enum kvk_err check_size(uintmax_t n, size_t max)
{
	if (n <= max)
		return KVK_OK;
	errno = EFBIG;
	return KVK_ERR_LIMIT;
}

void kvk_fd_close(int fd)
{
	int saved = errno;

	if (fd >= 0)
		close(fd);
	errno = saved;
}

/*
 * Opens a regular file of at most max bytes for reading. Looking at the name first spares a device
 * from being opened; what counts is what the descriptor says, because the name may mean another
 * file by then. *size is 0 where it is not known; *fd is to be closed also after an error.
 */
static enum kvk_err open_regular(
	const char *path, size_t max, unsigned flags, int *fd, size_t *size)
{
	int follow = flags & KVK_FILE_NOFOLLOW ? O_NOFOLLOW : 0;
	struct stat st;
	enum kvk_err err;

	if (stat(path, &st) == 0)
		KVK_TRY(check_kind(&st));
	*fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | follow);
	if (*fd < 0)
		return is_missing(errno) ? KVK_ERR_NOT_FOUND : KVK_ERR_OPEN;
	if (fstat(*fd, &st) != 0)
		return KVK_ERR_OPEN;
	KVK_TRY(check_kind(&st));
	KVK_TRY(check_owner(&st, flags));
	*size = st.st_size > 0 ? (size_t)st.st_size : 0;
	KVK_TRY(check_size(st.st_size > 0 ? (uintmax_t)st.st_size : 0, max));
out:
	return err;
}

/*
 * Reads once. -1 on error, 0 at the end. With wait_for it waits where the descriptor was given to
 * us as non-blocking; what calls itself a regular file and has nothing to give (/proc/kmsg) does
 * not.
 */
static ssize_t read_some(int fd, bool wait_for, uint8_t *p, size_t n)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	ssize_t got;

	for (;;) {
		got = read(fd, p, n);
		if (got >= 0)
			return got;
		if (errno == EAGAIN && wait_for) {
			if (poll(&wait, 1, -1) < 0 && errno != EINTR)
				return -1;
		} else if (errno != EINTR) {
			return -1;
		}
	}
}

/*
 * Asks for large pages below a large buffer. 30 MB in small ones are 7,700 page faults, which take
 * longer than the reading where the machine is a virtual one. Nothing depends on it.
 */
static void prefer_large_pages(const struct kvk_blob *blob)
{
#ifdef MADV_HUGEPAGE
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	const uintptr_t begin = ((uintptr_t)blob->p + page - 1) / page * page;

	if (blob->capacity >= LARGE)
		(void)madvise(
			(void *)begin, (uintptr_t)blob->p + blob->capacity - begin, MADV_HUGEPAGE);
#else
	(void)blob;
#endif
}

/*
 * Reads to the end. A file of known size has ended where that much came and more was asked for; one
 * that grew or shrank meanwhile is read on until nothing comes.
 */
static enum kvk_err read_all(int fd, bool wait_for, size_t max, size_t known, struct kvk_blob *out)
{
	size_t room;
	ssize_t got;
	enum kvk_err err;

	if (known > 0) {
		KVK_TRY(kvk_blob_reserve(out, known + 1));
		prefer_large_pages(out);
	}
	do {
		if (known == 0 || out->n > known)
			KVK_TRY(kvk_blob_reserve(out, CHUNK));
		room = out->capacity - out->n - 1;
		got = read_some(fd, wait_for, out->p + out->n, room);
		if (got < 0) {
			err = errno == EAGAIN ? KVK_ERR_NOT_REGULAR : KVK_ERR_READ;
			goto out;
		}
		out->n += (size_t)got;
		out->p[out->n] = 0;
		KVK_TRY(check_size(out->n, max));
	} while (got > 0 && (out->n != known || (size_t)got == room));
out:
	if (err != KVK_OK)
		kvk_blob_clear(out);
	return err;
}

enum kvk_err kvk_fd_read(int fd, size_t max, struct kvk_blob *out)
{
	kvk_blob_clear(out);
	return read_all(fd, true, max, 0, out);
}

enum kvk_err kvk_file_read(const char *path, size_t max, unsigned flags, struct kvk_blob *out)
{
	size_t size = 0;
	int fd = -1;
	enum kvk_err err;

	kvk_blob_clear(out);
	KVK_TRY(open_regular(path, max, flags, &fd, &size));
	KVK_TRY(read_all(fd, false, max, size, out));
out:
	kvk_fd_close(fd);
	return err;
}

/* Reads to the end into a secret made of max bytes and one more, which is never used when all is
 * well. */
static enum kvk_err read_secret(int fd, bool wait_for, size_t max, struct kvk_secret *out)
{
	size_t n = 0;
	ssize_t got;
	enum kvk_err err;

	if (max == SIZE_MAX)
		return KVK_ERR_MEMORY;
	KVK_TRY(kvk_secret_new(out, max + 1));
	do {
		got = read_some(fd, wait_for, out->p + n, max + 1 - n);
		if (got < 0) {
			err = errno == EAGAIN ? KVK_ERR_NOT_REGULAR : KVK_ERR_READ;
			goto out;
		}
		n += (size_t)got;
	} while (got > 0 && n <= max);
	KVK_TRY(check_size(n, max));
	kvk_secret_cut(out, n);
out:
	if (err != KVK_OK)
		kvk_secret_free(out);
	return err;
}

enum kvk_err kvk_fd_read_secret(int fd, size_t max, struct kvk_secret *out)
{
	kvk_secret_free(out);
	return read_secret(fd, true, max, out);
}

enum kvk_err kvk_file_read_secret(
	const char *path, size_t max, unsigned flags, struct kvk_secret *out)
{
	size_t size = 0;
	int fd = -1;
	enum kvk_err err;

	kvk_secret_free(out);
	if (!(flags & (KVK_FILE_TRUSTED | KVK_FILE_PRIVATE)))
		flags |= KVK_FILE_PRIVATE;
	KVK_TRY(open_regular(path, max, flags, &fd, &size));
	/* The size, where it is known, keeps the locked memory small. */
	KVK_TRY(read_secret(fd, false, size > 0 ? size : max, out));
out:
	kvk_fd_close(fd);
	return err;
}
