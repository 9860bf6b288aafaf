/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/decoded.h"

#include "base/alloc.h"

struct kvk_certificate *kvk_decoded_find(const struct kvk_decoded *decoded, struct kvk_span der)
{
	for (size_t i = 0; i < decoded->count; i++) {
		const struct kvk_span one = kvk_span_of_blob(&decoded->all[i].der);

		/* Certificates of one CA differ most at their ends, in their signatures. */
		if (one.n == der.n && one.p[one.n - 1] == der.p[der.n - 1] &&
			kvk_span_equal(one, der))
			return decoded->all[i].certificate;
	}
	return NULL;
}

static void free_one(struct kvk_decoded_certificate *one)
{
	kvk_certificate_free(one->certificate);
	kvk_free(one->certificate);
	kvk_blob_free(&one->der);
}

enum kvk_err kvk_decoded_add(struct kvk_decoded *decoded, const struct kvk_certificate *certificate)
{
	struct kvk_decoded_certificate one = { .certificate = NULL };
	enum kvk_err err = KVK_ERR_MEMORY;

	if (!certificate->ext.ca || decoded->count == KVK_LIMIT_DECODED)
		return KVK_OK;
	one.certificate = kvk_calloc(1, sizeof(*one.certificate));
	if (one.certificate == NULL)
		goto out;
	KVK_TRY(kvk_blob_append(&one.der, certificate->der));
	/* Decoded anew, because every span has to lie in the copy. */
	KVK_TRY(kvk_certificate_read(kvk_span_of_blob(&one.der), one.certificate));
	decoded->all[decoded->count++] = one;
	one = (struct kvk_decoded_certificate){ .certificate = NULL };
out:
	free_one(&one);
	return err;
}

void kvk_decoded_free(struct kvk_decoded *decoded)
{
	if (decoded == NULL)
		return;
	for (size_t i = 0; i < decoded->count; i++)
		free_one(&decoded->all[i]);
	decoded->count = 0;
}
