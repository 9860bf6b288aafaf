/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/schedule.h"

#include "base/escape.h"
#include "report/json.h"
#include "report/rows.h"

static const struct {
	const char *id;
	/* What the files are, and who runs the check. */
	const char *plan;
	/* The value of a row. */
	const char *text;
} kinds[] = {
	[KVK_REPORT_SCHEDULE_NONE] = { NULL, NULL, N_("not installed") },
	[KVK_REPORT_SCHEDULE_SYSTEM] = { "systemd",
		N_("A systemd timer will run 'kvkcsr check' every day, as root but with read "
		   "access only. If a run fails, a second unit reports that. These files are "
		   "written:"),
		N_("systemd timer, run as root") },
	[KVK_REPORT_SCHEDULE_USER] = { "systemd-user",
		N_("A systemd timer of your own will run 'kvkcsr check' every day. If a run fails, "
		   "a second unit reports that. These files are written:"),
		N_("systemd timer of your own") },
	[KVK_REPORT_SCHEDULE_CRON] = { "cron",
		N_("cron will run 'kvkcsr check' every day, as root. This file is written:"),
		N_("cron, run as root") },
};

enum kvk_err kvk_report_schedule_plan(enum kvk_report_schedule_kind kind, const char *const *paths,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };

	kvk_page_append_sentence(&page, "%s", _(kinds[kind].plan));
	for (; *paths != NULL; paths++) {
		kvk_page_append_blanks(&page, 4);
		kvk_page_append_escaped(&page, kvk_span_of(*paths));
		kvk_page_append_text(&page, "\n");
	}
	return page.err;
}

enum kvk_err kvk_report_schedule_file(const char *path, struct kvk_span text, struct kvk_blob *out)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(out, "# "));
	KVK_TRY(kvk_escape(out, kvk_span_of(path)));
	KVK_TRY(kvk_blob_append_text(out, "\n"));
	KVK_TRY(kvk_blob_append(out, text));
	KVK_TRY(kvk_blob_append_text(out, "\n"));
out:
	return err;
}

/* A row of a time and how far it is away. */
static void add_time(struct kvk_page *page, struct kvk_rows *rows, const char *label,
	const struct kvk_report_schedule *schedule, kvk_time t)
{
	struct kvk_page text = { .out = &rows->text, .paper = page->paper };

	kvk_page_append_time(&text, schedule->now, t);
	KVK_PAGE_TRY(page, text.err);
	kvk_rows_end(page, rows, label);
}

/* The rows of the last and the next run. */
static void add_runs(struct kvk_page *page, struct kvk_rows *rows,
	const struct kvk_report_schedule *schedule, const char *unknown)
{
	if (schedule->has_last)
		add_time(page, rows, _("last check"), schedule, schedule->last);
	else
		kvk_rows_add(page, rows, _("last check"), _("never"));
	if (schedule->has_next)
		add_time(page, rows, _("next check"), schedule, schedule->next);
	else
		kvk_rows_add(page, rows, _("next check"), unknown);
}

enum kvk_err kvk_report_schedule_runs(const struct kvk_report_schedule *schedule,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_rows rows = { .text = { 0 } };

	kvk_page_append_text(&page, "\n");
	add_runs(&page, &rows, schedule, _("unknown"));
	kvk_rows_write(&page, &rows, 0);
	return page.err;
}

enum kvk_err kvk_report_schedule_text(const struct kvk_report_schedule *schedule,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_rows rows = { .text = { 0 } };

	kvk_rows_add(&page, &rows, _("daily check"), _(kinds[schedule->kind].text));
	if (schedule->path != NULL)
		kvk_rows_add_path(&page, &rows, _("file"), schedule->path);
	add_runs(&page, &rows, schedule,
		schedule->kind == KVK_REPORT_SCHEDULE_NONE ? _("none") : _("unknown"));
	kvk_rows_write(&page, &rows, 0);
	return page.err;
}

enum kvk_err kvk_report_schedule_json(
	const struct kvk_report_schedule *schedule, struct kvk_blob *out)
{
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "installed", kvk_json_string(kinds[schedule->kind].id));
	kvk_json_set(&object, "file",
		schedule->path != NULL ? kvk_json_text(kvk_span_of(schedule->path)) : json_null());
	kvk_json_set(&object, "last_run",
		schedule->has_last ? kvk_json_time(schedule->last) : json_null());
	kvk_json_set(&object, "next_run",
		schedule->has_next ? kvk_json_time(schedule->next) : json_null());
	kvk_json_set(&object, "stale", json_boolean(schedule->stale));
	return kvk_json_write(object, true, out);
}
