/* SPDX-License-Identifier: Apache-2.0 */
/* Part of practice/issue.h: from the fields to the certificate (RFC 5280 4.1). */
#include "config.h"

#include "practice/issue.h"

#include "practice/issue_list.h"

void kvk_issue_write_name(struct kvk_der_writer *w, const struct kvk_vec *subject)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < subject->count; i++) {
		const struct kvk_issue_attribute *attribute = kvk_vec_at(subject, i);
		const struct kvk_issue_attribute *next = kvk_vec_at(subject, i + 1);

		if (i == 0 || !attribute->joined)
			kvk_der_open(w, KVK_DER_SET);
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put(w, KVK_DER_OID, kvk_span_of_blob(&attribute->type));
		kvk_der_put(w, attribute->tag, kvk_span_of_blob(&attribute->value));
		kvk_der_close(w);
		if (next == NULL || !next->joined)
			kvk_der_close(w);
	}
	kvk_der_close(w);
}

enum kvk_err kvk_issue_subject_der(const struct kvk_issue *issue, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	struct kvk_blob name = { .n = 0 };
	enum kvk_err err;

	if (issue->err != KVK_OK)
		return issue->err;
	kvk_issue_write_name(&w, &issue->subject);
	KVK_TRY(kvk_der_write_done(&w, &name));
	err = kvk_blob_append(out, kvk_span_of_blob(&name));
out:
	kvk_der_writer_free(&w);
	kvk_blob_free(&name);
	return err;
}

enum kvk_err kvk_issue_key_id(struct kvk_span spki, uint8_t out[static 20])
{
	struct kvk_der_log log = { 0 };
	struct kvk_der der, inner;
	struct kvk_der_value algorithm;
	struct kvk_span key;
	enum kvk_err err;
	unsigned unused;

	kvk_der_start(&der, spki, false, &log);
	KVK_TRY(kvk_der_enter(&der, KVK_DER_SEQUENCE, &inner));
	KVK_TRY(kvk_der_any(&inner, &algorithm));
	KVK_TRY(kvk_der_bit_string(&inner, &key, &unused));
	err = kvk_hash_bytes(KVK_HASH_SHA1, key, out);
out:
	return err;
}

static enum kvk_err write_tbs(const struct kvk_issue *issue, struct kvk_span issuer,
	struct kvk_span algorithm, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	/* Version 3. */
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put_uint(&w, 2);
	kvk_der_close(&w);
	kvk_der_put(&w, KVK_DER_INTEGER, kvk_span_of_blob(&issue->serial));
	kvk_der_put_raw(&w, algorithm);
	kvk_der_put_raw(&w, issuer);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_time(&w, issue->not_before);
	kvk_der_put_time(&w, issue->not_after);
	kvk_der_close(&w);
	kvk_issue_write_name(&w, &issue->subject);
	kvk_der_put_raw(&w, kvk_span_of_blob(&issue->spki));
	if (issue->extensions.count > 0) {
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(3));
		kvk_issue_list_write(&w, &issue->extensions);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, out);
	kvk_der_writer_free(&w);
	return err;
}

enum kvk_err kvk_issue_sign(const struct kvk_issue *issue, struct kvk_span issuer,
	const struct kvk_key *key, struct kvk_blob *out)
{
	struct kvk_blob algorithm = { .n = 0 }, tbs = { .n = 0 }, signature = { .n = 0 };
	enum kvk_err err;

	kvk_blob_clear(out);
	if (issue->err != KVK_OK)
		return issue->err;
	if (issue->serial.n == 0)
		return KVK_ERR_ARGUMENT;
	if (issue->way != NULL)
		return issue->way->sign(issue, issuer, key, out);
	KVK_TRY(kvk_signing_algorithm(issue->signing, &algorithm));
	KVK_TRY(write_tbs(issue, issuer, kvk_span_of_blob(&algorithm), &tbs));
	KVK_TRY(kvk_key_sign(key, issue->signing, kvk_span_of_blob(&tbs), &signature));
	err = kvk_issue_seal(kvk_span_of_blob(&tbs), kvk_span_of_blob(&algorithm),
		kvk_span_of_blob(&signature), out);
out:
	kvk_blob_free(&algorithm);
	kvk_blob_free(&tbs);
	kvk_blob_free(&signature);
	return err;
}
