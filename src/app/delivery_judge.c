/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/delivery.h"

#include <string.h>

void kvk_delivery_describe(const struct kvk_facts *facts, struct kvk_delivery *out)
{
	size_t count = facts->path.count;

	memset(out, 0, sizeof *out);
	out->leaf = facts->leaf->der;
	out->serial = facts->leaf->serial;
	if (count > 1 && kvk_certificate_self_issued(facts->path.certs[count - 1].certificate))
		count--;
	for (size_t i = 1; i < count; i++)
		out->issuers[out->issuer_count++] = facts->path.certs[i].certificate->der;
}

/* Puts together what would be uploaded: leaf and issuing CAs as the best path has them. */
static enum kvk_err upload_of(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_evaluator *judge, struct kvk_blob *out,
	struct kvk_error *why)
{
	struct kvk_delivery delivery = { .leaf = leaf->der };
	struct kvk_evaluation *judged = NULL;
	struct kvk_blob all = { 0 };
	enum kvk_err err = kvk_incoming_pem(incoming, leaf, &all);

	if (err == KVK_OK)
		err = kvk_evaluate_bytes(judge, &all, KVK_DOSSIER_UPLOAD, &judged, why);
	if (err == KVK_OK && judged->facts.leaf != NULL &&
		kvk_span_equal(judged->facts.leaf->der, leaf->der))
		kvk_delivery_describe(&judged->facts, &delivery);
	if (err == KVK_OK)
		err = kvk_delivery_pem(&delivery, out);
	kvk_evaluation_free(judged);
	kvk_blob_free(&all);
	return err;
}

enum kvk_err kvk_incoming_evaluate(const struct kvk_incoming *incoming,
	const struct kvk_certificate *leaf, struct kvk_evaluator *judge,
	struct kvk_evaluation **out, struct kvk_error *why)
{
	const struct kvk_received *first = &incoming->files[0];
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	if (leaf != NULL)
		err = upload_of(incoming, leaf, judge, &bytes, why);
	else
		err = kvk_blob_append(&bytes, kvk_span_of_blob(&first->bytes));
	if (err == KVK_OK)
		err = kvk_evaluate_bytes(
			judge, &bytes, leaf != NULL ? KVK_DOSSIER_UPLOAD : first->path, out, why);
	kvk_blob_free(&bytes);
	return err;
}
