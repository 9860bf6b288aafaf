/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files to evaluate: those that were given, and those in the folders that were given.
 */
#ifndef KVKCSR_APP_FILES_H
#define KVKCSR_APP_FILES_H

#include <stdbool.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/vec.h"

/* Start with KVK_FILES_INIT, free with kvk_files_free(). */
struct kvk_files {
	/* char *, owned. */
	struct kvk_vec paths;
	/* A folder was among them. */
	bool folder;
	/* How many files of folders were passed over because of their names. */
	size_t passed_over;
	/* Called for each folder below one that was given that is left out, and why (base/walk.h);
	 * the others are read. May be NULL. */
	void (*left_out)(void *context, enum kvk_err err, const char *path);
	void *context;
};

#define KVK_FILES_INIT \
	{ \
		.paths = KVK_VEC_INIT(char *, KVK_LIMIT_FOLDER) \
	}

/*
 * Adds a file, or every file below a folder whose name ends as those of certificates do (.pem,
 * .cer, .crt, .der, .p7b, .p7c). The errors of kvk_walk_folder(); KVK_ERR_NOT_FOUND where a folder
 * holds no such file; with why.
 */
enum kvk_err kvk_files_add(struct kvk_files *files, const char *path, struct kvk_error *why);
/* How many there are, and the path of one of them. */
size_t kvk_files_count(const struct kvk_files *files);
const char *kvk_files_at(const struct kvk_files *files, size_t i);
void kvk_files_free(struct kvk_files *files);

#endif
