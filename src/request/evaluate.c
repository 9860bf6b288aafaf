/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "request/evaluate.h"

#include <string.h>

#include "request/settle.h"

static void evaluate_signature(struct kvk_settling *s)
{
	enum kvk_err err = kvk_csr_verify(s->csr);
	struct kvk_scheme scheme;

	if (err == KVK_ERR_MEMORY || err == KVK_ERR_CRYPTO)
		kvk_settle_error(s, err);
	else if (err == KVK_ERR_SIGNATURE)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_CSR, "signature",
			_("the signature of the request is wrong: the request was changed, or was "
			  "signed with another key"));
	else if (err != KVK_OK)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_CSR, "signature-algorithm",
			_("the signature of the request cannot be checked, because its algorithm "
			  "or key is unusual"));
	if (kvk_scheme_read(s->csr->algorithm, &scheme) == KVK_OK &&
		(scheme.hash == KVK_HASH_MD5 || scheme.hash == KVK_HASH_SHA1))
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_SIGNATURE, "weak-hash",
			_("the request is signed with SHA-1 or MD5; TSPs require SHA-256 or "
			  "stronger"));
}

static void evaluate_the_rest(struct kvk_settling *s)
{
	evaluate_signature(s);
	kvk_settle_key_at_hand(s, &s->csr->key);
	kvk_evaluate_subject(s);
	kvk_evaluate_extensions(s);
	if (s->csr->has_challenge_password)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_CSR, "challenge-password",
			_("the request contains a challenge password, which everyone who sees the "
			  "request can read"));
}

static bool is_missing(const struct kvk_review_item *item)
{
	return strcmp(item->id, "missing") == 0;
}

/*
 * What would be done to an answer when a request is made of it: one that is there stays as it is.
 */
static bool is_of_order(const struct kvk_settling *s, const struct kvk_review_item *item)
{
	return s->answers->source[item->field] == KVK_GIVEN_CERTIFICATE &&
		(item->kind == KVK_REVIEW_CHANGE || strcmp(item->id, "left-out") == 0 ||
			strcmp(item->id, "oin-without-kvk") == 0);
}

/*
 * Subject attributes that the TSP fills in by itself may be missing in the request: what order.h
 * calls a missing answer is a warning here, unless it is the name.
 */
static void take_over(const struct kvk_review *from, struct kvk_settling *s)
{
	const struct kvk_review_item *item;

	for (size_t i = 0; (item = kvk_review_at(from, i)) != NULL; i++) {
		if (is_of_order(s, item))
			continue;
		kvk_settle_add(s,
			is_missing(item) && item->field != KVK_FIELD_DOMAIN ? KVK_REVIEW_WARNING :
									      item->kind,
			item->field, item->id, "%s", item->text);
	}
}

/* The answers and what they come to; findings are no error here. */
static enum kvk_err settle(const struct kvk_settling *s, struct kvk_review *out)
{
	enum kvk_err err = kvk_order_settle(s->answers, s->presets, s->order, out);

	return err == KVK_ERR_REFUSED ? KVK_OK : err;
}

/* The answers given beside the request, alone: what is wrong with them is no finding about it. */
static enum kvk_err check_given(struct kvk_settling *s)
{
	struct kvk_review given = { .list = { 0 } };
	const struct kvk_review_item *item;
	bool wrong = false;
	enum kvk_err err;

	KVK_TRY(settle(s, &given));
	for (size_t i = 0; (item = kvk_review_at(&given, i)) != NULL; i++) {
		if (item->kind != KVK_REVIEW_FINDING || is_missing(item))
			continue;
		wrong = true;
		kvk_settle_add(s, item->kind, item->field, item->id, "%s", item->text);
	}
	KVK_TRY(s->err);
	if (wrong)
		err = KVK_ERR_USAGE;
out:
	kvk_review_free(&given);
	return err;
}

enum kvk_err kvk_request_evaluate(const struct kvk_csr *csr, struct kvk_answers *answers,
	const struct kvk_presets *presets, struct kvk_order *order, struct kvk_review *review)
{
	struct kvk_settling s = {
		.answers = answers,
		.presets = presets,
		.csr = csr,
		.order = order,
		.review = review,
	};
	struct kvk_review settled = { .list = { 0 } };
	struct kvk_error why = { "" };
	enum kvk_err err;

	KVK_TRY(check_given(&s));
	err = kvk_answers_from_request(csr, answers, &why);
	if (err == KVK_ERR_TEXT)
		kvk_settle_add(&s, KVK_REVIEW_FINDING, KVK_FIELD_CSR, "text", "%s", why.text);
	else
		kvk_settle_error(&s, err);
	KVK_TRY(s.err);
	KVK_TRY(settle(&s, &settled));
	take_over(&settled, &s);
	KVK_TRY(s.err);
	evaluate_the_rest(&s);
	err = kvk_settle_result(&s, 0);
out:
	kvk_review_free(&settled);
	return err;
}
