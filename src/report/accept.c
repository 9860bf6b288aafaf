/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/accept.h"

#include "base/path.h"
#include "dossier/files.h"
#include "report/accept_next.h"
#include "report/json.h"
#include "report/verdict_json.h"

static struct kvk_verdict_style style_of(const struct kvk_accept_report *report)
{
	return (struct kvk_verdict_style){
		.file = report->file,
		.paper = report->paper,
		.verbose = report->verbose,
		.open_end = true,
	};
}

enum kvk_err kvk_report_accept_text(const struct kvk_accept_report *report, struct kvk_blob *out)
{
	struct kvk_verdict_style style = style_of(report);
	struct kvk_page page = { .out = out, .paper = report->paper };

	/* what is refused is headed by its own name, not by that of the file it would have made */
	if (!report->stored) {
		style.file = report->delivered->at[0];
		style.contents = report->contents;
	}
	kvk_accept_append_repairs(&page, report);
	KVK_PAGE_TRY(&page, kvk_verdict_text(report->facts, report->verdict, &style, out));
	kvk_accept_append_next(&page, report);
	return page.err;
}

/* The path of a file that was written. */
static json_t *path_json(const char *folder, const char *name)
{
	struct kvk_blob path = { 0 };
	json_t *json = NULL;

	if (kvk_path_join(&path, folder, name) == KVK_OK)
		json = kvk_json_text(kvk_span_of_blob(&path));
	kvk_blob_free(&path);
	return json;
}

/* The files of a dossier that holds the delivery; none where folder is NULL. */
static json_t *files_json(const char *folder)
{
	json_t *files = json_object();

	if (folder != NULL) {
		kvk_json_set(&files, "certificate", path_json(folder, KVK_DOSSIER_CERTIFICATE));
		kvk_json_set(&files, "chain", path_json(folder, KVK_DOSSIER_CHAIN));
		kvk_json_set(&files, "upload", path_json(folder, KVK_DOSSIER_UPLOAD));
	}
	return files;
}

/* What was done, in every document of `accept`. */
static void set_outcome(json_t **object, const char *folder, const char *error)
{
	kvk_json_set(object, "stored", json_boolean(folder != NULL));
	kvk_json_set(
		object, "error", error != NULL ? kvk_json_text(kvk_span_of(error)) : json_null());
	kvk_json_set(object, "files", files_json(folder));
}

enum kvk_err kvk_report_accept_json(const struct kvk_accept_report *report, struct kvk_blob *out)
{
	const struct kvk_verdict_style style = style_of(report);
	json_t *object = kvk_verdict_object(report->facts, report->verdict, &style);

	set_outcome(&object, report->stored ? report->folder : NULL, report->error);
	return kvk_json_write(object, true, out);
}

enum kvk_err kvk_report_accept_held_text(
	const struct kvk_entry *entry, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };

	kvk_page_append_sentence(
		&page, _("the dossier '%s' already contains this certificate"), entry->name);
	return page.err;
}

enum kvk_err kvk_report_accept_held_json(
	const struct kvk_entry *entry, const char *folder, struct kvk_blob *out)
{
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", json_string(entry->name));
	kvk_json_set(&object, "unchanged", json_true());
	kvk_json_set(&object, "stage", json_string(kvk_entry_stage_word(entry->stage)));
	set_outcome(&object, folder, NULL);
	return kvk_json_write(object, true, out);
}

enum kvk_err kvk_report_accept_failed_json(
	const char *name, const char *error, struct kvk_blob *out)
{
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", kvk_json_text(kvk_span_of(name)));
	kvk_json_set(&object, "verdict", json_null());
	set_outcome(&object, NULL, error);
	return kvk_json_write(object, true, out);
}

enum kvk_err kvk_report_accept_other_key_json(
	const char *name, const uint8_t *found, const uint8_t *wanted, struct kvk_blob *out)
{
	const char *reason = found != NULL ? "other-key" : "only-ca-certificates";
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", kvk_json_string(name));
	kvk_json_set(&object, "verdict", json_string("reject"));
	kvk_json_set(&object, "fault", json_string(reason));
	kvk_json_set(&object, "spki_sha256", found != NULL ? kvk_json_sha256(found) : json_null());
	kvk_json_set(&object, "wanted_spki_sha256",
		wanted != NULL ? kvk_json_sha256(wanted) : json_null());
	set_outcome(&object, NULL, NULL);
	return kvk_json_write(object, true, out);
}
