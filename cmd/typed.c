/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/typed.h"

#include <string.h>

#include "base/ascii.h"

/* Words that people use for those of a choice, by the field. */
static const struct {
	enum kvk_field field;
	const char *typed, *word;
} words[] = {
	{ KVK_FIELD_PARTY, "m", "market" },
	{ KVK_FIELD_PARTY, "markt", "market" },
	{ KVK_FIELD_PARTY, "marktpartij", "market" },
	{ KVK_FIELD_PARTY, "bedrijf", "market" },
	{ KVK_FIELD_PARTY, "company", "market" },
	{ KVK_FIELD_PARTY, "stichting", "market" },
	{ KVK_FIELD_PARTY, "vereniging", "market" },
	{ KVK_FIELD_PARTY, "g", "government" },
	{ KVK_FIELD_PARTY, "gemeente", "government" },
	{ KVK_FIELD_PARTY, "provincie", "government" },
	{ KVK_FIELD_PARTY, "waterschap", "government" },
	{ KVK_FIELD_PARTY, "overheid", "government" },
	{ KVK_FIELD_PARTY, "municipality", "government" },
	{ KVK_FIELD_TSP, "algemeen", "generic" },
	{ KVK_FIELD_TSP, "quovadis", "digicert" },
	{ KVK_FIELD_KEY_TYPE, "ec", "ecdsa" },
	{ KVK_FIELD_KEY_TYPE, "ecc", "ecdsa" },
};

static bool is_choice(enum kvk_field field)
{
	return field == KVK_FIELD_PARTY || field == KVK_FIELD_TSP ||
		field == KVK_FIELD_GENERATION || field == KVK_FIELD_KEY_TYPE ||
		field == KVK_FIELD_SIGNATURE;
}

static bool is_number(enum kvk_field field)
{
	return field == KVK_FIELD_KVK || field == KVK_FIELD_OIN || field == KVK_FIELD_KEY_BITS;
}

static bool is_name(enum kvk_field field)
{
	return field == KVK_FIELD_ORGANISATION || field == KVK_FIELD_LOCALITY ||
		field == KVK_FIELD_STATE || field == KVK_FIELD_UNIT;
}

static bool is_between_digits(uint8_t c)
{
	return c == '.' || c == '-' || kvk_is_space(c);
}

static enum kvk_err append_choice(enum kvk_field field, struct kvk_span typed, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (words[i].field == field && kvk_equal_nocase(typed, kvk_span_of(words[i].typed)))
			return kvk_blob_append_text(out, words[i].word);
	for (size_t i = 0; i < typed.n; i++)
		KVK_TRY(kvk_blob_append_byte(out, kvk_to_lower(typed.p[i])));
out:
	return err;
}

static enum kvk_err append_number(struct kvk_span typed, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	/* what is no number is quoted as it was typed */
	for (size_t i = 0; i < typed.n; i++)
		if (!kvk_is_digit(typed.p[i]) && !is_between_digits(typed.p[i]))
			return kvk_blob_append(out, kvk_trim(typed));
	for (size_t i = 0; i < typed.n; i++)
		if (!is_between_digits(typed.p[i]))
			KVK_TRY(kvk_blob_append_byte(out, typed.p[i]));
out:
	return err;
}

enum kvk_err kvk_typed_answer(enum kvk_field field, struct kvk_span typed, struct kvk_blob *out)
{
	if (is_choice(field))
		return append_choice(field, kvk_trim(typed), out);
	if (is_number(field))
		return append_number(typed, out);
	return kvk_blob_append(out, typed);
}

bool kvk_typed_is_odd(enum kvk_field field, struct kvk_span typed)
{
	size_t digits = 0;

	if (!is_name(field))
		return false;
	for (size_t i = 0; i < typed.n; i++) {
		if (!kvk_is_digit(typed.p[i]) && !is_between_digits(typed.p[i]))
			return false;
		digits += kvk_is_digit(typed.p[i]);
	}
	return digits > 0;
}
