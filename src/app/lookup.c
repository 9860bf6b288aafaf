/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/lookup.h"

#include "base/escape.h"

enum kvk_err kvk_lookup_kind(const char *number, enum kvk_lookup_kind *out, struct kvk_error *why)
{
	const struct kvk_span digits = kvk_span_of(number);
	const char *resembled = kvk_number_resembles(digits);
	char kvk[KVK_NUMBER_DIGITS + 1], safe[64];
	struct kvk_oin oin;

	kvk_escape_to(safe, sizeof safe, digits);
	if (kvk_number_read(digits, kvk, NULL) == KVK_OK) {
		*out = KVK_LOOKUP_KVK;
	} else if (kvk_number_is_rsin(digits)) {
		*out = KVK_LOOKUP_RSIN;
	} else if (digits.n == KVK_OIN_DIGITS) {
		if (kvk_oin_read(digits, &oin, why) != KVK_OK)
			return KVK_ERR_USAGE;
		*out = oin.kind == KVK_OIN_KVK ? KVK_LOOKUP_HRN : KVK_LOOKUP_OIN;
	} else if (resembled != NULL && digits.n != KVK_RSIN_DIGITS) {
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("'%s' is neither a KVK number, an RSIN nor an OIN: %s"), safe, resembled);
	} else {
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("'%s' is neither a KVK number (8 digits), an RSIN (9 digits, the last of "
			  "which is a check digit) nor an OIN or HRN (20 digits)"),
			safe);
	}
	return KVK_OK;
}

/* Looks up what is known; what is not is wanted. */
static enum kvk_err look(const struct kvk_fetcher *fetcher, struct kvk_lookup *out)
{
	struct kvk_register_question question;
	enum kvk_err err = KVK_OK;

	for (int i = 0; i < KVK_REGISTER_COUNT; i++)
		if (kvk_register_question_of((enum kvk_register)i, out->number, &question))
			KVK_TRY(fetcher->look_register(
				fetcher->context, &question, &out->registers[i]));
out:
	return err;
}

enum kvk_err kvk_lookup_ask(struct kvk_online *online, const char *number,
	enum kvk_lookup_kind kind, struct kvk_lookup *out, struct kvk_error *why)
{
	struct kvk_wants wants = KVK_WANTS_INIT(online);
	const struct kvk_wants *const all = &wants;
	const struct kvk_fetcher fetcher = kvk_wants_fetcher(&wants);
	enum kvk_err err;

	*out = (struct kvk_lookup){ .number = number, .kind = kind };
	KVK_TRY(look(&fetcher, out));
	if (wants.registers.count > 0) {
		KVK_TRY(kvk_online_fetch(online, &all, 1, why));
		KVK_TRY(look(&fetcher, out));
	}
	out->hint = kvk_online_hint(online);
out:
	kvk_wants_free(&wants);
	return err;
}

static enum kvk_register_state state_of(const struct kvk_lookup *lookup, enum kvk_register which)
{
	const struct kvk_register_fetched *fetched = lookup->registers[which];

	return fetched != NULL ? fetched->reply.state : KVK_REGISTER_NOT_ASKED;
}

enum kvk_exit kvk_lookup_exit(const struct kvk_lookup *lookup)
{
	const bool oin = lookup->kind == KVK_LOOKUP_OIN;
	const enum kvk_register_state states[] = {
		state_of(lookup, oin ? KVK_REGISTER_OIN : KVK_REGISTER_TRADE),
		state_of(lookup, oin ? KVK_REGISTER_TRADE : KVK_REGISTER_OIN),
	};

	if (states[0] == KVK_REGISTER_INACTIVE)
		return KVK_EXIT_WARNING;
	if (states[0] == KVK_REGISTER_ACTIVE || states[1] == KVK_REGISTER_ACTIVE)
		return KVK_EXIT_OK;
	/* Ordinary companies left the OIN register in 2025: that one was withdrawn there says
	 * little. */
	if (states[0] != KVK_REGISTER_NOT_FOUND)
		return KVK_EXIT_UNKNOWN;
	return states[1] == KVK_REGISTER_INACTIVE ? KVK_EXIT_WARNING : KVK_EXIT_CRITICAL;
}
