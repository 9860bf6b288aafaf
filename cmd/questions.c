/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/questions.h"

#include "base/i18n.h"

static bool is_government(const struct kvk_question_state *state)
{
	return state->order->party == KVK_PARTY_GOVERNMENT &&
		kvk_answer(state->answers, KVK_FIELD_OIN) == NULL;
}

static bool has_no_number(const struct kvk_question_state *state)
{
	return kvk_answer(state->answers, KVK_FIELD_OIN) == NULL;
}

static bool is_sub_oin(const struct kvk_question_state *state)
{
	return state->order->oin_given && kvk_oin_is_sub(&state->order->oin);
}

static bool wants_locality(const struct kvk_question_state *state)
{
	return state->order->preset != NULL && state->order->preset->wants_locality;
}

static bool wants_state(const struct kvk_question_state *state)
{
	return state->order->preset != NULL && state->order->preset->wants_state;
}

static bool is_technical(const struct kvk_question_state *state)
{
	return state->technical;
}

static bool is_technical_rsa(const struct kvk_question_state *state)
{
	return state->technical && state->order->key_type == KVK_KEY_RSA;
}

static bool makes_key(const struct kvk_question_state *state)
{
	const char *key = kvk_answer(state->answers, KVK_FIELD_KEY);

	return key == NULL && !state->order->encrypt_key;
}

/* In the order in which they are asked. */
const struct kvk_question kvk_questions[] = {
	{ KVK_FIELD_PARTY,
		N_("Is the certificate for a company or other private organisation (market), or "
		   "for a government body (government)? KVK identifies a government body by its "
		   "OIN."),
		N_("market or government"), "market", NULL, false },
	{ KVK_FIELD_OIN,
		N_("The OIN is the number that identifies a government body. You find it in the "
		   "OIN register, at oinregister.logius.nl. If your organisation has none there, "
		   "press Enter."),
		N_("OIN, 20 digits"), NULL, is_government, false },
	{ KVK_FIELD_KVK,
		N_("The KVK number is the number of the organisation in the trade register. You "
		   "find it at kvk.nl/zoeken and on an extract from the register. The certificate "
		   "contains it as part of a number of 20 digits (the HRN), which the portal "
		   "compares with your account."),
		N_("KVK number, 8 digits"), NULL, has_no_number, false },
	{ KVK_FIELD_UNIT,
		N_("This OIN is a SubOIN: it belongs to a part of an organisation. The certificate "
		   "names that part (field OU)."),
		N_("Name of that part"), N_("none"), is_sub_oin, false },
	{ KVK_FIELD_ORGANISATION,
		N_("Type the name of the organisation exactly as it is registered. The TSP checks "
		   "it."),
		N_("Name of the organisation"), NULL, NULL, false },
	{ KVK_FIELD_DOMAIN,
		N_("The certificate is for one host name in a domain that you own. The program "
		   "that will call the KVK API does not have to run on a server of that name."),
		N_("Host name"), NULL, NULL, false },
	{ KVK_FIELD_TSP,
		N_("The TSP (trust service provider) issues the certificate: kpn, digicert or "
		   "digidentity. If you have not chosen one yet, use generic."),
		N_("TSP"), "generic", NULL, false },
	{ KVK_FIELD_LOCALITY, N_("This TSP asks for the city of the registered office."),
		N_("City"), N_("left out"), wants_locality, false },
	{ KVK_FIELD_STATE, N_("This TSP asks for the province of the registered office."),
		N_("Province"), N_("left out"), wants_state, false },
	{ KVK_FIELD_GENERATION,
		N_("PKIoverheid now issues its fourth generation (g4). The first one (g1) ends in "
		   "November 2028. Public EV certificates (ev) will soon no longer be issued for "
		   "client authentication."),
		N_("Generation, g4, g1 or ev"), "g4", is_technical, false },
	{ KVK_FIELD_KEY_TYPE, N_("Every TSP accepts RSA keys. Few accept ECDSA keys."),
		N_("Key type, rsa or ecdsa"), "rsa", is_technical, false },
	{ KVK_FIELD_KEY_BITS, N_("How large should the key be?"), N_("Size in bits"),
		N_("what the TSP requires"), is_technical, false },
	{ KVK_FIELD_SIGNATURE,
		N_("How should the request be signed? Every TSP accepts pkcs1. Generation g4 "
		   "certificates themselves are signed with pss."),
		N_("Signature, pkcs1 or pss"), "pkcs1", is_technical_rsa, false },
	{ KVK_FIELD_CLIENT_ONLY,
		N_("Most certificates are for servers and clients. You can request one for clients "
		   "only."),
		N_("Clients only?"), N_("no"), is_technical, true },
	{ KVK_FIELD_ENCRYPT_KEY,
		N_("You can protect the private key with a passphrase. The program that uses the "
		   "key then requires the passphrase. Without one, anyone who can read the file "
		   "has "
		   "the key."),
		N_("Protect the key with a passphrase?"), N_("no"), makes_key, true },
	{ KVK_FIELD_COUNT, NULL, NULL, NULL, NULL, false },
};

bool kvk_question_applies(const struct kvk_question *q, const struct kvk_question_state *state)
{
	return kvk_answer(state->answers, q->field) == NULL && !state->passed[q->field] &&
		(q->applies == NULL || q->applies(state));
}
