/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The root certificates that are trusted: which they are, and those that a person adds to the home
 * or takes away again. What is installed is never changed.
 */
#ifndef KVKCSR_APP_ANCHORS_H
#define KVKCSR_APP_ANCHORS_H

#include "app/home.h"
#include "trust/trust.h"

/* Start all-zero, free with kvk_anchors_close(), also after an error. */
struct kvk_anchors {
	struct kvk_home home;
	/* HOME/trust. */
	struct kvk_blob folder;
	/* The installed ones, and those that were imported. */
	struct kvk_trust trust;
};

/*
 * Opens those of the home that --home (or NULL) names; make is whether one is to be imported, so
 * that the home may have to be made. KVK_ERR_USAGE where nothing names a home, KVK_ERR_LIMIT, the
 * errors of kvk_home_look() with make, of kvk_trust_load() and kvk_trust_add_imports(); with why.
 */
enum kvk_err kvk_anchors_open(
	const char *home, bool make, struct kvk_anchors *out, struct kvk_error *why);
void kvk_anchors_close(struct kvk_anchors *anchors);
/*
 * Reads the file with a root certificate; free *contents, where *out lives, with
 * kvk_unload_contents(). KVK_ERR_REFUSED where it holds none or several, or one that is no CA, may
 * not sign certificates or is not self-signed; the errors of kvk_file_read(); with why.
 */
enum kvk_err kvk_anchors_read(const char *path, struct kvk_contents **contents,
	const struct kvk_certificate **out, struct kvk_error *why);
/*
 * Trusts a certificate from now on. The errors of kvk_home_make() and kvk_import_write(), with why.
 */
enum kvk_err kvk_anchors_import(struct kvk_anchors *anchors,
	const struct kvk_certificate *certificate, kvk_time at, struct kvk_error *why);
/*
 * Finds an imported anchor by its fingerprint in hex or by its name; it may be pinned by now, too.
 * KVK_ERR_USAGE where none or several are called so, or it was not imported; with why.
 */
enum kvk_err kvk_anchors_find(const struct kvk_anchors *anchors, const char *which,
	const struct kvk_anchor **out, struct kvk_error *why);
/*
 * Reads a fingerprint as people copy it: hex digits of either case, with colons or blanks between
 * them. Whether it is a SHA-256.
 */
bool kvk_anchors_fingerprint(const char *text, uint8_t out[static KVK_SHA256_SIZE]);

#endif
