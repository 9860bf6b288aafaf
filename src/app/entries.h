/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `status` and `check` have in common: all entries of the inventory, assessed at one time.
 */
#ifndef KVKCSR_APP_ENTRIES_H
#define KVKCSR_APP_ENTRIES_H

#include "app/settings.h"
#include "app/store.h"
#include "watch/thresholds.h"
#include "watch/view.h"

/* Takes check.warning_days and check.critical_days. KVK_ERR_CONFIG with why where they are too
 * many. */
enum kvk_err kvk_entries_thresholds(
	const struct kvk_settings *settings, struct kvk_threshold_days *out, struct kvk_error *why);
/*
 * Assesses every entry: views of all of them, or where all is false of those that there is
 * something to say of, the most urgent first. KVK_ERR_LIMIT, KVK_ERR_MEMORY, the errors of the
 * inventory, with why; the state is kvk_views_code().
 */
enum kvk_err kvk_entries_assess(struct kvk_store *store, const struct kvk_threshold_days *days,
	kvk_time at, bool all, struct kvk_views *views, struct kvk_error *why);

#endif
