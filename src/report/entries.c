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

/* What is to be done about a delivery. */
static enum kvk_err append_delivery(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char since[KVK_WHEN_SIZE];
	char path[KVK_LIMIT_PATH];

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
		return kvk_blob_append_format(out,
			_("some checks of the delivery of %s could not be completed: run 'kvkcsr "
			  "verify %s'"),
			since, upload_path(view, path));
	default:
		return kvk_blob_append_format(out,
			view->delivery == KVK_DELIVERY_REJECTED ?
				_("the delivery of %s was rejected: ask the TSP to correct it, "
				  "then run 'kvkcsr accept %s FILE'") :
				_("the delivery of %s could not be evaluated: run 'kvkcsr accept "
				  "%s FILE' again"),
			since, view->name);
	}
}

enum kvk_err kvk_entries_action(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const bool key = view->action == KVK_ACTION_PROTECT_KEY;
	char path[KVK_LIMIT_PATH];

	kvk_escape_to(path, sizeof path, kvk_span_of(key ? view->key_path : view->path));
	switch (view->action) {
	case KVK_ACTION_NONE:
		if (view->replaced_by == NULL)
			return kvk_blob_append_text(out, _("nothing to do"));
		return kvk_blob_append_format(out,
			_("replaced by '%s'; if it is still in use, run 'kvkcsr track --keep %s'"),
			view->replaced_by, path);
	case KVK_ACTION_WAIT:
	case KVK_ACTION_ASK_TSP:
	case KVK_ACTION_CHECK_DELIVERY:
	case KVK_ACTION_REPEAT_DELIVERY:
		return append_delivery(view, out);
	case KVK_ACTION_UPLOAD:
		return kvk_blob_append_format(out,
			_("upload '%s' to the KVK portal, then run 'kvkcsr uploaded %s'"),
			upload_path(view, path), view->name);
	case KVK_ACTION_PROTECT_KEY:
		return kvk_blob_append_format(out,
			_("everyone can read the private key (mode %04o): run 'chmod 600 %s'"),
			view->key_mode, path);
	case KVK_ACTION_RENEW:
		return kvk_blob_append_text(
			out, _("order the next certificate now: run 'kvkcsr new'"));
	case KVK_ACTION_REPLACE:
		return kvk_blob_append_text(
			out, _("no longer valid: order a new certificate with 'kvkcsr new'"));
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

/* The same for the certificate of a CA on the path, which ends before the entry's own. */
static enum kvk_err append_ca_dates(const struct kvk_entry_view *view, unsigned long days,
	const char *end, struct kvk_blob *out)
{
	char ca[KVK_ENTRY_ENDS_BY_SIZE * 4];

	kvk_escape_to(ca, sizeof ca, kvk_span_of(view->ends_by));
	if (view->days_left < 0)
		return kvk_blob_append_format(out,
			kvk_ngettext("the certificate of its CA '%s' expired %lu day ago, on %s",
				"the certificate of its CA '%s' expired %lu days ago, on %s", days),
			ca, days, end);
	return kvk_blob_append_format(out,
		kvk_ngettext("the certificate of its CA '%s' expires in %lu day, on %s",
			"the certificate of its CA '%s' expires in %lu days, on %s", days),
		ca, days, end);
}

/* Within a day of the end, hours count. */
static enum kvk_err append_hours(
	const struct kvk_entry_view *view, const char *end, struct kvk_blob *out)
{
	const kvk_time left = view->ends - view->at;
	const unsigned long hours = (unsigned long)((left < 0 ? -left : left) / KVK_HOUR);
	char today[KVK_WHEN_SIZE];

	kvk_when_day(view->at, today);
	if (strcmp(today, end) != 0)
		return kvk_blob_append_format(out,
			left < 0 ? kvk_ngettext("expired %lu hour ago, on %s",
					   "expired %lu hours ago, on %s", hours) :
				   kvk_ngettext("expires in %lu hour, on %s",
					   "expires in %lu hours, on %s", hours),
			hours, end);
	return kvk_blob_append_format(out,
		left < 0 ? kvk_ngettext("expired today, %lu hour ago, on %s",
				   "expired today, %lu hours ago, on %s", hours) :
			   kvk_ngettext("expires today, in %lu hour, on %s",
				   "expires today, in %lu hours, on %s", hours),
		hours, end);
}

/* "expires in 12 days, on 4 December 2026". */
static enum kvk_err append_dates(const struct kvk_entry_view *view, unsigned long days,
	const char *end, struct kvk_blob *out)
{
	char begin[KVK_WHEN_SIZE];

	if (view->state == KVK_VIEW_NOT_YET_VALID) {
		kvk_when_day(view->not_before, begin);
		return kvk_blob_append_format(out, _("not valid before %s"), begin);
	}
	if (view->ends_by != NULL)
		return append_ca_dates(view, days, end, out);
	if (view->days_left == 0 || view->days_left == -1)
		return append_hours(view, end, out);
	if (view->days_left < 0)
		return kvk_blob_append_format(out,
			kvk_ngettext(
				"expired %lu day ago, on %s", "expired %lu days ago, on %s", days),
			days, end);
	return kvk_blob_append_format(out,
		kvk_ngettext("expires in %lu day, on %s", "expires in %lu days, on %s", days), days,
		end);
}

/* A file in trouble, where the certificate of a CA on the path ends first. */
static enum kvk_err append_trouble_of_ca(
	const struct kvk_entry_view *view, const char *end, struct kvk_blob *out)
{
	const bool gone = view->state == KVK_VIEW_MISSING, over = view->days_left < 0;
	char ca[KVK_ENTRY_ENDS_BY_SIZE * 4];

	kvk_escape_to(ca, sizeof ca, kvk_span_of(view->ends_by));
	if (gone)
		return kvk_blob_append_format(out,
			over ? _("its file is missing; the certificate of its CA '%s' expired on "
				 "%s") :
			       _("its file is missing; the certificate of its CA '%s' expires on "
				 "%s"),
			ca, end);
	return kvk_blob_append_format(out,
		over ? _("its file cannot be read; the certificate of its CA '%s' expired on %s") :
		       _("its file cannot be read; the certificate of its CA '%s' expires on %s"),
		ca, end);
}

static enum kvk_err append_gone(const struct kvk_entry_view *view, unsigned long days,
	const char *end, struct kvk_blob *out)
{
	if (!view->has_certificate)
		return kvk_blob_append_text(out, _("its file is missing"));
	if (view->days_left < 0)
		return kvk_blob_append_format(out,
			kvk_ngettext("its file is missing; expired %lu day ago, on %s",
				"its file is missing; expired %lu days ago, on %s", days),
			days, end);
	return kvk_blob_append_format(out,
		kvk_ngettext("its file is missing; expires in %lu day, on %s",
			"its file is missing; expires in %lu days, on %s", days),
		days, end);
}

static enum kvk_err append_unreadable(const struct kvk_entry_view *view, unsigned long days,
	const char *end, struct kvk_blob *out)
{
	if (!view->has_certificate)
		return kvk_blob_append_text(out, _("its file cannot be read"));
	if (view->days_left < 0)
		return kvk_blob_append_format(out,
			kvk_ngettext("its file cannot be read; expired %lu day ago, on %s",
				"its file cannot be read; expired %lu days ago, on %s", days),
			days, end);
	return kvk_blob_append_format(out,
		kvk_ngettext("its file cannot be read; expires in %lu day, on %s",
			"its file cannot be read; expires in %lu days, on %s", days),
		days, end);
}

static enum kvk_err append_trouble(const struct kvk_entry_view *view, unsigned long days,
	const char *end, struct kvk_blob *out)
{
	if (view->has_certificate && view->ends_by != NULL)
		return append_trouble_of_ca(view, end, out);
	return view->state == KVK_VIEW_MISSING ? append_gone(view, days, end, out) :
						 append_unreadable(view, days, end, out);
}

/* What waits for somebody, and for how long. */
static enum kvk_err append_waiting(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const unsigned long days = (unsigned long)((view->at - view->since) / KVK_DAY);

	if (!view->has_certificate && view->delivery != KVK_DELIVERY_NONE)
		return kvk_blob_append_format(out,
			kvk_ngettext("no certificate was accepted within %lu day of the request",
				"no certificate was accepted within %lu days of the request", days),
			days);
	if (!view->has_certificate)
		return kvk_blob_append_format(out,
			kvk_ngettext("no certificate was delivered within %lu day of the request",
				"no certificate was delivered within %lu days of the request",
				days),
			days);
	return kvk_blob_append_format(out,
		kvk_ngettext("accepted %lu day ago and not uploaded yet",
			"accepted %lu days ago and not uploaded yet", days),
		days);
}

/* That everybody can read its key. */
static enum kvk_err append_key(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_escape(&path, kvk_span_of(view->key_path)));
	KVK_TRY(kvk_blob_append_format(out, _("everyone can read its private key '%s' (mode %04o)"),
		kvk_blob_str(&path), view->key_mode));
out:
	kvk_blob_free(&path);
	return err;
}

/* When it ends, and that its file is gone. */
static enum kvk_err append_fact(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const int64_t left = view->days_left;
	const unsigned long days = (unsigned long)(left < 0 ? -left : left);
	char end[KVK_WHEN_SIZE];

	if (view->replaced_by != NULL)
		return kvk_blob_append_format(out,
			_("replaced by '%s'; nothing more is reported about it"),
			view->replaced_by);
	kvk_when_day(view->ends, end);
	if (view->state == KVK_VIEW_MISSING || view->state == KVK_VIEW_UNREADABLE)
		return append_trouble(view, days, end, out);
	if (view->key_path != NULL && view->event[0] == '\0')
		return append_key(view, out);
	if (!view->has_certificate || strcmp(view->threshold, KVK_EVENT_NOT_UPLOADED) == 0)
		return append_waiting(view, out);
	return append_dates(view, days, end, out);
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
							append_fact(view, &text));
	kvk_page_append_flow(&page, NOTICE_INDENT, 0, kvk_blob_str(&text));
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(&page, kvk_entries_action(view, &text));
	kvk_page_append_paragraph(&page, NOTICE_INDENT, kvk_blob_str(&text));
	if (view->state == KVK_VIEW_EXPIRED) {
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
	KVK_PAGE_TRY(&page, append_key(view, &text));
	kvk_page_append_flow(&page, NOTICE_INDENT, 0, kvk_blob_str(&text));
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(&page, kvk_escape(&path, kvk_span_of(view->key_path)));
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
		KVK_PAGE_TRY(page, append_fact(view, page->out));
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
