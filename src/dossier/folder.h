/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A folder of files that appears whole or not at all: made under a temporary name beside its
 * place and moved there at the end. Nothing that exists is ever overwritten.
 */
#ifndef KVKCSR_DOSSIER_FOLDER_H
#define KVKCSR_DOSSIER_FOLDER_H

#include <sys/types.h>

#include "base/blob.h"

/* A file to be. */
struct kvk_folder_file {
	const char *name;
	mode_t mode;
	struct kvk_span bytes;
};

/*
 * Makes path, a folder of mode 0700, with these files; the folders above it are made too.
 * KVK_ERR_EXISTS where something has that name, KVK_ERR_UNSAFE where everybody may write to the
 * folder above and move what is in it (in /tmp they may not), KVK_ERR_OPEN, KVK_ERR_WRITE; why
 * names what. A crash leaves at most a folder whose name begins with ".new-".
 */
enum kvk_err kvk_folder_make(
	const char *path, const struct kvk_folder_file *files, size_t count, struct kvk_error *why);
/*
 * The same where path may be a folder already: the files are put into it, each under its name
 * only when it is complete, and all are taken back when one cannot be. KVK_ERR_EXISTS where one
 * of the files is there.
 */
enum kvk_err kvk_folder_fill(
	const char *path, const struct kvk_folder_file *files, size_t count, struct kvk_error *why);
/*
 * Whether kvk_folder_fill() may be expected to find a place there, without making anything: the
 * same errors and why, but for files that are there already.
 */
enum kvk_err kvk_folder_look(const char *path, struct kvk_error *why);
/*
 * Removes what runs of kvk_folder_make() left in a folder that were killed: temporary folders of
 * this user that no program holds, with nothing in them but files of these names. Nobody was ever
 * shown what is in them. What cannot be removed is left.
 */
void kvk_folder_sweep(const char *above, const char *const *names, size_t count);

#endif
