/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/warnings.h: the API keys for the registers. */
#include "config.h"

#include "portal/warnings.h"

static bool is_without(const struct kvk_register_answer *answer, enum kvk_why why)
{
	return answer->asked == KVK_ASKED_NOT && answer->not_asked == why;
}

/* Only government bodies are looked up in the OIN register. */
static bool is_oin_without(const struct kvk_facts *facts, enum kvk_why why)
{
	return facts->asked->account.party == KVK_PARTY_GOVERNMENT &&
		is_without(&facts->oin_register, why);
}

static enum kvk_err no_api_key(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const bool trade = is_without(&facts->company, KVK_WHY_NO_API_KEY);
	const bool oin = is_oin_without(facts, KVK_WHY_NO_API_KEY);

	if (trade && facts->company.failure[0] != '\0')
		KVK_FORMAT(out->text, _("the API key for the trade register cannot be used: %s"),
			facts->company.failure);
	else if (oin && facts->oin_register.failure[0] != '\0')
		KVK_FORMAT(out->text, _("the API key for the OIN register cannot be used: %s"),
			facts->oin_register.failure);
	else if (trade && oin)
		KVK_FORMAT(out->text, "%s",
			_("no API keys are configured, so the trade register and the OIN register "
			  "were not queried for your organisation (messages 25, 26, 32 and 33)"));
	else if (trade)
		KVK_FORMAT(out->text, "%s",
			_("no API key is configured, so the trade register was not queried for "
			  "your organisation (messages 32 and 33)"));
	else if (oin)
		KVK_FORMAT(out->text, "%s",
			_("no API key is configured for the OIN register, so it was not queried "
			  "for your organisation (messages 25 and 26)"));
	if (oin && !trade)
		out->hint = N_("set oin.api_key_file in the configuration ('kvkcsr config' names "
			       "its files), or add --oin-list FILE with a list of the register");
	return KVK_OK;
}

/* The status says what is wrong with the key: not a key at all, or not one for this. */
static enum kvk_err api_key_refused(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_register_answer *answer = &facts->company;

	if (is_without(answer, KVK_WHY_API_KEY_REFUSED)) {
		if (answer->status == 401)
			KVK_FORMAT(out->text, "%s",
				_("the KVK API does not accept the API key (HTTP status 401), so "
				  "messages 32 and 33 were not evaluated"));
		else
			KVK_FORMAT(out->text,
				_("the API key does not give access to the search of the KVK API "
				  "(HTTP status %u), so messages 32 and 33 were not evaluated"),
				answer->status);
	}
	answer = &facts->oin_register;
	if (out->text[0] != '\0' || !is_oin_without(facts, KVK_WHY_API_KEY_REFUSED))
		return KVK_OK;
	if (answer->status == 401)
		KVK_FORMAT(out->text, "%s",
			_("the OIN register does not accept the API key (HTTP status 401), so "
			  "messages 25 and 26 were not evaluated"));
	else
		KVK_FORMAT(out->text,
			_("the API key does not give access to the OIN register (HTTP status %u), "
			  "so messages 25 and 26 were not evaluated"),
			answer->status);
	out->hint = N_("compare the key in the file that oin.api_key_file names with the one that "
		       "Logius gave you");
	return KVK_OK;
}

const struct kvk_warning_row kvk_warnings_register[] = {
	{
		.id = "no-api-key",
		.check = no_api_key,
		.hint = N_("set kvk.api_key_file in the configuration ('kvkcsr config' names its "
			   "files); everyone who may upload a certificate has an API key of KVK"),
		.leaf = true,
	},
	{
		.id = "api-key-refused",
		.check = api_key_refused,
		.hint = N_("compare the key with the one in My Developer Portal, and check there "
			   "that it may use the API 'Zoeken'"),
		.leaf = true,
	},
	{ .id = NULL },
};
