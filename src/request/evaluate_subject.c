/* SPDX-License-Identifier: Apache-2.0 */
/* Part of request/settle.h: the subject of a request made elsewhere. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "request/settle.h"

/* What of a subject is compared with the answers. */
static const struct {
	enum kvk_oid oid;
	enum kvk_field field;
} compared[] = {
	{ KVK_OID_O, KVK_FIELD_ORGANISATION },
	{ KVK_OID_C, KVK_FIELD_COUNTRY },
	{ KVK_OID_L, KVK_FIELD_LOCALITY },
	{ KVK_OID_ST, KVK_FIELD_STATE },
	{ KVK_OID_OU, KVK_FIELD_UNIT },
};

/* The text of the first attribute of a type; false where there is none or it is no text. */
static bool text_of(struct kvk_settling *s, enum kvk_oid oid, struct kvk_blob *out)
{
	const struct kvk_attribute *attribute = kvk_name_find(&s->csr->subject, oid, 0);
	enum kvk_err err;

	kvk_blob_clear(out);
	if (attribute == NULL)
		return false;
	err = kvk_attribute_text(attribute, out);
	if (err == KVK_ERR_MEMORY)
		kvk_settle_error(s, err);
	return err == KVK_OK;
}

static void differs(
	struct kvk_settling *s, enum kvk_field field, struct kvk_span found, const char *wanted)
{
	char safe_found[128], safe_wanted[128];

	kvk_escape_to(safe_found, sizeof safe_found, found);
	kvk_escape_to(safe_wanted, sizeof safe_wanted, kvk_span_of(wanted));
	kvk_settle_add(s, KVK_REVIEW_FINDING, field, "differs",
		_("the request contains '%s' instead of '%s'"), safe_found, safe_wanted);
}

/* What was given beside the request is in it too. */
static void compare_given(struct kvk_settling *s)
{
	struct kvk_blob text = { .p = NULL };

	for (size_t i = 0; i < sizeof compared / sizeof compared[0]; i++) {
		const char *given = kvk_answer(s->answers, compared[i].field);

		if (given == NULL || s->answers->source[compared[i].field] == KVK_GIVEN_CERTIFICATE)
			continue;
		if (text_of(s, compared[i].oid, &text) &&
			!kvk_span_is(kvk_span_of_blob(&text), given))
			differs(s, compared[i].field, kvk_span_of_blob(&text), given);
	}
	kvk_blob_free(&text);
}

/*
 * The serialNumber: the OIN or HRN, or the bare KVK number, of the organisation that was named,
 * else of itself. Its own form was settled with the order where no number was given.
 */
static void evaluate_number(struct kvk_settling *s)
{
	const struct kvk_order *order = s->order;
	struct kvk_blob text = { .p = NULL };
	bool given = s->answers->source[KVK_FIELD_KVK] > KVK_GIVEN_CERTIFICATE ||
		s->answers->source[KVK_FIELD_OIN] > KVK_GIVEN_CERTIFICATE;
	bool found = text_of(s, KVK_OID_SERIAL_NUMBER, &text);
	struct kvk_span number = kvk_span_of_blob(&text);

	if (!found)
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_OIN, "number-missing",
			_("the request has no serialNumber (OIN or HRN), without which the portal "
			  "shows message 4; enter it on the order form"));
	else if (!given && order->party == KVK_PARTY_MARKET && order->oin_given &&
		order->oin.kind != KVK_OIN_KVK && order->oin.kind != KVK_OIN_TEST)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_OIN, "oin-without-kvk",
			_("this is probably the OIN of a government body: add --party government; "
			  "the certificate of a company must contain its KVK number (message "
			  "14)"));
	else if (given && order->oin.text[0] != '\0' && !kvk_span_is(number, order->oin.text) &&
		(order->party == KVK_PARTY_GOVERNMENT || order->kvk_number[0] == '\0' ||
			!kvk_span_is(number, order->kvk_number)))
		differs(s, KVK_FIELD_OIN, number, order->oin.text);
	kvk_blob_free(&text);
}

static bool is_wanted(const struct kvk_order *order, enum kvk_oid oid)
{
	switch (oid) {
	case KVK_OID_C:
	case KVK_OID_O:
	case KVK_OID_CN:
	case KVK_OID_SERIAL_NUMBER:
	case KVK_OID_ORGANIZATION_IDENTIFIER:
		return true;
	case KVK_OID_L:
		return order->preset != NULL && order->preset->wants_locality;
	case KVK_OID_ST:
		return order->preset != NULL && order->preset->wants_state;
	case KVK_OID_OU:
		return order->oin_given && kvk_oin_is_sub(&order->oin);
	default:
		return order->generation == KVK_GENERATION_EV;
	}
}

/* What OpenSSL and its examples fill in where nobody answers. */
static bool is_example_value(struct kvk_span text)
{
	static const char *const values[] = { "Internet Widgits Pty Ltd", "Some-State",
		"Default City", "Default Company Ltd", "My Company", "Company Name", "Some-City",
		"Example Company", "Section", "IT Department" };

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		if (kvk_equal_nocase(text, kvk_span_of(values[i])))
			return true;
	return false;
}

/* The value of one attribute, the host name and the number apart. */
static void look_at_value(struct kvk_settling *s, const struct kvk_attribute *a,
	enum kvk_field field, struct kvk_span text)
{
	char safe[128], label[KVK_LIMIT_OID_TEXT];

	kvk_escape_to(safe, sizeof safe, text);
	if (is_example_value(kvk_trim(text)))
		kvk_settle_add(s, KVK_REVIEW_WARNING, field, "example-value",
			_("'%s' is an example value of OpenSSL, not yours; make the request again "
			  "with your own"),
			safe);
	else if (a->oid == KVK_OID_C && !kvk_equal_nocase(text, kvk_span_of("NL")))
		kvk_settle_add(s, KVK_REVIEW_WARNING, field, "country",
			_("the country is '%s', not NL"), safe);
	if (kvk_trim(text).n != text.n)
		kvk_settle_add(s, KVK_REVIEW_WARNING, field, "blanks",
			_("there are spaces before or after the value of %s"),
			kvk_oid_label(a->type, label));
}

static void look_at_values(struct kvk_settling *s)
{
	struct kvk_blob text = { .p = NULL };

	for (size_t i = 0; i < sizeof compared / sizeof compared[0]; i++)
		if (text_of(s, compared[i].oid, &text))
			look_at_value(s, kvk_name_find(&s->csr->subject, compared[i].oid, 0),
				compared[i].field, kvk_span_of_blob(&text));
	kvk_blob_free(&text);
}

/* Attributes that the TSP drops or trips over. */
static void look_at_attributes(struct kvk_settling *s)
{
	const struct kvk_name *subject = &s->csr->subject;
	char label[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < subject->count; i++) {
		const struct kvk_attribute *a = &subject->attributes[i];

		if (!is_wanted(s->order, a->oid))
			kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_CSR, "attribute-not-wanted",
				_("the TSP does not ask for %s in the subject; it will drop it or "
				  "ask you about it"),
				kvk_oid_label(a->type, label));
	}
	if (kvk_name_count(subject, KVK_OID_CN) > 1)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_DOMAIN, "several-names",
			_("the subject has more than one common name (CN)"));
	if (kvk_name_count(subject, KVK_OID_SERIAL_NUMBER) > 1)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_OIN, "several-numbers",
			_("the subject has more than one serialNumber"));
}

void kvk_evaluate_host(struct kvk_settling *s, const char *id, struct kvk_span name,
	const struct kvk_domain *domain)
{
	char safe[KVK_DOMAIN_MAX * 4 + 1];
	bool ascii = true;

	kvk_escape_to(safe, sizeof safe, name);
	for (size_t i = 0; i < name.n; i++)
		ascii = ascii && name.p[i] < 0x80;
	if (kvk_trim(name).n != name.n)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_DOMAIN, id,
			_("there are spaces before or after the name '%s', which the portal "
			  "refuses (message 11)"),
			safe);
	else if (!ascii)
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_DOMAIN, id,
			_("the name '%s' contains letters outside ASCII; a certificate requires "
			  "the form '%s'"),
			safe, domain->name);
	else if (name.n > 0 && (name.p[0] == '.' || name.p[name.n - 1] == '.'))
		kvk_settle_add(s, KVK_REVIEW_FINDING, KVK_FIELD_DOMAIN, id,
			_("the name '%s' begins or ends with a dot, which does not belong in a "
			  "certificate; use '%s'"),
			safe, domain->name);
}

/* The CN is the host name, as it was given or as the DNS name says it. */
static void evaluate_common_name(struct kvk_settling *s)
{
	struct kvk_blob text = { .p = NULL };
	struct kvk_domain domain = { .name = "" };
	struct kvk_error why = { "" };

	if (!text_of(s, KVK_OID_CN, &text)) {
		kvk_settle_add(s, KVK_REVIEW_WARNING, KVK_FIELD_DOMAIN, "cn-missing",
			_("the subject has no common name (CN); the portal expects the host name "
			  "there"));
	} else if (kvk_domain_read(kvk_span_of_blob(&text), s->order->practice, &domain, &why) !=
		KVK_OK) {
		if (!kvk_review_finds(s->review, KVK_FIELD_DOMAIN))
			kvk_settle_add(
				s, KVK_REVIEW_FINDING, KVK_FIELD_DOMAIN, "domain", "%s", why.text);
	} else {
		kvk_evaluate_host(s, "domain", kvk_span_of_blob(&text), &domain);
		if (s->order->domain.name[0] != '\0' &&
			strcmp(domain.name, s->order->domain.name) != 0)
			differs(s, KVK_FIELD_DOMAIN, kvk_span_of_blob(&text),
				s->order->domain.name);
	}
	kvk_blob_free(&text);
}

void kvk_evaluate_subject(struct kvk_settling *s)
{
	evaluate_common_name(s);
	evaluate_number(s);
	compare_given(s);
	look_at_values(s);
	look_at_attributes(s);
}
