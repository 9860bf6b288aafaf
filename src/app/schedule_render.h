/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Templates of the data folder with values in them, and the values as units of systemd and cron
 * read them.
 */
#ifndef KVKCSR_APP_SCHEDULE_RENDER_H
#define KVKCSR_APP_SCHEDULE_RENDER_H

#include "base/blob.h"

/* A name, which is between two signs in the template ("@time@"), and its value. */
struct kvk_schedule_value {
	const char *name;
	const char *value;
};

/*
 * Appends a template of schedule/ with its values; the list ends with a NULL name. What is not in
 * the list stays as it is. The errors of kvk_file_read(), with why.
 */
enum kvk_err kvk_schedule_render(const char *name, const struct kvk_schedule_value *values,
	struct kvk_blob *out, struct kvk_error *why);
/* Appends an argument as a command line in a unit has it: in quotes, where specifiers and variables
 * stand for themselves. */
enum kvk_err kvk_schedule_quote_argument(struct kvk_blob *out, const char *text);
/* The same for a setting that takes several words, in which variables do not stand for anything. */
enum kvk_err kvk_schedule_quote_setting(struct kvk_blob *out, const char *text);
/* Appends a path as a setting in a unit that takes one path has it. */
enum kvk_err kvk_schedule_quote_path(struct kvk_blob *out, const char *text);
/* Appends an argument as a line for cron has it. */
enum kvk_err kvk_schedule_quote_cron(struct kvk_blob *out, const char *text);

#endif
