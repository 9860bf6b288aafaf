/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/crls.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "gather/stored.h"

/* One file that is being added. */
struct adding {
	struct kvk_crls *crls;
	const char *label;
	enum kvk_guise guise;
	enum kvk_block_kind kind;
};

/* The vectors carry their limits, so an all-zero set is given them at its first use. */
static void prepare(struct kvk_crls *crls)
{
	if (crls->candidates.item_size != 0)
		return;
	crls->candidates = (struct kvk_vec)KVK_VEC_INIT(struct kvk_crl_candidate, KVK_LIMIT_CRLS);
	crls->owned = (struct kvk_vec)KVK_VEC_INIT(struct kvk_crl *, KVK_LIMIT_CRLS);
	crls->storage = (struct kvk_vec)KVK_VEC_INIT(struct kvk_blob, KVK_LIMIT_CRLS);
}

/* Adds one candidate; der is empty where the bytes were no CRL to begin with. */
static enum kvk_err add_der(void *context, struct kvk_span der)
{
	const struct adding *adding = context;
	struct kvk_crl_candidate *candidate;
	struct kvk_crl **slot, *crl = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&adding->crls->candidates, &candidate));
	candidate->label = adding->label;
	candidate->guise = adding->guise;
	candidate->kind = adding->kind;
	if (der.n == 0)
		return KVK_OK;
	crl = kvk_calloc(1, sizeof(*crl));
	if (crl == NULL)
		return KVK_ERR_MEMORY;
	KVK_TRY(kvk_vec_push(&adding->crls->owned, &slot));
	*slot = crl;
	if (kvk_crl_read(der, crl) == KVK_OK)
		candidate->crl = crl;
	crl = NULL;
out:
	kvk_free(crl);
	return err;
}

enum kvk_err kvk_crls_add(struct kvk_crls *crls, struct kvk_blob *bytes, const char *label)
{
	const struct kvk_span file = kvk_span_of_blob(bytes);
	struct adding adding = { crls, label, kvk_guise_of(file), kvk_stored_kind(file) };
	const unsigned long failures = kvk_alloc_failures();
	enum kvk_err err;

	prepare(crls);
	err = kvk_stored_add(
		bytes, "X509 CRL", KVK_LIMIT_CRL_PEM, &crls->storage, add_der, &adding);
	return kvk_alloc_checked(failures, err);
}

const struct kvk_crl_candidate *kvk_crls_array(const struct kvk_crls *crls, size_t *count)
{
	*count = crls->candidates.count;
	return crls->candidates.items;
}

void kvk_crls_free(struct kvk_crls *crls)
{
	if (crls == NULL)
		return;
	for (size_t i = 0; i < crls->owned.count; i++) {
		struct kvk_crl *crl = *(struct kvk_crl **)kvk_vec_at(&crls->owned, i);

		kvk_crl_free(crl);
		kvk_free(crl);
	}
	for (size_t i = 0; i < crls->storage.count; i++)
		kvk_blob_free(kvk_vec_at(&crls->storage, i));
	kvk_vec_free(&crls->candidates);
	kvk_vec_free(&crls->owned);
	kvk_vec_free(&crls->storage);
	*crls = (struct kvk_crls){ 0 };
}
