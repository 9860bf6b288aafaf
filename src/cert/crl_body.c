/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/crl_body.h"

#include "base/encode.h"
#include "base/limits.h"
#include "cert/pem.h"
#include "der/reader.h"

static bool is_der(struct kvk_span octets)
{
	return octets.n > 0 && octets.p[0] == KVK_DER_SEQUENCE;
}

/* Finds the first CRL of a text. *any: there are PEM blocks. */
static bool find_block(struct kvk_span text, struct kvk_pem_block *block, bool *any)
{
	struct kvk_span rest = text;
	unsigned line = 1;

	*any = false;
	while (kvk_pem_next(text, &rest, &line, block)) {
		*any = true;
		if (kvk_span_is(block->label, KVK_CRL_LABEL) && block->has_end)
			return true;
	}
	return false;
}

static enum kvk_err decode_text(struct kvk_span text, struct kvk_blob *out)
{
	struct kvk_pem_block block;
	bool any;

	if (find_block(text, &block, &any))
		return kvk_pem_decode(&block, out);
	return any ? KVK_ERR_FORMAT : kvk_unbase64(text, out);
}

enum kvk_err kvk_crl_body_decode(struct kvk_blob *octets)
{
	struct kvk_blob der = { 0 };
	enum kvk_err err;

	if (is_der(kvk_span_of_blob(octets)))
		return KVK_OK;
	if (octets->n > KVK_LIMIT_CRL_PEM)
		return KVK_ERR_LIMIT;
	err = decode_text(kvk_span_of_blob(octets), &der);
	if (err == KVK_ERR_MEMORY)
		goto out;
	if (err != KVK_OK || !is_der(kvk_span_of_blob(&der))) {
		err = KVK_ERR_FORMAT;
		goto out;
	}
	kvk_blob_free(octets);
	*octets = der;
	der = (struct kvk_blob){ 0 };
out:
	kvk_blob_free(&der);
	return err;
}
