/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `status` and `check` have in common: all entries of the inventory, assessed at one time.
 */
#ifndef KVKCSR_CMD_ENTRIES_H
#define KVKCSR_CMD_ENTRIES_H

#include "app/settings.h"
#include "app/store.h"
#include "watch/view.h"
#include "watch/thresholds.h"

/* Reads check.warning_days and check.critical_days. KVK_GO_ON, or 78 with a word on stderr. */
enum kvk_exit kvk_entries_thresholds(
	const struct kvk_settings *settings, struct kvk_threshold_days *out);
/*
 * Assesses every entry: views of all of them, or where all is false of those that there is
 * something to say of, the most urgent first. Says on stderr where the inventory is empty.
 * KVK_GO_ON, or the exit code to leave with; the state is kvk_views_code().
 */
enum kvk_exit kvk_entries_assess(struct kvk_store *store, const struct kvk_threshold_days *days,
	kvk_time at, bool all, struct kvk_views *views);

#endif
