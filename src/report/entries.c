/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/entries.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"

/* Entries that the plugin line names, and gives performance data for. */
#define PLUGIN_NAMED 3
#define PLUGIN_DATA 50

/* The least that a name takes in a line. */
#define NAME_WIDTH 30

/* The file of a dossier that is made for the portal. */
#define UPLOAD_FILE "upload.pem"

/* The file of a dossier for the portal, beside its certificate.pem; escaped. */
static const char *upload_path(const struct kvk_entry_view *view, char out[static KVK_LIMIT_PATH])
{
	const char *slash = strrchr(view->path, '/');
	size_t n = slash != NULL ? (size_t)(slash - view->path) + 1 : 0;

	kvk_escape_to(out, KVK_LIMIT_PATH - sizeof UPLOAD_FILE,
		(struct kvk_span){ (const uint8_t *)view->path, n });
	memcpy(out + strlen(out), UPLOAD_FILE, sizeof UPLOAD_FILE);
	return out;
}

/* Texts with the entry's name twice at most, and its path. */
enum kvk_err kvk_report_action(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char since[KVK_TIME_TEXT_SIZE];
	char path[KVK_LIMIT_PATH];

	kvk_escape_to(path, sizeof path, kvk_span_of(view->path));
	switch (view->action) {
	case KVK_ACTION_NONE:
		return kvk_blob_text(out, _("nothing to do"));
	case KVK_ACTION_WAIT:
		return kvk_blob_format(out,
			_("waiting for the TSP since %s; then: kvkcsr accept %s FILE"),
			kvk_date_text(view->since, since), view->name);
	case KVK_ACTION_ASK_TSP:
		return kvk_blob_format(out,
			_("nothing received since %s: ask the TSP; then: kvkcsr accept %s FILE"),
			kvk_date_text(view->since, since), view->name);
	case KVK_ACTION_CHECK_DELIVERY:
		return kvk_blob_format(out,
			_("the delivery could not be judged completely: kvkcsr verify %s"),
			upload_path(view, path));
	case KVK_ACTION_UPLOAD:
		return kvk_blob_format(out,
			_("upload %s to the KVK portal; then: kvkcsr uploaded %s"),
			upload_path(view, path), view->name);
	case KVK_ACTION_RENEW:
		return kvk_blob_text(out, _("order the next certificate now: kvkcsr new"));
	case KVK_ACTION_REPLACE:
		return kvk_blob_text(
			out, _("it no longer works: order a new certificate with kvkcsr new"));
	case KVK_ACTION_FIND_FILE:
		return kvk_blob_format(out,
			view->state == KVK_VIEW_MISSING ?
				_("put '%s' back, or: kvkcsr untrack %s") :
				_("let '%s' be read again, or: kvkcsr untrack %s"),
			path, view->name);
	}
	return KVK_ERR_INTERNAL;
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

static enum kvk_err status_line(
	const struct kvk_entry_view *view, int width, bool colour, struct kvk_blob *out)
{
	const char *state = kvk_view_state_text(view->state);
	char until[KVK_TIME_TEXT_SIZE] = "-";
	char days[24] = "-";
	enum kvk_err err;

	if (view->has_certificate) {
		kvk_date_text(view->not_after, until);
		snprintf(days, sizeof days, "%lld", (long long)view->days_left);
	}
	err = kvk_blob_format(out, "%-*s %s%-14s%s %6s  %-10s  ", width, view->name,
		colour ? colour_of(view->code) : "", state, colour ? "\033[0m" : "", days, until);
	if (err == KVK_OK)
		err = kvk_report_action(view, out);
	return err == KVK_OK ? kvk_blob_byte(out, '\n') : err;
}

enum kvk_err kvk_report_status(const struct kvk_views *views, bool colour, struct kvk_blob *out)
{
	const int width = name_width(views);
	enum kvk_err err = kvk_blob_format(out, "%-*s %-14s %6s  %-10s  %s\n", width, _("NAME"),
		_("STATE"), _("DAYS"), _("UNTIL"), _("NEXT"));

	for (size_t i = 0; err == KVK_OK && i < views->list.count; i++)
		err = status_line(kvk_view_at(views, i), width, colour, out);
	return err;
}

/* "expires in 12 days, on 2026-12-04", "expired 3 days ago, on ..." */
static enum kvk_err notice_dates(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	unsigned long days =
		(unsigned long)(view->days_left < 0 ? -view->days_left : view->days_left);
	char until[KVK_TIME_TEXT_SIZE];

	kvk_date_text(view->not_after, until);
	if (view->days_left < 0)
		return kvk_blob_format(out,
			kvk_ngettext(
				"expired %lu day ago, on %s", "expired %lu days ago, on %s", days),
			days, until);
	return kvk_blob_format(out,
		kvk_ngettext("expires in %lu day, on %s", "expires in %lu days, on %s", days), days,
		until);
}

/* What is known of the end, and that its file is gone. */
static enum kvk_err notice_fact(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	if (view->state == KVK_VIEW_MISSING)
		err = kvk_blob_text(out, _("its file is gone"));
	else if (view->state == KVK_VIEW_UNREADABLE)
		err = kvk_blob_text(out, _("its file cannot be read"));
	else
		return notice_dates(view, out);
	if (err == KVK_OK && view->has_certificate)
		err = kvk_blob_text(out, "; ");
	return err == KVK_OK && view->has_certificate ? notice_dates(view, out) : err;
}

static const char *code_word(enum kvk_exit code)
{
	static const char *const words[] = { "OK", "WARNING", "CRITICAL", "UNKNOWN" };

	return words[code & 3];
}

enum kvk_err kvk_report_notice(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	enum kvk_err err = kvk_blob_format(out, "%s: %s: ", code_word(view->code), view->name);

	if (err == KVK_OK)
		err = notice_fact(view, out);
	if (err == KVK_OK)
		err = kvk_blob_text(out, "\n    ");
	if (err == KVK_OK)
		err = kvk_report_action(view, out);
	return err == KVK_OK ? kvk_blob_byte(out, '\n') : err;
}

enum kvk_err kvk_report_summary(const struct kvk_views *views, struct kvk_blob *out)
{
	return kvk_blob_format(out,
		_("entries: %zu, fine: %zu, warning: %zu, critical: %zu, not known: %zu\n"),
		views->all, views->by_code[0], views->by_code[1], views->by_code[2],
		views->by_code[3]);
}

static enum kvk_err plugin_named(const struct kvk_views *views, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;
	size_t named = 0;

	for (size_t i = 0; err == KVK_OK && i < views->list.count && named < PLUGIN_NAMED; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		if (view->code == 0)
			continue;
		err = kvk_blob_format(out, "%s%s ", named++ == 0 ? " - " : "; ", view->name);
		if (err == KVK_OK)
			err = notice_fact(view, out);
	}
	return err;
}

static enum kvk_err plugin_data(const struct kvk_views *views, struct kvk_blob *out)
{
	enum kvk_err err =
		kvk_blob_format(out, " | entries=%zu warning=%zu critical=%zu unknown=%zu",
			views->all, views->by_code[1], views->by_code[2], views->by_code[3]);

	for (size_t i = 0; err == KVK_OK && i < views->list.count && i < PLUGIN_DATA; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		if (view->has_certificate)
			err = kvk_blob_format(
				out, " '%s'=%lld", view->name, (long long)view->days_left);
	}
	return err == KVK_OK ? kvk_blob_byte(out, '\n') : err;
}

enum kvk_err kvk_report_plugin(const struct kvk_views *views, struct kvk_blob *out)
{
	enum kvk_err err = kvk_blob_format(out, "KVKCSR %s: %zu of %zu fine",
		code_word(kvk_views_code(views)), views->by_code[0], views->all);

	if (err == KVK_OK)
		err = plugin_named(views, out);
	return err == KVK_OK ? plugin_data(views, out) : err;
}
