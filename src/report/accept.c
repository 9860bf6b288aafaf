/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/accept.h"

#include <string.h>

#include "base/escape.h"
#include "base/path.h"
#include "dossier/files.h"
#include "report/json.h"
#include "report/verdict_json.h"

static struct kvk_verdict_style style_of(const struct kvk_accept_report *report)
{
	return (struct kvk_verdict_style){ .file = report->file, .paper = report->paper };
}

/* It was evaluated with other roots than the portal's: nothing is known of the portal. */
static void append_practice(
	struct kvk_page *page, const struct kvk_accept_report *report, const char *folder)
{
	kvk_page_append_sentence(page,
		_("This is practice, because the trust anchors were given with --trust: the file "
		  "that you would upload is '%s/upload.pem'."),
		folder);
	kvk_page_append_sentence(page,
		_("To practise the next step, run 'kvkcsr uploaded %s'. For the real one, run this "
		  "command again without --trust."),
		report->name);
}

/* The name of the file at an address, for curl; one of our own where it has none that is plain. */
static const char *file_name(const char *url)
{
	const char *name = strrchr(url, '/') + 1;
	const size_t n = strlen(name);

	return n > 0 && n < 100 && name[0] != '-' && name[0] != '.' &&
			strspn(name,
				"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				"0123456789._-") == n ?
		name :
		"ca.cer";
}

/* The command that repeats the run with a certificate beside the delivery. */
static void append_command(
	struct kvk_page *page, const struct kvk_accept_report *report, const char *chain)
{
	struct kvk_blob line = { 0 };

	KVK_PAGE_TRY(page, kvk_blob_append_format(&line, "  kvkcsr accept %s", report->name));
	for (size_t i = 0; i < report->delivered->count; i++) {
		KVK_PAGE_TRY(page, kvk_blob_append_text(&line, " "));
		KVK_PAGE_TRY(page, kvk_escape_shell(&line, kvk_span_of(report->delivered->at[i])));
	}
	kvk_page_append(page, "%s --chain %s\n", kvk_blob_str(&line), chain);
	kvk_blob_free(&line);
}

/* A CA certificate is known and could not be had: how it gets here by hand. */
static void append_missing(
	struct kvk_page *page, const struct kvk_accept_report *report, const char *folder)
{
	const struct kvk_known_ca *ca = report->facts->missing;
	struct kvk_blob name = { 0 }, url = { 0 };

	KVK_PAGE_TRY(page, kvk_escape(&name, kvk_span_of(ca->cn)));
	KVK_PAGE_TRY(page, kvk_escape_shell(&url, kvk_span_of(ca->url)));
	kvk_page_append_sentence(page,
		_("The delivery lacks the certificate of the CA '%s', which could not be "
		  "downloaded. What was delivered is kept in '%s/received'. Download the "
		  "certificate yourself, on another machine if necessary, and add it:"),
		kvk_blob_str(&name), folder);
	kvk_page_append(page, "\n  curl -o %s %s\n", file_name(ca->url), kvk_blob_str(&url));
	append_command(page, report, file_name(ca->url));
	kvk_blob_free(&name);
	kvk_blob_free(&url);
}

/* All is well as far as it could be seen from here. */
static void append_unreached(
	struct kvk_page *page, const struct kvk_accept_report *report, const char *folder)
{
	kvk_page_append_sentence(page,
		_("It was stored, but whether a certificate was revoked could not be checked, "
		  "because an address could not be reached. Run this command again when the "
		  "network is available, or add --crl."));
	kvk_page_append_sentence(page,
		_("The portal makes this check itself: you can upload '%s/upload.pem' now. After "
		  "the upload, run 'kvkcsr uploaded %s'."),
		folder, report->name);
}

/* What the files are now, and what comes next. */
static void append_next(struct kvk_page *page, const struct kvk_accept_report *report)
{
	struct kvk_blob folder = { 0 };

	KVK_PAGE_TRY(page, kvk_escape(&folder, kvk_span_of(report->folder)));
	kvk_page_append_text(page, "\n");
	if (report->error != NULL) {
		kvk_page_append_sentence(page, _("It could not be stored: %s."), report->error);
		kvk_page_append_sentence(page,
			report->in_force ?
				_("The new files are in '%s', but the inventory does not know of "
				  "them yet. Run 'kvkcsr status' when this is solved.") :
				_("The certificate files in '%s' were not changed. Run the command "
				  "again when this is solved."),
			kvk_blob_str(&folder));
	} else if (report->facts->missing != NULL && !report->stored) {
		append_missing(page, report, kvk_blob_str(&folder));
	} else if (report->verdict->outcome == KVK_REJECT && !report->verdict->probably) {
		kvk_page_append_sentence(page,
			_("The portal would refuse it. What was delivered is kept in "
			  "'%s/received'. Send this text to the TSP and ask for a correct "
			  "certificate."),
			kvk_blob_str(&folder));
	} else if (!report->stored) {
		kvk_page_append_sentence(page,
			_("It could not be evaluated. What was delivered is kept in "
			  "'%s/received'. Run the command again when this is solved."),
			kvk_blob_str(&folder));
	} else if (report->facts->trust_replaced) {
		append_practice(page, report, kvk_blob_str(&folder));
	} else if (report->verdict->probably) {
		kvk_page_append_sentence(page,
			_("Try it: the file for the portal is '%s/upload.pem'. If the portal "
			  "refuses it, send this text to the TSP and ask for a correct "
			  "certificate."),
			kvk_blob_str(&folder));
		kvk_page_append_sentence(
			page, _("If it accepts it, run 'kvkcsr uploaded %s'."), report->name);
	} else if (kvk_verdict_lacks_network(report->facts, report->verdict)) {
		append_unreached(page, report, kvk_blob_str(&folder));
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
