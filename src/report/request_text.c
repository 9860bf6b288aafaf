/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/request.h"

#include <string.h>

#include "base/encode.h"
#include "base/escape.h"

#define LABEL_WIDTH 24

/* A text that is being written; the first error sticks. */
struct writing {
	struct kvk_blob *out;
	enum kvk_err err;
};

static void heading(struct writing *w, const char *text)
{
	if (w->err == KVK_OK)
		w->err = kvk_blob_format(w->out, "%s%s\n", w->out->n > 0 ? "\n" : "", text);
}

static void line(struct writing *w, const char *label, const char *value, const char *remark)
{
	if (w->err == KVK_OK)
		w->err = kvk_blob_format(w->out, "  %-*s%s%s%s\n", LABEL_WIDTH, label, value,
			remark[0] != '\0' ? "   " : "", remark);
}

/* The same for a value that may hold anything. */
static void escaped_line(
	struct writing *w, const char *label, struct kvk_span value, const char *remark)
{
	struct kvk_blob safe = { .p = NULL };

	if (w->err == KVK_OK)
		w->err = kvk_escape(&safe, value);
	line(w, label, kvk_blob_str(&safe), remark);
	kvk_blob_free(&safe);
}

static void text_line(struct writing *w, const char *label, const char *value)
{
	escaped_line(w, label, kvk_span_of(value), "");
}

enum kvk_err kvk_key_usage_text(uint32_t usage, struct kvk_blob *out)
{
	size_t start = out->n;
	const char *name;
	enum kvk_err err = KVK_OK;

	for (unsigned i = 0; err == KVK_OK && (name = kvk_key_usage_name(i)) != NULL; i++)
		if ((usage & (1u << i)) != 0)
			err = kvk_blob_format(out, "%s%s", out->n > start ? ", " : "", name);
	return err;
}

/* What a number in a subject means, "" where it is none that is known. */
static void describe_number(struct kvk_span text, struct kvk_blob *out, struct writing *w)
{
	char kvk_number[KVK_NUMBER_DIGITS + 1];
	struct kvk_oin oin;

	kvk_blob_clear(out);
	if (kvk_oin_read(text, &oin, NULL) == KVK_OK)
		w->err = kvk_oin_describe(&oin, out);
	else if (kvk_number_read(text, kvk_number, NULL) == KVK_OK)
		w->err = kvk_blob_text(out, _("a KVK number"));
}

static void attribute(struct writing *w, enum kvk_oid oid, const char *label, struct kvk_span value)
{
	struct kvk_blob remark = { .p = NULL };

	if (w->err == KVK_OK && oid == KVK_OID_SERIAL_NUMBER)
		describe_number(value, &remark, w);
	escaped_line(w, label, value, kvk_blob_str(&remark));
	kvk_blob_free(&remark);
}

static const char *eku_of(const struct kvk_order *order)
{
	return order->client_only ? "clientAuth" : "clientAuth, serverAuth";
}

enum kvk_err kvk_order_text(const struct kvk_order *order, struct kvk_blob *out)
{
	struct writing w = { out, KVK_OK };
	struct kvk_subject_part parts[KVK_SUBJECT_PARTS];
	struct kvk_blob text = { .p = NULL };
	size_t count = kvk_order_subject(order, parts);

	heading(&w, _("subject"));
	for (size_t i = 0; i < count; i++)
		attribute(
			&w, parts[i].oid, kvk_oid_name(parts[i].oid), kvk_span_of(parts[i].value));
	heading(&w, _("asked for"));
	if (w.err == KVK_OK)
		w.err = kvk_key_usage_text(kvk_order_key_usage(order), &text);
	line(&w, "keyUsage", kvk_blob_str(&text), _("(critical)"));
	line(&w, "extKeyUsage", eku_of(order), "");
	text_line(&w, "DNS name", order->domain.name);
	heading(&w, _("key"));
	kvk_blob_clear(&text);
	if (w.err == KVK_OK)
		w.err = kvk_blob_format(&text, "%s%u",
			order->key_type == KVK_KEY_ECDSA ? "ECDSA P-" : "RSA ", order->key_bits);
	line(&w, _("type"), kvk_blob_str(&text),
		order->encrypt_key ? _("protected by a passphrase") : "");
	line(&w, _("request signed with"),
		order->key_type == KVK_KEY_ECDSA ? "ECDSA" :
			order->pss		 ? "RSASSA-PSS (SHA-512, salt 64)" :
						   "sha256WithRSAEncryption",
		"");
	line(&w, "TSP", order->preset->name, "");
	kvk_blob_free(&text);
	return w.err;
}

static void decoded_subject(struct writing *w, const struct kvk_name *subject)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_blob text = { .p = NULL };

	heading(w, _("subject"));
	for (size_t i = 0; i < subject->count && w->err == KVK_OK; i++) {
		const struct kvk_attribute *a = &subject->attributes[i];

		kvk_blob_clear(&text);
		w->err = kvk_attribute_text(a, &text);
		if (w->err == KVK_ERR_TEXT)
			w->err = kvk_hex(&text, a->value, '\0');
		attribute(w, a->oid, kvk_oid_label(a->type, label), kvk_span_of_blob(&text));
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

static void decoded_extensions(struct writing *w, const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_blob text = { .p = NULL };

	heading(w, _("asked for"));
	if (ext->has_key_usage && w->err == KVK_OK) {
		w->err = kvk_key_usage_text(ext->key_usage, &text);
		line(w, "keyUsage", kvk_blob_str(&text),
			is_critical(ext, KVK_OID_EXT_KEY_USAGE) ? _("(critical)") : "");
	}
	kvk_blob_clear(&text);
	for (size_t i = 0; i < ext->eku_count && w->err == KVK_OK; i++)
		w->err = kvk_blob_format(
			&text, "%s%s", i > 0 ? ", " : "", kvk_oid_label(ext->ekus[i], label));
	if (ext->has_eku)
		line(w, "extKeyUsage", kvk_blob_str(&text), "");
	for (size_t i = 0; i < ext->san_count; i++)
		escaped_line(w, ext->sans[i].kind == KVK_GENERAL_DNS ? "DNS name" : _("other name"),
			ext->sans[i].value, "");
	kvk_blob_free(&text);
}

static void decoded_key(struct writing *w, const struct kvk_request_report *report)
{
	const struct kvk_csr *csr = report->csr;
	struct kvk_blob text = { .p = NULL };

	heading(w, _("key"));
	if (w->err == KVK_OK)
		w->err = kvk_key_info_describe(&csr->key, &text);
	line(w, _("type"), kvk_blob_str(&text),
		report->order->encrypt_key ? _("protected by a passphrase") : "");
	kvk_blob_clear(&text);
	if (w->err == KVK_OK)
		w->err = kvk_hex(
			&text, (struct kvk_span){ csr->spki_sha256, KVK_SHA256_SIZE }, '\0');
	line(w, _("SHA-256 of public key"), kvk_blob_str(&text), "");
	kvk_blob_clear(&text);
	if (w->err == KVK_OK)
		w->err = kvk_scheme_describe(csr->algorithm, &text);
	line(w, _("request signed with"), kvk_blob_str(&text),
		report->judged ? "" : _("(read back and verified)"));
	kvk_blob_free(&text);
}

static void list(struct writing *w, const char *title, const struct kvk_preset *preset,
	enum kvk_preset_list which, bool numbered)
{
	const char *text = kvk_preset_text(preset, which, 0);

	if (text == NULL)
		return;
	heading(w, title);
	for (size_t i = 0; (text = kvk_preset_text(preset, which, i)) != NULL; i++) {
		if (w->err == KVK_OK && numbered)
			w->err = kvk_blob_format(w->out, "  %zu. %s\n", i + 1, text);
		else if (w->err == KVK_OK)
			w->err = kvk_blob_format(w->out, "  - %s\n", text);
	}
}

static void next_steps(struct writing *w, const struct kvk_request_report *report)
{
	const struct kvk_preset *preset = report->order->preset;
	struct kvk_blob title = { .p = NULL };

	if (w->err == KVK_OK)
		w->err = kvk_blob_format(
			&title, _("next steps with %s (as of %s)"), preset->name, preset->date);
	list(w, kvk_blob_str(&title), preset, KVK_PRESET_STEPS, true);
	line(w, _("where"), preset->order_url, "");
	list(w, _("what the form asks"), preset, KVK_PRESET_FORM, false);
	list(w, _("what the TSP fills in whatever the request says"), preset, KVK_PRESET_OVERRIDES,
		false);
	if (w->err == KVK_OK && report->entry != NULL)
		w->err = kvk_blob_format(w->out,
			_("\nwhen the certificate comes: kvkcsr accept %s FILE...\n"),
			report->entry);
	kvk_blob_free(&title);
}

/* The command that asks for the same again, under a name that is still to be chosen. */
static void again(struct writing *w, const char *answers)
{
	struct kvk_blob command = { .p = NULL };

	if (w->err == KVK_OK)
		w->err = kvk_blob_format(
			&command, "kvkcsr new %s --answers %s", _("NEW-NAME"), answers);
	text_line(w, _("the same again"), kvk_blob_str(&command));
	kvk_blob_free(&command);
}

static void files(struct writing *w, const struct kvk_request_report *report)
{
	heading(w, _("files"));
	if (report->key_file != NULL) {
		text_line(w, _("private key"), report->key_file);
		if (report->key_copied_from != NULL)
			text_line(w, _("  a copy of"), report->key_copied_from);
		else
			line(w, "", _("it exists only there"), "");
		line(w, "",
			_("make a backup in a safe place, and give it to nobody, the TSP "
			  "included"),
			"");
	}
	if (report->key_uri != NULL)
		text_line(w, _("private key (in token)"), report->key_uri);
	if (report->request_file != NULL)
		text_line(w, _("request"), report->request_file);
	if (report->answers_file != NULL) {
		text_line(w, _("answers"), report->answers_file);
		again(w, report->answers_file);
	}
}

static void verdict(struct writing *w, const struct kvk_request_report *report)
{
	struct kvk_blob text = { .p = NULL };
	const struct kvk_note *note;

	for (size_t i = 0; (note = kvk_notes_at(report->notes, i)) != NULL; i++) {
		kvk_blob_clear(&text);
		if (w->err == KVK_OK)
			w->err = kvk_blob_format(
				&text, "%s: %s", kvk_field_name(note->field), note->text);
		line(w,
			note->kind == KVK_NOTE_FAULT	      ? _("refused") :
				note->kind == KVK_NOTE_ADVICE ? _("advice") :
								_("changed"),
			kvk_blob_str(&text), "");
	}
	heading(w,
		report->refused ?
			_("verdict: the TSP or the portal would refuse what this request asks") :
			_("verdict: nothing in this request would be refused"));
	kvk_blob_free(&text);
}

enum kvk_err kvk_request_text(const struct kvk_request_report *report, struct kvk_blob *out)
{
	struct writing w = { out, KVK_OK };

	if (report->csr == NULL) {
		w.err = kvk_order_text(report->order, out);
		heading(&w, _("nothing was made (--dry-run)"));
		return w.err;
	}
	decoded_subject(&w, &report->csr->subject);
	decoded_extensions(&w, &report->csr->ext);
	decoded_key(&w, report);
	if (report->judged)
		verdict(&w, report);
	if (w.err == KVK_OK)
		w.err = kvk_blob_byte(out, '\n');
	if (w.err == KVK_OK)
		w.err = kvk_blob_append(out, report->pem);
	if (report->order->preset != NULL && !report->refused)
		next_steps(&w, report);
	if (report->request_file != NULL)
		files(&w, report);
	return w.err;
}
