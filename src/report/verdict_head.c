/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/verdict.h: what was evaluated, at the head of the text. */
#include "config.h"

#include "report/verdict_text.h"

#include "base/encode.h"
#include "base/escape.h"
#include "base/format.h"
#include "cert/name.h"
#include "report/rows.h"
#include "report/short_name.h"

static void add_sha256(
	struct kvk_page *page, struct kvk_rows *rows, const char *label, const uint8_t *sha256)
{
	KVK_PAGE_TRY(
		page, kvk_hex(&rows->text, (struct kvk_span){ sha256, KVK_SHA256_SIZE }, '\0'));
	kvk_rows_end(page, rows, label);
}

bool kvk_verdict_has_leaf(const struct kvk_facts *facts)
{
	return facts->leaf != NULL &&
		(!facts->leaf->ext.ca || facts->contents->java == KVK_JAVA_READS);
}

static void add_file(struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts,
	const char *file)
{
	const struct kvk_contents *contents = facts->contents;
	const size_t count = facts->certificate_count;
	char size[64];

	kvk_rows_add_path(page, rows, _("file"), file);
	KVK_FORMAT(size, kvk_ngettext("%zu byte", "%zu bytes", contents->size), contents->size);
	if (count > 0)
		/* Translators: a list: the form of the file ("PEM"), how large it is, what is in
		 * it. */
		kvk_rows_format(page, rows, "",
			kvk_ngettext("%s, %s, %zu certificate", "%s, %s, %zu certificates", count),
			kvk_contents_form_text(contents->form), size, count);
	else if (contents->form == KVK_FORM_PKCS12)
		kvk_rows_format(
			page, rows, "", "%s, %s", kvk_contents_form_text(contents->form), size);
	else
		kvk_rows_format(page, rows, "", _("%s, no certificate"), size);
	add_sha256(page, rows, "SHA-256", contents->sha256);
}

static void add_certificate(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts)
{
	const struct kvk_certificate *leaf = facts->leaf;
	struct kvk_page text = { .out = &rows->text };
	char from[KVK_TIME_TEXT_SIZE];

	if (!kvk_verdict_has_leaf(facts))
		return;
	KVK_PAGE_TRY(page, kvk_name_text(&leaf->subject, &rows->text));
	kvk_rows_end(page, rows, leaf->ext.ca ? _("CA certificate") : _("certificate"));
	add_sha256(page, rows, "SHA-256", leaf->sha256);
	kvk_rows_add(page, rows, _("valid from"), kvk_time_text(leaf->not_before, from));
	kvk_page_append_time(&text, facts->asked->at, leaf->not_after);
	KVK_PAGE_TRY(page, text.err);
	kvk_rows_end(page, rows, _("valid until"));
}

/* What a CA is on a path. */
enum role { ISSUING, INTERMEDIATE, ROOT };

static enum role role_of(const struct kvk_path *path, size_t step)
{
	if (kvk_certificate_self_issued(path->certs[step].certificate))
		return ROOT;
	return step == 1 ? ISSUING : INTERMEDIATE;
}

/* What it is, and where it comes from. */
static const char *role_text(enum role role, enum kvk_source source)
{
	static const char *const texts[][ROOT + 1] = {
		[KVK_SOURCE_UPLOAD] = { N_("issuing CA, in the file"),
			N_("intermediate CA, in the file"), N_("root, in the file") },
		[KVK_SOURCE_CHAIN] = { N_("issuing CA, given with --chain"),
			N_("intermediate CA, given with --chain"), N_("root, given with --chain") },
		[KVK_SOURCE_STORE] = { N_("issuing CA, known to this program"),
			N_("intermediate CA, known to this program"),
			N_("root, known to this program") },
		[KVK_SOURCE_FETCHED] = { N_("issuing CA, downloaded"),
			N_("intermediate CA, downloaded"), N_("root, downloaded") },
	};

	return _(texts[source][role]);
}

static void add_ca(struct kvk_page *page, struct kvk_rows *rows, size_t step,
	const struct kvk_name *name, const char *role)
{
	KVK_PAGE_TRY(page, kvk_short_name(name, false, &rows->text));
	KVK_PAGE_TRY(page, kvk_blob_append_format(&rows->text, " (%s)", role));
	kvk_rows_end(page, rows, step == 1 ? _("issued by") : "");
}

void kvk_verdict_add_import(struct kvk_page *page, struct kvk_rows *rows,
	const struct kvk_facts *facts, const char *label)
{
	const struct kvk_import *import =
		kvk_trust_import(facts->evidence->trust, facts->path.anchor);
	char by[KVK_IMPORT_BY * 4 + 1], date[KVK_TIME_TEXT_SIZE];

	if (import == NULL)
		return;
	kvk_escape_to(by, sizeof by, kvk_span_of(import->by));
	if (import->at != 0 && by[0] != '\0')
		kvk_rows_format(page, rows, label,
			_("trusted because it was imported on %s by %s; it is unknown whether the "
			  "portal trusts it"),
			kvk_date_text(import->at, date), by);
	else
		kvk_rows_add(page, rows, label,
			_("trusted because it was imported; it is unknown whether the portal "
			  "trusts it"));
}

static void add_path(struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts)
{
	const struct kvk_path *path = &facts->path;

	if (path->count == 0 || !kvk_verdict_has_leaf(facts))
		return;
	for (size_t i = 1; i < path->count; i++)
		add_ca(page, rows, i, &path->certs[i].certificate->subject,
			role_text(role_of(path, i), path->certs[i].source));
	if (path->anchor != NULL) {
		add_ca(page, rows, path->count, &path->anchor->name, _("trusted root certificate"));
		kvk_verdict_add_import(page, rows, facts, "");
	} else {
		add_ca(page, rows, path->count, &path->certs[path->count - 1].certificate->issuer,
			_("not a trusted root certificate"));
	}
}

static void add_evaluated(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts)
{
	char at[KVK_TIME_TEXT_SIZE];

	kvk_time_text(facts->asked->at, at);
	if (facts->offline)
		kvk_rows_format(page, rows, _("evaluated"), _("for %s (UTC) by %s %s, offline"), at,
			PACKAGE_NAME, PACKAGE_VERSION);
	else
		kvk_rows_format(page, rows, _("evaluated"), _("for %s (UTC) by %s %s"), at,
			PACKAGE_NAME, PACKAGE_VERSION);
}

/* Of the anchors: those that come with this program, and those that were imported. */
static void count_anchors(const struct kvk_facts *facts, size_t *pinned, size_t *imported)
{
	size_t count;
	const struct kvk_anchor *anchors = kvk_trust_anchors(facts->evidence->trust, &count);

	for (size_t i = 0; i < count; i++) {
		*pinned += anchors[i].generation != NULL;
		*imported += kvk_trust_import(facts->evidence->trust, &anchors[i]) != NULL;
	}
}

static void add_anchors(struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts)
{
	const size_t count = facts->anchor_count;
	size_t pinned = 0, imported = 0, system;

	count_anchors(facts, &pinned, &imported);
	system = facts->trust_replaced ? 0 : count - pinned - imported;
	if (facts->trust_replaced)
		kvk_rows_format(page, rows, _("roots"),
			kvk_ngettext("%zu trusted root certificate, given with --trust",
				"%zu trusted root certificates, given with --trust", count),
			count);
	else
		kvk_rows_format(page, rows, _("roots"),
			kvk_ngettext("%zu trusted root certificate of this program, as of %s",
				"%zu trusted root certificates of this program, as of %s", pinned),
			pinned, facts->trust_date);
	if (imported > 0)
		kvk_rows_format(page, rows, "",
			kvk_ngettext("%zu root certificate that was imported",
				"%zu root certificates that were imported", imported),
			imported);
	if (system > 0)
		kvk_rows_format(page, rows, "",
			kvk_ngettext("%zu root certificate that the system trusts, for EV",
				"%zu root certificates that the system trusts, for EV", system),
			system);
}

static const char *party_text(const struct kvk_account *account)
{
	if (account->party == KVK_PARTY_GOVERNMENT)
		return _("government body");
	if (account->party == KVK_PARTY_MARKET)
		return _("company or other private organisation");
	if (account->kvk != NULL || account->oin != NULL)
		return _("assumed to be of a company or other private organisation");
	return _("not given; assumed to be of a company or other private organisation");
}

/* Where what was not given comes from; nothing where it was given. */
static void add_source(struct kvk_page *page, struct kvk_rows *rows, enum kvk_account_source source,
	const char *dossier)
{
	if (source == KVK_ACCOUNT_OF_DOSSIER)
		kvk_rows_format(page, rows, "",
			_("from the dossier '%s', whose request has the key of the certificate"),
			dossier);
	else if (source == KVK_ACCOUNT_OF_SETTINGS)
		kvk_rows_add(page, rows, "", _("from the configuration"));
}

static void add_account(struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts)
{
	const struct kvk_account *account = &facts->asked->account;
	const bool numbered = account->kvk != NULL || account->oin != NULL;

	kvk_rows_add(page, rows, _("account"), party_text(account));
	if (!numbered || account->party_source != account->source)
		add_source(page, rows, account->party_source, account->dossier);
	if (account->kvk != NULL)
		kvk_rows_add_path(page, rows, _("KVK number"), account->kvk);
	if (account->oin != NULL)
		kvk_rows_add_path(page, rows, "OIN", account->oin);
	if (numbered)
		add_source(page, rows, account->source, account->dossier);
}

void kvk_verdict_append_head(struct kvk_page *page, const struct kvk_facts *facts, const char *file)
{
	struct kvk_rows rows = { 0 };

	add_file(page, &rows, facts, file);
	add_certificate(page, &rows, facts);
	add_path(page, &rows, facts);
	add_evaluated(page, &rows, facts);
	add_anchors(page, &rows, facts);
	kvk_verdict_add_revocation(page, &rows, facts);
	add_account(page, &rows, facts);
	kvk_rows_write(page, &rows, 0);
}

enum kvk_err kvk_verdict_where(const struct kvk_facts *facts, int where, struct kvk_blob *out)
{
	const struct kvk_path *path = &facts->path;
	struct kvk_blob name = { 0 };
	enum kvk_err err = KVK_OK;

	if (where == KVK_WHERE_FILE)
		return kvk_blob_append_text(out, _("the file"));
	if (where == 0)
		return kvk_blob_append_text(out, _("your certificate"));
	if ((size_t)where >= path->count)
		return kvk_blob_append_text(out, _("a CA certificate"));
	KVK_TRY(kvk_short_name(&path->certs[where].certificate->subject, false, &name));
	switch (role_of(path, (size_t)where)) {
	case ISSUING:
		err = kvk_blob_append_format(out, _("issuing CA '%s'"), kvk_blob_str(&name));
		break;
	case INTERMEDIATE:
		err = kvk_blob_append_format(out, _("intermediate CA '%s'"), kvk_blob_str(&name));
		break;
	case ROOT:
		err = kvk_blob_append_format(out, _("root '%s'"), kvk_blob_str(&name));
		break;
	}
out:
	kvk_blob_free(&name);
	return err;
}
