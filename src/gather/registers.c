/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/registers.h"

#include "names/identity.h"

/* Writes a reply as facts. */
static void take(const struct kvk_register_reply *reply, const char *failure,
	struct kvk_register_answer *out)
{
	out->failure = failure;
	out->status = reply->status;
	switch (reply->state) {
	case KVK_REGISTER_NOT_ASKED:
		out->not_asked = KVK_WHY_NO_API_KEY;
		break;
	case KVK_REGISTER_UNKNOWN:
		if (reply->why == KVK_REGISTER_WHY_KEY_REFUSED)
			out->not_asked = KVK_WHY_API_KEY_REFUSED;
		else
			out->asked = KVK_ASKED_FAILED;
		break;
	case KVK_REGISTER_NOT_FOUND:
		out->asked = KVK_ASKED_NOTHING;
		break;
	case KVK_REGISTER_ACTIVE:
	case KVK_REGISTER_INACTIVE:
		out->asked = KVK_ASKED_FOUND;
		out->active = reply->state == KVK_REGISTER_ACTIVE;
		break;
	}
	out->name_count = reply->name_count;
	for (size_t i = 0; i < reply->name_count; i++)
		out->names[i] = reply->names[i];
}

/*
 * The number to ask about: that of the account, which the portal knows; else the one in the
 * certificate. *from is the first to look at, 0 at first; a further call finds the next one. False
 * where the register can know none of them.
 */
static bool find_question(enum kvk_register which, const struct kvk_facts *facts,
	const struct kvk_identity *number, size_t *from, struct kvk_register_question *out)
{
	const struct kvk_account *account = &facts->asked->account;
	const char *const numbers[] = { account->kvk, account->oin, number->digits };

	while (*from < sizeof numbers / sizeof numbers[0]) {
		const char *digits = numbers[(*from)++];

		if (digits != NULL && kvk_register_question_of(which, digits, out))
			return true;
	}
	return false;
}

/* A list need not have both numbers of an entry, so that each is looked for. */
static enum kvk_err ask_list(const struct kvk_identity *number, struct kvk_register_reply *listed,
	struct kvk_facts *facts)
{
	struct kvk_register_question question;
	size_t from = 0;
	enum kvk_err err = KVK_OK;

	while (find_question(KVK_REGISTER_OIN, facts, number, &from, &question)) {
		kvk_register_reply_free(listed);
		KVK_TRY(kvk_oin_list_ask(facts->evidence->oin_list, &question, listed));
		if (listed->state != KVK_REGISTER_NOT_FOUND)
			break;
	}
	take(listed, "", &facts->oin_register);
	if (listed->state == KVK_REGISTER_UNKNOWN)
		facts->oin_register.failure =
			_("the list does not say whether the entry is active");
out:
	return err;
}

static enum kvk_err ask(const struct kvk_fetcher *fetcher,
	const struct kvk_register_question *question, struct kvk_facts *facts,
	struct kvk_register_answer *out)
{
	const struct kvk_register_fetched *fetched = NULL;
	enum kvk_err err = KVK_OK;

	if (fetcher == NULL || fetcher->offline || fetcher->look_register == NULL)
		return KVK_OK;
	KVK_TRY(fetcher->look_register(fetcher->context, question, &fetched));
	if (fetched != NULL)
		take(&fetched->reply, fetched->failure.text, out);
	else
		facts->pending = true;
out:
	return err;
}

enum kvk_err kvk_gather_registers(const struct kvk_fetcher *fetcher,
	struct kvk_register_reply *listed, struct kvk_facts *facts)
{
	struct kvk_register_question question;
	struct kvk_identity number;
	size_t from = 0;
	enum kvk_err err = KVK_OK;

	if (facts->leaf_count != 1 || facts->leaf == NULL)
		return KVK_OK;
	KVK_TRY(kvk_identity_of_subject(facts->leaf, &number));
	if (find_question(KVK_REGISTER_TRADE, facts, &number, &from, &question))
		KVK_TRY(ask(fetcher, &question, facts, &facts->company));
	else
		facts->company.not_asked = KVK_WHY_NEEDS_KVK;
	if (facts->asked->account.party != KVK_PARTY_GOVERNMENT)
		goto out;
	from = 0;
	if (!find_question(KVK_REGISTER_OIN, facts, &number, &from, &question))
		facts->oin_register.not_asked = KVK_WHY_NEEDS_OIN;
	else if (facts->evidence->oin_list != NULL)
		KVK_TRY(ask_list(&number, listed, facts));
	else
		KVK_TRY(ask(fetcher, &question, facts, &facts->oin_register));
out:
	return err;
}
