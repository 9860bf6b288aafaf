/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/request.h: requests as text. */
#include "config.h"

#include "report/request.h"

#include "base/encode.h"
#include "base/escape.h"
#include "report/page.h"

#define LABEL_WIDTH 24

static void append_heading(struct kvk_page *page, const char *text)
{
	kvk_page_append(page, "%s%s\n", page->out->n > 0 ? "\n" : "", text);
}

static void append_line(
	struct kvk_page *page, const char *label, const char *value, const char *remark)
{
	kvk_page_append(page, "  %-*s%s%s%s\n", LABEL_WIDTH, label, value,
		remark[0] != '\0' ? "   " : "", remark);
}

/* The same for a value that may hold anything. */
static void append_escaped(
	struct kvk_page *page, const char *label, struct kvk_span value, const char *remark)
{
	struct kvk_blob safe = { .p = NULL };

	KVK_PAGE_TRY(page, kvk_escape(&safe, value));
	append_line(page, label, kvk_blob_str(&safe), remark);
	kvk_blob_free(&safe);
}

static void append_text(struct kvk_page *page, const char *label, const char *value)
{
	append_escaped(page, label, kvk_span_of(value), "");
}

/* What a number in a subject means, "" where it is none that is known. */
static enum kvk_err describe_number(struct kvk_span text, struct kvk_blob *out)
{
	char kvk_number[KVK_NUMBER_DIGITS + 1];
	struct kvk_oin oin;

	if (kvk_oin_read(text, &oin, NULL) == KVK_OK)
		return kvk_oin_describe(&oin, out);
	if (kvk_number_read(text, kvk_number, NULL) == KVK_OK)
		return kvk_blob_text(out, _("a KVK number"));
	return KVK_OK;
}

static void append_attribute(
	struct kvk_page *page, enum kvk_oid oid, const char *label, struct kvk_span value)
{
	struct kvk_blob remark = { .p = NULL };

	if (oid == KVK_OID_SERIAL_NUMBER)
		KVK_PAGE_TRY(page, describe_number(value, &remark));
	append_escaped(page, label, value, kvk_blob_str(&remark));
	kvk_blob_free(&remark);
}

/* The names of the key usages that are set, "digitalSignature, keyEncipherment". */
static void append_key_usage(struct kvk_page *page, uint32_t usage, bool critical)
{
	struct kvk_blob text = { .p = NULL };
	const char *name;

	for (unsigned i = 0; (name = kvk_key_usage_name(i)) != NULL; i++)
		if ((usage >> i & 1) != 0)
			KVK_PAGE_TRY(
				page, kvk_blob_format(&text, "%s%s", text.n > 0 ? ", " : "", name));
	append_line(page, "keyUsage", kvk_blob_str(&text), critical ? _("(critical)") : "");
	kvk_blob_free(&text);
}

static void append_order_key(struct kvk_page *page, const struct kvk_order *order)
{
	const bool ecdsa = order->key_type == KVK_KEY_ECDSA;
	struct kvk_blob type = { .p = NULL };

	append_heading(page, _("key"));
	KVK_PAGE_TRY(
		page, kvk_blob_format(&type, "%s%u", ecdsa ? "ECDSA P-" : "RSA ", order->key_bits));
	append_line(page, _("type"), kvk_blob_str(&type),
		order->encrypt_key ? _("protected by a passphrase") : "");
	append_line(page, _("request signed with"),
		ecdsa		   ? "ECDSA" :
			order->pss ? "RSASSA-PSS (SHA-512, salt 64)" :
				     "sha256WithRSAEncryption",
		"");
	kvk_blob_free(&type);
}

static void append_order(struct kvk_page *page, const struct kvk_order *order)
{
	struct kvk_subject_part parts[KVK_SUBJECT_PARTS];
	const size_t count = kvk_order_subject(order, parts);

	append_heading(page, _("subject"));
	for (size_t i = 0; i < count; i++)
		append_attribute(page, parts[i].oid, kvk_oid_name(parts[i].oid),
			kvk_span_of(parts[i].value));
	append_heading(page, _("asked for"));
	append_key_usage(page, kvk_order_key_usage(order), true);
	append_line(page, "extKeyUsage",
		order->client_only ? "clientAuth" : "clientAuth, serverAuth", "");
	append_text(page, "DNS name", order->domain.name);
	append_order_key(page, order);
	append_line(page, "TSP", order->preset->name, "");
}

enum kvk_err kvk_request_order_text(const struct kvk_order *order, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out };

	append_order(&page, order);
	return page.err;
}

/* The text of an attribute; in hex where it is none. */
static enum kvk_err attribute_text(const struct kvk_attribute *attribute, struct kvk_blob *out)
{
	const enum kvk_err err = kvk_attribute_text(attribute, out);

	return err == KVK_ERR_TEXT ? kvk_hex(out, attribute->value, '\0') : err;
}

static void append_subject(struct kvk_page *page, const struct kvk_name *subject)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_blob text = { .p = NULL };

	append_heading(page, _("subject"));
	for (size_t i = 0; i < subject->count; i++) {
		const struct kvk_attribute *a = &subject->attributes[i];

		kvk_blob_clear(&text);
		KVK_PAGE_TRY(page, attribute_text(a, &text));
		append_attribute(
			page, a->oid, kvk_oid_label(a->type, label), kvk_span_of_blob(&text));
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

static void append_extensions(struct kvk_page *page, const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_blob text = { .p = NULL };

	append_heading(page, _("asked for"));
	if (ext->has_key_usage)
		append_key_usage(page, ext->key_usage, is_critical(ext, KVK_OID_EXT_KEY_USAGE));
	for (size_t i = 0; i < ext->eku_count; i++)
		KVK_PAGE_TRY(page,
			kvk_blob_format(&text, "%s%s", i > 0 ? ", " : "",
				kvk_oid_label(ext->ekus[i], label)));
	if (ext->has_eku)
		append_line(page, "extKeyUsage", kvk_blob_str(&text), "");
	for (size_t i = 0; i < ext->san_count; i++)
		append_escaped(page,
			ext->sans[i].kind == KVK_GENERAL_DNS ? "DNS name" : _("other name"),
			ext->sans[i].value, "");
	kvk_blob_free(&text);
}

static void append_key(struct kvk_page *page, const struct kvk_request_report *report)
{
	const struct kvk_csr *csr = report->csr;
	const struct kvk_span sha256 = { csr->spki_sha256, KVK_SHA256_SIZE };
	struct kvk_blob text = { .p = NULL };

	append_heading(page, _("key"));
	KVK_PAGE_TRY(page, kvk_key_info_describe(&csr->key, &text));
	append_line(page, _("type"), kvk_blob_str(&text),
		report->order->encrypt_key ? _("protected by a passphrase") : "");
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(page, kvk_hex(&text, sha256, '\0'));
	append_line(page, _("SHA-256 of public key"), kvk_blob_str(&text), "");
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(page, kvk_scheme_describe(csr->algorithm, &text));
	append_line(page, _("request signed with"), kvk_blob_str(&text),
		report->evaluated ? "" : _("(read back and verified)"));
	kvk_blob_free(&text);
}

static void append_list(struct kvk_page *page, const char *title, const struct kvk_preset *preset,
	enum kvk_preset_list which, bool numbered)
{
	const char *text = kvk_preset_text(preset, which, 0);

	if (text == NULL)
		return;
	append_heading(page, title);
	for (size_t i = 0; (text = kvk_preset_text(preset, which, i)) != NULL; i++) {
		if (numbered)
			kvk_page_append(page, "  %zu. %s\n", i + 1, text);
		else
			kvk_page_append(page, "  - %s\n", text);
	}
}

static void append_next_steps(struct kvk_page *page, const struct kvk_request_report *report)
{
	const struct kvk_preset *preset = report->order->preset;
	struct kvk_blob title = { .p = NULL };

	KVK_PAGE_TRY(page,
		kvk_blob_format(
			&title, _("next steps with %s (as of %s)"), preset->name, preset->date));
	append_list(page, kvk_blob_str(&title), preset, KVK_PRESET_STEPS, true);
	append_line(page, _("where"), preset->order_url, "");
	append_list(page, _("what the form asks"), preset, KVK_PRESET_FORM, false);
	append_list(page, _("what the TSP fills in whatever the request says"), preset,
		KVK_PRESET_OVERRIDES, false);
	if (report->entry != NULL)
		kvk_page_append(page, _("\nwhen the certificate comes: kvkcsr accept %s FILE...\n"),
			report->entry);
	kvk_blob_free(&title);
}

/* The command that asks for the same again, under a name that is still to be chosen. */
static void append_again(struct kvk_page *page, const char *answers)
{
	struct kvk_blob command = { .p = NULL };

	KVK_PAGE_TRY(page,
		kvk_blob_format(&command, "kvkcsr new %s --answers %s", _("NEW-NAME"), answers));
	append_text(page, _("the same again"), kvk_blob_str(&command));
	kvk_blob_free(&command);
}

static void append_files(struct kvk_page *page, const struct kvk_request_report *report)
{
	append_heading(page, _("files"));
	if (report->key_file != NULL) {
		append_text(page, _("private key"), report->key_file);
		if (report->key_copied_from != NULL)
			append_text(page, _("  a copy of"), report->key_copied_from);
		else
			append_line(page, "", _("it exists only there"), "");
		append_line(page, "",
			_("make a backup in a safe place, and give it to nobody, the TSP "
			  "included"),
			"");
	}
	if (report->key_uri != NULL)
		append_text(page, _("private key (in token)"), report->key_uri);
	if (report->request_file != NULL)
		append_text(page, _("request"), report->request_file);
	if (report->answers_file != NULL) {
		append_text(page, _("answers"), report->answers_file);
		append_again(page, report->answers_file);
	}
}

static void append_verdict(struct kvk_page *page, const struct kvk_request_report *report)
{
	struct kvk_blob text = { .p = NULL };
	const struct kvk_review_item *item;

	for (size_t i = 0; (item = kvk_review_at(report->review, i)) != NULL; i++) {
		kvk_blob_clear(&text);
		KVK_PAGE_TRY(page,
			kvk_blob_format(&text, "%s: %s", kvk_field_name(item->field), item->text));
		append_line(page,
			item->kind == KVK_REVIEW_FINDING	 ? _("refused") :
				item->kind == KVK_REVIEW_WARNING ? _("advice") :
								   _("changed"),
			kvk_blob_str(&text), "");
	}
	append_heading(page,
		report->refused ?
			_("verdict: the TSP or the portal would refuse what this request asks") :
			_("verdict: nothing in this request would be refused"));
	kvk_blob_free(&text);
}

enum kvk_err kvk_request_text(const struct kvk_request_report *report, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out };

	if (report->csr == NULL) {
		append_order(&page, report->order);
		append_heading(&page, _("nothing was made (--dry-run)"));
		return page.err;
	}
	append_subject(&page, &report->csr->subject);
	append_extensions(&page, &report->csr->ext);
	append_key(&page, report);
	if (report->evaluated)
		append_verdict(&page, report);
	kvk_page_append_text(&page, "\n");
	KVK_PAGE_TRY(&page, kvk_blob_append(out, report->pem));
	if (report->order->preset != NULL && !report->refused)
		append_next_steps(&page, report);
	if (report->request_file != NULL)
		append_files(&page, report);
	return page.err;
}
