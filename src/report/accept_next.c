/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/accept_next.h"

#include <string.h>

#include "base/escape.h"
#include "portal/rules.h"
#include "report/advice.h"

/* The folder of the dossier, escaped, and the file in it for the portal, in quotes. */
struct place {
	struct kvk_blob folder, upload;
};

void kvk_accept_append_repairs(struct kvk_page *page, const struct kvk_accept_report *report)
{
	char safe[256];

	for (size_t i = 0; i < report->repair_count; i++) {
		const struct kvk_accept_repair *repair = &report->repairs[i];

		kvk_advice_format(page, _("repaired"), "'%s': %s",
			kvk_escape_to(safe, sizeof safe, kvk_span_of(repair->path)),
			repair->guise == KVK_GUISE_NONE ?
				_("the line ends are CR LF, as Windows writes them") :
				kvk_guise_text(repair->guise));
	}
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

/* An option that names a file, once for each of them. */
static enum kvk_err append_option(
	struct kvk_blob *line, const char *option, const struct kvk_paths *files)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < files->count; i++) {
		KVK_TRY(kvk_blob_append_format(line, " %s ", option));
		KVK_TRY(kvk_escape_shell(line, kvk_span_of(files->at[i])));
	}
out:
	return err;
}

/* An option that names one file, where it was given. */
static enum kvk_err append_file(struct kvk_blob *line, const char *option, const char *file)
{
	const struct kvk_paths files = { &file, file != NULL ? 1 : 0 };

	return append_option(line, option, &files);
}

/* The options of the run that decide what is evaluated, when, and by what. */
static enum kvk_err append_options(struct kvk_blob *line, const struct kvk_accept_report *report)
{
	const struct kvk_case *asked = report->facts->asked;
	char at[KVK_TIME_TEXT_SIZE];
	enum kvk_err err;

	KVK_TRY(append_option(line, "--chain", report->chain));
	KVK_TRY(append_option(line, "--trust", &asked->trust));
	KVK_TRY(append_option(line, "--crl", &asked->crl));
	KVK_TRY(append_option(line, "--ocsp", &asked->ocsp));
	if (asked->no_revocation)
		KVK_TRY(kvk_blob_append_text(line, " --no-revocation"));
	KVK_TRY(append_file(line, "--oin-list", asked->oin_list));
	if (asked->offline)
		KVK_TRY(kvk_blob_append_text(line, " --offline"));
	if (report->refresh)
		KVK_TRY(kvk_blob_append_text(line, " --refresh"));
	if (report->at != 0)
		KVK_TRY(kvk_blob_append_format(line, " --at %s", kvk_time_text(report->at, at)));
	KVK_TRY(append_file(line, "--home", report->home));
	KVK_TRY(append_file(line, "--config", report->config));
out:
	return err;
}

/* Whether nothing of the file is of use, so that another one has to be found or made. */
static bool needs_other_file(const struct kvk_accept_report *report)
{
	const struct kvk_finding *finding = kvk_advice_finding(report->verdict);

	return report->facts->leaf == NULL &&
		(report->facts->contents->guise != KVK_GUISE_NONE ||
			(finding != NULL && finding->rule == &kvk_rule_no_certificate));
}

/* Whether the certificate of a CA did not come. */
static bool lacks_ca(const struct kvk_facts *facts)
{
	return facts->link_missing ||
		(facts->path.count == 1 && facts->path.anchor == NULL &&
			!kvk_certificate_self_issued(facts->leaf));
}

/* The command that repeats the run, with a certificate beside the delivery unless that is NULL. */
static void append_command(
	struct kvk_page *page, const struct kvk_accept_report *report, const char *chain)
{
	const bool other = needs_other_file(report);
	struct kvk_blob line = { 0 };

	KVK_PAGE_TRY(page, kvk_blob_append_format(&line, "kvkcsr accept %s", report->name));
	if (other)
		KVK_PAGE_TRY(page, kvk_blob_append_text(&line, " FILE"));
	for (size_t i = 0; i < report->delivered->count && !other; i++) {
		KVK_PAGE_TRY(page, kvk_blob_append_text(&line, " "));
		KVK_PAGE_TRY(page, kvk_escape_shell(&line, kvk_span_of(report->delivered->at[i])));
	}
	KVK_PAGE_TRY(page, append_options(&line, report));
	if (chain != NULL)
		KVK_PAGE_TRY(page, kvk_blob_append_format(&line, " --chain %s", chain));
	kvk_advice_append_exact(page, kvk_blob_str(&line));
	kvk_blob_free(&line);
}

/* Where the files are that nothing was made of. */
static void append_kept(struct kvk_page *page, const struct place *place)
{
	kvk_advice_format(page, _("kept"), _("what was delivered is in '%s/received'"),
		kvk_blob_str(&place->folder));
}

/* A CA certificate is known and could not be had: how it gets here by hand. */
static void append_missing(struct kvk_page *page, const struct kvk_accept_report *report)
{
	const struct kvk_known_ca *ca = report->facts->missing;
	struct kvk_blob name = { 0 }, line = { 0 };

	KVK_PAGE_TRY(page, kvk_escape(&name, kvk_span_of(ca->cn)));
	KVK_PAGE_TRY(page, kvk_blob_append_format(&line, "curl -o %s ", file_name(ca->url)));
	KVK_PAGE_TRY(page, kvk_escape_shell(&line, kvk_span_of(ca->url)));
	kvk_advice_format(page, _("next"),
		_("The delivery lacks the certificate of the CA '%s', which could not be "
		  "downloaded. Download it yourself, on another machine if necessary, and add it:"),
		kvk_blob_str(&name));
	kvk_advice_append_exact(page, kvk_blob_str(&line));
	append_command(page, report, file_name(ca->url));
	kvk_blob_free(&name);
	kvk_blob_free(&line);
}

/* It was evaluated with other roots than the portal's: nothing is known of the portal. */
static void append_practice(
	struct kvk_page *page, const struct kvk_accept_report *report, const struct place *place)
{
	kvk_advice_append(page, _("next"),
		_("This is practice: for real, run the command again without --trust. You would "
		  "upload:"));
	kvk_advice_append_exact(page, kvk_blob_str(&place->upload));
	kvk_advice_format(page, "", _("Then run 'kvkcsr uploaded %s'."), report->name);
}

/* The file for the portal, and where there. */
static void append_upload(
	struct kvk_page *page, const struct kvk_accept_report *report, const struct place *place)
{
	kvk_advice_append(
		page, _("next"), _("Upload this file in My Developer Portal, block \"API-key\":"));
	kvk_advice_append_exact(page, kvk_blob_str(&place->upload));
	kvk_advice_format(page, "", _("After the upload, run 'kvkcsr uploaded %s'."), report->name);
}

/* It could not be put in force. */
static void append_error(
	struct kvk_page *page, const struct kvk_accept_report *report, const struct place *place)
{
	kvk_advice_format(page, _("next"), _("It could not be stored: %s."), report->error);
	kvk_advice_format(page, "",
		report->in_force ?
			_("The new files are in '%s', but the inventory does not know of them yet. "
			  "Run 'kvkcsr status' when this is solved.") :
			_("The certificate files in '%s' were not changed. Run the command again "
			  "when this is solved."),
		kvk_blob_str(&place->folder));
}

/* Nothing was made of it: by whom it is to be repaired. */
static void append_refused(
	struct kvk_page *page, const struct kvk_accept_report *report, const struct place *place)
{
	const struct kvk_finding *finding = kvk_advice_finding(report->verdict);

	append_kept(page, place);
	if (finding != NULL && finding->rule == &kvk_rule_already_uploaded) {
		kvk_advice_format(page, _("next"),
			_("This is the certificate that you already uploaded. Wait for the new "
			  "one, then run 'kvkcsr accept %s FILE' with it."),
			report->name);
		return;
	}
	kvk_advice_append_remedy(page, report->verdict);
	if (finding != NULL && finding->rule->severity == KVK_SEVERITY_CERTIFICATE &&
		!finding->of_ca)
		return;
	kvk_advice_append(page, "",
		needs_other_file(report) ? _("Then run the command with that file:") :
					   _("Then run the command again:"));
	append_command(page, report, lacks_ca(report->facts) ? "FILE" : NULL);
}

static void append_stored(
	struct kvk_page *page, const struct kvk_accept_report *report, const struct place *place)
{
	if (report->facts->trust_replaced) {
		append_practice(page, report, place);
	} else if (report->verdict->probably) {
		append_upload(page, report, place);
		kvk_advice_append(page, "",
			_("If the portal refuses it, send its message to the TSP and ask for a "
			  "correct certificate."));
	} else if (kvk_verdict_lacks_network(report->facts, report->verdict)) {
		append_upload(page, report, place);
		kvk_advice_append(page, "",
			_("Whether a certificate was revoked could not be checked, because an "
			  "address could not be reached. The portal makes this check itself. To "
			  "make it here, run this command again when the network is available, or "
			  "add --crl."));
	} else {
		append_upload(page, report, place);
	}
}

void kvk_accept_append_next(struct kvk_page *page, const struct kvk_accept_report *report)
{
	struct place place = { 0 };

	KVK_PAGE_TRY(page, kvk_escape(&place.folder, kvk_span_of(report->folder)));
	KVK_PAGE_TRY(page,
		kvk_blob_append_format(
			&place.upload, "'%s/upload.pem'", kvk_blob_str(&place.folder)));
	if (page->err != KVK_OK)
		goto out;
	if (report->error != NULL)
		append_error(page, report, &place);
	else if (report->facts->missing != NULL && !report->stored)
		append_missing(page, report);
	else if (!report->stored)
		append_refused(page, report, &place);
	else
		append_stored(page, report, &place);
out:
	kvk_blob_free(&place.folder);
	kvk_blob_free(&place.upload);
}
