/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/verdict.h: the verdict itself, the last line of the text. */
#include "config.h"

#include <string.h>

#include "base/format.h"
#include "base/wrap.h"
#include "report/advice.h"
#include "report/verdict_text.h"

/* The message about the number of the account. */
#define NUMBER_MISMATCH 14u

/* Warnings to be read: that of the anchors is the verdict's own, that of the API key has a row. */
static size_t count_shown(const struct kvk_verdict *verdict)
{
	size_t count = 0;

	for (size_t i = 0; i < verdict->warning_count; i++)
		count += strcmp(verdict->warnings[i].id, "trust-replaced") != 0 &&
			strcmp(verdict->warnings[i].id, "no-api-key") != 0;
	return count;
}

static const char *accepted_text(const struct kvk_facts *facts, const struct kvk_verdict *verdict)
{
	const enum kvk_why number = verdict->findings[NUMBER_MISMATCH - 1].why;

	if (number == KVK_WHY_NEEDS_OIN)
		return facts->trust_replaced ?
			_("no objection found with the root certificates given with --trust; your "
			  "OIN was not compared") :
			_("no objection found; your OIN was not compared");
	if (number == KVK_WHY_NEEDS_KVK || number == KVK_WHY_NEEDS_ACCOUNT)
		return facts->trust_replaced ?
			_("no objection found with the root certificates given with --trust; your "
			  "KVK number was not compared") :
			_("no objection found; your KVK number was not compared");
	if (facts->trust_replaced)
		return count_shown(verdict) > 0 ?
			_("accepted with the root certificates given with --trust; read the "
			  "warnings") :
			_("accepted with the root certificates given with --trust");
	if (count_shown(verdict) > 0)
		return _("the portal would accept it; read the warnings");
	return _("the portal would accept it");
}

/* How many messages the portal surely or probably has: what is open here may be known there. */
static unsigned long count_failed(const struct kvk_verdict *verdict)
{
	unsigned long count = 0;

	for (unsigned n = 0; n < KVK_RULE_COUNT; n++)
		count += verdict->findings[n].result == KVK_RESULT_FAIL;
	return count;
}

/* The portal's sentence, followed by its number. */
static enum kvk_err append_sentence(
	const struct kvk_verdict *verdict, unsigned long failed, struct kvk_blob *out)
{
	const char *portal = kvk_rule(verdict->first)->portal;

	if (verdict->probably)
		return kvk_blob_append_format(out,
			_("\"%s\" (message %u), but KVK does not publish this rule. Trying the "
			  "upload costs nothing: do that before you order a new certificate"),
			portal, verdict->first);
	if (failed == 1)
		return kvk_blob_append_format(
			out, _("\"%s\" (message %u)"), portal, verdict->first);
	return kvk_blob_append_format(out,
		kvk_ngettext("\"%s\" (message %u), the first of %lu message",
			"\"%s\" (message %u), the first of %lu messages", failed),
		portal, verdict->first, failed);
}

/* The same of one that does not belong to the key of whoever asks: it is of no use once it is
 * fixed. */
static enum kvk_err append_sentence_useless(
	const struct kvk_verdict *verdict, unsigned long failed, struct kvk_blob *out)
{
	const char *portal = kvk_rule(verdict->first)->portal;

	if (verdict->probably)
		return kvk_blob_append_format(out,
			_("\"%s\" (message %u), but KVK does not publish this rule. The "
			  "certificate also does not belong to your key"),
			portal, verdict->first);
	if (failed == 1)
		return kvk_blob_append_format(out,
			_("\"%s\" (message %u); it also does not belong to your key"), portal,
			verdict->first);
	return kvk_blob_append_format(out,
		kvk_ngettext("\"%s\" (message %u), the first of %lu message; it also does not "
			     "belong to your key",
			"\"%s\" (message %u), the first of %lu messages; it also does not belong "
			"to your key",
			failed),
		portal, verdict->first, failed);
}

static enum kvk_err append_outcome_text(
	const struct kvk_facts *facts, const struct kvk_verdict *verdict, struct kvk_blob *out)
{
	const unsigned long failed = count_failed(verdict);

	switch (verdict->outcome) {
	case KVK_ACCEPT:
		return kvk_blob_append_text(out, accepted_text(facts, verdict));
	case KVK_REJECT:
		if (failed == 0)
			return kvk_blob_append_text(
				out, _("it does not belong to your key, so you could not use it"));
		return kvk_advice_grave_warning(verdict) != NULL ?
			append_sentence_useless(verdict, failed, out) :
			append_sentence(verdict, failed, out);
	case KVK_UNDETERMINED:
		return kvk_blob_append_text(out,
			facts->trust_replaced ?
				_("no problem found with the root certificates given with --trust, "
				  "but "
				  "some checks could not be completed") :
				_("no problem found, but some checks could not be completed"));
	}
	return KVK_ERR_INTERNAL;
}

/* Nothing fails, and yet it is of no use. */
static bool is_useless(const struct kvk_verdict *verdict)
{
	return verdict->outcome == KVK_REJECT && count_failed(verdict) == 0;
}

/* The words that scripts look for are the same in every language. */
static const char *word_of(const struct kvk_verdict *verdict)
{
	static const char *const words[] = {
		[KVK_ACCEPT] = "ACCEPT",
		[KVK_REJECT] = "REJECT",
		[KVK_UNDETERMINED] = "UNDETERMINED",
	};

	if (verdict->probably)
		return "REJECT, probably";
	return is_useless(verdict) ? "UNUSABLE" : words[verdict->outcome];
}

void kvk_verdict_append_word(struct kvk_page *page, const struct kvk_verdict *verdict)
{
	static const enum kvk_ink inks[] = {
		[KVK_ACCEPT] = KVK_INK_GOOD,
		[KVK_REJECT] = KVK_INK_BAD,
		[KVK_UNDETERMINED] = KVK_INK_CARE,
	};
	kvk_page_append_ink(page, inks[verdict->outcome], word_of(verdict));
}

void kvk_verdict_append_outcome(
	struct kvk_page *page, const struct kvk_facts *facts, const struct kvk_verdict *verdict)
{
	static const char label[] = "verdict: ";
	struct kvk_blob text = { 0 };

	KVK_PAGE_TRY(page, append_outcome_text(facts, verdict, &text));
	kvk_page_append(page, "\n%s", label);
	kvk_verdict_append_word(page, verdict);
	kvk_page_append_text(page, ": ");
	kvk_page_append_flow(page, sizeof label - 1,
		(unsigned)(sizeof label - 1 + strlen(word_of(verdict)) + strlen(": ")),
		kvk_blob_str(&text));
	kvk_blob_free(&text);
}
