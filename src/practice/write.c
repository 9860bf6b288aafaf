/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/write.h"

#include <string.h>

void kvk_write_extension(
	struct kvk_der_writer *w, struct kvk_span type, bool critical, struct kvk_span value)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put(w, KVK_DER_OID, type);
	if (critical)
		kvk_der_put_boolean(w, true);
	kvk_der_put(w, KVK_DER_OCTET_STRING, value);
	kvk_der_close(w);
}

void kvk_write_extensions(struct kvk_der_writer *w, const struct kvk_vec *extensions)
{
	size_t i;

	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (i = 0; i < extensions->count; i++) {
		const struct kvk_issue_extension *ext = kvk_vec_at(extensions, i);

		kvk_write_extension(w, kvk_span_of_blob(&ext->type), ext->critical,
			kvk_span_of_blob(&ext->value));
	}
	kvk_der_close(w);
}

void kvk_write_generalized_time(struct kvk_der_writer *w, kvk_time t)
{
	char text[KVK_TIME_TEXT_SIZE];
	uint8_t digits[KVK_TIME_TEXT_SIZE];
	size_t i, n = 0;

	kvk_time_text(t, text);
	for (i = 0; text[i]; i++) {
		if (!strchr("-:T", text[i]))
			digits[n++] = (uint8_t)text[i];
	}
	kvk_der_put(w, KVK_DER_GENERALIZED_TIME, (struct kvk_span){ digits, n });
}

enum kvk_err kvk_blob_set(struct kvk_blob *blob, struct kvk_span bytes)
{
	kvk_blob_clear(blob);
	return kvk_blob_append(blob, bytes);
}

static void spoil(struct kvk_blob *signature, enum kvk_damage damage)
{
	switch (damage) {
	case KVK_DAMAGE_NONE:
		break;
	case KVK_DAMAGE_BIT:
		signature->p[signature->n / 2] ^= 0x10;
		break;
	case KVK_DAMAGE_ZERO:
		memset(signature->p, 0, signature->n);
		break;
	case KVK_DAMAGE_SHORT:
		signature->n--;
		break;
	}
}

enum kvk_err kvk_write_signed(struct kvk_span tbs, struct kvk_span algorithm,
	enum kvk_signing signing, const struct kvk_key *key, enum kvk_damage damage,
	struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	struct kvk_blob signature = { .n = 0 };
	enum kvk_err err;

	err = kvk_key_sign(key, signing, tbs, &signature);
	if (err)
		goto out;
	spoil(&signature, damage);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, tbs);
	kvk_der_put_raw(&w, algorithm);
	kvk_der_put_bits(&w, kvk_span_of_blob(&signature));
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, out);
out:
	kvk_der_writer_free(&w);
	kvk_blob_free(&signature);
	return err;
}

struct kvk_issue_extension *kvk_extension_find(const struct kvk_vec *list, struct kvk_span type)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		struct kvk_issue_extension *ext = kvk_vec_at(list, i);

		if (kvk_span_equal(kvk_span_of_blob(&ext->type), type))
			return ext;
	}
	return NULL;
}

enum kvk_err kvk_extension_append(
	struct kvk_vec *list, const char *dotted, bool critical, struct kvk_span value)
{
	struct kvk_issue_extension *ext;
	enum kvk_err err;

	err = kvk_vec_push(list, &ext);
	if (err)
		return err;
	ext->critical = critical;
	err = kvk_oid_encode(dotted, &ext->type);
	return err ? err : kvk_blob_append(&ext->value, value);
}

enum kvk_err kvk_extension_set(
	struct kvk_vec *list, const char *dotted, bool critical, struct kvk_span value)
{
	struct kvk_issue_extension *ext;
	struct kvk_blob type = { .n = 0 };
	enum kvk_err err;

	err = kvk_oid_encode(dotted, &type);
	if (err)
		goto out;
	ext = kvk_extension_find(list, kvk_span_of_blob(&type));
	if (!ext) {
		err = kvk_extension_append(list, dotted, critical, value);
		goto out;
	}
	ext->critical = critical;
	err = kvk_blob_set(&ext->value, value);
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

void kvk_extension_remove(struct kvk_vec *list, struct kvk_span type)
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

void kvk_extension_free(struct kvk_vec *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		free_at(list, i);
	kvk_vec_free(list);
}
