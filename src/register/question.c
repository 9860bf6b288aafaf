/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "register/question.h"

#include "base/ascii.h"
#include "base/format.h"

bool kvk_register_question_same(
	const struct kvk_register_question *a, const struct kvk_register_question *b)
{
	return a->which == b->which && a->by == b->by && strcmp(a->number, b->number) == 0;
}

static void set(struct kvk_register_question *out, enum kvk_register_by by, const char *number)
{
	out->by = by;
	KVK_FORMAT(out->number, "%s", number);
}

/* What the trade register can know of an OIN or HRN is the number in it. */
static bool of_oin(const char *number, struct kvk_register_question *out)
{
	struct kvk_oin oin;

	if (kvk_oin_read(kvk_span_of(number), &oin, NULL) != KVK_OK || oin.kind == KVK_OIN_TEST)
		return false;
	if (out->which == KVK_REGISTER_OIN)
		set(out, KVK_REGISTER_BY_OIN, number);
	else if (oin.kind == KVK_OIN_KVK)
		set(out, KVK_REGISTER_BY_KVK, oin.kvk_number);
	else if (oin.kind == KVK_OIN_RSIN)
		set(out, KVK_REGISTER_BY_RSIN, oin.main_number);
	else
		return false;
	return true;
}

bool kvk_register_question_of(
	enum kvk_register which, const char *number, struct kvk_register_question *out)
{
	const struct kvk_span digits = kvk_span_of(number);
	char oin[KVK_OIN_DIGITS + 1];

	out->which = which;
	if (!kvk_all_digits(digits) || kvk_number_is_zero(digits))
		return false;
	if (digits.n == KVK_OIN_DIGITS)
		return of_oin(number, out);
	if (digits.n == KVK_NUMBER_DIGITS) {
		set(out, KVK_REGISTER_BY_KVK, number);
		return true;
	}
	if (!kvk_number_is_rsin(digits))
		return false;
	/* The OIN register knows an RSIN as an OIN. */
	KVK_FORMAT(oin, "00000001%s000", number);
	if (which == KVK_REGISTER_OIN)
		set(out, KVK_REGISTER_BY_OIN, oin);
	else
		set(out, KVK_REGISTER_BY_RSIN, number);
	return true;
}

enum kvk_err kvk_register_question_url(const struct kvk_register_question *question,
	const char *base, const char *version, struct kvk_blob *out)
{
	const size_t n = strlen(base);
	const char *slash = n > 0 && base[n - 1] == '/' ? "" : "/";

	if (question->which == KVK_REGISTER_TRADE)
		return kvk_blob_append_format(out,
			"%s%s%s/zoeken?%s=%s&inclusiefInactieveRegistraties=true", base, slash,
			version, question->by == KVK_REGISTER_BY_KVK ? "kvkNummer" : "rsin",
			question->number);
	if (question->by == KVK_REGISTER_BY_KVK)
		return kvk_blob_append_format(
			out, "%s%sorganisaties?kvkNummer=%s", base, slash, question->number);
	return kvk_blob_append_format(out, "%s%sorganisaties/%s", base, slash, question->number);
}
