/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/chain.h"

#include <string.h>

#include "dossier/files.h"

/* The certificate with this fingerprint among those of a file, or NULL. */
static const struct kvk_certificate *find(
	const struct kvk_contents *contents, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	const struct kvk_certificate *certificate;

	for (size_t i = 0;; i++) {
		certificate = kvk_contents_certificate(contents, i, NULL);
		if (certificate == NULL ||
			memcmp(certificate->sha256, sha256, KVK_SHA256_SIZE) == 0)
			return certificate;
	}
}

static enum kvk_err read_octets(struct kvk_span octets, struct kvk_contents *out)
{
	struct kvk_blob copy = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append(&copy, octets));
	KVK_TRY(kvk_contents_read_openssl(&copy, out));
out:
	kvk_blob_free(&copy);
	return err;
}

static bool is_wanted(const void *context, struct kvk_span octets)
{
	const struct kvk_known_ca *ca = context;
	struct kvk_contents contents = { .size = 0 };
	const bool found =
		read_octets(octets, &contents) == KVK_OK && find(&contents, ca->sha256) != NULL;

	kvk_contents_free(&contents);
	return found;
}

/* Adds the one certificate, whatever else came with it. */
static enum kvk_err add(
	struct kvk_incoming *incoming, const struct kvk_known_ca *ca, const struct kvk_blob *octets)
{
	struct kvk_contents contents = { .size = 0 };
	enum kvk_err err;

	KVK_TRY(read_octets(kvk_span_of_blob(octets), &contents));
	KVK_TRY(kvk_incoming_add_fetched(incoming, ca->url, find(&contents, ca->sha256)->der));
out:
	kvk_contents_free(&contents);
	return err;
}

/* The CA certificate that is lacking now, as far as it is known; else NULL. */
static enum kvk_err find_missing(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_evaluator *evaluator,
	const struct kvk_known_ca **out, struct kvk_error *why)
{
	struct kvk_evaluation *evaluation = NULL;
	struct kvk_blob pem = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_incoming_pem(incoming, leaf, &pem));
	KVK_TRY(kvk_evaluate_bytes(evaluator, &pem, KVK_DOSSIER_UPLOAD, &evaluation, why));
	*out = evaluation->facts.missing;
out:
	kvk_evaluation_free(evaluation);
	kvk_blob_free(&pem);
	return err;
}

enum kvk_err kvk_chain_complete(struct kvk_incoming *incoming, const struct kvk_certificate *leaf,
	struct kvk_evaluator *evaluator, struct kvk_online *online, struct kvk_error *not_had,
	struct kvk_error *why)
{
	const struct kvk_known_ca *ca = NULL;
	struct kvk_blob octets = { 0 };
	enum kvk_err err = KVK_OK;

	for (unsigned i = 0; i < KVK_LIMIT_DEPTH && online != NULL; i++) {
		struct kvk_online_file file = { .max_octets = KVK_LIMIT_FILE,
			.is_wanted = is_wanted };

		KVK_TRY(find_missing(incoming, leaf, evaluator, &ca, why));
		if (ca == NULL)
			break;
		file.url = ca->url;
		file.context = ca;
		kvk_blob_clear(&octets);
		err = kvk_online_get(online, &file, &octets, not_had);
		if (err == KVK_ERR_NOT_FOUND) {
			err = KVK_OK;
			break;
		}
		if (err != KVK_OK)
			*why = *not_had;
		KVK_TRY(err);
		KVK_TRY(add(incoming, ca, &octets));
	}
out:
	kvk_blob_free(&octets);
	return err;
}

void kvk_chain_mark_fetched(const struct kvk_incoming *incoming, struct kvk_path *path)
{
	for (size_t i = 0; i < incoming->count; i++)
		for (size_t k = 0; k < path->count && incoming->files[i].fetched; k++)
			if (find(&incoming->files[i].contents,
				    path->certs[k].certificate->sha256) != NULL)
				path->certs[k].source = KVK_SOURCE_FETCHED;
}
