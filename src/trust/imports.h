/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Root certificates that a person decided to trust: a PEM file for each in one folder, named by its
 * SHA-256, which says above the certificate who decided it and when. What others may write is
 * refused, and so is a file that no longer holds the certificate of its name.
 */
#ifndef KVKCSR_TRUST_IMPORTS_H
#define KVKCSR_TRUST_IMPORTS_H

#include "base/time.h"
#include "base/vec.h"
#include "cert/contents.h"

/* The most octets of a user's name that are kept. */
#define KVK_IMPORT_BY 63

/* One of them. */
struct kvk_import {
	/* When, and the name of the user; UTF-8, not escaped. */
	kvk_time at;
	char by[KVK_IMPORT_BY + 1];
	/* Lives as long as the imports. */
	const struct kvk_certificate *certificate;
	struct kvk_contents contents;
};

/* Those of a folder, in the order of their fingerprints. Start with KVK_IMPORTS_INIT. */
struct kvk_imports {
	/* struct kvk_import. */
	struct kvk_vec list;
};

#define KVK_IMPORTS_INIT \
	{ \
		.list = KVK_VEC_INIT(struct kvk_import, KVK_LIMIT_IMPORTS) \
	}

/*
 * Reads a folder; one that does not exist holds none. KVK_ERR_UNSAFE where others may write a file,
 * KVK_ERR_FORMAT where one holds something else, KVK_ERR_LIMIT above KVK_LIMIT_IMPORTS, the errors
 * of kvk_file_read(); with why.
 */
enum kvk_err kvk_imports_read(const char *folder, struct kvk_imports *out, struct kvk_error *why);
void kvk_imports_free(struct kvk_imports *imports);
/* The one with this fingerprint, or NULL. */
const struct kvk_import *kvk_imports_find(
	const struct kvk_imports *imports, const uint8_t sha256[static KVK_SHA256_SIZE]);
/*
 * Writes a certificate to the folder, which is made where it is missing; at and by as above.
 * KVK_ERR_EXISTS, the errors of kvk_dir_make() and kvk_file_create(); with why.
 */
enum kvk_err kvk_import_write(const char *folder, const struct kvk_certificate *certificate,
	kvk_time at, const char *by, struct kvk_error *why);
/* Removes it from the folder. KVK_ERR_WRITE, with why. */
enum kvk_err kvk_import_remove(
	const char *folder, const uint8_t sha256[static KVK_SHA256_SIZE], struct kvk_error *why);

#endif
