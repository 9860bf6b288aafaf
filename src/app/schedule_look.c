/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/schedule_system.h: when the check last ran, and when it will next run. */
#include "config.h"

#include "app/schedule_system.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/tool.h"

/*
 * When the timer of systemd elapses next, which it says as "Mon 2026-11-30 06:09:00 UTC". (Version
 * 252 does so also where seconds are asked for.)
 */
static bool next_of_timer(bool user, kvk_time *out)
{
	const char *const arguments[] = { "env", "TZ=UTC", "LC_ALL=C", "systemctl",
		user ? "--user" : "--system", "show", "--value",
		"--property=NextElapseUSecRealtime", KVK_SCHEDULE_TIMER, NULL };
	struct kvk_civil civil = { .year = 0 };
	struct kvk_blob text = { 0 };
	bool has;
	int status;

	has = kvk_schedule_has_systemd(user) && kvk_tool_run(arguments, &text, &status) == KVK_OK &&
		status == 0 &&
		sscanf(kvk_blob_str(&text), "%*s %4d-%2d-%2d %2d:%2d:%2d", &civil.year,
			&civil.month, &civil.day, &civil.hour, &civil.minute, &civil.second) == 6 &&
		kvk_time_from_civil(&civil, out) == KVK_OK;
	kvk_blob_free(&text);
	return has;
}

/* The next time that a clock on the wall shows this. */
static bool next_of_day(int hour, int minute, kvk_time now, kvk_time *out)
{
	const time_t seconds = (time_t)(now / KVK_SECOND);
	struct tm day;
	time_t then;

	if (localtime_r(&seconds, &day) == NULL)
		return false;
	day.tm_hour = hour;
	day.tm_min = minute;
	day.tm_sec = 0;
	day.tm_isdst = -1;
	then = mktime(&day);
	if (then != -1 && then <= seconds) {
		day.tm_mday++;
		day.tm_isdst = -1;
		then = mktime(&day);
	}
	*out = (kvk_time)then * KVK_SECOND;
	return then != -1;
}

/* The first line of the file that begins with minute and hour. */
static bool next_of_cron(const char *path, kvk_time now, kvk_time *out)
{
	struct kvk_blob text = { 0 };
	int hour = -1, minute = -1;

	if (kvk_file_read(path, KVK_LIMIT_CONFIG, 0, &text) == KVK_OK) {
		const char *line = kvk_blob_str(&text);

		while (line != NULL && sscanf(line, "%d %d * * *", &minute, &hour) != 2) {
			line = strchr(line, '\n');
			line += line != NULL;
		}
	}
	kvk_blob_free(&text);
	return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 &&
		next_of_day(hour, minute, now, out);
}

/* The one that is installed, of this kind; *out says whether it is. */
static enum kvk_err find(
	enum kvk_schedule_kind kind, struct kvk_schedule_state *out, struct kvk_error *why)
{
	struct kvk_schedule schedule = { .count = 0 };
	enum kvk_err err;

	KVK_TRY(kvk_schedule_paths(kind, &schedule, why));
	out->installed = kvk_schedule_exists(&schedule);
	if (!out->installed)
		goto out;
	out->kind = kind;
	KVK_TRY(kvk_blob_set(&out->path,
		kvk_span_of_blob(&schedule.files[kind == KVK_SCHEDULE_CRON ? 0 : 1].path)));
out:
	kvk_schedule_free(&schedule);
	return err;
}

/* Since when the schedule is there, and so since when there should have been runs. */
static bool is_old(const char *path, kvk_time now)
{
	struct stat found;

	return stat(path, &found) == 0 &&
		now - (kvk_time)found.st_mtim.tv_sec * KVK_SECOND > KVK_SCHEDULE_STALE;
}

enum kvk_err kvk_schedule_look(bool user, bool only_cron, struct kvk_inventory *inventory,
	kvk_time now, struct kvk_schedule_state *out, struct kvk_error *why)
{
	enum kvk_err err = KVK_OK;

	if (user)
		KVK_TRY(find(KVK_SCHEDULE_USER, out, why));
	else if (!only_cron)
		KVK_TRY(find(KVK_SCHEDULE_SYSTEM, out, why));
	if (!user && !out->installed)
		KVK_TRY(find(KVK_SCHEDULE_CRON, out, why));
	if (inventory != NULL)
		err = kvk_inventory_last_run(inventory, &out->last);
	out->has_last = inventory != NULL && err == KVK_OK;
	if (err == KVK_ERR_NOT_FOUND)
		err = KVK_OK;
	KVK_TRY(err);
	if (out->installed)
		out->has_next = out->kind == KVK_SCHEDULE_CRON ?
			next_of_cron(kvk_blob_str(&out->path), now, &out->next) :
			next_of_timer(user, &out->next);
	out->stale = out->has_last ? now - out->last > KVK_SCHEDULE_STALE :
				     out->installed && is_old(kvk_blob_str(&out->path), now);
out:
	return err;
}

void kvk_schedule_state_free(struct kvk_schedule_state *state)
{
	kvk_blob_free(&state->path);
}
