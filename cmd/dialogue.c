/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/dialogue.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "cli/prompt.h"
#include "cli/terminal.h"
#include "cmd/questions.h"
#include "cmd/replies.h"
#include "cmd/step.h"
#include "report/request.h"

/* One talk. */
struct talk {
	struct kvk_replies replies;
	const struct kvk_dialogue_domain *domain;
	struct kvk_registered *registered;
	/* The technical choices are asked too. */
	bool technical;
	struct kvk_new_asked *asked;
	/* The domain was passed on to whoever waits for it; why that failed. */
	bool given;
	struct kvk_error why;
};

static const enum kvk_field technical_fields[] = { KVK_FIELD_GENERATION, KVK_FIELD_KEY_TYPE,
	KVK_FIELD_KEY_BITS, KVK_FIELD_SIGNATURE, KVK_FIELD_CLIENT_ONLY };

/* The question, and in brackets what Enter alone means: what is offered, else the default. */
static enum kvk_err make_prompt(
	const struct kvk_question *q, struct kvk_span offer, struct kvk_blob *out)
{
	enum kvk_err err;

	if (offer.n == 0 && q->otherwise == NULL)
		return kvk_blob_append_format(out, "%s: ", _(q->text));
	if (offer.n == 0 && q->otherwise[0] == '\0')
		return kvk_blob_append_format(out, _("%s (Enter to leave it out): "), _(q->text));
	KVK_TRY(kvk_blob_append_format(out, "%s [", _(q->text)));
	KVK_TRY(offer.n > 0 ? kvk_escape(out, offer) : kvk_blob_append_text(out, _(q->otherwise)));
	err = kvk_blob_append_text(out, "]: ");
out:
	return err;
}

static enum kvk_err ask_line(struct talk *talk, const struct kvk_question *q)
{
	struct kvk_blob prompt = { .p = NULL }, line = { .p = NULL };
	struct kvk_span offer, typed;
	bool again = true;
	enum kvk_err err;

	KVK_TRY(kvk_registered_offer(talk->registered, talk->replies.answers, q->field, &offer));
	KVK_TRY(make_prompt(q, offer, &prompt));
	while (again) {
		KVK_TRY(kvk_prompt_line(kvk_blob_str(&prompt), &line));
		typed = kvk_span_of_blob(&line);
		KVK_TRY(kvk_replies_take(
			&talk->replies, q, kvk_trim(typed).n > 0 ? typed : offer, &again));
	}
out:
	kvk_blob_free(&line);
	kvk_blob_free(&prompt);
	return err;
}

static enum kvk_err ask_yes_no(struct talk *talk, const struct kvk_question *q)
{
	struct kvk_blob prompt = { .p = NULL };
	bool yes = false, again;
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(&prompt, _("%s [y/N]: "), _(q->text)));
	KVK_TRY(kvk_prompt_yes_help(kvk_blob_str(&prompt), _(q->help), false, &yes));
	KVK_TRY(kvk_replies_take(&talk->replies, q, kvk_span_of(yes ? "true" : "false"), &again));
out:
	kvk_blob_free(&prompt);
	return err;
}

/* Said once, before the first question. */
static enum kvk_err greet(struct talk *talk)
{
	if (talk->asked->greeted)
		return KVK_OK;
	talk->asked->greeted = true;
	return kvk_prompt_show(
		_("This creates a private key and a certificate request (CSR), which you send to a "
		  "TSP (trust service provider). Nothing is created until you agree. Press Enter "
		  "to accept the answer in [brackets], type ? for help, or press Ctrl-D to "
		  "cancel. To renew a certificate that you have, run 'kvkcsr renew NAME' "
		  "instead."));
}

static enum kvk_err ask(struct talk *talk, const struct kvk_question *q)
{
	enum kvk_err err;

	KVK_TRY(greet(talk));
	fputc('\n', stderr);
	KVK_TRY(kvk_prompt_show(_(q->explanation)));
	KVK_TRY(q->yes_no ? ask_yes_no(talk, q) : ask_line(talk, q));
	talk->asked->passed[q->field] = kvk_answer(talk->replies.answers, q->field) == NULL;
out:
	return err;
}

/* An answer from an option or a file that is wrong is shown and asked again. */
static enum kvk_err drop_wrong(struct talk *talk, const struct kvk_question *q)
{
	bool wrong;
	enum kvk_err err;

	if (kvk_answer(talk->replies.answers, q->field) == NULL)
		return KVK_OK;
	if (q->field == KVK_FIELD_OIN)
		KVK_TRY(kvk_replies_ask_party(&talk->replies));
	KVK_TRY(kvk_replies_show(&talk->replies, q->field, &wrong));
	if (!wrong)
		goto out;
	kvk_answer_drop(talk->replies.answers, q->field);
	KVK_TRY(kvk_replies_settle(&talk->replies));
out:
	return err;
}

static enum kvk_err drop_all_wrong(struct talk *talk)
{
	enum kvk_err err;

	KVK_TRY(kvk_replies_settle(&talk->replies));
	for (const struct kvk_question *q = kvk_questions; q->text != NULL; q++)
		KVK_TRY(drop_wrong(talk, q));
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
		order->client_only ?
			kvk_ngettext("Technical choices: generation %s, an %s key of %u bit, a "
				     "request signed with %s, for clients only.",
				"Technical choices: generation %s, an %s key of %u bits, a request "
				"signed with %s, for clients only.",
				order->key_bits) :
			kvk_ngettext("Technical choices: generation %s, an %s key of %u bit, a "
				     "request signed with %s, for clients and servers.",
				"Technical choices: generation %s, an %s key of %u bits, a request "
				"signed with %s, for clients and servers.",
				order->key_bits),
		kvk_generation_name(order->generation), key_type, order->key_bits,
		signature_name(order)));
	fputc('\n', stderr);
	err = kvk_prompt_show(kvk_blob_str(&text));
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
		open = open || kvk_answer(talk->replies.answers, technical_fields[i]) == NULL;
	if (!open || kvk_answer(talk->replies.answers, KVK_FIELD_KEY) != NULL)
		return KVK_OK;
	KVK_TRY(show_technical(&talk->replies.order));
	KVK_TRY(kvk_prompt_yes(_("Keep these choices? [Y/n]: "), true, &keep));
	talk->technical = !keep;
out:
	return err;
}

/* Tells the domain, where it is known by now. */
static enum kvk_err give_domain(struct talk *talk)
{
	enum kvk_err err;

	if (talk->given || kvk_answer(talk->replies.answers, KVK_FIELD_DOMAIN) == NULL ||
		talk->replies.order.domain.name[0] == '\0')
		return KVK_OK;
	talk->given = true;
	KVK_TRY(talk->domain->given(
		talk->domain->context, talk->replies.order.domain.name, &talk->why));
	/* It may have set another answer. */
	KVK_TRY(kvk_replies_settle(&talk->replies));
out:
	return err;
}

/* A name that is taken may be that of a certificate to be renewed: it is passed on as a domain is,
 * as long as there is none. */
static enum kvk_err give_name(struct talk *talk)
{
	const char *name = kvk_answer(talk->replies.answers, KVK_FIELD_NAME);
	enum kvk_err err;

	if (name == NULL || kvk_answer(talk->replies.answers, KVK_FIELD_DOMAIN) != NULL)
		return KVK_OK;
	KVK_TRY(talk->domain->given(talk->domain->context, name, &talk->why));
	/* It may have set another one. */
	KVK_TRY(kvk_replies_settle(&talk->replies));
out:
	return err;
}

enum kvk_err kvk_dialogue_second(
	const char *domain, const char *entry, bool renewable, const char *name)
{
	struct kvk_blob text = { .p = NULL };
	bool yes = false;
	enum kvk_err err;

	if (renewable)
		KVK_TRY(kvk_blob_append_format(&text,
			_("'%s' already has an entry, '%s'. To renew its certificate, answer n and "
			  "run 'kvkcsr renew %s'. You can also create another request, as the "
			  "entry '%s'; '%s' then stays as it is."),
			domain, entry, entry, name, entry));
	else
		KVK_TRY(kvk_blob_append_format(&text,
			_("'%s' already has an entry, '%s', which stays as it is. You can create "
			  "another request for the same host name, as the entry '%s'."),
			domain, entry, name));
	fputc('\n', stderr);
	KVK_TRY(kvk_prompt_show(kvk_blob_str(&text)));
	KVK_TRY(kvk_prompt_yes(_("Create another request? [y/N]: "), false, &yes));
	if (!yes)
		err = KVK_ERR_CANCELLED;
out:
	kvk_blob_free(&text);
	return err;
}

static bool is_asked(const struct talk *talk, const struct kvk_question *q)
{
	const struct kvk_question_state state = { talk->replies.answers, &talk->replies.order,
		talk->asked->passed, talk->technical };

	return kvk_question_applies(q, &state);
}

static enum kvk_err ask_all(struct talk *talk)
{
	enum kvk_err err;

	KVK_TRY(drop_all_wrong(talk));
	KVK_TRY(give_name(talk));
	for (const struct kvk_question *q = kvk_questions; q->text != NULL; q++) {
		KVK_TRY(give_domain(talk));
		/* it depends on the answers before it whether it is right */
		if (q->field == technical_fields[0]) {
			KVK_TRY(drop_wrong(talk, q));
			KVK_TRY(ask_technical(talk));
		}
		if (is_asked(talk, q))
			KVK_TRY(ask(talk, q));
	}
	KVK_TRY(give_domain(talk));
out:
	return err;
}

enum kvk_exit kvk_dialogue_step(enum kvk_err err, const struct kvk_error *why)
{
	if (err != KVK_ERR_CANCELLED)
		return kvk_step(err, why);
	/* the home, its inventory and a file with the answers may have been */
	kvk_warn(_("cancelled; no key or request was created"));
	return KVK_EXIT_USAGE;
}

enum kvk_exit kvk_dialogue(struct kvk_new *run, const struct kvk_dialogue_domain *domain,
	struct kvk_registered *registered)
{
	struct talk talk = {
		.replies = { .answers = &run->answers, .presets = &run->presets },
		.asked = &run->asked,
		.domain = domain,
		.registered = registered,
	};
	enum kvk_err err = ask_all(&talk);

	kvk_review_free(&talk.replies.review);
	return kvk_dialogue_step(err, &talk.why);
}
