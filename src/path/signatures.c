/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/signatures.h"

#include "crypto/key.h"
#include "der/writer.h"

/* The parts of a SubjectPublicKeyInfo. */
struct parts {
	struct kvk_span algorithm, parameters, key;
};

static enum kvk_err take_apart(struct kvk_span spki, struct parts *out)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der der, info, identifier;
	struct kvk_der_value key;
	enum kvk_err err;

	*out = (struct parts){ 0 };
	kvk_der_start(&der, spki, true, &log);
	err = kvk_der_enter(&der, KVK_DER_SEQUENCE, &info);
	if (err == KVK_OK)
		err = kvk_der_enter(&info, KVK_DER_SEQUENCE, &identifier);
	if (err == KVK_OK)
		err = kvk_der_oid(&identifier, &out->algorithm);
	if (err != KVK_OK)
		return err;
	if (kvk_der_peek(&identifier) != KVK_DER_NULL)
		out->parameters = identifier.rest;
	err = kvk_der_any(&info, &key);
	out->key = key.whole;
	return err;
}

/*
 * The key of spki with the parameters of parent (both whole SubjectPublicKeyInfos of one
 * algorithm). KVK_ERR_ALGORITHM where parent has none or is of another algorithm.
 */
static enum kvk_err inherit(struct kvk_span spki, struct kvk_span parent, struct kvk_blob *out)
{
	struct kvk_der_writer w = { 0 };
	struct kvk_blob whole = { 0 };
	struct parts mine, theirs;
	enum kvk_err err;

	err = take_apart(spki, &mine);
	if (err == KVK_OK)
		err = take_apart(parent, &theirs);
	if (err != KVK_OK)
		return err;
	if (theirs.parameters.n == 0 || !kvk_span_equal(mine.algorithm, theirs.algorithm))
		return KVK_ERR_ALGORITHM;
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put(&w, KVK_DER_OID, mine.algorithm);
	kvk_der_put_raw(&w, theirs.parameters);
	kvk_der_close(&w);
	kvk_der_put_raw(&w, mine.key);
	kvk_der_close(&w);
	err = kvk_der_write_done(&w, &whole);
	if (err == KVK_OK)
		err = kvk_blob_append(out, kvk_span_of_blob(&whole));
	kvk_der_writer_free(&w);
	kvk_blob_free(&whole);
	return err;
}

/* Asks the seam. */
static enum kvk_err ask(struct kvk_signatures *s, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature, enum kvk_link *out)
{
	enum kvk_err err;

	if (s->checked >= s->budget) {
		*out = KVK_LINK_EXHAUSTED;
		return KVK_OK;
	}
	s->checked++;
	err = s->verify(s->context, spki, algorithm, data, signature);
	if (err == KVK_ERR_MEMORY)
		return err;
	*out = err == KVK_OK		 ? KVK_LINK_GOOD :
		err == KVK_ERR_SIGNATURE ? KVK_LINK_BAD :
					   KVK_LINK_UNHANDLED;
	return KVK_OK;
}

static const struct kvk_signature_memo *recall(const struct kvk_signatures *s, struct kvk_span spki,
	struct kvk_span data, struct kvk_span signature)
{
	for (unsigned i = 0; i < s->remembered; i++) {
		const struct kvk_signature_memo *m = &s->memo[i];

		if (m->key == spki.p && m->data == data.p && m->signature == signature.p)
			return m;
	}
	return NULL;
}

static void remember(struct kvk_signatures *s, struct kvk_span spki, struct kvk_span data,
	struct kvk_span signature, enum kvk_link link)
{
	if (link == KVK_LINK_EXHAUSTED || s->remembered >= KVK_LIMIT_SIGNATURES)
		return;
	s->memo[s->remembered++] = (struct kvk_signature_memo){
		.key = spki.p,
		.data = data.p,
		.signature = signature.p,
		.link = link,
	};
}

bool kvk_signature_is_disabled(const struct kvk_scheme *scheme)
{
	if (scheme->oid == KVK_OID_RSA_MD2 || scheme->oid == KVK_OID_RSA_MD5)
		return true;
	return scheme->hash == KVK_HASH_MD5 || (scheme->pss && scheme->mgf_hash == KVK_HASH_MD5);
}

enum kvk_err kvk_signature_check(struct kvk_signatures *signatures, struct kvk_span spki,
	struct kvk_span parent_spki, struct kvk_span algorithm, struct kvk_span data,
	struct kvk_span signature, enum kvk_link *out)
{
	const struct kvk_signature_memo *memo = recall(signatures, spki, data, signature);
	struct kvk_blob completed = { 0 };
	struct kvk_key_info key;
	enum kvk_err err;

	*out = KVK_LINK_UNHANDLED;
	if (memo != NULL) {
		*out = memo->link;
		return KVK_OK;
	}
	if (kvk_key_info_read(spki, &key) != KVK_OK)
		return KVK_OK;
	if (!key.inherits_parameters) {
		err = ask(signatures, spki, algorithm, data, signature, out);
		if (err == KVK_OK)
			remember(signatures, spki, data, signature, *out);
		return err;
	}
	/* not remembered: the answer depends on the parent, and the completed key does not last */
	err = inherit(spki, parent_spki, &completed);
	if (err == KVK_OK)
		err = ask(
			signatures, kvk_span_of_blob(&completed), algorithm, data, signature, out);
	kvk_blob_free(&completed);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}
