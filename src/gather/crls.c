/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/crls.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "cert/pem.h"

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
static enum kvk_err add_der(struct kvk_crls *crls, struct kvk_span der, const char *label)
{
	struct kvk_crl_candidate *candidate;
	struct kvk_crl *crl, **slot;
	enum kvk_err err;

	err = kvk_vec_push(&crls->candidates, &candidate);
	if (err != KVK_OK)
		return err;
	candidate->label = label;
	if (der.n == 0)
		return KVK_OK;
	crl = kvk_calloc(1, sizeof(*crl));
	if (crl == NULL)
		return KVK_ERR_MEMORY;
	err = kvk_crl_read(der, crl);
	if (err != KVK_OK) {
		kvk_free(crl);
		return err == KVK_ERR_MEMORY ? err : KVK_OK;
	}
	err = kvk_vec_push(&crls->owned, &slot);
	if (err != KVK_OK) {
		kvk_free(crl);
		return err;
	}
	*slot = crl;
	candidate->crl = crl;
	return KVK_OK;
}

/* Decodes one PEM block and keeps its bytes. */
static enum kvk_err add_block(struct kvk_crls *crls, const struct kvk_pem_block *block,
	const char *label)
{
	struct kvk_blob *der;
	enum kvk_err err;

	if (!kvk_span_is(block->label, "X509 CRL"))
		return add_der(crls, (struct kvk_span){ NULL, 0 }, label);
	err = kvk_vec_push(&crls->storage, &der);
	if (err != KVK_OK)
		return err;
	err = kvk_pem_decode(block, der);
	if (err == KVK_ERR_PEM)
		return add_der(crls, (struct kvk_span){ NULL, 0 }, label);
	if (err != KVK_OK)
		return err;
	return add_der(crls, kvk_span_of_blob(der), label);
}

static enum kvk_err add_pem(struct kvk_crls *crls, struct kvk_span text, const char *label)
{
	struct kvk_span rest = text;
	struct kvk_pem_block block;
	unsigned line = 1;
	bool any = false;

	while (kvk_pem_next(text, &rest, &line, &block)) {
		enum kvk_err err = add_block(crls, &block, label);

		if (err != KVK_OK)
			return err;
		any = true;
	}
	return any ? KVK_OK : add_der(crls, (struct kvk_span){ NULL, 0 }, label);
}

enum kvk_err kvk_crls_add(struct kvk_crls *crls, struct kvk_blob *bytes, const char *label)
{
	struct kvk_blob *kept;
	enum kvk_err err;

	prepare(crls);
	if (bytes->n > 0 && bytes->p[0] == 0x30) {
		err = kvk_vec_push(&crls->storage, &kept);
		if (err != KVK_OK)
			return err;
		*kept = *bytes;
		*bytes = (struct kvk_blob){ 0 };
		return add_der(crls, kvk_span_of_blob(kept), label);
	}
	if (bytes->n > KVK_LIMIT_CRL_PEM)
		return KVK_ERR_LIMIT;
	err = add_pem(crls, kvk_span_of_blob(bytes), label);
	if (err == KVK_OK)
		kvk_blob_free(bytes);
	return err;
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
	for (size_t i = 0; i < crls->owned.count; i++)
		kvk_free(*(struct kvk_crl **)kvk_vec_at(&crls->owned, i));
	for (size_t i = 0; i < crls->storage.count; i++)
		kvk_blob_free(kvk_vec_at(&crls->storage, i));
	kvk_vec_free(&crls->candidates);
	kvk_vec_free(&crls->owned);
	kvk_vec_free(&crls->storage);
	*crls = (struct kvk_crls){ 0 };
}
