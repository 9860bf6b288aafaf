/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a passphrase or PIN from the file or the open descriptor that somebody named.
 */
#ifndef KVKCSR_APP_PASSPHRASE_H
#define KVKCSR_APP_PASSPHRASE_H

#include <stdbool.h>

#include "base/secret_file.h"

/* Where a passphrase comes from, as the options say; both may be NULL. Borrows. */
struct kvk_passphrase_source {
	/* --pass-file, */
	const char *file;
	/* or else --pass-fd. */
	const char *descriptor;
};

/*
 * Reads a passphrase, the first line; where none was named nothing happens. KVK_ERR_USAGE where it
 * is empty or the descriptor is none, and the errors of
 * kvk_secret_file_read(); with why.
 */
enum kvk_err kvk_passphrase_read(const struct kvk_passphrase_source *source, struct kvk_secret *out,
	bool *readable, struct kvk_error *why);

#endif
