/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/accept.h"

#include "base/escape.h"
#include "report/json.h"
#include "report/verdict.h"

static struct kvk_verdict_style style_of(const struct kvk_accept_report *report)
{
	return (struct kvk_verdict_style){ .file = report->file, .paper = report->paper };
}

/* What the files are now, and what comes next. */
static void append_next(struct kvk_page *page, const struct kvk_accept_report *report)
{
	struct kvk_blob folder = { 0 };

	KVK_PAGE_TRY(page, kvk_escape(&folder, kvk_span_of(report->folder)));
	kvk_page_append_text(page, "\n");
	if (report->verdict->outcome == KVK_REJECT) {
		kvk_page_append_sentence(page,
			_("The portal would refuse it. What was delivered is kept in "
			  "'%s/received'. Send this text to the TSP and ask for a correct "
			  "certificate."),
			kvk_blob_str(&folder));
	} else {
		kvk_page_append_sentence(page, _("The file for the portal is '%s/upload.pem'."),
			kvk_blob_str(&folder));
		kvk_page_append_sentence(
			page, _("After the upload, run 'kvkcsr uploaded %s'."), report->name);
	}
	kvk_blob_free(&folder);
}

enum kvk_err kvk_report_accept_text(const struct kvk_accept_report *report, struct kvk_blob *out)
{
	const struct kvk_verdict_style style = style_of(report);
	struct kvk_page page = { .out = out, .paper = report->paper };

	KVK_PAGE_TRY(&page, kvk_verdict_text(report->facts, report->verdict, &style, out));
	append_next(&page, report);
	return page.err;
}

enum kvk_err kvk_report_accept_json(const struct kvk_accept_report *report, struct kvk_blob *out)
{
	const struct kvk_verdict_style style = style_of(report);

	return kvk_verdict_json(report->facts, report->verdict, &style, true, out);
}

enum kvk_err kvk_report_accept_held_text(
	const struct kvk_entry *entry, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };

	kvk_page_append_sentence(&page, _("'%s' already holds this certificate"), entry->name);
	return page.err;
}

enum kvk_err kvk_report_accept_held_json(const struct kvk_entry *entry, struct kvk_blob *out)
{
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", json_string(entry->name));
	kvk_json_set(&object, "unchanged", json_true());
	kvk_json_set(&object, "stage", json_string(kvk_entry_stage_word(entry->stage)));
	return kvk_json_write(object, true, out);
}

enum kvk_err kvk_report_accept_other_key_json(const char *name, const uint8_t *found,
	const uint8_t wanted[static KVK_SHA256_SIZE], struct kvk_blob *out)
{
	const char *reason = found != NULL ? "other-key" : "only-ca-certificates";
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", json_string(name));
	kvk_json_set(&object, "verdict", json_string("reject"));
	kvk_json_set(&object, "fault", json_string(reason));
	kvk_json_set(&object, "spki_sha256", found != NULL ? kvk_json_sha256(found) : json_null());
	kvk_json_set(&object, "wanted_spki_sha256", kvk_json_sha256(wanted));
	return kvk_json_write(object, true, out);
}
