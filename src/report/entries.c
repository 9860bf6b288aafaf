/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/entries.h"

#include <string.h>

#include "base/escape.h"
#include "base/when.h"
#include "base/format.h"
#include "report/page.h"

/* Entries that the plugin line names, and gives performance data for. */
#define PLUGIN_NAMED 3
#define PLUGIN_DATA 50

/* Where a notice says what to do. */
#define NOTICE_INDENT 4

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

/* The word that monitoring systems know, marked for translation: people read it, too. */
static const char *code_word(enum kvk_exit code)
{
	static const char *const words[] = { N_("OK"), N_("WARNING"), N_("CRITICAL"),
		N_("UNKNOWN") };

	return words[code & 3];
}

/* The first lines of a notice: what is the matter with an entry. */
static void append_fact(
	struct kvk_page *page, enum kvk_exit code, const char *name, const struct kvk_blob *fact)
{
	struct kvk_blob text = { 0 };

	/* Translators: "CRITICAL" or the like, the name of an entry, and what is the matter. */
	KVK_PAGE_TRY(page,
		kvk_blob_append_format(
			&text, _("%s: %s: %s"), _(code_word(code)), name, kvk_blob_str(fact)));
	kvk_page_append_flow(page, NOTICE_INDENT, 0, kvk_blob_str(&text));
	kvk_blob_free(&text);
}

enum kvk_err kvk_entries_notice(
	const struct kvk_entry_view *view, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_blob text = { 0 };

	KVK_PAGE_TRY(&page,
		view->found_news && !in_trouble(view) ? append_found(view, &text) :
							kvk_entries_fact(view, &text));
	append_fact(&page, view->code, view->name, &text);
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

	KVK_PAGE_TRY(&page, kvk_entries_key_fact(view, &text));
	append_fact(&page, KVK_EXIT_WARNING, view->name, &text);
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(&page, kvk_escape_shell(&path, kvk_span_of(view->key_path)));
	KVK_PAGE_TRY(&page,
		kvk_blob_append_format(&text,
			view->key_unsure ?
				_("if it is the certificate's private key, run 'chmod 600 %s'") :
				_("make it private: run 'chmod 600 %s'; if somebody else may have "
				  "read it, order a certificate with a new key"),
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
	struct kvk_entry_view asked = *view;
	struct kvk_blob text = { 0 };

	asked.action = KVK_ACTION_CHECK_REVOCATION;
	KVK_PAGE_TRY(&page, kvk_entries_revocation_fact(view, &text));
	append_fact(&page, KVK_EXIT_UNKNOWN, view->name, &text);
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(&page, kvk_entries_action(&asked, &text));
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

static enum kvk_err append_without_path(const struct kvk_views *views, struct kvk_blob *out)
{
	const unsigned long n = views->without_path;

	return kvk_blob_append_format(out,
		kvk_ngettext("%lu certificate is not checked for revocation, because its chain "
			     "does not lead to a trusted root: '%s'",
			"%lu certificates are not checked for revocation, because their chains do "
			"not lead to a trusted root; '%s' is the first",
			n),
		n, views->first_without_path);
}

enum kvk_err kvk_entries_without_path(
	const struct kvk_views *views, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_blob text = { 0 };

	if (views->without_path == 0)
		return KVK_OK;
	KVK_PAGE_TRY(&page, append_without_path(views, &text));
	kvk_page_append_sentence(&page, "%s", kvk_blob_str(&text));
	kvk_blob_free(&text);
	return page.err;
}

static void append_plugin_named(struct kvk_page *page, const struct kvk_views *views)
{
	size_t named = 0;

	for (size_t i = 0; i < views->list.count && named < PLUGIN_NAMED; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		if (view->code == KVK_EXIT_OK)
			continue;
		kvk_page_append(page, "%s%s: ", named++ == 0 ? " - " : "; ", view->name);
		KVK_PAGE_TRY(page, kvk_entries_fact(view, page->out));
	}
}

static void append_plugin_data(struct kvk_page *page, const struct kvk_views *views)
{
	kvk_page_append(page, " | entries=%zu warning=%zu critical=%zu unknown=%zu", views->all,
		views->by_code[1], views->by_code[2], views->by_code[3]);
	for (size_t i = 0; i < views->list.count && i < PLUGIN_DATA; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		/* A graph of one that was replaced would end below zero. */
		if (view->has_certificate && view->state != KVK_VIEW_REPLACED)
			kvk_page_append(page, " '%s'=%lld", view->name, (long long)view->days_left);
	}
}

/* A bar begins the performance data. */
static void replace_bars(struct kvk_blob *text, size_t begin)
{
	for (size_t i = begin; i < text->n; i++)
		if (text->p[i] == '|')
			text->p[i] = '/';
}

enum kvk_err kvk_entries_plugin(const struct kvk_views *views, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out };
	const size_t begin = out->n;

	kvk_page_append(&page, "KVKCSR %s: %zu of %zu fine", code_word(kvk_views_code(views)),
		views->by_code[0], views->all);
	append_plugin_named(&page, views);
	if (views->blind)
		kvk_page_append(&page, "; in a tracked folder: %s", views->blind_why);
	if (views->without_path > 0) {
		kvk_page_append_text(&page, "; ");
		KVK_PAGE_TRY(&page, append_without_path(views, out));
	}
	replace_bars(out, begin);
	append_plugin_data(&page, views);
	kvk_page_append_text(&page, "\n");
	return page.err;
}

enum kvk_err kvk_entries_plugin_failed(const char *why, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out };
	const size_t begin = out->n;

	kvk_page_append(&page, "KVKCSR %s: %s", code_word(KVK_EXIT_UNKNOWN), why);
	for (size_t i = begin; i < out->n; i++)
		if (out->p[i] == '\n')
			out->p[i] = ' ';
	replace_bars(out, begin);
	kvk_page_append_text(&page, "\n");
	return page.err;
}
