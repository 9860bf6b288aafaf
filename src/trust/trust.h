/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trust anchors: those that are installed as facts (templates/trust: name, public key, SHA-256) and
 * the certificates that were imported, or the certificates given with --trust instead. A root
 * certificate that is met anywhere counts only when its SHA-256 is pinned here. It fetches nothing.
 * What is known of other CAs and of policies is knowledge.h's business.
 */
#ifndef KVKCSR_TRUST_TRUST_H
#define KVKCSR_TRUST_TRUST_H

#include "base/vec.h"
#include "cert/contents.h"
#include "path/path.h"
#include "trust/imports.h"
#include "trust/knowledge.h"

/* The anchors of a run. Start all-zero; owns everything that its anchors borrow. */
struct kvk_trust {
	/* struct kvk_anchor. */
	struct kvk_vec anchors;
	/* Given by the user in place of the installed ones. */
	bool replaced;
	/* The roots of the system are among them. */
	bool system;
	/* A certificate that the user gave is beyond a limit of this program, and is no anchor. */
	bool limited;
	/* The date of the installed facts ("2026-11-22"), "" where replaced; and where they come
	 * from, NULL where that is not known. */
	char date[16];
	const char *source;
	/* What was imported; those that are installed as well are no anchors of their own. */
	struct kvk_imports imports;
	/* Held for the anchors: struct kvk_blob, and struct kvk_contents. */
	struct kvk_vec storage;
	struct kvk_vec contents;
};

/*
 * Loads the installed anchors from datadir/trust/anchors.cfg. KVK_ERR_CONFIG and the errors of
 * kvk_conf_open(), with why.
 */
enum kvk_err kvk_trust_load(const char *datadir, struct kvk_trust *out, struct kvk_error *why);
/* Adds the certificates that were imported into a folder. The errors of kvk_imports_read(). */
enum kvk_err kvk_trust_add_imports(
	struct kvk_trust *trust, const char *folder, struct kvk_error *why);
/*
 * Adds the CA certificates of a file (PEM) that the system trusts, as far as they are not anchors
 * already; those that cannot be read are left out. The errors of kvk_file_read(); KVK_ERR_FORMAT
 * where there is none; with why.
 */
enum kvk_err kvk_trust_add_system(struct kvk_trust *trust, const char *path, struct kvk_error *why);
/*
 * Makes every certificate of these files an anchor, and sets limited where one is beyond a limit.
 * The errors of kvk_file_read(); KVK_ERR_FORMAT where a file holds no certificate, KVK_ERR_LIMIT
 * above KVK_LIMIT_ANCHORS.
 */
enum kvk_err kvk_trust_from_files(
	const char *const *paths, size_t count, struct kvk_trust *out, struct kvk_error *why);
/* The same from decoded certificates; they must outlive the trust. */
enum kvk_err kvk_trust_from_certificates(
	const struct kvk_certificate *const *certificates, size_t count, struct kvk_trust *out);
void kvk_trust_free(struct kvk_trust *trust);

/* What an anchor with this name is called: its common name, else the whole name. It is added to
 * *out, not escaped. KVK_ERR_MEMORY. */
enum kvk_err kvk_trust_label(const struct kvk_name *name, struct kvk_blob *out);
/* The anchors as an array. */
const struct kvk_anchor *kvk_trust_anchors(const struct kvk_trust *trust, size_t *count);
/* Who imported an anchor, and when; NULL for one that was not. */
const struct kvk_import *kvk_trust_import(
	const struct kvk_trust *trust, const struct kvk_anchor *anchor);
/* The anchor with this certificate fingerprint, or NULL. */
const struct kvk_anchor *kvk_trust_pinned(
	const struct kvk_trust *trust, const uint8_t sha256[static KVK_SHA256_SIZE]);

#endif
