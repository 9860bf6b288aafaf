/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps that subcommands have in common (KVK_STEP(), base/exit.h): a use case of app/ is
 * called, and what went wrong becomes a line on stderr and an exit code.
 */
#ifndef KVKCSR_CMD_STEP_H
#define KVKCSR_CMD_STEP_H

#include "app/entries.h"
#include "app/schedule_system.h"
#include "app/silenced.h"
#include "base/exit.h"
#include "cli/options.h"
#include "report/page.h"

/*
 * What came of a call: KVK_GO_ON for KVK_OK, else the exit code that fits the error, after a line
 * that says why; an empty why stands for the text of the error.
 */
enum kvk_exit kvk_step(enum kvk_err err, const struct kvk_error *why);
/* Names a home on stderr that surprises (app/home.h). */
void kvk_warn_home(const struct kvk_home *home);
/* Advises about a private key that other users can read. */
void kvk_warn_key_readable(const char *path);
/* kvk_store_open() and kvk_store_look() as steps, with kvk_warn_home(). */
enum kvk_exit kvk_step_store_open(const char *home, bool make, struct kvk_store *out);
enum kvk_exit kvk_step_store_look(const char *home, struct kvk_store *out);
/* An error of the inventory (kvk_store_error()) as a step. */
enum kvk_exit kvk_step_inventory(enum kvk_err err);
/* kvk_entries_assess() as a step, which says where there are none. */
enum kvk_exit kvk_step_assess(
	struct kvk_store *store, const struct kvk_entries_scope *scope, struct kvk_views *views);
/* The time of the clock, and the time of an option that was not given. */
enum kvk_exit kvk_step_now(kvk_time *out);
enum kvk_exit kvk_step_at(struct kvk_time_option *at);
/* What standard output is: its width, and whether text is in colour; color is the option's value.
 */
struct kvk_paper kvk_step_paper(const char *color);
/* kvk_silenced_named() as a last step: code, or KVK_EXIT_UNKNOWN where it could not be remembered
 * and was said. */
enum kvk_exit kvk_step_named(struct kvk_inventory *inventory, const struct kvk_vec *silenced,
	kvk_time now, enum kvk_exit code);
/* Warns that the last run of `check` is too long ago (state->stale). */
void kvk_warn_stale(const struct kvk_schedule_state *state);
/*
 * The last step: writes what was rendered, which is freed, and returns code; KVK_EXIT_UNKNOWN where
 * it could not be rendered or written.
 */
enum kvk_exit kvk_step_write(enum kvk_err rendered, struct kvk_blob *out, enum kvk_exit code);

#endif
