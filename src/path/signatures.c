/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/signatures.h"

#include "crypto/key.h"
#include "der/writer.h"

/* The parts of a SubjectPublicKeyInfo. */
struct parts {
	struct kvk_span algorithm, parameters, key;
};

/*
 * SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
 */
static enum kvk_err take_apart(struct kvk_span spki, struct parts *out)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der der, info, identifier;
	struct kvk_der_value key;
	enum kvk_err err;

	*out = (struct parts){ 0 };
	kvk_der_start(&der, spki, true, &log);
	KVK_TRY(kvk_der_enter(&der, KVK_DER_SEQUENCE, &info));
	/*
	 * AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER,
	 *     parameters ANY DEFINED BY algorithm OPTIONAL }
	 */
	KVK_TRY(kvk_der_enter(&info, KVK_DER_SEQUENCE, &identifier));
	KVK_TRY(kvk_der_oid(&identifier, &out->algorithm));
	if (kvk_der_peek(&identifier) != KVK_DER_NULL)
		out->parameters = identifier.rest;
	KVK_TRY(kvk_der_any(&info, &key));
	out->key = key.whole;
out:
	return err;
}

/*
 * The key of spki with the parameters of parent (both whole SubjectPublicKeyInfos of one
 * algorithm). KVK_ERR_ALGORITHM where parent has none or is of another algorithm.
 */
static enum kvk_err inherit(struct kvk_span spki, struct kvk_span parent, struct kvk_blob *out)
{
	struct kvk_der_writer w = { 0 };
	struct parts mine, theirs;
	enum kvk_err err;

	KVK_TRY(take_apart(spki, &mine));
	KVK_TRY(take_apart(parent, &theirs));
	if (theirs.parameters.n == 0 || !kvk_span_equal(mine.algorithm, theirs.algorithm)) {
		err = KVK_ERR_ALGORITHM;
		goto out;
	}
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put(&w, KVK_DER_OID, mine.algorithm);
	kvk_der_put_raw(&w, theirs.parameters);
	kvk_der_close(&w);
	kvk_der_put_raw(&w, mine.key);
	kvk_der_close(&w);
	KVK_TRY(kvk_der_write_done(&w, out));
out:
	kvk_der_writer_free(&w);
	return err;
}

/* Has a signature checked, within the budget. */
static enum kvk_err check(struct kvk_signatures *s, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature, enum kvk_link *out)
{
	if (s->checked >= s->budget) {
		*out = KVK_LINK_EXHAUSTED;
		return KVK_OK;
	}
	s->checked++;
	switch (kvk_signatures_verify(s, spki, algorithm, data, signature)) {
	case KVK_OK:
		*out = KVK_LINK_GOOD;
		return KVK_OK;
	case KVK_ERR_SIGNATURE:
		*out = KVK_LINK_BAD;
		return KVK_OK;
	case KVK_ERR_MEMORY:
		return KVK_ERR_MEMORY;
	default:
		*out = KVK_LINK_UNHANDLED;
		return KVK_OK;
	}
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

void kvk_signatures_renew(struct kvk_signatures *signatures)
{
	signatures->budget = signatures->checked + KVK_LIMIT_SIGNATURES;
	signatures->remembered = 0;
}

/*
 * Checks with a key that inherits its parameters. Not remembered: the answer depends on the parent,
 * and the completed key does not last.
 */
static enum kvk_err check_inherited(struct kvk_signatures *s, struct kvk_span spki,
	struct kvk_span parent_spki, struct kvk_span algorithm, struct kvk_span data,
	struct kvk_span signature, enum kvk_link *out)
{
	struct kvk_blob completed = { 0 };
	enum kvk_err err;

	KVK_TRY(inherit(spki, parent_spki, &completed));
	KVK_TRY(check(s, kvk_span_of_blob(&completed), algorithm, data, signature, out));
out:
	kvk_blob_free(&completed);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

enum kvk_err kvk_signature_check(struct kvk_signatures *signatures, struct kvk_span spki,
	struct kvk_span parent_spki, struct kvk_span algorithm, struct kvk_span data,
	struct kvk_span signature, enum kvk_link *out)
{
	const struct kvk_signature_memo *memo = recall(signatures, spki, data, signature);
	struct kvk_key_info key;
	enum kvk_err err = KVK_OK;

	*out = memo != NULL ? memo->link : KVK_LINK_UNHANDLED;
	if (memo != NULL || kvk_key_info_read(spki, &key) != KVK_OK)
		return KVK_OK;
	if (key.inherits_parameters)
		return check_inherited(
			signatures, spki, parent_spki, algorithm, data, signature, out);
	KVK_TRY(check(signatures, spki, algorithm, data, signature, out));
	remember(signatures, spki, data, signature, *out);
out:
	return err;
}
