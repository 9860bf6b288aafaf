/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the files that are named on the command line; "-" is standard input. Each says in why
 * which file it was and what is wrong with it.
 */
#ifndef KVKCSR_APP_LOAD_H
#define KVKCSR_APP_LOAD_H

#include "cert/contents.h"
#include "inventory/inventory.h"

/* Reads a file of at most max bytes. The errors of kvk_file_read(), with why. */
enum kvk_err kvk_load_bytes(
	const char *path, size_t max, struct kvk_blob *out, struct kvk_error *why);
/*
 * Reads a file of at most max bytes, and what is in it into new contents. The errors of
 * kvk_file_read() and kvk_contents_read(), with why. Free with kvk_unload_contents().
 */
enum kvk_err kvk_load_contents(
	const char *path, size_t max, struct kvk_contents **out, struct kvk_error *why);
/* The same with what Java does not read (kvk_contents_read_openssl()). */
enum kvk_err kvk_load_openssl(
	const char *path, size_t max, struct kvk_contents **out, struct kvk_error *why);
/* The same for a tracked file, which may be PKCS#12 (watch/locked.h). KVK_ERR_PASSPHRASE where that
 * cannot be opened. */
enum kvk_err kvk_load_tracked(struct kvk_inventory *inventory, const char *path,
	struct kvk_contents **out, struct kvk_error *why);
/* Says that there is no certificate in a file, what is there instead, and what helps. Returns err.
 */
enum kvk_err kvk_load_no_certificate(enum kvk_err err, const char *path,
	const struct kvk_contents *contents, struct kvk_error *why);
/* The certificate of a file with this SHA-256, else NULL. */
const struct kvk_certificate *kvk_loaded_certificate(
	const struct kvk_contents *contents, const uint8_t sha256[static KVK_SHA256_SIZE]);
void kvk_unload_contents(struct kvk_contents *contents);

#endif
