/* SPDX-License-Identifier: Apache-2.0 */
/* From the fields of a certificate to the certificate (RFC 5280 4.1). */
#include "config.h"

#include "practice/issue.h"

#include "practice/write.h"

static void put_name(struct kvk_der_writer *w, const struct kvk_issue *issue)
{
	const struct kvk_issue_attribute *next;
	size_t i;

	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (i = 0; i < issue->subject.count; i++) {
		const struct kvk_issue_attribute *attribute = kvk_vec_at(&issue->subject, i);

		if (i == 0 || !attribute->joined)
			kvk_der_open(w, KVK_DER_SET);
		kvk_der_open(w, KVK_DER_SEQUENCE);
		kvk_der_put(w, KVK_DER_OID, kvk_span_of_blob(&attribute->type));
		kvk_der_put(w, attribute->tag, kvk_span_of_blob(&attribute->value));
		kvk_der_close(w);
		next = kvk_vec_at(&issue->subject, i + 1);
		if (!next || !next->joined)
			kvk_der_close(w);
	}
	kvk_der_close(w);
}

enum kvk_err kvk_issue_subject_der(const struct kvk_issue *issue, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	struct kvk_blob name = { .n = 0 };
	enum kvk_err err;

	if (issue->err)
		return issue->err;
	put_name(&w, issue);
	err = kvk_der_write_done(&w, &name);
	if (!err)
		err = kvk_blob_append(out, kvk_span_of_blob(&name));
	kvk_der_writer_free(&w);
	kvk_blob_free(&name);
	return err;
}

enum kvk_err kvk_issue_key_id(struct kvk_span spki, uint8_t out[static 20])
{
	struct kvk_der_log log = { .remark = KVK_DER_OK };
	struct kvk_der der, inner;
	struct kvk_der_value algorithm;
	struct kvk_span key;
	enum kvk_err err;
	unsigned unused;

	kvk_der_start(&der, spki, false, &log);
	err = kvk_der_enter(&der, KVK_DER_SEQUENCE, &inner);
	if (!err)
		err = kvk_der_any(&inner, &algorithm);
	if (!err)
		err = kvk_der_bit_string(&inner, &key, &unused);
	return err ? err : kvk_hash_bytes(KVK_HASH_SHA1, key, out);
}

static void put_validity(struct kvk_der_writer *w, const struct kvk_issue *issue)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (issue->generalized_time) {
		kvk_write_generalized_time(w, issue->not_before);
		kvk_write_generalized_time(w, issue->not_after);
	} else {
		kvk_der_put_time(w, issue->not_before);
		kvk_der_put_time(w, issue->not_after);
	}
	kvk_der_close(w);
}

static void put_version(struct kvk_der_writer *w, unsigned version)
{
	if (version == 1)
		return;
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put_uint(w, version - 1);
	kvk_der_close(w);
}

static enum kvk_err write_tbs(const struct kvk_issue *issue, struct kvk_span issuer,
	struct kvk_span algorithm, struct kvk_blob *out)
{
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	put_version(&w, issue->version);
	kvk_der_put(&w, KVK_DER_INTEGER, kvk_span_of_blob(&issue->serial));
	kvk_der_put_raw(&w,
		issue->inner_algorithm.n ? kvk_span_of_blob(&issue->inner_algorithm) : algorithm);
	kvk_der_put_raw(&w, issue->issuer.n ? kvk_span_of_blob(&issue->issuer) : issuer);
	put_validity(&w, issue);
	put_name(&w, issue);
	kvk_der_put_raw(&w, kvk_span_of_blob(&issue->spki));
	if (issue->extensions.count) {
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(3));
		kvk_write_extensions(&w, &issue->extensions);
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
	struct kvk_blob algorithm = { .n = 0 }, tbs = { .n = 0 };
	enum kvk_err err;

	kvk_blob_clear(out);
	if (issue->err)
		return issue->err;
	if (issue->serial.n == 0 || issue->version == 0)
		return KVK_ERR_ARGUMENT;
	if (issue->algorithm.n)
		err = kvk_blob_append(&algorithm, kvk_span_of_blob(&issue->algorithm));
	else
		err = kvk_signing_algorithm(issue->signing, &algorithm);
	if (!err)
		err = write_tbs(issue, issuer, kvk_span_of_blob(&algorithm), &tbs);
	if (!err)
		err = kvk_write_signed(kvk_span_of_blob(&tbs), kvk_span_of_blob(&algorithm),
			issue->signing, key, issue->damage, out);
	kvk_blob_free(&algorithm);
	kvk_blob_free(&tbs);
	return err;
}
