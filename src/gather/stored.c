/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/stored.h"

#include "cert/pem.h"
#include "der/reader.h"

static const struct kvk_span unreadable = { NULL, 0 };

/* Another label for the same thing counts as well. */
static bool has_label(const struct kvk_pem_block *block, const char *label)
{
	const enum kvk_block_kind kind = kvk_kind_of_label(block->label);

	return kvk_span_is(block->label, label) ||
		(kind != KVK_BLOCK_OTHER && kind == kvk_kind_of_label(kvk_span_of(label)));
}

static enum kvk_err add_block(const struct kvk_pem_block *block, const char *label,
	struct kvk_vec *storage, kvk_stored_take add, void *context)
{
	struct kvk_blob *der;
	enum kvk_err err;

	if (!has_label(block, label))
		return add(context, unreadable);
	KVK_TRY(kvk_vec_push(storage, &der));
	err = kvk_pem_decode(block, der);
	if (err != KVK_OK && err != KVK_ERR_PEM)
		goto out;
	KVK_TRY(add(context, err == KVK_OK ? kvk_span_of_blob(der) : unreadable));
out:
	return err;
}

static enum kvk_err add_pem(struct kvk_span text, const char *label, struct kvk_vec *storage,
	kvk_stored_take add, void *context)
{
	struct kvk_span rest = text;
	struct kvk_pem_block block;
	unsigned line = 1;
	bool any = false;
	enum kvk_err err = KVK_OK;

	while (kvk_pem_next(text, &rest, &line, &block)) {
		any = true;
		KVK_TRY(add_block(&block, label, storage, add, context));
	}
	if (!any)
		KVK_TRY(add(context, unreadable));
out:
	return err;
}

/* Whether values of one kind are one after another to the end of the file. */
static bool is_row_of_values(struct kvk_span file)
{
	const enum kvk_block_kind kind = kvk_kind_of_der(file);

	while (file.n > 0) {
		const size_t n = kvk_kind_extent(file);

		if (n == 0 || n > file.n || kvk_kind_of_der(file) != kind)
			return false;
		file = (struct kvk_span){ file.p + n, file.n - n };
	}
	return kind != KVK_BLOCK_OTHER;
}

static enum kvk_err add_values(struct kvk_span file, kvk_stored_take add, void *context)
{
	const bool row = is_row_of_values(file);
	enum kvk_err err;

	do {
		const size_t n = row ? kvk_kind_extent(file) : file.n;

		KVK_TRY(add(context, (struct kvk_span){ file.p, n }));
		file = (struct kvk_span){ file.p + n, file.n - n };
	} while (file.n > 0);
out:
	return err;
}

enum kvk_block_kind kvk_stored_kind(struct kvk_span file)
{
	struct kvk_span rest = file;
	struct kvk_pem_block block;
	unsigned line = 1;

	if (file.n > 0 && file.p[0] == KVK_DER_SEQUENCE)
		return kvk_kind_of_der(file);
	return kvk_pem_next(file, &rest, &line, &block) ? kvk_kind_of_label(block.label) :
							  KVK_BLOCK_OTHER;
}

enum kvk_err kvk_stored_add(struct kvk_blob *bytes, const char *pem_label, size_t pem_limit,
	struct kvk_vec *storage, kvk_stored_take add, void *context)
{
	struct kvk_blob *kept;
	enum kvk_err err;

	if (bytes->n > 0 && bytes->p[0] == KVK_DER_SEQUENCE) {
		KVK_TRY(kvk_vec_push(storage, &kept));
		*kept = *bytes;
		*bytes = (struct kvk_blob){ 0 };
		KVK_TRY(add_values(kvk_span_of_blob(kept), add, context));
	} else {
		if (bytes->n > pem_limit)
			return KVK_ERR_LIMIT;
		KVK_TRY(add_pem(kvk_span_of_blob(bytes), pem_label, storage, add, context));
		kvk_blob_free(bytes);
	}
out:
	return err;
}
