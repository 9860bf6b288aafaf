/* SPDX-License-Identifier: Apache-2.0 */
/* Part of request/settle.h: the key, its passphrase and the signature. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "request/settle.h"

#define KEY_BITS_DIGITS_MAX 6

static const struct kvk_choice key_types[] = {
	{ "rsa", KVK_KEY_RSA },
	{ "ecdsa", KVK_KEY_ECDSA },
	{ NULL, 0 },
};

static const struct kvk_choice signatures[] = {
	{ "pkcs1", false },
	{ "pss", true },
	{ NULL, 0 },
};

static void settle_bits(struct kvk_settling *s)
{
	const char *given = kvk_answer(s->answers, KVK_FIELD_KEY_BITS);
	struct kvk_order *order = s->order;
	struct kvk_span text = kvk_span_of(given);

	order->key_bits = order->preset == NULL ?
		KVK_RSA_BITS_WANTED :
		kvk_preset_key_bits(order->preset, order->key_type);
	if (given == NULL)
		return;
	if (!kvk_all_digits(text) || text.n > KEY_BITS_DIGITS_MAX) {
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_KEY_BITS, "key-bits",
			_("this is not a number of bits, such as 3072"));
		return;
	}
	order->key_bits = (unsigned)strtoul(given, NULL, 10);
}

/* What of a key the TSP takes, but is unwise. */
static void warn_key(struct kvk_settling *s)
{
	const struct kvk_order *order = s->order;

	if (order->key_type == KVK_KEY_RSA && order->key_bits >= KVK_RSA_BITS_MIN &&
		order->key_bits < KVK_RSA_BITS_WANTED)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_KEY_BITS, "rsa-below-3072",
			_("RSA keys below 3072 bits are being phased out; G4 requires 3072"));
	if (order->key_type == KVK_KEY_ECDSA && order->generation == KVK_GENERATION_G4)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_KEY_TYPE, "ecdsa-under-g4",
			_("the G4 profile of PKIoverheid has RSA keys only; ask the TSP first"));
}

/* Whether the TSP can be asked: it is known, and nothing is wrong with type and size so far. */
static bool can_compare(const struct kvk_settling *s)
{
	return s->order->preset != NULL && !kvk_review_finds(s->review, KVK_FIELD_KEY_BITS) &&
		!kvk_review_finds(s->review, KVK_FIELD_KEY_TYPE);
}

static bool takes(const struct kvk_order *order, unsigned bits, struct kvk_error *why)
{
	return kvk_preset_takes_key(order->preset, order->key_type, bits, why) == KVK_OK;
}

/* A key to make: only what this program can make, and what the TSP takes. */
static void settle_key_to_make(struct kvk_settling *s)
{
	const struct kvk_order *order = s->order;
	struct kvk_error why = { "" };

	if (!can_compare(s))
		return;
	if (!takes(order, order->key_bits, &why))
		kvk_settle_add(s, KVK_REVIEW_FINDING,
			takes(order, kvk_preset_key_bits(order->preset, order->key_type), NULL) ?
				KVK_FIELD_KEY_BITS :
				KVK_FIELD_KEY_TYPE,
			"key-not-taken", "%s", why.text);
	else if (order->key_type == KVK_KEY_ECDSA && order->key_bits != 256 &&
		order->key_bits != 384)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_KEY_BITS, "key-bits",
			_("an ECDSA key can have 256 bits (P-256) or 384 bits (P-384)"));
}

void kvk_settle_key_at_hand(struct kvk_settling *s, const struct kvk_key_info *key)
{
	struct kvk_order *order = s->order;
	struct kvk_error why = { "" };

	order->key_type = key->type;
	order->key_bits = key->bits;
	if (can_compare(s) && !takes(order, order->key_bits, &why))
		kvk_settle_add(
			s, KVK_REVIEW_FINDING, KVK_FIELD_KEY, "key-not-taken", "%s", why.text);
	else
		warn_key(s);
	if (key->type == KVK_KEY_RSA && key->exponent != 65537)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_KEY, "rsa-exponent",
			_("the public exponent of the key is not 65537, which PKIoverheid "
			  "requires"));
}

static void settle_signature(struct kvk_settling *s)
{
	struct kvk_order *order = s->order;
	bool otherwise =
		order->preset != NULL && order->preset->pss && order->key_type == KVK_KEY_RSA;

	order->pss = kvk_settle_choice(s, KVK_FIELD_SIGNATURE, signatures, otherwise) != 0;
	if (order->pss && order->key_type == KVK_KEY_ECDSA)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_SIGNATURE, "pss-needs-rsa",
			_("PSS signatures require an RSA key; this key is ECDSA"));
}

static bool is_uri(const char *key)
{
	return key != NULL && strncmp(key, "pkcs11:", strlen("pkcs11:")) == 0;
}

static void settle_passphrase(struct kvk_settling *s)
{
	const struct kvk_answers *a = s->answers;
	const char *key = kvk_answer(a, KVK_FIELD_KEY);
	bool file = kvk_answer(a, KVK_FIELD_PASS_FILE) != NULL;
	bool fd = kvk_answer(a, KVK_FIELD_PASS_FD) != NULL;

	s->order->encrypt_key =
		kvk_answer_is_true(a, KVK_FIELD_ENCRYPT_KEY) || ((file || fd) && !is_uri(key));
	if (file && fd)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_PASS_FD, "contradiction",
			_("use either pass-file or pass-fd for the passphrase, not both"));
	if (is_uri(key) && kvk_answer_is_true(a, KVK_FIELD_ENCRYPT_KEY))
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_ENCRYPT_KEY, "contradiction",
			_("a key in a token cannot be encrypted, because it does not leave the "
			  "token"));
}

/* Whether the key that was named is there already: one may be created in a token. */
static bool is_given(const struct kvk_answers *answers)
{
	return kvk_answer(answers, KVK_FIELD_KEY) != NULL &&
		!kvk_answer_is_true(answers, KVK_FIELD_GENERATE);
}

static void settle_generate(struct kvk_settling *s)
{
	if (kvk_answer_is_true(s->answers, KVK_FIELD_GENERATE) &&
		!is_uri(kvk_answer(s->answers, KVK_FIELD_KEY)))
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_GENERATE, "contradiction",
			_("this requires key, with the pkcs11: URI of the key that is to be "
			  "created"));
}

/* A request made elsewhere brings its own key and signature. */
static void refuse_beside_csr(struct kvk_settling *s)
{
	static const enum kvk_field fields[] = {
		KVK_FIELD_KEY,
		KVK_FIELD_KEY_TYPE,
		KVK_FIELD_KEY_BITS,
		KVK_FIELD_SIGNATURE,
		KVK_FIELD_GENERATE,
		KVK_FIELD_ENCRYPT_KEY,
		KVK_FIELD_PASS_FILE,
		KVK_FIELD_PASS_FD,
		KVK_FIELD_LIKE,
	};

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (kvk_answer(s->answers, fields[i]) != NULL &&
			s->answers->source[fields[i]] > KVK_GIVEN_CERTIFICATE)
			kvk_settle_add(s, KVK_REVIEW_FINDING, fields[i], "contradiction",
				_("this cannot be combined with csr, because that request already "
				  "exists"));
}

void kvk_settle_key(struct kvk_settling *s)
{
	bool from_elsewhere = kvk_answer(s->answers, KVK_FIELD_CSR) != NULL;
	bool key_given = is_given(s->answers);

	s->order->client_only = kvk_answer_is_true(s->answers, KVK_FIELD_CLIENT_ONLY);
	if (from_elsewhere) {
		refuse_beside_csr(s);
		return;
	}
	s->order->key_type =
		(enum kvk_key_type)kvk_settle_choice(s, KVK_FIELD_KEY_TYPE, key_types, KVK_KEY_RSA);
	settle_bits(s);
	settle_generate(s);
	settle_passphrase(s);
	if (key_given)
		return;
	settle_signature(s);
	settle_key_to_make(s);
	warn_key(s);
}

enum kvk_err kvk_order_use_key(struct kvk_order *order, const struct kvk_answers *answers,
	const struct kvk_key_info *key, struct kvk_review *review)
{
	struct kvk_settling s = { .answers = answers, .order = order, .review = review };
	size_t before = kvk_review_count(review, KVK_REVIEW_FINDING);

	if (kvk_answer(answers, KVK_FIELD_KEY_TYPE) != NULL && order->key_type != key->type)
		kvk_settle_add(&s, KVK_REVIEW_FINDING, KVK_FIELD_KEY_TYPE, "contradiction",
			_("the key that you supplied is of another type"));
	else if (kvk_answer(answers, KVK_FIELD_KEY_BITS) != NULL && order->key_bits != key->bits)
		kvk_settle_add(&s, KVK_REVIEW_FINDING, KVK_FIELD_KEY_BITS, "contradiction",
			_("the key that you supplied has another size"));
	order->key_type = key->type;
	settle_signature(&s);
	kvk_settle_key_at_hand(&s, key);
	return kvk_settle_result(&s, before);
}
