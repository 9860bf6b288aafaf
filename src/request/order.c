/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "request/order.h"

#include <string.h>

#include "base/escape.h"
#include "base/word.h"
#include "request/settle.h"

void kvk_settle_fault(
	struct kvk_settling *s, enum kvk_field field, const char *id, const char *text)
{
	if (s->err == KVK_OK)
		s->err = kvk_note(s->notes, KVK_NOTE_FAULT, field, id, "%s", text);
}

void kvk_settle_advise(
	struct kvk_settling *s, enum kvk_field field, const char *id, const char *text)
{
	if (s->err == KVK_OK)
		s->err = kvk_note(s->notes, KVK_NOTE_ADVICE, field, id, "%s", text);
}

int kvk_settle_choice(struct kvk_settling *s, enum kvk_field field,
	const struct kvk_choice *choices, int otherwise)
{
	const char *given = kvk_answer(s->answers, field);
	struct kvk_blob words = { .p = NULL };
	enum kvk_err err = KVK_OK;
	char safe[64];

	if (given == NULL)
		return otherwise;
	for (const struct kvk_choice *c = choices; c->word != NULL; c++)
		if (strcmp(c->word, given) == 0)
			return c->value;
	for (const struct kvk_choice *c = choices; err == KVK_OK && c->word != NULL; c++)
		err = kvk_blob_format(&words, "%s%s", c == choices ? "" : _(" or "), c->word);
	if (err == KVK_OK)
		err = kvk_note(s->notes, KVK_NOTE_FAULT, field, "choice",
			_("'%s' is not one of the answers; it is %s"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(given)), kvk_blob_str(&words));
	if (s->err == KVK_OK)
		s->err = err;
	kvk_blob_free(&words);
	return otherwise;
}

static void settle_preset(struct kvk_settling *s)
{
	const char *given = kvk_answer(s->answers, KVK_FIELD_TSP);
	struct kvk_blob ids = { .p = NULL };
	enum kvk_err err = KVK_OK;
	char safe[64];

	s->order->preset = kvk_preset_find(s->presets, given == NULL ? KVK_PRESET_DEFAULT : given);
	if (s->order->preset == NULL) {
		err = kvk_preset_ids(s->presets, &ids);
		if (err == KVK_OK)
			err = kvk_note(s->notes, KVK_NOTE_FAULT, KVK_FIELD_TSP, "choice",
				_("no TSP '%s' is known here; there are %s"),
				kvk_escape_to(safe, sizeof safe, kvk_span_of(given)),
				kvk_blob_str(&ids));
	}
	if (s->err == KVK_OK)
		s->err = err;
	kvk_blob_free(&ids);
}

/* The dossier's name: the domain unless another was given. */
static void settle_name(struct kvk_settling *s)
{
	const char *given = kvk_answer(s->answers, KVK_FIELD_NAME);
	const char *name = given != NULL ? given : s->order->domain.name;

	if (given != NULL && !kvk_entry_name_valid(given))
		kvk_settle_fault(s, KVK_FIELD_NAME, "name",
			_("a name has at most 64 characters: small letters, digits, and dots and "
			  "hyphens but not in front, and no two dots in a row"));
	else
		memcpy(s->order->name, name, strlen(name) + 1);
}

enum kvk_err kvk_order_settle(const struct kvk_answers *answers, const struct kvk_presets *presets,
	struct kvk_order *out, struct kvk_notes *notes)
{
	struct kvk_settling s = { answers, presets, out, notes, KVK_OK };
	size_t before = kvk_notes_count(notes, KVK_NOTE_FAULT);

	memset(out, 0, sizeof *out);
	out->practice = kvk_answer_is_true(answers, KVK_FIELD_PRACTICE);
	settle_preset(&s);
	kvk_settle_identity(&s);
	kvk_settle_key(&s);
	settle_name(&s);
	if (s.err != KVK_OK)
		return s.err;
	return kvk_notes_count(notes, KVK_NOTE_FAULT) > before ? KVK_ERR_REFUSED : KVK_OK;
}

static const char *party_name(enum kvk_party party)
{
	return party == KVK_PARTY_GOVERNMENT ? "government" : "market";
}

const char *kvk_generation_name(enum kvk_generation generation)
{
	switch (generation) {
	case KVK_GENERATION_G4:
		return "g4";
	case KVK_GENERATION_G1:
		return "g1";
	case KVK_GENERATION_EV:
		return "ev";
	}
	return "";
}

/* A setting of the answer file where there is a value. */
static void put(struct kvk_blob *out, enum kvk_field field, const char *value, enum kvk_err *err)
{
	if (*err == KVK_OK && value != NULL && value[0] != '\0')
		*err = kvk_conf_write_string(out, kvk_field_name(field), value);
}

static void put_true(struct kvk_blob *out, enum kvk_field field, bool value, enum kvk_err *err)
{
	if (*err == KVK_OK && value)
		*err = kvk_conf_write_boolean(out, kvk_field_name(field), true);
}

static void put_key(const struct kvk_order *order, const struct kvk_answers *answers,
	struct kvk_blob *out, enum kvk_err *err)
{
	/* A request made elsewhere has a key that is not here: the next one is made anew. */
	if (kvk_answer(answers, KVK_FIELD_CSR) != NULL)
		return;
	put(out, KVK_FIELD_KEY_TYPE, order->key_type == KVK_KEY_ECDSA ? "ecdsa" : "rsa", err);
	if (*err == KVK_OK)
		*err = kvk_conf_write_integer(
			out, kvk_field_name(KVK_FIELD_KEY_BITS), order->key_bits);
	put(out, KVK_FIELD_SIGNATURE, order->pss ? "pss" : "pkcs1", err);
	put(out, KVK_FIELD_KEY, kvk_answer(answers, KVK_FIELD_KEY), err);
	put_true(out, KVK_FIELD_ENCRYPT_KEY, order->encrypt_key, err);
	put(out, KVK_FIELD_PASS_FILE, kvk_answer(answers, KVK_FIELD_PASS_FILE), err);
}

enum kvk_err kvk_order_write_answers(
	const struct kvk_order *order, const struct kvk_answers *answers, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	if (strcmp(order->name, order->domain.name) != 0)
		put(out, KVK_FIELD_NAME, order->name, &err);
	put(out, KVK_FIELD_DOMAIN, order->domain.name, &err);
	put(out, KVK_FIELD_PARTY, party_name(order->party), &err);
	put(out, KVK_FIELD_KVK, order->kvk_number, &err);
	if (order->oin_given)
		put(out, KVK_FIELD_OIN, order->oin.text, &err);
	put(out, KVK_FIELD_ORGANISATION, order->organisation, &err);
	put(out, KVK_FIELD_UNIT, order->unit, &err);
	put(out, KVK_FIELD_LOCALITY, order->locality, &err);
	put(out, KVK_FIELD_STATE, order->state, &err);
	put(out, KVK_FIELD_COUNTRY, order->country, &err);
	put(out, KVK_FIELD_TSP, order->preset->id, &err);
	put(out, KVK_FIELD_GENERATION, kvk_generation_name(order->generation), &err);
	put_key(order, answers, out, &err);
	put_true(out, KVK_FIELD_CLIENT_ONLY, order->client_only, &err);
	put_true(out, KVK_FIELD_PRACTICE, order->practice, &err);
	return err;
}
