/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/anchors.h"

#include "base/encode.h"
#include "base/escape.h"
#include "report/json.h"
#include "report/rows.h"

static void add_name(struct kvk_page *page, struct kvk_rows *rows, const char *name)
{
	struct kvk_blob safe = { 0 };

	KVK_PAGE_TRY(page, kvk_escape(&safe, kvk_span_of(name)));
	kvk_rows_add_heading(page, rows, kvk_blob_str(&safe));
	kvk_blob_free(&safe);
}

static void add_time(
	struct kvk_page *page, struct kvk_rows *rows, const char *label, kvk_time at, kvk_time end)
{
	struct kvk_page text = { .out = &rows->text };

	kvk_page_append_time(&text, at, end);
	KVK_PAGE_TRY(page, text.err);
	kvk_rows_end(page, rows, label);
}

static void add_sha256(struct kvk_page *page, struct kvk_rows *rows, const uint8_t *sha256)
{
	KVK_PAGE_TRY(
		page, kvk_hex(&rows->text, (struct kvk_span){ sha256, KVK_SHA256_SIZE }, '\0'));
	kvk_rows_end(page, rows, "SHA-256");
}

/* Where an anchor comes from. */
static void add_origin(struct kvk_page *page, struct kvk_rows *rows, const struct kvk_trust *trust,
	const struct kvk_import *import)
{
	struct kvk_blob safe = { 0 };
	char date[KVK_TIME_TEXT_SIZE];

	if (import == NULL) {
		kvk_rows_format(page, rows, _("source"), _("pinned by this program, as of %s"),
			trust->date);
		return;
	}
	KVK_PAGE_TRY(page, kvk_escape(&safe, kvk_span_of(import->by)));
	if (import->at != 0 && safe.n > 0)
		kvk_rows_format(page, rows, _("source"), _("imported on %s by %s"),
			kvk_date_text(import->at, date), kvk_blob_str(&safe));
	else
		kvk_rows_add(page, rows, _("source"), _("imported"));
	kvk_blob_free(&safe);
}

static void add_anchor(struct kvk_page *page, struct kvk_rows *rows,
	const struct kvk_anchors_report *report, const struct kvk_anchor *anchor)
{
	add_name(page, rows, anchor->label != NULL ? anchor->label : "");
	if (anchor->generation != NULL)
		kvk_rows_add(page, rows, _("generation"), anchor->generation);
	if (anchor->not_after != 0)
		add_time(page, rows, _("valid until"), report->at, anchor->not_after);
	add_origin(page, rows, report->trust, kvk_trust_import(report->trust, anchor));
	add_sha256(page, rows, anchor->sha256);
}

enum kvk_err kvk_anchors_text(const struct kvk_anchors_report *report, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = report->paper };
	size_t count;
	const struct kvk_anchor *anchors = kvk_trust_anchors(report->trust, &count);
	struct kvk_rows rows = { 0 };
	struct kvk_blob safe = { 0 };

	for (size_t i = 0; i < report->count; i++)
		add_anchor(&page, &rows, report, &anchors[i]);
	kvk_rows_write(&page, &rows, 2);
	kvk_page_append_text(&page, "\n");
	KVK_PAGE_TRY(&page, kvk_escape(&safe, kvk_span_of(report->system_store)));
	if (report->system_count > 0)
		kvk_page_append_sentence(&page,
			kvk_ngettext("For EV certificates, the %zu root certificate in '%s' is "
				     "trusted as well.",
				"For EV certificates, the %zu root certificates in '%s' are "
				"trusted as well.",
				report->system_count),
			report->system_count, kvk_blob_str(&safe));
	else if (report->system)
		kvk_page_append_sentence(&page,
			_("For EV certificates, '%s' adds none: each of its root certificates is "
			  "listed above."),
			kvk_blob_str(&safe));
	else
		kvk_page_append_sentence(&page,
			_("EV certificates cannot be checked, because '%s' contains no root "
			  "certificates or cannot be read."),
			kvk_blob_str(&safe));
	kvk_blob_free(&safe);
	return page.err;
}

static json_t *anchor_json(const struct kvk_trust *trust, const struct kvk_anchor *anchor)
{
	const struct kvk_import *import = kvk_trust_import(trust, anchor);
	json_t *object = json_object();

	kvk_json_set(&object, "name",
		anchor->label != NULL ? kvk_json_text(kvk_span_of(anchor->label)) : json_null());
	kvk_json_set(&object, "generation", kvk_json_string(anchor->generation));
	kvk_json_set(&object, "not_after",
		anchor->not_after != 0 ? kvk_json_time(anchor->not_after) : json_null());
	kvk_json_set(&object, "sha256", kvk_json_sha256(anchor->sha256));
	kvk_json_set(&object, "origin", json_string(import != NULL ? "imported" : "pinned"));
	kvk_json_set(
		&object, "source", import == NULL ? kvk_json_string(trust->source) : json_null());
	kvk_json_set(&object, "imported_at",
		import != NULL && import->at != 0 ? kvk_json_time(import->at) : json_null());
	kvk_json_set(&object, "imported_by",
		import != NULL && import->by[0] != '\0' ? kvk_json_text(kvk_span_of(import->by)) :
							  json_null());
	return object;
}

enum kvk_err kvk_anchors_json(const struct kvk_anchors_report *report, struct kvk_blob *out)
{
	size_t count;
	const struct kvk_anchor *anchors = kvk_trust_anchors(report->trust, &count);
	json_t *document = json_object(), *list = json_array(), *system = json_object();

	for (size_t i = 0; i < report->count; i++)
		kvk_json_append(&list, anchor_json(report->trust, &anchors[i]));
	kvk_json_set(&system, "file", kvk_json_text(kvk_span_of(report->system_store)));
	kvk_json_set(&system, "anchors",
		report->system ? json_integer((json_int_t)report->system_count) : json_null());
	kvk_json_set(&document, "schema", json_integer(1));
	kvk_json_set(&document, "anchors", list);
	kvk_json_set(&document, "system_store", system);
	return kvk_json_write(document, true, out);
}

enum kvk_err kvk_anchor_offer_text(const struct kvk_certificate *certificate, kvk_time at,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_rows rows = { 0 };
	char from[KVK_TIME_TEXT_SIZE];

	KVK_PAGE_TRY(&page, kvk_name_text(&certificate->subject, &rows.text));
	kvk_rows_end(&page, &rows, _("certificate"));
	kvk_rows_add(&page, &rows, _("valid from"), kvk_time_text(certificate->not_before, from));
	add_time(&page, &rows, _("valid until"), at, certificate->not_after);
	add_sha256(&page, &rows, certificate->sha256);
	kvk_rows_write(&page, &rows, 0);
	return page.err;
}

enum kvk_err kvk_anchor_change_json(const char *name, const uint8_t sha256[static KVK_SHA256_SIZE],
	bool changed, struct kvk_blob *out)
{
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", kvk_json_text(kvk_span_of(name)));
	kvk_json_set(&object, "sha256", kvk_json_sha256(sha256));
	kvk_json_set(&object, "changed", json_boolean(changed));
	return kvk_json_write(object, true, out);
}
