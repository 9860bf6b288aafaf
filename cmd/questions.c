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
		N_("market or government"),
		N_("Companies, foundations and associations are market. Ministries, "
		   "provinces, municipalities and water authorities are government."),
		"market", NULL, false },
	{ KVK_FIELD_OIN,
		N_("The OIN is the number that identifies a government body. You find it in the "
		   "OIN register, at oinregister.logius.nl. Press Enter to use the KVK number "
		   "instead, if KVK or the TSP told you to."),
		N_("OIN, 20 digits"),
		N_("For example 00000001003214345000. Search for the name of your "
		   "organisation at oinregister.logius.nl. Spaces between the digits do no"
		   " harm."),
		NULL, is_government, false },
	{ KVK_FIELD_KVK,
		N_("The KVK number is the number of the organisation in the trade register. You "
		   "find it at kvk.nl/zoeken and on an extract from the register. The certificate "
		   "contains it as part of a number of 20 digits (the HRN), which the portal "
		   "compares with your account."),
		N_("KVK number, 8 digits"),
		N_("For example 68750110. The number of a branch (vestigingsnummer), which"
		   " has 12 digits, and the RSIN, which has 9, are other numbers."),
		NULL, has_no_number, false },
	{ KVK_FIELD_UNIT,
		N_("This OIN is a SubOIN: it belongs to a part of an organisation. The certificate "
		   "names that part (field OU)."),
		N_("Name of that part"),
		N_("As it is in the OIN register beside the SubOIN, such as Dienst "
		   "Burgerzaken."),
		N_("none"), is_sub_oin, false },
	{ KVK_FIELD_ORGANISATION,
		N_("Type the name of the organisation exactly as it is registered. The TSP checks "
		   "it."),
		N_("Name of the organisation"),
		N_("As on the extract of the trade register, such as Voorbeeld B.V.; for a"
		   " government body, as in the OIN register, such as Gemeente Voorbeeld."),
		NULL, NULL, false },
	{ KVK_FIELD_DOMAIN,
		N_("The certificate is for one host name in a domain that you own. The program "
		   "that will call the KVK API does not have to run on a server of that name."),
		N_("Host name"),
		N_("For example api.voorbeeld.nl: one name, without https:// and without "
		   "an asterisk. The TSP asks you to prove that you control the domain."),
		NULL, NULL, false },
	{ KVK_FIELD_TSP,
		N_("The TSP (trust service provider) issues the certificate: kpn, digicert or "
		   "digidentity. If you have not chosen one yet, use generic."),
		N_("TSP"),
		N_("kpn, digicert and digidentity differ in what they want in the request "
		   "and how long they take. With generic, the request suits all of them; "
		   "you order where you like."),
		"generic", NULL, false },
	{ KVK_FIELD_LOCALITY, N_("This TSP asks for the city of the registered office."),
		N_("City"),
		N_("As on the extract of the trade register, such as Utrecht. If you leave"
		   " it out, enter it on the TSP's order form."),
		"", wants_locality, false },
	{ KVK_FIELD_STATE, N_("This TSP asks for the province of the registered office."),
		N_("Province"),
		N_("For example Noord-Holland. If you leave it out, enter it on the TSP's "
		   "order form."),
		"", wants_state, false },
	{ KVK_FIELD_GENERATION,
		N_("PKIoverheid now issues its fourth generation (g4). The first one (g1) ends in "
		   "November 2028. Public EV certificates (ev) will soon no longer be issued for "
		   "client authentication."),
		N_("Generation, g4, g1 or ev"),
		N_("Choose g4 unless your TSP told you otherwise. KVK does not accept ev "
		   "from government bodies."),
		"g4", is_technical, false },
	{ KVK_FIELD_KEY_TYPE, N_("Every TSP accepts RSA keys. Few accept ECDSA keys."),
		N_("Key type, rsa or ecdsa"),
		N_("Choose rsa unless your TSP and the program that will use the key both "
		   "handle ecdsa."),
		"rsa", is_technical, false },
	{ KVK_FIELD_KEY_BITS, N_("How large should the key be?"), N_("Size in bits"),
		N_("For RSA 2048, 3072 or 4096; for ECDSA 256 or 384. Larger keys are "
		   "slower, and not every TSP accepts them."),
		N_("what the TSP requires"), is_technical, false },
	{ KVK_FIELD_SIGNATURE,
		N_("How should the request be signed? Every TSP accepts pkcs1. Generation g4 "
		   "certificates themselves are signed with pss."),
		N_("Signature, pkcs1 or pss"),
		N_("This is about the request only, not the certificate. Choose pkcs1 "
		   "unless your TSP asks for pss."),
		"pkcs1", is_technical_rsa, false },
	{ KVK_FIELD_CLIENT_ONLY,
		N_("Most certificates are for servers and clients. You can request one for clients "
		   "only."),
		N_("Clients only?"),
		N_("The KVK API needs a certificate for clients. Answer n unless your TSP "
		   "issues certificates for clients only."),
		N_("no"), is_technical, true },
	{ KVK_FIELD_ENCRYPT_KEY,
		N_("You can protect the private key with a passphrase. The program that uses the "
		   "key then requires the passphrase. Without one, anyone who can read the file "
		   "has "
		   "the key."),
		N_("Protect the key with a passphrase?"),
		N_("Answer y if the program that uses the key can be given a passphrase. "
		   "Answer n if it starts without anyone present and can read the "
		   "passphrase nowhere."),
		N_("no"), makes_key, true },
	{ KVK_FIELD_COUNT, NULL, NULL, NULL, NULL, NULL, false },
};

bool kvk_question_applies(const struct kvk_question *q, const struct kvk_question_state *state)
{
	return kvk_answer(state->answers, q->field) == NULL && !state->passed[q->field] &&
		(q->applies == NULL || q->applies(state));
}
