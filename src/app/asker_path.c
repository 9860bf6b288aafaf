/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/asker_tools.h: the files of an entry, and the path from its certificate. */
#include "config.h"

#include "app/asker_tools.h"

#include <string.h>

#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "dossier/files.h"
#include "watch/locked.h"

/* Reads a file; what cannot be read holds nothing. *locked, which may be NULL, is set where only
 * its passphrase is lacking, or something else that opens it. */
static enum kvk_err read_file(const struct kvk_asker_tools *tools, const char *path,
	struct kvk_contents *out, bool *locked)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes));
	err = kvk_locked_open(tools->store != NULL ? tools->store->inventory : NULL, path, &bytes);
	if (err != KVK_OK && locked != NULL)
		*locked = true;
	KVK_TRY(err);
	KVK_TRY(kvk_contents_read_openssl(&bytes, out));
out:
	kvk_blob_free(&bytes);
	return err == KVK_ERR_MEMORY || err == KVK_ERR_CRYPTO ? err : KVK_OK;
}

/* The chain of a dossier lies beside its certificate. */
static enum kvk_err read_chain(const struct kvk_asker_tools *tools, const struct kvk_entry *entry,
	struct kvk_contents *out)
{
	const char *slash = strrchr(entry->path, '/');
	struct kvk_blob path = { 0 };
	enum kvk_err err = KVK_OK;

	if (!entry->dossier || slash == NULL)
		goto out;
	KVK_TRY(kvk_blob_append(&path,
		(struct kvk_span){
			(const uint8_t *)entry->path, (size_t)(slash - entry->path) + 1 }));
	KVK_TRY(kvk_blob_append_text(&path, KVK_DOSSIER_CHAIN));
	err = read_file(tools, kvk_blob_str(&path), out, NULL);
out:
	kvk_blob_free(&path);
	return err;
}

/* Adds the certificates of a file to the pool, but for the entry's own, which is given back. */
static enum kvk_err add_all(struct kvk_asked_entry *asked, const struct kvk_contents *contents,
	enum kvk_source source, const struct kvk_certificate **own)
{
	const struct kvk_certificate *certificate;
	struct kvk_candidate *slot;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; (certificate = kvk_contents_certificate(contents, i, NULL)) != NULL;
		i++) {
		if (memcmp(certificate->sha256, asked->entry->certificate.sha256,
			    KVK_SHA256_SIZE) == 0) {
			*own = certificate;
			continue;
		}
		err = kvk_vec_push(&asked->pool, &slot);
		if (err == KVK_ERR_LIMIT)
			return KVK_OK;
		KVK_TRY(err);
		*slot = (struct kvk_candidate){ certificate, source };
	}
out:
	return err;
}

/* Adds what is known of other CAs: the file may hold its own certificate alone. */
static enum kvk_err add_known(const struct kvk_asker_tools *tools, struct kvk_asked_entry *asked)
{
	struct kvk_candidate *slot;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < tools->known.count; i++) {
		KVK_TRY(kvk_vec_push(&asked->pool, &slot));
		*slot = *(const struct kvk_candidate *)kvk_vec_at(&tools->known, i);
	}
out:
	return err == KVK_ERR_LIMIT ? KVK_OK : err;
}

struct kvk_build_input kvk_asked_build_input(
	struct kvk_asker_tools *tools, const struct kvk_asked_entry *asked)
{
	struct kvk_build_input input = {
		.leaf = asked->leaf,
		.leaf_source = KVK_SOURCE_UPLOAD,
		.candidates = asked->pool.items,
		.candidate_count = asked->candidates,
		.at = tools->at,
		.signatures = &tools->checker.signatures,
		.manner = KVK_MANNER_JAVA,
	};

	input.anchors = kvk_trust_anchors(asked->trust, &input.anchor_count);
	return input;
}

/* Builds a path to some anchors: of the file alone, else of all that may be in it. */
static enum kvk_err build_to(
	struct kvk_asker_tools *tools, const struct kvk_trust *trust, struct kvk_asked_entry *asked)
{
	struct kvk_build_input input;
	enum kvk_err err;

	kvk_signatures_renew(&tools->checker.signatures);
	asked->trust = trust;
	asked->candidates = asked->uploaded;
	input = kvk_asked_build_input(tools, asked);
	KVK_TRY(kvk_path_build(&input, &asked->path));
	if (asked->path.proven || asked->uploaded == asked->pool.count)
		goto out;
	input.candidate_count = asked->candidates = asked->pool.count;
	KVK_TRY(kvk_path_build(&input, &asked->path));
out:
	return err;
}

static enum kvk_err build(struct kvk_asker_tools *tools, struct kvk_asked_entry *asked)
{
	const struct kvk_trust *system;
	enum kvk_err err;

	KVK_TRY(build_to(tools, &tools->trust, asked));
	/* The file of a server often has its CAs, whose root only the system knows. */
	if (asked->path.anchor != NULL || asked->path.count < 2)
		goto out;
	KVK_TRY(kvk_system_store_trust(tools->system, &system));
	if (system != NULL)
		KVK_TRY(build_to(tools, system, asked));
out:
	return err;
}

/* Says why there is no path: no CA is known that would lead further (NULL), or it cannot be had. */
static void leave_open(const struct kvk_asker_tools *tools, const struct kvk_known_ca *ca,
	enum kvk_net_reason reason, struct kvk_entry_revocation *answer)
{
	answer->status = KVK_STATUS_UNKNOWN;
	answer->asked = tools->at;
	if (ca == NULL) {
		KVK_FORMAT(answer->why, "%s", KVK_ENTRY_NEEDS_PATH);
		return;
	}
	KVK_FORMAT(answer->why, "%s", kvk_net_reason_id(reason));
	KVK_FORMAT(answer->url, "%s", ca->url);
	/* The next run goes on with it. */
	if (reason == KVK_NET_NOT_ASKED)
		answer->asked = 0;
}

/* Builds the path, and gets what is known and lacking, one CA after the other. */
static enum kvk_err complete(
	struct kvk_asker_tools *tools, struct kvk_asked_entry *asked, struct kvk_error *why)
{
	const struct kvk_known_ca *ca = NULL;
	enum kvk_net_reason reason = KVK_NET_OK;
	struct kvk_candidate found, *slot;
	enum kvk_err err;

	for (;;) {
		KVK_TRY(build(tools, asked));
		ca = kvk_asker_missing_ca(tools, &asked->path, &asked->pool);
		if (ca == NULL)
			break;
		KVK_TRY(kvk_asker_get_ca(tools, ca, &found, &reason, why));
		KVK_TRY(kvk_vec_push(&asked->pool, &slot));
		*slot = found;
	}
out:
	asked->done = !asked->path.proven;
	if (asked->done)
		leave_open(tools, err == KVK_ERR_NOT_FOUND ? ca : NULL, reason, asked->answer);
	return err == KVK_ERR_NOT_FOUND || err == KVK_ERR_LIMIT ? KVK_OK : err;
}

enum kvk_err kvk_asked_open(struct kvk_asker_tools *tools, const struct kvk_entry *entry,
	struct kvk_entry_revocation *answer, struct kvk_asked_entry *out, struct kvk_error *why)
{
	const struct kvk_certificate *other = NULL;
	bool locked = false;
	enum kvk_err err;

	out->entry = entry;
	out->answer = answer;
	out->pool = (struct kvk_vec)KVK_VEC_INIT(struct kvk_candidate, KVK_LIMIT_EXTRA);
	KVK_TRY(read_file(tools, entry->path, &out->file, &locked));
	KVK_TRY(add_all(out, &out->file, KVK_SOURCE_UPLOAD, &out->leaf));
	out->uploaded = out->pool.count;
	out->done = out->leaf == NULL;
	/* It is asked about as soon as it can be opened. */
	if (locked) {
		leave_open(tools, NULL, KVK_NET_OK, answer);
		answer->asked = 0;
	}
	if (out->done)
		goto out;
	KVK_TRY(read_chain(tools, entry, &out->chain));
	KVK_TRY(add_all(out, &out->chain, KVK_SOURCE_CHAIN, &other));
	KVK_TRY(add_known(tools, out));
	KVK_TRY(complete(tools, out, why));
out:
	return err;
}

void kvk_asked_close(struct kvk_asked_entry *asked)
{
	kvk_vec_free(&asked->pool);
	kvk_contents_free(&asked->file);
	kvk_contents_free(&asked->chain);
}
