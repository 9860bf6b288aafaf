/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/incoming.h: what would be uploaded, evaluated. */
#include "config.h"

#include "app/incoming.h"

#include <string.h>

#include "dossier/files.h"

void kvk_delivery_describe(const struct kvk_facts *facts, struct kvk_delivery *out)
{
	size_t count = facts->path.count;

	memset(out, 0, sizeof *out);
	out->leaf = facts->leaf->der;
	if (count > 1 && kvk_certificate_self_issued(facts->path.certs[count - 1].certificate))
		count--;
	for (size_t i = 1; i < count; i++)
		out->issuers[out->issuer_count++] = facts->path.certs[i].certificate->der;
}

/*
 * Puts together what would be uploaded: leaf and issuing CAs as the best path has them; where a
 * link is missing, all that came, because that is what the verdict is about.
 */
static enum kvk_err append_upload(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_evaluator *evaluator, struct kvk_blob *out,
	struct kvk_error *why)
{
	struct kvk_delivery delivery = { .leaf = leaf->der };
	struct kvk_evaluation *evaluation = NULL;
	struct kvk_blob all = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_incoming_pem(incoming, leaf, &all));
	/* From here on, the bytes are those of the evaluation. */
	KVK_TRY(kvk_evaluate_bytes(evaluator, &all, KVK_DOSSIER_UPLOAD, &evaluation, why));
	if (evaluation->facts.leaf != NULL &&
		kvk_span_equal(evaluation->facts.leaf->der, leaf->der))
		kvk_delivery_describe(&evaluation->facts, &delivery);
	if (evaluation->facts.link_missing)
		KVK_TRY(kvk_blob_append(out, kvk_span_of_blob(&evaluation->contents.raw)));
	else
		KVK_TRY(kvk_delivery_pem(&delivery, out));
out:
	kvk_evaluation_free(evaluation);
	kvk_blob_free(&all);
	return err;
}

enum kvk_err kvk_incoming_evaluate(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_evaluator *evaluator,
	struct kvk_evaluation **out, struct kvk_error *why)
{
	const struct kvk_received *first = &incoming->files[0];
	const char *name = leaf != NULL ? KVK_DOSSIER_UPLOAD : first->path;
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	if (leaf != NULL)
		KVK_TRY(append_upload(incoming, leaf, evaluator, &bytes, why));
	else
		KVK_TRY(kvk_blob_append(&bytes, kvk_span_of_blob(&first->bytes)));
	KVK_TRY(kvk_evaluate_bytes(evaluator, &bytes, name, out, why));
out:
	kvk_blob_free(&bytes);
	return err;
}
