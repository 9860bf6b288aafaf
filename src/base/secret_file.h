/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a file with a secret that somebody named: whoever names a file answers for its owner
 * (sudo). That others can read it is worth a warning.
 */
#ifndef KVKCSR_BASE_SECRET_FILE_H
#define KVKCSR_BASE_SECRET_FILE_H

#include <stdbool.h>

#include "base/secret.h"

/*
 * Reads a regular file with a secret of at most max bytes; *readable is whether other users can
 * read it. The errors of kvk_fd_read_secret(), KVK_ERR_NOT_FOUND, KVK_ERR_OPEN,
 * KVK_ERR_NOT_REGULAR.
 */
enum kvk_err kvk_secret_file_read(
	const char *path, size_t max, struct kvk_secret *out, bool *readable);
/* Leaves the first line of a secret, without its end: a passphrase. */
void kvk_secret_file_cut(struct kvk_secret *secret);

#endif
