/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/dialogue.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "base/output.h"
#include "base/wrap.h"
#include "cli/prompt.h"
#include "cli/terminal.h"
#include "cmd/step.h"
#include "cmd/typed.h"
#include "report/request.h"

/* One talk. order and review are what the answers so far come to. */
struct talk {
	struct kvk_answers *answers;
	const struct kvk_presets *presets;
	struct kvk_order order;
	struct kvk_review review;
	const struct kvk_dialogue_domain *domain;
	struct kvk_registered *registered;
	/* The technical choices are asked too. */
	bool technical;
	bool greeted;
	/* The domain was given, and whoever waits for it told; why that failed. */
	bool told;
	struct kvk_error why;
};

struct question {
	enum kvk_field field;
	/* What it is about, and the question itself. */
	const char *explanation;
	const char *text;
	/* What Enter alone means, for people; NULL: an answer is required. */
	const char *otherwise;
	/* Whether it is asked; NULL: always. */
	bool (*applies)(const struct talk *talk);
	bool yes_no;
};

static bool is_government(const struct talk *talk)
{
	return talk->order.party == KVK_PARTY_GOVERNMENT &&
		kvk_answer(talk->answers, KVK_FIELD_OIN) == NULL;
}

static bool has_no_number(const struct talk *talk)
{
	return kvk_answer(talk->answers, KVK_FIELD_OIN) == NULL;
}

static bool is_sub_oin(const struct talk *talk)
{
	return talk->order.oin_given && kvk_oin_is_sub(&talk->order.oin);
}

static bool wants_locality(const struct talk *talk)
{
	return talk->order.preset != NULL && talk->order.preset->wants_locality;
}

static bool wants_state(const struct talk *talk)
{
	return talk->order.preset != NULL && talk->order.preset->wants_state;
}

static bool is_technical(const struct talk *talk)
{
	return talk->technical;
}

static bool is_technical_rsa(const struct talk *talk)
{
	return talk->technical && talk->order.key_type == KVK_KEY_RSA;
}

static bool makes_key(const struct talk *talk)
{
	const char *key = kvk_answer(talk->answers, KVK_FIELD_KEY);

	return key == NULL && !talk->order.encrypt_key;
}

/* In the order in which they are asked. */
static const struct question questions[] = {
	{ KVK_FIELD_PARTY,
		N_("Is the certificate for a company or other private organisation (market), or "
		   "for a government body (government)? KVK identifies a government body by its "
		   "OIN."),
		N_("market or government"), "market", NULL, false },
	{ KVK_FIELD_OIN,
		N_("The OIN is the number that identifies a government body. You find it in the "
		   "OIN register, at oinregister.logius.nl. Only if your organisation has none "
		   "there, press Enter: it is then made from the KVK number."),
		N_("OIN, 20 digits"), N_("made from the KVK number"), is_government, false },
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
		   "key then needs the passphrase. Without one, anyone who can read the file has "
		   "the key."),
		N_("Protect the key with a passphrase?"), N_("no"), makes_key, true },
};

#define QUESTION_COUNT (sizeof questions / sizeof questions[0])

static const enum kvk_field technical_fields[] = { KVK_FIELD_GENERATION, KVK_FIELD_KEY_TYPE,
	KVK_FIELD_KEY_BITS, KVK_FIELD_SIGNATURE, KVK_FIELD_CLIENT_ONLY };

static enum kvk_err settle(struct talk *talk)
{
	enum kvk_err err;

	kvk_review_free(&talk->review);
	err = kvk_order_settle(talk->answers, talk->presets, &talk->order, &talk->review);
	return err == KVK_ERR_REFUSED ? KVK_OK : err;
}

/* What there is to say about one field. True where its answer cannot stand. */
static bool show_field(const struct talk *talk, enum kvk_field field)
{
	const struct kvk_review_item *item;
	bool wrong = false;

	for (size_t i = 0; (item = kvk_review_at(&talk->review, i)) != NULL; i++) {
		if (item->field != field || strcmp(item->id, "missing") == 0)
			continue;
		if (item->kind == KVK_REVIEW_WARNING)
			continue;
		fprintf(stderr, "  %s\n", item->text);
		wrong = wrong || item->kind == KVK_REVIEW_FINDING;
	}
	return wrong;
}

/* A number where a name is asked may be a slip: *again where it was one. */
static enum kvk_err question_number(const struct question *q, struct kvk_span typed, bool *again)
{
	bool meant = false;
	enum kvk_err err = KVK_OK;

	if (!kvk_typed_is_odd(q->field, typed))
		return KVK_OK;
	KVK_TRY(kvk_prompt_yes(
		_("  This is a number, and a name is asked. Keep it? [y/N]: "), false, &meant));
	*again = !meant;
out:
	return err;
}

/* Takes one answer as typed; *again where it has to be given once more. */
static enum kvk_err take(
	struct talk *talk, const struct question *q, struct kvk_span typed, bool *again)
{
	struct kvk_blob answer = { .p = NULL };
	enum kvk_err err;

	*again = false;
	if (kvk_trim(typed).n == 0) {
		*again = q->otherwise == NULL;
		if (*again)
			fprintf(stderr, _("  An answer is required. Ctrl-D cancels.\n"));
		return KVK_OK;
	}
	KVK_TRY(question_number(q, typed, again));
	if (*again)
		return KVK_OK;
	KVK_TRY(kvk_typed_answer(q->field, typed, &answer));
	KVK_TRY(kvk_answer_set(
		talk->answers, q->field, KVK_GIVEN_DIALOGUE, kvk_span_of_blob(&answer)));
	KVK_TRY(settle(talk));
	*again = show_field(talk, q->field);
	if (*again) {
		kvk_answer_drop(talk->answers, q->field);
		KVK_TRY(settle(talk));
	}
out:
	kvk_blob_free(&answer);
	return err;
}

/* The question, and in brackets what Enter alone means: what is offered, else the default. */
static enum kvk_err make_prompt(
	const struct question *q, struct kvk_span offer, struct kvk_blob *out)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(out, _(q->text)));
	if (offer.n > 0 || q->otherwise != NULL)
		KVK_TRY(kvk_blob_append_text(out, " ["));
	if (offer.n > 0)
		KVK_TRY(kvk_escape(out, offer));
	else if (q->otherwise != NULL)
		KVK_TRY(kvk_blob_append_text(out, _(q->otherwise)));
	err = kvk_blob_append_text(out, offer.n > 0 || q->otherwise != NULL ? "]: " : ": ");
out:
	return err;
}

static enum kvk_err ask_line(struct talk *talk, const struct question *q)
{
	struct kvk_blob prompt = { .p = NULL }, line = { .p = NULL };
	struct kvk_span offer, typed;
	bool again = true;
	enum kvk_err err;

	KVK_TRY(kvk_registered_offer(talk->registered, talk->answers, q->field, &offer));
	KVK_TRY(make_prompt(q, offer, &prompt));
	while (again) {
		KVK_TRY(kvk_prompt_line(kvk_blob_str(&prompt), &line));
		typed = kvk_span_of_blob(&line);
		KVK_TRY(take(talk, q, kvk_trim(typed).n > 0 ? typed : offer, &again));
	}
out:
	kvk_blob_free(&line);
	kvk_blob_free(&prompt);
	return err;
}

static enum kvk_err ask_yes_no(struct talk *talk, const struct question *q)
{
	struct kvk_blob prompt = { .p = NULL };
	bool yes = false, again;
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(&prompt, _("%s [y/N]: "), _(q->text)));
	KVK_TRY(kvk_prompt_yes(kvk_blob_str(&prompt), false, &yes));
	KVK_TRY(take(talk, q, kvk_span_of(yes ? "true" : "false"), &again));
out:
	kvk_blob_free(&prompt);
	return err;
}

/* Shows a text, wrapped, and a line feed. */
static enum kvk_err show_text(const char *text)
{
	struct kvk_blob out = { .p = NULL };
	enum kvk_err err = kvk_wrap_lines(&out, kvk_output_width(), text);

	if (err == KVK_OK)
		fprintf(stderr, "%s\n", kvk_blob_str(&out));
	kvk_blob_free(&out);
	return err;
}

/* Said once, before the first question. */
static enum kvk_err greet(struct talk *talk)
{
	if (talk->greeted)
		return KVK_OK;
	talk->greeted = true;
	return show_text(
		_("This creates a private key and a certificate request (CSR), which you send to a "
		  "TSP (trust service provider). Nothing is created until you agree. Press Enter "
		  "to accept the answer in [brackets], or Ctrl-D to cancel."));
}

static enum kvk_err ask(struct talk *talk, const struct question *q)
{
	enum kvk_err err;

	KVK_TRY(greet(talk));
	fputc('\n', stderr);
	KVK_TRY(show_text(_(q->explanation)));
	err = q->yes_no ? ask_yes_no(talk, q) : ask_line(talk, q);
out:
	return err;
}

/* Answers from options or files that are wrong are shown and asked again. */
static enum kvk_err drop_wrong(struct talk *talk)
{
	enum kvk_err err;

	KVK_TRY(settle(talk));
	for (size_t i = 0; i < QUESTION_COUNT; i++) {
		enum kvk_field field = questions[i].field;

		if (kvk_answer(talk->answers, field) == NULL || !show_field(talk, field))
			continue;
		kvk_answer_drop(talk->answers, field);
		KVK_TRY(settle(talk));
	}
out:
	return err;
}

/* How the request will be signed. */
static const char *signature_name(const struct kvk_order *order)
{
	if (order->pss)
		return "PSS";
	return order->key_type == KVK_KEY_ECDSA ? "ECDSA" : "PKCS#1";
}

static enum kvk_err show_technical(const struct kvk_order *order)
{
	const char *key_type = order->key_type == KVK_KEY_ECDSA ? "ECDSA" : "RSA";
	struct kvk_blob text = { .p = NULL };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(&text,
		order->client_only ? _("Technical choices: generation %s, a key of %s %u, a "
				       "request signed with %s, for clients only.") :
				     _("Technical choices: generation %s, a key of %s %u, a "
				       "request signed with %s, for clients and servers."),
		kvk_generation_name(order->generation), key_type, order->key_bits,
		signature_name(order)));
	fputc('\n', stderr);
	err = show_text(kvk_blob_str(&text));
out:
	kvk_blob_free(&text);
	return err;
}

/* The technical choices are only asked of those who want to make them. */
static enum kvk_err ask_technical(struct talk *talk)
{
	bool keep = true, open = false;
	enum kvk_err err;

	for (size_t i = 0; i < sizeof technical_fields / sizeof technical_fields[0]; i++)
		open = open || kvk_answer(talk->answers, technical_fields[i]) == NULL;
	if (!open || kvk_answer(talk->answers, KVK_FIELD_KEY) != NULL)
		return KVK_OK;
	KVK_TRY(show_technical(&talk->order));
	KVK_TRY(kvk_prompt_yes(_("Keep these choices? [Y/n]: "), true, &keep));
	talk->technical = !keep;
out:
	return err;
}

/* Tells the domain, where it is known by now. */
static enum kvk_err tell_domain(struct talk *talk)
{
	enum kvk_err err;

	if (talk->told || kvk_answer(talk->answers, KVK_FIELD_DOMAIN) == NULL ||
		talk->order.domain.name[0] == '\0')
		return KVK_OK;
	talk->told = true;
	KVK_TRY(talk->domain->given(talk->domain->context, talk->order.domain.name, &talk->why));
	/* It may have set another answer. */
	KVK_TRY(settle(talk));
out:
	return err;
}

enum kvk_err kvk_dialogue_second(const char *domain, const char *entry, const char *name)
{
	struct kvk_blob text = { .p = NULL };
	bool yes = false;
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(&text,
		_("'%s' already has an entry, '%s', which stays as it is. You can create another "
		  "request for the same host name, as the entry '%s'."),
		domain, entry, name));
	fputc('\n', stderr);
	KVK_TRY(show_text(kvk_blob_str(&text)));
	KVK_TRY(kvk_prompt_yes(_("Create another request? [y/N]: "), false, &yes));
	if (!yes)
		err = KVK_ERR_CANCELLED;
out:
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err ask_all(struct talk *talk)
{
	enum kvk_err err;

	KVK_TRY(drop_wrong(talk));
	for (size_t i = 0; i < QUESTION_COUNT; i++) {
		const struct question *q = &questions[i];

		KVK_TRY(tell_domain(talk));

		if (q->field == technical_fields[0])
			KVK_TRY(ask_technical(talk));
		if (kvk_answer(talk->answers, q->field) == NULL &&
			(q->applies == NULL || q->applies(talk)))
			KVK_TRY(ask(talk, q));
	}
	KVK_TRY(tell_domain(talk));
out:
	return err;
}

enum kvk_exit kvk_dialogue_step(enum kvk_err err, const struct kvk_error *why)
{
	if (err != KVK_ERR_CANCELLED)
		return kvk_step(err, why);
	kvk_warn(_("cancelled; nothing was created"));
	return KVK_EXIT_USAGE;
}

enum kvk_exit kvk_dialogue(struct kvk_answers *answers, const struct kvk_presets *presets,
	const struct kvk_dialogue_domain *domain, struct kvk_registered *registered)
{
	struct talk talk = {
		.answers = answers, .presets = presets, .domain = domain, .registered = registered
	};
	enum kvk_err err = ask_all(&talk);

	kvk_review_free(&talk.review);
	return kvk_dialogue_step(err, &talk.why);
}
