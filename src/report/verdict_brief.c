/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/verdict.h: the short form of a verdict, and one line of it. */
#include "config.h"

#include <string.h>

#include "base/escape.h"
#include "base/format.h"
#include "portal/changes.h"
#include "report/advice.h"
#include "report/short_name.h"
#include "report/verdict_text.h"

/* The warnings that the verdict itself, or a row of its own, speaks of. */
static const char trust_replaced[] = "trust-replaced";
static const char no_api_key[] = "no-api-key";

static void add_file(struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts,
	const struct kvk_verdict_style *style)
{
	const struct kvk_contents *contents =
		style->contents != NULL ? style->contents : facts->contents;
	const size_t count = style->contents != NULL ? kvk_contents_certificate_count(contents) :
						       facts->certificate_count;
	struct kvk_blob path = { 0 };

	KVK_PAGE_TRY(page, kvk_escape(&path, kvk_span_of(style->file)));
	if (count > 0)
		/* Translators: a file, its form ("PEM"), and what is in it. */
		kvk_rows_format(page, rows, _("file"),
			kvk_ngettext(
				"%s (%s, %zu certificate)", "%s (%s, %zu certificates)", count),
			kvk_blob_str(&path), kvk_contents_form_text(contents->form), count);
	else if (contents->form == KVK_FORM_PKCS12)
		kvk_rows_format(page, rows, _("file"), "%s (%s)", kvk_blob_str(&path),
			kvk_contents_form_text(contents->form));
	else
		kvk_rows_format(
			page, rows, _("file"), _("%s (no certificate)"), kvk_blob_str(&path));
	kvk_blob_free(&path);
}

/* The CA of the path that ends first and before the leaf, or NULL. */
static const struct kvk_certificate *ends_before(const struct kvk_facts *facts)
{
	const struct kvk_certificate *first = facts->leaf;

	for (size_t i = 1; i < facts->path.count; i++)
		if (facts->path.certs[i].certificate->not_after < first->not_after)
			first = facts->path.certs[i].certificate;
	return first != facts->leaf ? first : NULL;
}

/* Until when the certificate can be used: its CA may end first. */
static void add_end(struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts)
{
	const struct kvk_certificate *ca = ends_before(facts);
	struct kvk_blob day = { 0 }, name = { 0 };
	struct kvk_page text = { .out = &day };

	kvk_page_append_day(
		&text, facts->asked->at, ca != NULL ? ca->not_after : facts->leaf->not_after);
	KVK_PAGE_TRY(page, text.err);
	if (ca == NULL) {
		kvk_rows_add(page, rows, _("valid until"), kvk_blob_str(&day));
	} else {
		KVK_PAGE_TRY(page, kvk_short_name(&ca->subject, false, &name));
		/* Translators: the first is "22 November 2027 (in 364 days)". */
		kvk_rows_format(page, rows, _("valid until"),
			_("%s, when the certificate of its CA '%s' expires"), kvk_blob_str(&day),
			kvk_blob_str(&name));
	}
	kvk_blob_free(&day);
	kvk_blob_free(&name);
}

static void add_certificate(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts)
{
	const struct kvk_certificate *leaf = facts->leaf;

	if (!kvk_verdict_has_leaf(facts))
		return;
	KVK_PAGE_TRY(page, kvk_short_name(&leaf->subject, true, &rows->text));
	kvk_rows_end(page, rows, leaf->ext.ca ? _("CA certificate") : _("certificate"));
	KVK_PAGE_TRY(page, kvk_short_name(&leaf->issuer, false, &rows->text));
	kvk_rows_end(page, rows, _("issued by"));
	add_end(page, rows, facts);
}

/* What was not given, and where it comes from. */
static void add_account(struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts)
{
	const struct kvk_account *account = &facts->asked->account;
	const char *number = account->oin != NULL ? account->oin : account->kvk;

	if (number == NULL)
		return;
	if (account->source == KVK_ACCOUNT_OF_DOSSIER)
		kvk_rows_format(page, rows, _("account"),
			_("%s, from the dossier '%s', whose request has the key of the "
			  "certificate"),
			number, account->dossier);
	else if (account->source == KVK_ACCOUNT_OF_SETTINGS)
		kvk_rows_format(page, rows, _("account"), _("%s, from the configuration"), number);
}

static void add_change(struct kvk_page *page, struct kvk_rows *rows, const char *label,
	const struct kvk_change *change)
{
	if (change->asked[0] == '\0')
		kvk_rows_format(page, rows, label, _("%s: not requested, received '%s'"),
			change->field, change->got);
	else if (change->got[0] == '\0')
		kvk_rows_format(page, rows, label, _("%s: requested '%s', not received"),
			change->field, change->asked);
	else
		kvk_rows_format(page, rows, label, _("%s: requested '%s', received '%s'"),
			change->field, change->asked, change->got);
}

/* What the TSP changed, a row each. */
static void add_changes(struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts)
{
	struct kvk_change changes[KVK_CHANGES_MAX];
	size_t count = 0;

	if (facts->leaf_count != 1 || facts->evidence->request == NULL)
		return;
	KVK_PAGE_TRY(page, kvk_changes(facts->evidence->request, facts->leaf, changes, &count));
	for (size_t i = 0; i < count && page->err == KVK_OK; i++)
		add_change(page, rows, i == 0 ? _("changed") : "", &changes[i]);
}

static bool has_warning(const struct kvk_verdict *verdict, const char *id)
{
	for (size_t i = 0; i < verdict->warning_count; i++)
		if (strcmp(verdict->warnings[i].id, id) == 0)
			return true;
	return false;
}

static void append_warnings(struct kvk_page *page, const struct kvk_verdict *verdict)
{
	for (size_t i = 0; i < verdict->warning_count; i++)
		if (strcmp(verdict->warnings[i].id, trust_replaced) != 0 &&
			strcmp(verdict->warnings[i].id, no_api_key) != 0)
			kvk_verdict_append_warning(page, &verdict->warnings[i]);
}

void kvk_verdict_append_brief(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, const struct kvk_verdict_style *style)
{
	struct kvk_rows rows = { 0 };

	add_file(page, &rows, facts, style);
	add_certificate(page, &rows, facts);
	if (facts->path.anchor != NULL)
		kvk_verdict_add_import(page, &rows, facts, _("root"));
	add_account(page, &rows, facts);
	add_changes(page, &rows, facts);
	if (has_warning(verdict, no_api_key))
		kvk_rows_add(page, &rows, _("not queried"),
			_("the trade register, because no API key is configured"));
	kvk_verdict_add_proxy(page, &rows, facts, _("proxy"));
	kvk_rows_write(page, &rows, 0);
	kvk_verdict_append_findings(page, facts, verdict, true);
	append_warnings(page, verdict);
	kvk_verdict_append_wanted(page, facts);
}

/* What follows the path in one line: the portal's sentence, and why; nothing of what is accepted.
 */
static enum kvk_err append_reason(const struct kvk_verdict *verdict, struct kvk_blob *out)
{
	const struct kvk_finding *finding = kvk_advice_finding(verdict);
	const struct kvk_warning *grave = kvk_advice_grave_warning(verdict);

	if (finding != NULL && finding->found[0] != '\0')
		return kvk_blob_append_format(out, _("\"%s\" (message %u): %s"),
			finding->rule->portal, finding->rule->number, finding->found);
	if (finding != NULL)
		return kvk_blob_append_format(out, _("\"%s\" (message %u)"), finding->rule->portal,
			finding->rule->number);
	if (verdict->outcome == KVK_REJECT && grave != NULL)
		return kvk_blob_append_text(out, grave->text);
	return KVK_OK;
}

enum kvk_err kvk_verdict_line(const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = style->paper };
	struct kvk_blob path = { 0 }, reason = { 0 };

	kvk_page_append_text(&page, "verdict: ");
	kvk_verdict_append_word(&page, verdict);
	kvk_page_append_text(&page, ": ");
	KVK_PAGE_TRY(&page, kvk_escape(&path, kvk_span_of(style->file)));
	kvk_page_append_text(&page, kvk_blob_str(&path));
	KVK_PAGE_TRY(&page, append_reason(verdict, &reason));
	if (reason.n > 0)
		kvk_page_append(&page, ": %s", kvk_blob_str(&reason));
	kvk_page_append_text(&page, "\n");
	kvk_blob_free(&reason);
	kvk_blob_free(&path);
	return page.err;
}
