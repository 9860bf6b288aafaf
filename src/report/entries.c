/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/entries.h"

#include <string.h>

#include "base/escape.h"
#include "base/format.h"
#include "dossier/files.h"
#include "report/page.h"

/* Entries that the plugin line names, and gives performance data for. */
#define PLUGIN_NAMED 3
#define PLUGIN_DATA 50

/* The least that a name takes in a line. */
#define NAME_WIDTH 30

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

static void append_action(struct kvk_page *page, const struct kvk_entry_view *view)
{
	char since[KVK_TIME_TEXT_SIZE];
	char path[KVK_LIMIT_PATH];

	kvk_escape_to(path, sizeof path, kvk_span_of(view->path));
	kvk_date_text(view->since, since);
	switch (view->action) {
	case KVK_ACTION_NONE:
		kvk_page_append_text(page, _("nothing to do"));
		return;
	case KVK_ACTION_WAIT:
		kvk_page_append(page,
			_("waiting for the TSP since %s; then: kvkcsr accept %s FILE"), since,
			view->name);
		return;
	case KVK_ACTION_ASK_TSP:
		kvk_page_append(page,
			_("nothing received since %s: ask the TSP; then: kvkcsr accept %s FILE"),
			since, view->name);
		return;
	case KVK_ACTION_CHECK_DELIVERY:
		kvk_page_append(page,
			_("the delivery could not be judged completely: kvkcsr verify %s"),
			upload_path(view, path));
		return;
	case KVK_ACTION_UPLOAD:
		kvk_page_append(page, _("upload %s to the KVK portal; then: kvkcsr uploaded %s"),
			upload_path(view, path), view->name);
		return;
	case KVK_ACTION_RENEW:
		kvk_page_append_text(page, _("order the next certificate now: kvkcsr new"));
		return;
	case KVK_ACTION_REPLACE:
		kvk_page_append_text(
			page, _("it no longer works: order a new certificate with kvkcsr new"));
		return;
	case KVK_ACTION_FIND_FILE:
		kvk_page_append(page,
			view->state == KVK_VIEW_MISSING ?
				_("put '%s' back, or: kvkcsr untrack %s") :
				_("let '%s' be read again, or: kvkcsr untrack %s"),
			path, view->name);
		return;
	}
	KVK_PAGE_TRY(page, KVK_ERR_INTERNAL);
}

enum kvk_err kvk_entries_action(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out };

	append_action(&page, view);
	return page.err;
}

static const char *colour_of(enum kvk_exit code)
{
	static const char *const colours[] = { "\033[32m", "\033[33m", "\033[31m", "\033[35m" };

	return colours[code & 3];
}

/* As wide as the longest name. */
static int name_width(const struct kvk_views *views)
{
	size_t width = NAME_WIDTH;

	for (size_t i = 0; i < views->list.count; i++) {
		size_t n = strlen(kvk_view_at(views, i)->name);

		if (n > width)
			width = n;
	}
	return (int)width;
}

static void append_status(struct kvk_page *page, const struct kvk_entry_view *view, int width)
{
	char until[KVK_TIME_TEXT_SIZE] = "-";
	char days[24] = "-";

	if (view->has_certificate) {
		kvk_date_text(view->not_after, until);
		KVK_FORMAT(days, "%lld", (long long)view->days_left);
	}
	kvk_page_append(page, "%-*s %s%-14s%s %6s  %-10s  ", width, view->name,
		page->colour ? colour_of(view->code) : "", kvk_view_state_text(view->state),
		page->colour ? "\033[0m" : "", days, until);
	append_action(page, view);
	kvk_page_append_text(page, "\n");
}

enum kvk_err kvk_entries_text(const struct kvk_views *views, bool colour, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .colour = colour };
	const int width = name_width(views);

	kvk_page_append(&page, "%-*s %-14s %6s  %-10s  %s\n", width, _("NAME"), _("STATE"),
		_("DAYS"), _("UNTIL"), _("NEXT"));
	for (size_t i = 0; i < views->list.count; i++)
		append_status(&page, kvk_view_at(views, i), width);
	return page.err;
}

/* "expires in 12 days, on 2026-12-04", "expired 3 days ago, on ..." */
static void append_dates(struct kvk_page *page, const struct kvk_entry_view *view)
{
	const bool expired = view->days_left < 0;
	const unsigned long days = (unsigned long)(expired ? -view->days_left : view->days_left);
	char until[KVK_TIME_TEXT_SIZE];

	kvk_date_text(view->not_after, until);
	if (expired)
		kvk_page_append(page,
			kvk_ngettext(
				"expired %lu day ago, on %s", "expired %lu days ago, on %s", days),
			days, until);
	else
		kvk_page_append(page,
			kvk_ngettext(
				"expires in %lu day, on %s", "expires in %lu days, on %s", days),
			days, until);
}

/* What is known of the end, and that its file is gone. */
static void append_fact(struct kvk_page *page, const struct kvk_entry_view *view)
{
	const bool gone = view->state == KVK_VIEW_MISSING;

	if (!gone && view->state != KVK_VIEW_UNREADABLE) {
		append_dates(page, view);
		return;
	}
	kvk_page_append_text(page, gone ? _("its file is gone") : _("its file cannot be read"));
	if (view->has_certificate) {
		kvk_page_append_text(page, "; ");
		append_dates(page, view);
	}
}

static const char *code_word(enum kvk_exit code)
{
	static const char *const words[] = { "OK", "WARNING", "CRITICAL", "UNKNOWN" };

	return words[code & 3];
}

enum kvk_err kvk_entries_notice(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out };

	kvk_page_append(&page, "%s: %s: ", code_word(view->code), view->name);
	append_fact(&page, view);
	kvk_page_append_text(&page, "\n    ");
	append_action(&page, view);
	kvk_page_append_text(&page, "\n");
	return page.err;
}

enum kvk_err kvk_entries_summary(const struct kvk_views *views, struct kvk_blob *out)
{
	return kvk_blob_format(out,
		_("entries: %zu, fine: %zu, warning: %zu, critical: %zu, not known: %zu\n"),
		views->all, views->by_code[0], views->by_code[1], views->by_code[2],
		views->by_code[3]);
}

static void append_plugin_named(struct kvk_page *page, const struct kvk_views *views)
{
	size_t named = 0;

	for (size_t i = 0; i < views->list.count && named < PLUGIN_NAMED; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		if (view->code == KVK_EXIT_OK)
			continue;
		kvk_page_append(page, "%s%s ", named++ == 0 ? " - " : "; ", view->name);
		append_fact(page, view);
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
	append_plugin_data(&page, views);
	kvk_page_append_text(&page, "\n");
	return page.err;
}
