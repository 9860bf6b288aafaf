/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A schedule where it belongs: its files written and removed, what systemd is told of them, a
 * channel tested in a unit, and when the check last ran and will next run.
 */
#ifndef KVKCSR_APP_SCHEDULE_SYSTEM_H
#define KVKCSR_APP_SCHEDULE_SYSTEM_H

#include "app/schedule.h"

/* After how long without a run something is wrong with a daily check. */
#define KVK_SCHEDULE_STALE (2 * KVK_DAY)

/* Whether systemd runs the system, or for user the units of this user. */
bool kvk_schedule_has_systemd(bool user);
/* Whether cron takes files. */
bool kvk_schedule_has_cron(void);
/* Whether a program is there that sends the mail of cron, as far as that can be known. */
bool kvk_schedule_has_mailer(void);
/* Whether the units of this user also run while the user is not logged in. */
bool kvk_schedule_lingers(void);

/*
 * Writes the files that are not there as they should be; *changed says whether there were any.
 * KVK_ERR_CREATE with why.
 */
enum kvk_err kvk_schedule_write(
	const struct kvk_schedule *schedule, bool *changed, struct kvk_error *why);
/* Writes one file, in a folder that is made where it is missing. KVK_ERR_CREATE with why. */
enum kvk_err kvk_schedule_write_file(const struct kvk_schedule_file *file, struct kvk_error *why);
/* Tells systemd of the units, and starts the timer. KVK_ERR_REFUSED with why; nothing for cron. */
enum kvk_err kvk_schedule_enable(const struct kvk_schedule *schedule, struct kvk_error *why);
/* Whether any of the files is there. */
bool kvk_schedule_exists(const struct kvk_schedule *schedule);
/* Stops the timer, removes the files and what systemd keeps of them. KVK_ERR_CREATE,
 * KVK_ERR_REFUSED with why. */
enum kvk_err kvk_schedule_remove(const struct kvk_schedule *schedule, struct kvk_error *why);
/*
 * Sends a test on a channel from a unit that is confined as the check is (for cron, from here).
 * What `notify test` printed goes to standard error where it failed. KVK_ERR_CREATE,
 * KVK_ERR_REFUSED with why where no unit can be started.
 */
enum kvk_err kvk_schedule_test(const struct kvk_schedule_order *order,
	const struct kvk_schedule *schedule, const char *channel, bool *works,
	struct kvk_error *why);

/* How the daily check stands. */
struct kvk_schedule_state {
	/* None where it is not installed. */
	bool installed;
	enum kvk_schedule_kind kind;
	/* The timer, or the file for cron. */
	struct kvk_blob path;
	bool has_last, has_next;
	kvk_time last, next;
	/* The last run is more than KVK_SCHEDULE_STALE ago, or there was none for so long. */
	bool stale;
};

/*
 * Looks at the schedules: the units of the system and the file for cron, or for user those of the
 * user; cron alone where only_cron. inventory may be NULL. Free with kvk_schedule_state_free().
 */
enum kvk_err kvk_schedule_look(bool user, bool only_cron, struct kvk_inventory *inventory,
	kvk_time now, struct kvk_schedule_state *out, struct kvk_error *why);
void kvk_schedule_state_free(struct kvk_schedule_state *state);

#endif
