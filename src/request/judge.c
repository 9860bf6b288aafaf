/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "request/judge.h"

#include <string.h>

#include "request/judging.h"

void kvk_judging_note(struct kvk_judging *j, enum kvk_note_kind kind, enum kvk_field field,
	const char *id, const char *text)
{
	if (j->err == KVK_OK)
		j->err = kvk_note(j->notes, kind, field, id, "%s", text);
}

static void fault(struct kvk_judging *j, enum kvk_field field, const char *id, const char *text)
{
	kvk_judging_note(j, KVK_NOTE_FAULT, field, id, text);
}

/* The signature proves that whoever asks holds the key. */
static void judge_signature(struct kvk_judging *j)
{
	const struct kvk_csr *csr = j->csr;
	struct kvk_verifier *verifier = NULL;
	struct kvk_scheme scheme;
	enum kvk_err err;

	err = kvk_verifier_new(&verifier);
	if (err != KVK_OK) {
		j->err = err;
		return;
	}
	err = kvk_verify(verifier, csr->spki, csr->algorithm, csr->info, csr->signature);
	kvk_verifier_free(verifier);
	if (err == KVK_ERR_MEMORY || err == KVK_ERR_CRYPTO)
		j->err = err;
	else if (err == KVK_ERR_SIGNATURE)
		fault(j, KVK_FIELD_CSR, "signature",
			_("its signature is not correct: changed, or made with another key"));
	else if (err != KVK_OK)
		fault(j, KVK_FIELD_CSR, "signature-algorithm",
			_("its signature cannot be checked: algorithm or key are unusual"));
	if (kvk_scheme_read(csr->algorithm, &scheme) == KVK_OK &&
		(scheme.hash == KVK_HASH_MD5 || scheme.hash == KVK_HASH_SHA1))
		fault(j, KVK_FIELD_SIGNATURE, "weak-hash",
			_("it is signed over SHA-1 or MD5; SHA-256 is the least that a TSP takes"));
}

static void judge_key(struct kvk_judging *j)
{
	const struct kvk_key_info *key = &j->csr->key;
	struct kvk_error why = { "" };

	j->order->key_type = key->type;
	j->order->key_bits = key->bits;
	if (j->order->preset == NULL)
		return;
	if (kvk_preset_takes_key(j->order->preset, key->type, key->bits, &why) != KVK_OK)
		fault(j, KVK_FIELD_KEY, "key-not-taken", why.text);
	else if (key->type == KVK_KEY_RSA && key->bits < KVK_RSA_BITS_WANTED)
		kvk_judging_note(j, KVK_NOTE_ADVICE, KVK_FIELD_KEY_BITS, "rsa-below-3072",
			_("RSA keys below 3072 bits are on their way out; G4 asks for 3072"));
	else if (key->type == KVK_KEY_ECDSA && j->order->generation == KVK_GENERATION_G4)
		kvk_judging_note(j, KVK_NOTE_ADVICE, KVK_FIELD_KEY_TYPE, "ecdsa-under-g4",
			_("the G4 profile of PKIoverheid knows RSA keys only; ask the TSP first"));
	if (key->type == KVK_KEY_RSA && key->exponent != 65537)
		kvk_judging_note(j, KVK_NOTE_ADVICE, KVK_FIELD_KEY, "rsa-exponent",
			_("its public exponent is not 65537, which PKIoverheid asks for"));
}

static void judge_the_rest(struct kvk_judging *j)
{
	judge_signature(j);
	judge_key(j);
	kvk_judge_subject(j);
	kvk_judge_extensions(j);
	if (j->csr->has_challenge_password)
		kvk_judging_note(j, KVK_NOTE_ADVICE, KVK_FIELD_CSR, "challenge-password",
			_("it holds a challenge password, which everyone who gets it can read"));
}

/*
 * Subject attributes that the TSP fills in by itself may be missing in the request: what order.c
 * calls a missing answer is advice here, unless it is the name.
 */
static enum kvk_err take_over(const struct kvk_notes *from, struct kvk_notes *to)
{
	const struct kvk_note *note;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && (note = kvk_notes_at(from, i)) != NULL; i++) {
		enum kvk_note_kind kind = note->kind;

		if (strcmp(note->id, "missing") == 0 && note->field != KVK_FIELD_DOMAIN)
			kind = KVK_NOTE_ADVICE;
		err = kvk_note(to, kind, note->field, note->id, "%s", note->text);
	}
	return err;
}

/* The answers given beside the request, judged alone: what is wrong with them is not its fault. */
static enum kvk_err check_given(const struct kvk_answers *answers,
	const struct kvk_presets *presets, struct kvk_order *order, struct kvk_notes *notes)
{
	struct kvk_notes given = { .list = { 0 } };
	const struct kvk_note *note;
	bool wrong = false;
	enum kvk_err err;

	err = kvk_order_settle(answers, presets, order, &given);
	if (err == KVK_ERR_REFUSED)
		err = KVK_OK;
	for (size_t i = 0; err == KVK_OK && (note = kvk_notes_at(&given, i)) != NULL; i++) {
		if (note->kind != KVK_NOTE_FAULT || strcmp(note->id, "missing") == 0)
			continue;
		wrong = true;
		err = kvk_note(notes, note->kind, note->field, note->id, "%s", note->text);
	}
	kvk_notes_free(&given);
	return err == KVK_OK && wrong ? KVK_ERR_USAGE : err;
}

enum kvk_err kvk_request_judge(const struct kvk_csr *csr, struct kvk_answers *answers,
	const struct kvk_presets *presets, struct kvk_order *order, struct kvk_notes *notes)
{
	struct kvk_judging j = { csr, answers, order, notes, KVK_OK };
	struct kvk_notes settled = { .list = { 0 } };
	struct kvk_error why = { "" };
	enum kvk_err err;

	err = check_given(answers, presets, order, notes);
	if (err != KVK_OK)
		return err;
	err = kvk_answers_from_request(csr, answers, &why);
	if (err == KVK_ERR_TEXT)
		err = kvk_note(notes, KVK_NOTE_FAULT, KVK_FIELD_CSR, "text", "%s", why.text);
	if (err == KVK_OK)
		err = kvk_order_settle(answers, presets, order, &settled);
	if (err == KVK_OK || err == KVK_ERR_REFUSED)
		err = take_over(&settled, notes);
	kvk_notes_free(&settled);
	if (err != KVK_OK)
		return err;
	judge_the_rest(&j);
	if (j.err != KVK_OK)
		return j.err;
	return kvk_notes_count(notes, KVK_NOTE_FAULT) > 0 ? KVK_ERR_REFUSED : KVK_OK;
}
