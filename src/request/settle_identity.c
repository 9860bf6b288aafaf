/* SPDX-License-Identifier: Apache-2.0 */
/* Part of request/settle.h: who asks, for which name. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "base/when.h"
#include "base/word.h"
#include "names/oddity.h"
#include "request/settle.h"

/* From this many digits on, digits alone are a number and no name. */
#define NUMBER_DIGITS 7

static size_t count_characters(struct kvk_span text)
{
	uint32_t code_point;
	size_t count = 0;

	while (kvk_utf8_next(&text, &code_point))
		count++;
	return count;
}

/* What is wrong with a text for a subject, or NULL. */
static const char *why_no_text(struct kvk_span text, size_t max)
{
	if (text.n == 0)
		return _("this cannot be empty");
	if (!kvk_utf8_valid(text))
		return _("this is not valid UTF-8 text");
	if (kvk_text_is_risky(text))
		return _("this contains control characters or invisible characters");
	if (count_characters(text) > max)
		return max == KVK_ORGANISATION_MAX ?
			_("this is longer than the 64 characters that fit in a certificate; use a "
			  "shorter registered name, or ask the TSP how to shorten it") :
			_("this is longer than the 128 characters that fit in a certificate");
	return NULL;
}

/* What to do about a text that was damaged on its way, and why. */
static const char *retype_text(enum kvk_oddity oddity)
{
	if (oddity == KVK_ODDITY_MISREAD)
		return _("the accented letters look like UTF-8 text that was read as Latin-1; type "
			 "it again, as it is in the trade register");
	return _("an accent is written as a separate character after its letter, which looks right "
		 "but makes a different name; type it again, as it is in the trade register");
}

/* A text for the subject, without the white space around it. */
static void settle_text(struct kvk_settling *s, enum kvk_field field, size_t max, char *out)
{
	const char *given = kvk_answer(s->answers, field);
	struct kvk_span text = kvk_trim(kvk_span_of(given));
	const char *wrong;

	if (given == NULL)
		return;
	wrong = why_no_text(text, max);
	if (wrong != NULL) {
		kvk_settle_add(s, KVK_REVIEW_FINDING, field, "text", "%s", wrong);
		return;
	}
	memcpy(out, text.p, text.n);
	out[text.n] = '\0';
	if (kvk_oddity_of(text) != KVK_ODDITY_NONE)
		kvk_settle_add(s, KVK_REVIEW_WARNING, field, "odd-characters", "%s",
			retype_text(kvk_oddity_of(text)));
	if (text.n != strlen(given))
		kvk_settle_add(s, KVK_REVIEW_CHANGE, field, "trimmed",
			_("the spaces around it were removed"));
}

static void settle_country(struct kvk_settling *s)
{
	const char *given = kvk_answer(s->answers, KVK_FIELD_COUNTRY);
	struct kvk_span text = kvk_trim(kvk_span_of(given));
	char *out = s->order->country;

	memcpy(out, "NL", sizeof "NL");
	if (given == NULL)
		return;
	if (text.n != 2 || !kvk_is_alpha(text.p[0]) || !kvk_is_alpha(text.p[1])) {
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_COUNTRY, "country",
			_("this is not a two-letter country code, such as NL"));
		return;
	}
	out[0] = (char)kvk_to_upper(text.p[0]);
	out[1] = (char)kvk_to_upper(text.p[1]);
	if (strcmp(out, given) != 0)
		kvk_settle_add(s, KVK_REVIEW_CHANGE, KVK_FIELD_COUNTRY, "capitals",
			_("changed to '%s'"), out);
}

/* What was changed in the host name, in words. */
static void describe_changes(struct kvk_settling *s, const char *given)
{
	const struct kvk_domain *domain = &s->order->domain;
	struct kvk_blob changes = { .p = NULL };
	char safe[128];

	kvk_settle_error(s, kvk_domain_describe_changes(domain, &changes));
	kvk_settle_add(s, KVK_REVIEW_CHANGE, KVK_FIELD_DOMAIN, "domain-changed",
		_("'%s' is used as '%s' (%s)"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(given)), domain->name,
		kvk_blob_str(&changes));
	kvk_blob_free(&changes);
}

static void settle_domain(struct kvk_settling *s)
{
	const char *given = kvk_answer(s->answers, KVK_FIELD_DOMAIN);
	struct kvk_error why = { "" };
	enum kvk_err err;

	if (given == NULL) {
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_DOMAIN, "missing",
			_("a host name for the certificate is required"));
		return;
	}
	err = kvk_domain_read(kvk_span_of(given), s->order->practice, &s->order->domain, &why);
	if (err == KVK_ERR_REFUSED)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_DOMAIN, "domain", "%s", why.text);
	else if (err != KVK_OK)
		kvk_settle_error(s, err);
	else if (s->order->domain.changes != 0)
		describe_changes(s, given);
}

static void settle_kvk_number(struct kvk_settling *s)
{
	const char *given = kvk_answer(s->answers, KVK_FIELD_KVK);
	struct kvk_error why = { "" };

	if (given != NULL &&
		kvk_number_read(kvk_trim(kvk_span_of(given)), s->order->kvk_number, &why) != KVK_OK)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_KVK, "kvk-number", "%s", why.text);
}

/* The name that the entry gets. */
static const char *entry_name(const struct kvk_settling *s)
{
	const char *given = kvk_answer(s->answers, KVK_FIELD_NAME);

	return given != NULL && kvk_entry_name_valid(given) ? given : s->order->domain.name;
}

/* What a market party, or anyone but in practice, should know of an OIN. */
static void look_at_oin(struct kvk_settling *s)
{
	struct kvk_order *order = s->order;

	if (order->oin.kind == KVK_OIN_TEST && !order->practice)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_OIN, "test-number",
			_("prefix 00000099 is for test numbers only (--practice)"));
	else if (order->party == KVK_PARTY_MARKET && kvk_oin_is_of_government(&order->oin))
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_OIN, "oin-without-kvk",
			_("this is the OIN of a government body: add --party government; nothing "
			  "was created"));
	else if (order->party == KVK_PARTY_MARKET && order->oin.kind != KVK_OIN_KVK &&
		order->oin.kind != KVK_OIN_TEST)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_OIN, "oin-without-kvk",
			_("this is probably the OIN of a government body; if so, run 'kvkcsr "
			  "untrack %s' and repeat the command with --party government; a company "
			  "leaves --oin out, because the portal expects its KVK number (message "
			  "14)"),
			entry_name(s));
}

static void settle_oin(struct kvk_settling *s)
{
	const char *given = kvk_answer(s->answers, KVK_FIELD_OIN);
	struct kvk_order *order = s->order;
	struct kvk_error why = { "" };

	if (given == NULL)
		return;
	if (kvk_oin_read(kvk_trim(kvk_span_of(given)), &order->oin, &why) != KVK_OK) {
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_OIN, "oin", "%s", why.text);
		return;
	}
	order->oin_given = true;
	look_at_oin(s);
	if (order->oin.kind != KVK_OIN_KVK)
		return;
	if (order->kvk_number[0] == '\0')
		memcpy(order->kvk_number, order->oin.kvk_number, sizeof order->kvk_number);
	else if (strcmp(order->kvk_number, order->oin.kvk_number) != 0)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_OIN, "kvk-oin-disagree",
			_("the KVK number in the OIN (digits 9 to 16) differs from the one in "
			  "--kvk"));
}

/* The number that is in the subject, given or made from the KVK number. */
static void settle_numbers(struct kvk_settling *s)
{
	struct kvk_order *order = s->order;

	settle_kvk_number(s);
	settle_oin(s);
	if (kvk_answer(s->answers, KVK_FIELD_KVK) == NULL &&
		kvk_answer(s->answers, KVK_FIELD_OIN) == NULL) {
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_KVK, "missing",
			_("the KVK number is required, or an OIN with --oin"));
		return;
	}
	if (order->oin_given || order->kvk_number[0] == '\0')
		return;
	if (kvk_oin_of_kvk_number(order->kvk_number, &order->oin) != KVK_OK)
		kvk_settle_error(s, KVK_ERR_INTERNAL);
	if (order->party == KVK_PARTY_GOVERNMENT)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_OIN, "oin-derived",
			_("the OIN was made from the KVK number; use it only if KVK or the TSP "
			  "told you to"));
}

static void settle_unit(struct kvk_settling *s)
{
	bool is_sub = s->order->oin_given && kvk_oin_is_sub(&s->order->oin);

	settle_text(s, KVK_FIELD_UNIT, KVK_ORGANISATION_MAX, s->order->unit);
	if (s->order->unit[0] != '\0' && !is_sub)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_UNIT, "unit-without-sub-oin",
			_("a unit is the holder of a SubOIN, and requires an --oin that begins "
			  "with 00000004"));
	else if (s->order->unit[0] == '\0' && is_sub &&
		kvk_answer(s->answers, KVK_FIELD_UNIT) == NULL)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_UNIT, "sub-oin-without-unit",
			_("a certificate with a SubOIN names its holder (OU), but none was "
			  "specified"));
}

/* The 20 digits of an OIN, or a KVK number, may slip into the place of the name. */
static void look_at_name(struct kvk_settling *s)
{
	const struct kvk_span name = kvk_span_of(s->order->organisation);

	if (name.n >= NUMBER_DIGITS && kvk_all_digits(name))
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_ORGANISATION, "number",
			_("this is a number, not the name of an organisation"));
}

/* L and ST are in the request only where the TSP wants them. */
static void settle_place(struct kvk_settling *s, enum kvk_field field, bool wanted, char *out)
{
	settle_text(s, field, KVK_LOCALITY_MAX, out);
	if (s->order->preset == NULL)
		return;
	if (!wanted && out[0] != '\0') {
		out[0] = '\0';
		kvk_settle_add(s, KVK_REVIEW_WARNING, field, "left-out",
			_("left out, because the TSP does not ask for it"));
	} else if (wanted && kvk_answer(s->answers, field) == NULL) {
		kvk_settle_add(s, KVK_REVIEW_WARNING, field, "not-given",
			field == KVK_FIELD_STATE ?
				_("the province is not in the request; enter it on the TSP's order "
				  "form") :
				_("the city is not in the request; enter it on the TSP's order "
				  "form"));
	}
}

static void settle_names(struct kvk_settling *s)
{
	struct kvk_order *order = s->order;
	const struct kvk_preset *preset = order->preset;

	if (kvk_answer(s->answers, KVK_FIELD_ORGANISATION) == NULL)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_ORGANISATION, "missing",
			_("the registered name of the organisation is required"));
	settle_text(s, KVK_FIELD_ORGANISATION, KVK_ORGANISATION_MAX, order->organisation);
	look_at_name(s);
	settle_unit(s);
	settle_place(
		s, KVK_FIELD_LOCALITY, preset != NULL && preset->wants_locality, order->locality);
	settle_place(s, KVK_FIELD_STATE, preset != NULL && preset->wants_state, order->state);
	settle_country(s);
	/* In a public (EV) certificate it would need an extension of its own (EVG 7.1.4.2). */
	if (preset != NULL && preset->wants_organization_identifier &&
		order->generation != KVK_GENERATION_EV && order->kvk_number[0] != '\0' &&
		strcmp(order->country, "NL") == 0) {
		memcpy(order->organization_identifier, "NTRNL-", sizeof "NTRNL-");
		strcat(order->organization_identifier, order->kvk_number);
	}
}

/* The first and the last day on which a TSP stops. */
static void warn_client_auth(struct kvk_settling *s)
{
	size_t count;
	const struct kvk_end *ends = kvk_ends_of_client_auth(&s->presets->ends, &count);
	char from[KVK_WHEN_SIZE], until[KVK_WHEN_SIZE];
	const char *first, *last;

	if (count == 0)
		return;
	first = last = ends[0].day;
	for (size_t i = 1; i < count; i++) {
		if (strcmp(ends[i].day, first) < 0)
			first = ends[i].day;
		if (strcmp(ends[i].day, last) > 0)
			last = ends[i].day;
	}
	kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_GENERATION, "ev-client-auth",
		_("public EV certificates will lose client authentication between %s and %s, "
		  "depending on the TSP; ask for it explicitly, or choose PKIoverheid"),
		kvk_when_date(first, from), kvk_when_date(last, until));
}

static void warn_generation(struct kvk_settling *s)
{
	struct kvk_order *order = s->order;
	const char *g1_end = kvk_ends_of_generation(&s->presets->ends, "G1");
	char day[KVK_WHEN_SIZE];

	if (order->generation == KVK_GENERATION_G1 && g1_end != NULL)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_GENERATION, "g1-ends",
			_("all certificates under G1 end on %s; G4 is its successor"),
			kvk_when_date(g1_end, day));
	if (order->generation != KVK_GENERATION_EV)
		return;
	warn_client_auth(s);
	if (order->party == KVK_PARTY_GOVERNMENT)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_GENERATION, "government-needs-pkio",
			_("KVK accepts only PKIoverheid certificates from government bodies; "
			  "choose generation g4"));
}

void kvk_settle_identity(struct kvk_settling *s)
{
	static const struct kvk_choice parties[] = {
		{ "market", KVK_PARTY_MARKET },
		{ "government", KVK_PARTY_GOVERNMENT },
		{ NULL, 0 },
	};
	static const struct kvk_choice generations[] = {
		{ "g4", KVK_GENERATION_G4 },
		{ "g1", KVK_GENERATION_G1 },
		{ "ev", KVK_GENERATION_EV },
		{ NULL, 0 },
	};
	struct kvk_order *order = s->order;

	order->party =
		(enum kvk_party)kvk_settle_choice(s, KVK_FIELD_PARTY, parties, KVK_PARTY_MARKET);
	order->generation = (enum kvk_generation)kvk_settle_choice(
		s, KVK_FIELD_GENERATION, generations, KVK_GENERATION_G4);
	settle_domain(s);
	settle_numbers(s);
	settle_names(s);
	warn_generation(s);
}
