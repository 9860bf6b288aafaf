/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/entries.h"

#include <string.h>

#include "base/escape.h"
#include "base/when.h"
#include "base/format.h"
#include "dossier/files.h"
#include "report/page.h"

/* Entries that the plugin line names, and gives performance data for. */
#define PLUGIN_NAMED 3
#define PLUGIN_DATA 50

/* Where a notice says what to do. */
#define NOTICE_INDENT 4

/* The file of a dossier for the portal, beside its certificate.pem; escaped. */
static const char *upload_path(const struct kvk_entry_view *view, char out[static KVK_LIMIT_PATH])
{
	const char *slash = strrchr(view->path, '/');
	size_t n = slash != NULL ? (size_t)(slash - view->path) + 1 : 0;

	kvk_escape_to(out, KVK_LIMIT_PATH - sizeof KVK_DOSSIER_UPLOAD,
		(struct kvk_span){ (const uint8_t *)view->path, n });
	memcpy(out + strlen(out), KVK_DOSSIER_UPLOAD, sizeof KVK_DOSSIER_UPLOAD);
	return out;
}

/* How the checks of a delivery are repeated. */
static enum kvk_err append_check(
	const struct kvk_entry_view *view, const char *since, struct kvk_blob *out)
{
	const char *slash = strrchr(view->path, '/');
	struct kvk_blob path = { 0 }, word = { 0 };
	enum kvk_err err = KVK_OK;

	if (slash != NULL)
		KVK_TRY(kvk_blob_append(&path,
			(struct kvk_span){
				(const uint8_t *)view->path, (size_t)(slash - view->path) + 1 }));
	KVK_TRY(kvk_blob_append_text(&path, KVK_DOSSIER_UPLOAD));
	KVK_TRY(kvk_escape_shell(&word, kvk_span_of_blob(&path)));
	KVK_TRY(kvk_blob_append_format(out,
		view->delivery == KVK_DELIVERY_DOUBTFUL ?
			_("the portal would probably refuse the delivery of %s, but trying the "
			  "upload costs nothing; to see why, run 'kvkcsr verify %s'") :
			_("some checks of the delivery of %s could not be completed: run 'kvkcsr "
			  "verify %s'"),
		since, kvk_blob_str(&word)));
out:
	kvk_blob_free(&path);
	kvk_blob_free(&word);
	return err;
}

/* What is to be done about a delivery. */
static enum kvk_err append_delivery(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char since[KVK_WHEN_SIZE];

	kvk_when_day(view->action == KVK_ACTION_REPEAT_DELIVERY ? view->delivery_at : view->since,
		since);
	switch (view->action) {
	case KVK_ACTION_WAIT:
		return kvk_blob_append_format(out,
			_("waiting for the TSP since %s; when the certificate arrives, run "
			  "'kvkcsr accept %s FILE'"),
			since, view->name);
	case KVK_ACTION_ASK_TSP:
		return kvk_blob_append_format(out,
			_("nothing received since %s: ask the TSP, then run 'kvkcsr accept %s "
			  "FILE'"),
			since, view->name);
	case KVK_ACTION_CHECK_DELIVERY:
		return append_check(view, since, out);
	default:
		return kvk_blob_append_format(out,
			view->delivery == KVK_DELIVERY_REJECTED && view->has_certificate ?
				_("the delivery of %s was rejected; the earlier certificate is "
				  "still in use. Ask the TSP to correct it, then run 'kvkcsr "
				  "accept %s FILE'") :
				view->delivery == KVK_DELIVERY_REJECTED ?
				_("the delivery of %s was rejected: ask the TSP to correct it, "
				  "then run 'kvkcsr accept %s FILE'") :
				_("the delivery of %s could not be evaluated: run 'kvkcsr accept "
				  "%s FILE' again"),
			since, view->name);
	}
}

/* How the next certificate is ordered. */
static enum kvk_err append_renew(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	if (view->ca)
		return kvk_blob_append_text(out,
			_("this is the certificate of a CA: ask the CA for its next one, and put "
			  "it in the file"));
	return kvk_blob_append_format(
		out, _("order the next certificate now: run 'kvkcsr renew %s'"), view->name);
}

/* How a certificate is replaced that is of no use any more. */
static enum kvk_err append_replace(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const bool revoked = view->state == KVK_VIEW_REVOKED;

	if (view->ca)
		return kvk_blob_append_text(out,
			revoked ? _("this is the certificate of a CA: stop trusting it, and ask "
				    "the CA what replaces it") :
				  _("this is the certificate of a CA and no longer valid: ask the "
				    "CA for its next one, and put it in the file"));
	return kvk_blob_append_format(out,
		revoked ? _("stop using it and ask the TSP why it was revoked; order a "
			    "certificate with a new key: run 'kvkcsr renew %s'") :
			  _("no longer valid: order a new certificate with 'kvkcsr renew %s'"),
		view->name);
}

/* How one that was replaced is watched again. */
static enum kvk_err append_keep(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_blob word = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_escape_shell(&word, kvk_span_of(view->path)));
	KVK_TRY(kvk_blob_append_format(out,
		_("replaced by '%s'; if it is still in use, run 'kvkcsr track --keep %s'"),
		view->replaced_by, kvk_blob_str(&word)));
out:
	kvk_blob_free(&word);
	return err;
}

/* How a key is made private. */
static enum kvk_err append_protect(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_blob word = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_escape_shell(&word, kvk_span_of(view->key_path)));
	KVK_TRY(kvk_blob_append_format(out,
		_("everyone can read the private key (mode %04o): run 'chmod 600 %s'"),
		view->key_mode, kvk_blob_str(&word)));
out:
	kvk_blob_free(&word);
	return err;
}

/* How the checks that failed are repeated. */
static enum kvk_err append_recheck(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_blob word = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_escape_shell(&word, kvk_span_of(view->path)));
	KVK_TRY(kvk_blob_append_format(out,
		_("make sure that this computer can reach the addresses of the CA; 'kvkcsr verify "
		  "%s' shows which ones fail"),
		kvk_blob_str(&word)));
out:
	kvk_blob_free(&word);
	return err;
}

enum kvk_err kvk_entries_action(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char path[KVK_LIMIT_PATH];

	kvk_escape_to(path, sizeof path, kvk_span_of(view->path));
	switch (view->action) {
	case KVK_ACTION_NONE:
		if (view->replaced_by == NULL)
			return kvk_blob_append_text(out, _("nothing to do"));
		return append_keep(view, out);
	case KVK_ACTION_WAIT:
	case KVK_ACTION_ASK_TSP:
	case KVK_ACTION_CHECK_DELIVERY:
	case KVK_ACTION_REPEAT_DELIVERY:
		return append_delivery(view, out);
	case KVK_ACTION_UPLOAD:
		return kvk_blob_append_format(out,
			view->practice ?
				_("practice, accepted with the trust anchors given: '%s' is the "
				  "file to upload; go on with 'kvkcsr uploaded %s'") :
				_("upload '%s' to the KVK portal, then run 'kvkcsr uploaded %s'"),
			upload_path(view, path), view->name);
	case KVK_ACTION_PROTECT_KEY:
		return append_protect(view, out);
	case KVK_ACTION_CHECK_REVOCATION:
		return append_recheck(view, out);
	case KVK_ACTION_RENEW:
		return append_renew(view, out);
	case KVK_ACTION_REPLACE:
		return append_replace(view, out);
	case KVK_ACTION_FIND_FILE:
		return kvk_blob_append_format(out,
			view->state == KVK_VIEW_MISSING ?
				_("put '%s' back, or run 'kvkcsr untrack %s'") :
				_("make '%s' a readable certificate file again, or run 'kvkcsr "
				  "untrack %s'"),
			path, view->name);
	}
	return KVK_ERR_INTERNAL;
}

/* How it came to be an entry, and when it ends. */
static enum kvk_err append_found(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const bool expired = view->at > view->ends;
	char end[KVK_WHEN_SIZE], path[KVK_LIMIT_PATH];

	kvk_when_day(view->ends, end);
	kvk_escape_to(path, sizeof path, kvk_span_of(view->path));
	if (view->found == KVK_FOUND_PARTED)
		return kvk_blob_append_format(out,
			expired ? _("'%s' no longer has the same certificate as its copies, and "
				    "is tracked on its own: expired on %s") :
				  _("'%s' no longer has the same certificate as its copies, and "
				    "is tracked on its own: expires on %s"),
			path, end);
	return kvk_blob_append_format(out,
		expired ? _("new certificate in '%s', tracked from now on: expired on %s") :
			  _("new certificate in '%s', tracked from now on: expires on %s"),
		path, end);
}

static bool in_trouble(const struct kvk_entry_view *view)
{
	return view->state == KVK_VIEW_MISSING || view->state == KVK_VIEW_UNREADABLE;
}

static const char *code_word(enum kvk_exit code)
{
	static const char *const words[] = { "OK", "WARNING", "CRITICAL", "UNKNOWN" };

	return words[code & 3];
}

enum kvk_err kvk_entries_notice(
	const struct kvk_entry_view *view, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_blob text = { 0 };

	KVK_PAGE_TRY(&page,
		kvk_blob_append_format(&text, "%s: %s: ", code_word(view->code), view->name));
	KVK_PAGE_TRY(&page,
		view->found_news && !in_trouble(view) ? append_found(view, &text) :
							kvk_entries_fact(view, &text));
	kvk_page_append_flow(&page, NOTICE_INDENT, 0, kvk_blob_str(&text));
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(&page, kvk_entries_action(view, &text));
	kvk_page_append_paragraph(&page, NOTICE_INDENT, kvk_blob_str(&text));
	if (view->state == KVK_VIEW_EXPIRED || view->state == KVK_VIEW_REVOKED) {
		kvk_blob_clear(&text);
		KVK_PAGE_TRY(&page,
			kvk_blob_append_format(&text,
				_("if it is no longer in use, run 'kvkcsr untrack %s'"),
				view->name));
		kvk_page_append_paragraph(&page, NOTICE_INDENT, kvk_blob_str(&text));
	}
	kvk_blob_free(&text);
	return page.err;
}

enum kvk_err kvk_entries_key_notice(
	const struct kvk_entry_view *view, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_blob text = { 0 }, path = { 0 };

	KVK_PAGE_TRY(&page,
		kvk_blob_append_format(&text, "%s: %s: ", code_word(KVK_EXIT_WARNING), view->name));
	KVK_PAGE_TRY(&page, kvk_entries_key_fact(view, &text));
	kvk_page_append_flow(&page, NOTICE_INDENT, 0, kvk_blob_str(&text));
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(&page, kvk_escape_shell(&path, kvk_span_of(view->key_path)));
	KVK_PAGE_TRY(&page,
		kvk_blob_append_format(&text,
			_("make it private: run 'chmod 600 %s'; if somebody else may have read it, "
			  "order a certificate with a new key"),
			kvk_blob_str(&path)));
	kvk_page_append_paragraph(&page, NOTICE_INDENT, kvk_blob_str(&text));
	kvk_blob_free(&path);
	kvk_blob_free(&text);
	return page.err;
}

enum kvk_err kvk_entries_undetermined_notice(
	const struct kvk_entry_view *view, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_blob text = { 0 };

	KVK_PAGE_TRY(&page,
		kvk_blob_append_format(&text, "%s: %s: ", code_word(KVK_EXIT_UNKNOWN), view->name));
	KVK_PAGE_TRY(&page, kvk_entries_revocation_fact(view, &text));
	kvk_page_append_flow(&page, NOTICE_INDENT, 0, kvk_blob_str(&text));
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(&page, append_recheck(view, &text));
	kvk_page_append_paragraph(&page, NOTICE_INDENT, kvk_blob_str(&text));
	kvk_blob_free(&text);
	return page.err;
}

enum kvk_err kvk_entries_summary(
	const struct kvk_views *views, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };

	kvk_page_append_sentence(&page,
		_("entries: %zu, fine: %zu, warning: %zu, critical: %zu, unknown: %zu"), views->all,
		views->by_code[0], views->by_code[1], views->by_code[2], views->by_code[3]);
	return page.err;
}

static void append_plugin_named(struct kvk_page *page, const struct kvk_views *views)
{
	size_t named = 0;

	for (size_t i = 0; i < views->list.count && named < PLUGIN_NAMED; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		if (view->code == KVK_EXIT_OK)
			continue;
		kvk_page_append(page, "%s%s ", named++ == 0 ? " - " : "; ", view->name);
		KVK_PAGE_TRY(page, kvk_entries_fact(view, page->out));
	}
}

static void append_plugin_data(struct kvk_page *page, const struct kvk_views *views)
{
	kvk_page_append(page, " | entries=%zu warning=%zu critical=%zu unknown=%zu", views->all,
		views->by_code[1], views->by_code[2], views->by_code[3]);
	for (size_t i = 0; i < views->list.count && i < PLUGIN_DATA; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		if (view->has_certificate)
			kvk_page_append(page, " '%s'=%lld", view->name, (long long)view->days_left);
	}
}

enum kvk_err kvk_entries_plugin(const struct kvk_views *views, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out };

	kvk_page_append(&page, "KVKCSR %s: %zu of %zu fine", code_word(kvk_views_code(views)),
		views->by_code[0], views->all);
	append_plugin_named(&page, views);
	if (views->blind)
		kvk_page_append_text(&page, "; a tracked folder cannot be read whole");
	append_plugin_data(&page, views);
	kvk_page_append_text(&page, "\n");
	return page.err;
}
