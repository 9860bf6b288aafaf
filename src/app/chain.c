/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/chain.h"

#include "app/known_ca.h"
#include "dossier/files.h"

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

/* Adds the one certificate, whatever else comes with it. */
static enum kvk_err add(struct kvk_incoming *incoming, const struct kvk_known_ca *ca,
	struct kvk_online *online, struct kvk_error *not_had)
{
	struct kvk_contents contents = { .size = 0 };
	const struct kvk_certificate *certificate;
	enum kvk_net_reason reason;
	enum kvk_err err;

	KVK_TRY(kvk_known_ca_get(online, ca, &contents, &certificate, &reason, not_had));
	KVK_TRY(kvk_incoming_add_fetched(incoming, ca->url, certificate->der));
out:
	kvk_contents_free(&contents);
	return err;
}

enum kvk_err kvk_chain_complete(struct kvk_incoming *incoming, const struct kvk_certificate *leaf,
	struct kvk_evaluator *evaluator, struct kvk_online *online, struct kvk_error *not_had,
	struct kvk_error *why)
{
	const struct kvk_known_ca *ca = NULL;
	enum kvk_err err = KVK_OK;

	for (unsigned i = 0; i < KVK_LIMIT_DEPTH && online != NULL; i++) {
		KVK_TRY(find_missing(incoming, leaf, evaluator, &ca, why));
		if (ca == NULL)
			break;
		err = add(incoming, ca, online, not_had);
		if (err == KVK_ERR_NOT_FOUND)
			return KVK_OK;
		if (err != KVK_OK)
			*why = *not_had;
		KVK_TRY(err);
	}
out:
	return err;
}

void kvk_chain_mark_fetched(const struct kvk_incoming *incoming, struct kvk_path *path)
{
	for (size_t i = 0; i < incoming->count; i++)
		for (size_t k = 0; k < path->count && incoming->files[i].fetched; k++)
			if (kvk_known_ca_find(&incoming->files[i].contents,
				    path->certs[k].certificate->sha256) != NULL)
				path->certs[k].source = KVK_SOURCE_FETCHED;
}
