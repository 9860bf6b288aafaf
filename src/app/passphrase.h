/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading secrets that somebody named: a passphrase or PIN from a file or an open descriptor, and a
 * file with a key. Whoever names a file answers for its owner (sudo); that others can read it is
 * worth a warning.
 */
#ifndef KVKCSR_APP_PASSPHRASE_H
#define KVKCSR_APP_PASSPHRASE_H

#include <stdbool.h>

#include "base/secret.h"

/* Where a passphrase comes from, as the options say; both may be NULL. Borrows. */
struct kvk_passphrase_source {
	/* --pass-file, */
	const char *file;
	/* or else --pass-fd. */
	const char *descriptor;
};

/*
 * Reads a regular file with a secret of at most max bytes; *readable is whether other users can
 * read it. The errors of kvk_fd_read_secret(), KVK_ERR_NOT_FOUND, KVK_ERR_OPEN,
 * KVK_ERR_NOT_REGULAR.
 */
enum kvk_err kvk_secret_file_read(
	const char *path, size_t max, struct kvk_secret *out, bool *readable);
/*
 * Reads a passphrase, the first line; where none was named nothing happens. KVK_ERR_USAGE where it
 * is empty or the descriptor is none, and the errors above; with why.
 */
enum kvk_err kvk_passphrase_read(const struct kvk_passphrase_source *source, struct kvk_secret *out,
	bool *readable, struct kvk_error *why);

#endif
