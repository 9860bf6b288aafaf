/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trust anchors: those that are installed as facts (templates/trust: name, public key, SHA-256), or
 * the certificates given with --trust instead. A root certificate that is met anywhere counts only
 * when its SHA-256 is pinned here. It fetches nothing. What is known of other CAs and of policies
 * is knowledge.h's business.
 */
#ifndef KVKCSR_TRUST_TRUST_H
#define KVKCSR_TRUST_TRUST_H

#include "base/vec.h"
#include "cert/contents.h"
#include "path/path.h"
#include "trust/knowledge.h"

/* The anchors of a run. Start all-zero; owns everything that its anchors borrow. */
struct kvk_trust {
	/* struct kvk_anchor. */
	struct kvk_vec anchors;
	/* Given by the user in place of the installed ones. */
	bool replaced;
	/* The date of the installed facts ("2026-11-22"), "" where replaced. */
	char date[16];
	/* Held for the anchors: struct kvk_blob, and struct kvk_contents. */
	struct kvk_vec storage;
	struct kvk_vec contents;
};

/*
 * Loads the installed anchors from datadir/trust/anchors.cfg. KVK_ERR_CONFIG and the errors of
 * kvk_conf_open(), with why.
 */
enum kvk_err kvk_trust_load(const char *datadir, struct kvk_trust *out, struct kvk_error *why);
/*
 * Makes every certificate of these files an anchor. The errors of kvk_file_read(); KVK_ERR_FORMAT
 * where a file holds no certificate, KVK_ERR_LIMIT above KVK_LIMIT_ANCHORS.
 */
enum kvk_err kvk_trust_from_files(
	const char *const *paths, size_t count, struct kvk_trust *out, struct kvk_error *why);
/* The same from decoded certificates; they must outlive the trust. */
enum kvk_err kvk_trust_from_certificates(
	const struct kvk_certificate *const *certificates, size_t count, struct kvk_trust *out);
void kvk_trust_free(struct kvk_trust *trust);

/* The anchors as an array. */
const struct kvk_anchor *kvk_trust_anchors(const struct kvk_trust *trust, size_t *count);
/* The anchor with this certificate fingerprint, or NULL. */
const struct kvk_anchor *kvk_trust_pinned(
	const struct kvk_trust *trust, const uint8_t sha256[static KVK_SHA256_SIZE]);

#endif
