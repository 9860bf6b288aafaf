/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The daily check, for people and as JSON: what `schedule install` will do, the files as they are,
 * and how the schedule stands. Everything is appended to a blob.
 */
#ifndef KVKCSR_REPORT_SCHEDULE_H
#define KVKCSR_REPORT_SCHEDULE_H

#include "report/page.h"

/* How the check is started; what `schedule status` calls it in JSON. */
enum kvk_report_schedule_kind {
	KVK_REPORT_SCHEDULE_NONE,
	KVK_REPORT_SCHEDULE_SYSTEM,
	KVK_REPORT_SCHEDULE_USER,
	KVK_REPORT_SCHEDULE_CRON,
};

/* How it stands; borrowed. */
struct kvk_report_schedule {
	enum kvk_report_schedule_kind kind;
	/* The timer, or the file for cron; NULL where there is none. Not escaped. */
	const char *path;
	bool has_last, has_next, stale;
	kvk_time last, next, now;
};

/* What will be done, before it is: paths are those of the files, NULL at the end. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_report_schedule_plan(enum kvk_report_schedule_kind kind, const char *const *paths,
	const struct kvk_paper *paper, struct kvk_blob *out);
/* A file whole, after a comment that names it. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_schedule_file(const char *path, struct kvk_span text, struct kvk_blob *out);
/* How it stands. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_schedule_text(const struct kvk_report_schedule *schedule,
	const struct kvk_paper *paper, struct kvk_blob *out);
/* The line of `status`: when the check last ran and will next run. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_schedule_runs(const struct kvk_report_schedule *schedule,
	const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_report_schedule_json(
	const struct kvk_report_schedule *schedule, struct kvk_blob *out);

#endif
