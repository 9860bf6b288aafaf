/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/issue_list.h"

struct kvk_issue_extension *kvk_issue_list_find(const struct kvk_vec *list, struct kvk_span type)
{
	for (size_t i = 0; i < list->count; i++) {
		struct kvk_issue_extension *ext = kvk_vec_at(list, i);

		if (kvk_span_equal(kvk_span_of_blob(&ext->type), type))
			return ext;
	}
	return NULL;
}

enum kvk_err kvk_issue_list_append(
	struct kvk_vec *list, const char *dotted, bool critical, struct kvk_span value)
{
	struct kvk_issue_extension *ext;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(list, &ext));
	ext->critical = critical;
	KVK_TRY(kvk_oid_encode(dotted, &ext->type));
	err = kvk_blob_append(&ext->value, value);
out:
	return err;
}

enum kvk_err kvk_issue_list_set(
	struct kvk_vec *list, const char *dotted, bool critical, struct kvk_span value)
{
	struct kvk_issue_extension *ext;
	struct kvk_blob type = { .n = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_oid_encode(dotted, &type));
	ext = kvk_issue_list_find(list, kvk_span_of_blob(&type));
	if (ext == NULL) {
		err = kvk_issue_list_append(list, dotted, critical, value);
	} else {
		ext->critical = critical;
		err = kvk_blob_set(&ext->value, value);
	}
out:
	kvk_blob_free(&type);
	return err;
}

static void free_at(struct kvk_vec *list, size_t i)
{
	struct kvk_issue_extension *ext = kvk_vec_at(list, i);

	kvk_blob_free(&ext->type);
	kvk_blob_free(&ext->value);
}

void kvk_issue_list_remove(struct kvk_vec *list, struct kvk_span type)
{
	size_t i = list->count;

	while (i-- > 0) {
		const struct kvk_issue_extension *ext = kvk_vec_at(list, i);

		if (!kvk_span_equal(kvk_span_of_blob(&ext->type), type))
			continue;
		free_at(list, i);
		kvk_vec_remove(list, i);
	}
}

void kvk_issue_list_free(struct kvk_vec *list)
{
	for (size_t i = 0; i < list->count; i++)
		free_at(list, i);
	kvk_vec_free(list);
}

void kvk_issue_write_extension(
	struct kvk_der_writer *w, struct kvk_span type, bool critical, struct kvk_span value)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put(w, KVK_DER_OID, type);
	if (critical)
		kvk_der_put_boolean(w, true);
	kvk_der_put(w, KVK_DER_OCTET_STRING, value);
	kvk_der_close(w);
}

void kvk_issue_list_write(struct kvk_der_writer *w, const struct kvk_vec *list)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < list->count; i++) {
		const struct kvk_issue_extension *ext = kvk_vec_at(list, i);

		kvk_issue_write_extension(w, kvk_span_of_blob(&ext->type), ext->critical,
			kvk_span_of_blob(&ext->value));
	}
	kvk_der_close(w);
}

enum kvk_err kvk_issue_seal(struct kvk_span tbs, struct kvk_span algorithm,
	struct kvk_span signature, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, tbs);
	kvk_der_put_raw(&w, algorithm);
	kvk_der_put_bits(&w, signature);
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err;
}
