/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/replies.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "base/output.h"
#include "base/wrap.h"
#include "cli/prompt.h"
#include "cmd/typed.h"

/* Columns before what is said about an answer. */
#define NOTE_INDENT 2

enum kvk_err kvk_replies_settle(struct kvk_replies *replies)
{
	enum kvk_err err;

	kvk_review_free(&replies->review);
	err = kvk_order_settle(
		replies->answers, replies->presets, &replies->order, &replies->review);
	return err == KVK_ERR_REFUSED ? KVK_OK : err;
}

/* Shows what there is to say about an answer, wrapped and indented. */
static enum kvk_err show_note(const char *text)
{
	const struct kvk_wrap lines = { NOTE_INDENT, NOTE_INDENT, kvk_output_width() };
	struct kvk_blob out = { .p = NULL };
	enum kvk_err err = kvk_wrap(&out, &lines, text);

	if (err == KVK_OK)
		fprintf(stderr, "%*s%s\n", NOTE_INDENT, "", kvk_blob_str(&out));
	kvk_blob_free(&out);
	return err;
}

enum kvk_err kvk_replies_show(const struct kvk_replies *replies, enum kvk_field field, bool *wrong)
{
	const struct kvk_review_item *item;
	enum kvk_err err = KVK_OK;

	*wrong = false;
	for (size_t i = 0; (item = kvk_review_at(&replies->review, i)) != NULL; i++) {
		if (item->field != field || strcmp(item->id, "missing") == 0)
			continue;
		if (item->kind == KVK_REVIEW_WARNING)
			continue;
		KVK_TRY(show_note(item->text));
		*wrong = *wrong || item->kind == KVK_REVIEW_FINDING;
	}
out:
	return err;
}

/* Why an answer may be a slip, as a question; "" where it looks right. */
static enum kvk_err doubt(
	const struct kvk_question *q, struct kvk_span typed, struct kvk_blob *question)
{
	const struct kvk_span text = kvk_trim(typed);
	char safe[16];

	if (kvk_typed_is_odd(q->field, typed))
		return kvk_blob_append_text(
			question, _("  This is a number, not a name. Use it anyway? [y/N]: "));
	if (text.n > 1)
		return KVK_OK;
	kvk_escape_to(safe, sizeof safe, text);
	switch (q->field) {
	case KVK_FIELD_LOCALITY:
		return kvk_blob_append_format(
			question, _("  '%s' is not a city. Use it anyway? [y/N]: "), safe);
	case KVK_FIELD_STATE:
		return kvk_blob_append_format(
			question, _("  '%s' is not a province. Use it anyway? [y/N]: "), safe);
	case KVK_FIELD_ORGANISATION:
	case KVK_FIELD_UNIT:
		return kvk_blob_append_format(question,
			_("  '%s' is a single character, not a name. Use it anyway? [y/N]: "),
			safe);
	default:
		return KVK_OK;
	}
}

/* Asks whether an answer that may be a slip was meant: *again where it was not. */
static enum kvk_err question_slip(const struct kvk_question *q, struct kvk_span typed, bool *again)
{
	struct kvk_blob question = { .p = NULL };
	bool meant = true;
	enum kvk_err err;

	KVK_TRY(doubt(q, typed, &question));
	if (question.n > 0)
		KVK_TRY(kvk_prompt_yes(kvk_blob_str(&question), false, &meant));
	*again = !meant;
out:
	kvk_blob_free(&question);
	return err;
}

/* Enter alone. A government body has an OIN of its own, as a rule. */
static enum kvk_err take_nothing(const struct kvk_question *q, bool *again)
{
	bool none = false;
	enum kvk_err err = KVK_OK;

	*again = q->otherwise == NULL;
	if (q->field != KVK_FIELD_OIN) {
		if (*again)
			fprintf(stderr, _("  An answer is required. Ctrl-D cancels.\n"));
		return KVK_OK;
	}
	KVK_TRY(show_note(_("Without an OIN, the number in the certificate is made from the KVK "
			    "number. Do this only if KVK or the TSP told you to.")));
	KVK_TRY(kvk_prompt_yes(_("  Use the KVK number? [y/N]: "), false, &none));
	*again = !none;
	if (*again)
		err = show_note(_("An OIN is required then. Ask for one at oinregister.logius.nl; "
				  "Ctrl-C keeps your answers."));
out:
	return err;
}

/* Whether the certificate is for a government body after all; only these have such a number. */
static enum kvk_err change_party(struct kvk_replies *replies, bool *government)
{
	enum kvk_err err;

	*government = replies->order.party == KVK_PARTY_GOVERNMENT;
	if (*government)
		return KVK_OK;
	KVK_TRY(kvk_prompt_yes(
		_("  This is an OIN. Is it for a government body? [y/N]: "), false, government));
	if (*government) {
		kvk_answer_drop(replies->answers, KVK_FIELD_PARTY);
		KVK_TRY(kvk_answer_set(replies->answers, KVK_FIELD_PARTY, KVK_GIVEN_DIALOGUE,
			kvk_span_of("government")));
	}
out:
	return err;
}

enum kvk_err kvk_replies_ask_party(struct kvk_replies *replies)
{
	const struct kvk_order *order = &replies->order;
	bool government;
	enum kvk_err err;

	if (!order->oin_given || order->oin.kind == KVK_OIN_KVK || order->oin.kind == KVK_OIN_TEST)
		return KVK_OK;
	KVK_TRY(change_party(replies, &government));
	KVK_TRY(kvk_replies_settle(replies));
out:
	return err;
}

/* Sets an answer that was given, and shows what there is to say about it; *wrong where it cannot
 * stand, and then it is dropped. */
static enum kvk_err set(struct kvk_replies *replies, enum kvk_field field,
	const struct kvk_blob *answer, bool *wrong)
{
	enum kvk_err err;

	KVK_TRY(kvk_answer_set(
		replies->answers, field, KVK_GIVEN_DIALOGUE, kvk_span_of_blob(answer)));
	KVK_TRY(kvk_replies_settle(replies));
	KVK_TRY(kvk_replies_show(replies, field, wrong));
	if (*wrong) {
		kvk_answer_drop(replies->answers, field);
		KVK_TRY(kvk_replies_settle(replies));
	}
out:
	return err;
}

/* An OIN or HRN where the KVK number is asked is as good: *taken where it is one. */
static enum kvk_err take_oin(struct kvk_replies *replies, struct kvk_span typed, bool *taken)
{
	struct kvk_blob answer = { .p = NULL };
	struct kvk_error why = { "" };
	struct kvk_oin oin;
	bool wrong;
	enum kvk_err err;

	*taken = false;
	KVK_TRY(kvk_typed_answer(KVK_FIELD_OIN, typed, &answer));
	if (kvk_oin_read(kvk_span_of_blob(&answer), &oin, &why) != KVK_OK)
		goto out;
	*taken = oin.kind == KVK_OIN_KVK;
	if (!*taken)
		KVK_TRY(change_party(replies, taken));
	if (!*taken)
		goto out;
	KVK_TRY(set(replies, KVK_FIELD_OIN, &answer, &wrong));
	*taken = !wrong;
out:
	kvk_blob_free(&answer);
	return err;
}

/* Takes one answer as typed; *again where it has to be given once more. */
static enum kvk_err take_text(struct kvk_replies *replies, const struct kvk_question *q,
	struct kvk_span typed, bool *again)
{
	struct kvk_blob answer = { .p = NULL };
	enum kvk_err err;

	KVK_TRY(kvk_typed_answer(q->field, typed, &answer));
	KVK_TRY(set(replies, q->field, &answer, again));
	if (*again)
		goto out;
	KVK_TRY(question_slip(q, typed, again));
	if (*again) {
		kvk_answer_drop(replies->answers, q->field);
		KVK_TRY(kvk_replies_settle(replies));
	}
out:
	kvk_blob_free(&answer);
	return err;
}

enum kvk_err kvk_replies_take(struct kvk_replies *replies, const struct kvk_question *q,
	struct kvk_span typed, bool *again)
{
	const struct kvk_span text = kvk_trim(typed);
	bool taken = false;
	enum kvk_err err = KVK_OK;

	*again = kvk_span_is(text, "?");
	if (*again)
		return show_note(_(q->help));
	if (text.n == 0)
		return take_nothing(q, again);
	if (q->field == KVK_FIELD_KVK)
		KVK_TRY(take_oin(replies, text, &taken));
	if (!taken)
		err = take_text(replies, q, typed, again);
out:
	return err;
}
