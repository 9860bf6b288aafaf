/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/request.h: requests as text. */
#include "config.h"

#include "report/request.h"

#include <string.h>

#include "base/encode.h"
#include "base/escape.h"
#include "base/format.h"
#include "base/when.h"
#include "inventory/inventory.h"
#include "report/rows.h"

/* How far rows are indented below their heading. */
#define INDENT 2u

/* Lines of one text, and the rows that are not written yet. */
struct sheet {
	struct kvk_page page;
	struct kvk_rows rows;
};

static void write_rows(struct sheet *s)
{
	kvk_rows_write(&s->page, &s->rows, INDENT);
}

static void add_heading(struct sheet *s, const char *text)
{
	kvk_rows_add_heading(&s->page, &s->rows, text);
}

static void add_row(struct sheet *s, const char *label, const char *text)
{
	kvk_rows_add(&s->page, &s->rows, label, text);
}

/* A value that may hold anything, and what it means; "" where there is nothing to say. */
static void add_value(
	struct sheet *s, const char *label, struct kvk_span value, const char *meaning)
{
	KVK_PAGE_TRY(&s->page, kvk_escape(&s->rows.text, value));
	if (meaning[0] != '\0')
		KVK_PAGE_TRY(&s->page, kvk_blob_append_format(&s->rows.text, " (%s)", meaning));
	kvk_rows_end(&s->page, &s->rows, label);
}

/* What a number in a subject means, "" where it is none that is known. */
static enum kvk_err describe_number(struct kvk_span text, struct kvk_blob *out)
{
	char kvk_number[KVK_NUMBER_DIGITS + 1];
	struct kvk_oin oin;

	if (kvk_oin_read(text, &oin, NULL) == KVK_OK)
		return kvk_oin_describe(&oin, out);
	if (kvk_number_read(text, kvk_number, NULL) == KVK_OK)
		return kvk_blob_append_text(out, _("a KVK number"));
	return KVK_OK;
}

static void add_attribute(
	struct sheet *s, enum kvk_oid oid, const char *label, struct kvk_span value)
{
	struct kvk_blob meaning = { .p = NULL };

	if (oid == KVK_OID_SERIAL_NUMBER)
		KVK_PAGE_TRY(&s->page, describe_number(value, &meaning));
	add_value(s, label, value, kvk_blob_str(&meaning));
	kvk_blob_free(&meaning);
}

/* The names of the key usages that are set, "digitalSignature, keyEncipherment". */
static void add_key_usage(struct sheet *s, uint32_t usage, bool critical)
{
	struct kvk_blob names = { .p = NULL };
	const char *name;

	for (unsigned i = 0; (name = kvk_key_usage_name(i)) != NULL; i++)
		if ((usage >> i & 1) != 0)
			KVK_PAGE_TRY(&s->page,
				kvk_blob_append_format(
					&names, "%s%s", names.n > 0 ? ", " : "", name));
	add_value(s, "keyUsage", kvk_span_of_blob(&names), critical ? _("critical") : "");
	kvk_blob_free(&names);
}

static const char *key_remark(const struct kvk_order *order)
{
	return order->encrypt_key ? _("protected by a passphrase") : "";
}

static void add_order_key(struct sheet *s, const struct kvk_order *order)
{
	const bool ecdsa = order->key_type == KVK_KEY_ECDSA;
	char type[32];

	add_heading(s, _("key"));
	KVK_FORMAT(type, "%s%u", ecdsa ? "ECDSA P-" : "RSA ", order->key_bits);
	add_value(s, _("type"), kvk_span_of(type), key_remark(order));
	add_row(s, _("request signed with"),
		ecdsa		   ? "ECDSA" :
			order->pss ? "RSASSA-PSS (SHA-512, salt 64)" :
				     "sha256WithRSAEncryption");
}

static void add_order(struct sheet *s, const struct kvk_order *order)
{
	struct kvk_subject_part parts[KVK_SUBJECT_PARTS];
	const size_t count = kvk_order_subject(order, parts);

	add_heading(s, _("subject"));
	for (size_t i = 0; i < count; i++)
		add_attribute(
			s, parts[i].oid, kvk_oid_name(parts[i].oid), kvk_span_of(parts[i].value));
	add_heading(s, _("requested"));
	add_key_usage(s, kvk_order_key_usage(order), true);
	add_row(s, "extKeyUsage", order->client_only ? "clientAuth" : "clientAuth, serverAuth");
	add_value(s, "DNS name", kvk_span_of(order->domain.name), "");
	add_order_key(s, order);
	add_row(s, "TSP",
		strcmp(order->preset->id, KVK_PRESET_DEFAULT) == 0 ? _("not chosen yet") :
								     order->preset->name);
}

enum kvk_err kvk_request_order_text(
	const struct kvk_order *order, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct sheet s = { .page = { .out = out, .paper = *paper } };

	add_order(&s, order);
	write_rows(&s);
	return s.page.err;
}

/* The text of an attribute; in hex where it is none. */
static enum kvk_err attribute_text(const struct kvk_attribute *attribute, struct kvk_blob *out)
{
	const enum kvk_err err = kvk_attribute_text(attribute, out);

	return err == KVK_ERR_TEXT ? kvk_hex(out, attribute->value, '\0') : err;
}

static void add_subject(struct sheet *s, const struct kvk_name *subject)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_blob text = { .p = NULL };

	add_heading(s, _("subject"));
	for (size_t i = 0; i < subject->count; i++) {
		const struct kvk_attribute *a = &subject->attributes[i];

		kvk_blob_clear(&text);
		KVK_PAGE_TRY(&s->page, attribute_text(a, &text));
		add_attribute(s, a->oid, kvk_oid_label(a->type, label), kvk_span_of_blob(&text));
	}
	kvk_blob_free(&text);
}

static bool is_critical(const struct kvk_extensions *ext, enum kvk_oid oid)
{
	for (size_t i = 0; i < ext->count; i++)
		if (ext->all[i].oid == oid)
			return ext->all[i].critical;
	return false;
}

static void add_extensions(struct sheet *s, const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_blob usages = { .p = NULL };

	add_heading(s, _("requested"));
	if (ext->has_key_usage)
		add_key_usage(s, ext->key_usage, is_critical(ext, KVK_OID_EXT_KEY_USAGE));
	for (size_t i = 0; i < ext->eku_count; i++)
		KVK_PAGE_TRY(&s->page,
			kvk_blob_append_format(&usages, "%s%s", i > 0 ? ", " : "",
				kvk_oid_label(ext->ekus[i], label)));
	if (ext->has_eku)
		add_row(s, "extKeyUsage", kvk_blob_str(&usages));
	for (size_t i = 0; i < ext->san_count; i++)
		add_value(s, ext->sans[i].kind == KVK_GENERAL_DNS ? "DNS name" : _("other name"),
			ext->sans[i].value, "");
	kvk_blob_free(&usages);
}

static void add_key(struct sheet *s, const struct kvk_request_report *report)
{
	const struct kvk_csr *csr = report->csr;
	const struct kvk_span sha256 = { csr->spki_sha256, KVK_SHA256_SIZE };
	struct kvk_blob text = { .p = NULL };

	add_heading(s, _("key"));
	KVK_PAGE_TRY(&s->page, kvk_key_info_describe(&csr->key, &text));
	add_value(s, _("type"), kvk_span_of_blob(&text), key_remark(report->order));
	KVK_PAGE_TRY(&s->page, kvk_hex(&s->rows.text, sha256, '\0'));
	kvk_rows_end(&s->page, &s->rows, _("SHA-256 of public key"));
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(&s->page, kvk_scheme_describe(csr->algorithm, &text));
	add_value(s, _("request signed with"), kvk_span_of_blob(&text),
		report->evaluated ? "" : _("read back and verified"));
	kvk_blob_free(&text);
}

/* An item of a list, after its number; 0: a dash. */
static void append_item(struct sheet *s, size_t number, const char *text)
{
	char label[24] = "-";

	if (number > 0)
		KVK_FORMAT(label, "%zu.", number);
	kvk_page_append(&s->page, "%*s%s ", (int)INDENT, "", label);
	kvk_page_append_flow(&s->page, INDENT + (unsigned)strlen(label) + 1,
		INDENT + (unsigned)strlen(label) + 1, text);
}

/* A list of the preset. */
static void append_list(struct sheet *s, const char *title, const struct kvk_preset *preset,
	enum kvk_preset_list which)
{
	const char *text = kvk_preset_text(preset, which, 0);

	if (text == NULL)
		return;
	add_heading(s, title);
	write_rows(s);
	for (size_t i = 0; (text = kvk_preset_text(preset, which, i)) != NULL; i++)
		append_item(s, 0, text);
}

/* What takes longest comes first: KVK's own authorisation. Who renews has that, and a TSP: the
 * first step with any TSP is to choose one. */
static void append_steps(struct sheet *s, const struct kvk_order *order, bool renewal)
{
	const bool any = order->generation != KVK_GENERATION_EV &&
		strcmp(order->preset->id, KVK_PRESET_DEFAULT) == 0;
	size_t number = 0;
	const char *text;

	write_rows(s);
	if (!renewal)
		append_item(s, ++number,
			_("ask for KVK's authorisation now, because that takes weeks as well: "
			  "https://developers.kvk.nl/documentation/authorisation"));
	else if (any)
		append_item(s, ++number, _("order from the TSP of last time, or from another one"));
	for (size_t i = renewal && any; (text = kvk_order_step(order, i)) != NULL; i++)
		append_item(s, ++number, text);
}

/* The day on which a renewal takes over, where somebody chose one. */
static void append_switch(struct sheet *s, const struct kvk_request_report *report)
{
	char day[KVK_WHEN_SIZE];

	if (report->switch_at != 0)
		kvk_page_append_sentence(&s->page,
			_("the new certificate is to take over on %s: upload it on that day"),
			kvk_when_day(report->switch_at, day));
}

/* Where to order, and what the order form asks for. */
static void append_form(struct sheet *s, const struct kvk_order *order)
{
	add_row(s, _("where"), order->preset->order_url);
	if (order->oin.text[0] != '\0')
		add_row(s, _("OIN or HRN"), order->oin.text);
	append_list(s, _("what the form asks for"), order->preset, KVK_PRESET_FORM);
	append_list(s, _("what the TSP fills in, whatever the request says"), order->preset,
		KVK_PRESET_OVERRIDES);
	write_rows(s);
}

static void append_next_steps(struct sheet *s, const struct kvk_request_report *report)
{
	const struct kvk_preset *preset = report->order->preset;
	const unsigned long days = (unsigned long)(preset->lead_days + KVK_LEAD_MARGIN);
	struct kvk_blob title = { .p = NULL };

	KVK_PAGE_TRY(&s->page,
		kvk_blob_append_format(
			&title, _("next steps with %s (as of %s)"), preset->name, preset->date));
	add_heading(s, kvk_blob_str(&title));
	append_steps(s, report->order, report->renewal);
	/* what a preset knows is about PKIoverheid */
	if (report->order->generation != KVK_GENERATION_EV)
		append_form(s, report->order);
	if (report->entry != NULL) {
		kvk_page_append_text(&s->page, "\n");
		kvk_page_append_sentence(&s->page,
			_("when the certificate arrives, run 'kvkcsr accept %s FILE...'"),
			report->entry);
		kvk_page_append_sentence(&s->page,
			kvk_ngettext("if none has arrived after %lu day, 'kvkcsr check' tells you",
				"if none has arrived after %lu days, 'kvkcsr check' tells you",
				days),
			days);
		append_switch(s, report);
	}
	kvk_blob_free(&title);
}

/* The command that asks for the same again, under a name that is still to be chosen. */
static void add_again(struct sheet *s, const char *answers)
{
	struct kvk_blob command = { .p = NULL };

	KVK_PAGE_TRY(&s->page,
		kvk_blob_append_format(
			&command, "kvkcsr new %s --answers %s", _("NEW-NAME"), answers));
	kvk_rows_add_path(&s->page, &s->rows, _("to repeat"), kvk_blob_str(&command));
	kvk_blob_free(&command);
}

static void add_path(struct sheet *s, const char *label, const char *path)
{
	kvk_rows_add_path(&s->page, &s->rows, label, path);
}

static void add_files(struct sheet *s, const struct kvk_request_report *report)
{
	add_heading(s, _("files"));
	if (report->key_file != NULL) {
		add_path(s, _("private key"), report->key_file);
		if (report->key_copied_from != NULL)
			add_path(s, _("copied from"), report->key_copied_from);
		else
			add_row(s, "", _("this is the only copy"));
		add_row(s, "",
			_("keep a backup in a safe place, and never give it to anyone, not even "
			  "the TSP"));
	}
	if (report->key_uri != NULL)
		add_path(s, _("private key (in token)"), report->key_uri);
	if (report->request_file != NULL)
		add_path(s, _("request"), report->request_file);
	if (report->answers_file != NULL) {
		add_path(s, _("answers"), report->answers_file);
		if (!report->renewal)
			add_again(s, report->answers_file);
	}
}

static const char *kind_text(enum kvk_review_kind kind)
{
	return kind == KVK_REVIEW_FINDING  ? _("refused") :
		kind == KVK_REVIEW_WARNING ? _("advice") :
					     _("changed");
}

static void add_verdict(struct sheet *s, const struct kvk_request_report *report)
{
	const struct kvk_review_item *item;

	for (size_t i = 0; (item = kvk_review_at(report->review, i)) != NULL; i++) {
		KVK_PAGE_TRY(&s->page,
			kvk_blob_append_format(
				&s->rows.text, "%s: %s", kvk_field_name(item->field), item->text));
		kvk_rows_end(&s->page, &s->rows, kind_text(item->kind));
	}
	write_rows(s);
	/* Scripts look for the first word: it is the same in every language. */
	kvk_page_append(&s->page, "\n%s", "verdict: ");
	kvk_page_append_flow(&s->page, 9, 9, kvk_request_verdict(report));
}

enum kvk_err kvk_request_text(const struct kvk_request_report *report,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct sheet s = { .page = { .out = out, .paper = *paper } };

	if (report->csr == NULL) {
		add_order(&s, report->order);
		add_heading(&s, _("nothing was created (--dry-run)"));
		write_rows(&s);
		return s.page.err;
	}
	/* what this program made was asked for a moment ago; what it did not is reported */
	if (report->evaluated) {
		add_subject(&s, &report->csr->subject);
		add_extensions(&s, &report->csr->ext);
		add_key(&s, report);
		add_verdict(&s, report);
	}
	/* what must not be sent is not there to be copied */
	if (kvk_request_is_to_be_sent(report)) {
		kvk_page_append_text(&s.page, report->evaluated ? "\n" : "");
		KVK_PAGE_TRY(&s.page, kvk_blob_append(out, report->pem));
	}
	if (report->order->preset != NULL && kvk_request_is_to_be_sent(report))
		append_next_steps(&s, report);
	if (report->request_file != NULL)
		add_files(&s, report);
	write_rows(&s);
	return s.page.err;
}
