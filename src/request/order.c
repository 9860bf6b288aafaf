/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "request/order.h"

#include <string.h>

#include "base/escape.h"
#include "base/word.h"
#include "request/settle.h"

static void settle_preset(struct kvk_settling *s)
{
	const char *given = kvk_answer(s->answers, KVK_FIELD_TSP);
	struct kvk_blob ids = { .p = NULL };
	char safe[64];

	s->order->preset = kvk_preset_find(s->presets, given == NULL ? KVK_PRESET_DEFAULT : given);
	if (s->order->preset != NULL)
		return;
	kvk_settle_error(s, kvk_preset_ids(s->presets, &ids));
	kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_TSP, "choice",
		_("there is no TSP '%s'; choose one of %s"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(given)), kvk_blob_str(&ids));
	kvk_blob_free(&ids);
}

/* The dossier's name: the domain unless another was given. */
static void settle_name(struct kvk_settling *s)
{
	const char *given = kvk_answer(s->answers, KVK_FIELD_NAME);
	const char *name = given != NULL ? given : s->order->domain.name;

	if (given != NULL && !kvk_entry_name_valid(given))
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_NAME, "name",
			_("a name has at most 64 characters: lower-case letters, digits, dots and "
			  "hyphens; it cannot start with a dot or hyphen, or have two dots in a "
			  "row"));
	else
		memcpy(s->order->name, name, strlen(name) + 1);
}

enum kvk_err kvk_order_settle(const struct kvk_answers *answers, const struct kvk_presets *presets,
	struct kvk_order *out, struct kvk_review *review)
{
	struct kvk_settling s = {
		.answers = answers,
		.presets = presets,
		.order = out,
		.review = review,
	};
	size_t before = kvk_review_count(review, KVK_REVIEW_FINDING);

	memset(out, 0, sizeof *out);
	out->practice = kvk_answer_is_true(answers, KVK_FIELD_PRACTICE);
	settle_preset(&s);
	kvk_settle_identity(&s);
	kvk_settle_key(&s);
	settle_name(&s);
	return kvk_settle_result(&s, before);
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

/* The bits of KeyUsage as kvk_der_put_named_bits() counts them are those of enum kvk_key_usage. */
uint32_t kvk_order_key_usage(const struct kvk_order *order)
{
	if (order->key_type == KVK_KEY_ECDSA)
		return KVK_KU_DIGITAL_SIGNATURE;
	return KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_ENCIPHERMENT;
}

const struct kvk_signing *kvk_order_signing(const struct kvk_order *order)
{
	if (order->key_type == KVK_KEY_ECDSA)
		return order->key_bits > 256 ? &kvk_signing_ecdsa_sha384 :
					       &kvk_signing_ecdsa_sha256;
	return order->pss ? &kvk_signing_rsa_pss_sha512 : &kvk_signing_rsa_sha256;
}

const char *kvk_order_step(const struct kvk_order *order, size_t i)
{
	static const char *const ev[] = {
		N_("order an EV server certificate for one host name, and ask explicitly for "
		   "client authentication; if the TSP does not offer it, run 'kvkcsr new' again "
		   "without --generation"),
		N_("paste the request, and enter the KVK number on the order form"),
		N_("prove that you control the domain, and answer the TSP's questions about the "
		   "organisation"),
	};

	if (order->generation != KVK_GENERATION_EV)
		return kvk_preset_text(order->preset, KVK_PRESET_STEPS, i);
	return i < sizeof ev / sizeof ev[0] ? _(ev[i]) : NULL;
}

size_t kvk_order_subject(
	const struct kvk_order *order, struct kvk_subject_part parts[static KVK_SUBJECT_PARTS])
{
	const struct kvk_subject_part all[KVK_SUBJECT_PARTS] = {
		{ KVK_OID_C, order->country },
		{ KVK_OID_ST, order->state },
		{ KVK_OID_L, order->locality },
		{ KVK_OID_O, order->organisation },
		{ KVK_OID_OU, order->unit },
		{ KVK_OID_ORGANIZATION_IDENTIFIER, order->organization_identifier },
		{ KVK_OID_SERIAL_NUMBER, order->oin.text },
		{ KVK_OID_CN, order->domain.name },
	};
	size_t count = 0;

	for (size_t i = 0; i < KVK_SUBJECT_PARTS; i++)
		if (all[i].value[0] != '\0')
			parts[count++] = all[i];
	return count;
}
