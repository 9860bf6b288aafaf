/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The daily check: units of systemd or a file for cron, from the templates in schedule/. This unit
 * says what is in the files; app/schedule_system.h puts them where they belong. The hours from
 * 01:00 to 04:00 are left free, because of the changes to and from summer time and the backups
 * then.
 */
#ifndef KVKCSR_APP_SCHEDULE_H
#define KVKCSR_APP_SCHEDULE_H

#include <stdbool.h>

#include "app/settings.h"
#include "app/store.h"

enum kvk_schedule_kind {
	/* Units of the system, which run as root. */
	KVK_SCHEDULE_SYSTEM,
	/* Units of the user's own. */
	KVK_SCHEDULE_USER,
	/* A file in /etc/cron.d. */
	KVK_SCHEDULE_CRON,
};

#define KVK_SCHEDULE_CHECK "kvkcsr-check.service"
#define KVK_SCHEDULE_TIMER "kvkcsr-check.timer"
#define KVK_SCHEDULE_FAILED "kvkcsr-failed.service"
#define KVK_SCHEDULE_FILES 3

/* Minutes after midnight, local time: when the check runs if nobody says otherwise. */
#define KVK_SCHEDULE_TIME (6 * 60)
/* By how many minutes at most a run is delayed, so that not all computers ask a server at once. */
#define KVK_SCHEDULE_DELAY 30

/* What is to be installed. */
struct kvk_schedule_order {
	enum kvk_schedule_kind kind;
	/* The home, and the value of --config or NULL. */
	const struct kvk_home *home;
	const char *config;
	const struct kvk_settings *settings;
	/* Minutes after midnight; -1: nobody said. */
	int minutes;
	/* What cron prints reaches nobody, or another channel takes the news. */
	bool quiet;
};

struct kvk_schedule_file {
	/* Absolute. */
	struct kvk_blob path;
	struct kvk_blob text;
};

/* The files. Start all-zero, free with kvk_schedule_free(). */
struct kvk_schedule {
	enum kvk_schedule_kind kind;
	struct kvk_schedule_file files[KVK_SCHEDULE_FILES];
	size_t count;
	/* The unit that tests a channel; empty for cron. */
	struct kvk_schedule_file test;
};

/* Which event channels are set. */
struct kvk_schedule_channels {
	/* Names for `notify test`, those that can work in a unit. */
	const char *names[3];
	size_t count;
	/* Mail is set, but with a program that cannot work in a unit (sendmail). */
	bool sendmail;
};

/*
 * Reads a time of day, "HH:MM". KVK_ERR_ARGUMENT where it is none, KVK_ERR_REFUSED where a run
 * would fall between 01:00 and 04:00.
 */
enum kvk_err kvk_schedule_time(const char *text, int *minutes);
/*
 * Makes the files. KVK_ERR_ARGUMENT where a path cannot stand in such a file, the errors of
 * kvk_file_read() for a template; with why.
 */
enum kvk_err kvk_schedule_make(
	const struct kvk_schedule_order *order, struct kvk_schedule *out, struct kvk_error *why);
/* The paths of the files alone, which is all that is known of a schedule to look at or remove. */
enum kvk_err kvk_schedule_paths(
	enum kvk_schedule_kind kind, struct kvk_schedule *out, struct kvk_error *why);
void kvk_schedule_free(struct kvk_schedule *schedule);
/* The event channels of a configuration. */
void kvk_schedule_channels(const struct kvk_settings *settings, struct kvk_schedule_channels *out);

/* Sets *out to the home, the program or the file of the configuration that such a unit could not
 * use, because it has a /tmp of its own; to nothing where it could use them. */
enum kvk_err kvk_schedule_obstacle(const struct kvk_schedule_order *order, struct kvk_blob *out);
/*
 * Appends the tracked files and folders that are there but that the check could not read, a line
 * each, escaped. The errors of the inventory.
 */
enum kvk_err kvk_schedule_hidden(
	enum kvk_schedule_kind kind, struct kvk_inventory *inventory, struct kvk_blob *out);

#endif
