/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/ocsps.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "gather/stored.h"

/* One file that is being added. */
struct adding {
	struct kvk_ocsps *ocsps;
	const char *label;
	enum kvk_guise guise;
	enum kvk_block_kind kind;
};

/* The vectors carry their limits, so an all-zero set is given them at its first use. */
static void prepare(struct kvk_ocsps *ocsps)
{
	if (ocsps->candidates.item_size != 0)
		return;
	ocsps->candidates =
		(struct kvk_vec)KVK_VEC_INIT(struct kvk_ocsp_candidate, KVK_LIMIT_OCSPS);
	ocsps->owned = (struct kvk_vec)KVK_VEC_INIT(struct kvk_ocsp *, KVK_LIMIT_OCSPS);
	ocsps->storage = (struct kvk_vec)KVK_VEC_INIT(struct kvk_blob, KVK_LIMIT_OCSPS);
}

/* Adds one candidate; der is empty where the bytes were no answer to begin with. */
static enum kvk_err add_der(void *context, struct kvk_span der)
{
	const struct adding *adding = context;
	struct kvk_ocsp_candidate *candidate;
	struct kvk_ocsp **slot, *ocsp = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&adding->ocsps->candidates, &candidate));
	candidate->label = adding->label;
	candidate->guise = adding->guise;
	candidate->kind = adding->kind;
	if (der.n == 0)
		return KVK_OK;
	ocsp = kvk_calloc(1, sizeof(*ocsp));
	if (ocsp == NULL)
		return KVK_ERR_MEMORY;
	KVK_TRY(kvk_vec_push(&adding->ocsps->owned, &slot));
	*slot = ocsp;
	if (kvk_ocsp_read(der, ocsp) == KVK_OK)
		candidate->ocsp = ocsp;
	ocsp = NULL;
out:
	kvk_free(ocsp);
	return err;
}

enum kvk_err kvk_ocsps_add(struct kvk_ocsps *ocsps, struct kvk_blob *bytes, const char *label)
{
	const struct kvk_span file = kvk_span_of_blob(bytes);
	struct adding adding = { ocsps, label, kvk_guise_of(file), kvk_stored_kind(file) };
	const unsigned long failures = kvk_alloc_failures();
	enum kvk_err err;

	prepare(ocsps);
	err = kvk_stored_add(
		bytes, "OCSP RESPONSE", KVK_LIMIT_FILE, &ocsps->storage, add_der, &adding);
	return kvk_alloc_checked(failures, err);
}

const struct kvk_ocsp_candidate *kvk_ocsps_array(const struct kvk_ocsps *ocsps, size_t *count)
{
	*count = ocsps->candidates.count;
	return ocsps->candidates.items;
}

void kvk_ocsps_free(struct kvk_ocsps *ocsps)
{
	if (ocsps == NULL)
		return;
	for (size_t i = 0; i < ocsps->owned.count; i++)
		kvk_free(*(struct kvk_ocsp **)kvk_vec_at(&ocsps->owned, i));
	for (size_t i = 0; i < ocsps->storage.count; i++)
		kvk_blob_free(kvk_vec_at(&ocsps->storage, i));
	kvk_vec_free(&ocsps->candidates);
	kvk_vec_free(&ocsps->owned);
	kvk_vec_free(&ocsps->storage);
	*ocsps = (struct kvk_ocsps){ 0 };
}
