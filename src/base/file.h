/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Safe files: reading with a size cap that never waits on a pipe or a device, and writing that
 * neither follows a link nor leaves half a file nor shows a secret for a moment. errno tells the
 * cause after an error.
 */
#ifndef KVKCSR_BASE_FILE_H
#define KVKCSR_BASE_FILE_H

#include <sys/types.h>

#include "base/blob.h"
#include "base/error.h"
#include "base/secret.h"

enum kvk_file_flags {
	/* A symbolic link as last part of the path is refused (KVK_ERR_OPEN, ELOOP). */
	KVK_FILE_NOFOLLOW = 1,
	/* Owned by us or root and not writable by group or others, else KVK_ERR_UNSAFE. */
	KVK_FILE_TRUSTED = 2,
	/* As TRUSTED, and not readable by group or others either. */
	KVK_FILE_PRIVATE = 4,
};

/*
 * Reads a regular file of at most max bytes into *out (emptied first). KVK_ERR_NOT_FOUND,
 * KVK_ERR_OPEN, KVK_ERR_READ, KVK_ERR_NOT_REGULAR (folder, pipe, device: not waited for),
 * KVK_ERR_LIMIT, KVK_ERR_UNSAFE, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_file_read(const char *path, size_t max, unsigned flags, struct kvk_blob *out);
/*
 * Reads an open descriptor to its end, for standard input. KVK_ERR_READ, KVK_ERR_LIMIT,
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_fd_read(int fd, size_t max, struct kvk_blob *out);
/*
 * The same for a file that holds a secret: checked as KVK_FILE_PRIVATE unless flags say otherwise,
 * never copied.
 */
enum kvk_err kvk_file_read_secret(
	const char *path, size_t max, unsigned flags, struct kvk_secret *out);
enum kvk_err kvk_fd_read_secret(int fd, size_t max, struct kvk_secret *out);

/*
 * Makes a new file with exactly this mode whatever the umask, 0600 until it is whole: temporary
 * file in the same folder (O_EXCL, O_NOFOLLOW), fsync, a renaming that never replaces, fsync of the
 * folder. Nothing is left behind on failure. KVK_ERR_EXISTS (also for a link, a folder, a pipe of
 * that name), KVK_ERR_OPEN, KVK_ERR_WRITE.
 */
enum kvk_err kvk_file_create(const char *path, mode_t mode, struct kvk_span bytes);
/*
 * Puts a file in place of an older one or of none, whole or not at all: temporary file in the same
 * folder, fsync, rename, fsync of the folder. A link at path is replaced, not followed.
 * KVK_ERR_OPEN, KVK_ERR_WRITE.
 */
enum kvk_err kvk_file_replace(const char *path, mode_t mode, struct kvk_span bytes);
/* The same with what is in two places, so that a large file need not be put together first. */
enum kvk_err kvk_file_replace_with(
	const char *path, mode_t mode, struct kvk_span head, struct kvk_span rest);
/* Whether a file of this name is one that these functions were writing when the program was killed.
 */
bool kvk_file_is_temporary(const char *name);
/*
 * Removes such files of this user from a folder; what cannot be removed is left. Only where nobody
 * else writes there at that moment.
 */
void kvk_file_sweep(const char *folder);
/* Closes a descriptor, where it is not negative, and keeps errno. */
void kvk_fd_close(int fd);
/*
 * Explains an error that one of these functions gave for a path, or that came of what the file
 * holds: its name, escaped, what is wrong, and the cause from errno. max is the limit in bytes that
 * is named where the file is larger; 0: none is known. Returns err.
 */
enum kvk_err kvk_error_set_file(
	struct kvk_error *why, enum kvk_err err, const char *path, size_t max);

#endif
