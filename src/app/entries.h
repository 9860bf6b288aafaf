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
/* An entry with the path of its file as it is today: a dossier lies in the home, also after the
 * home was moved or restored somewhere else. KVK_ERR_MEMORY, KVK_ERR_LIMIT. */
enum kvk_err kvk_entries_locate(
	const struct kvk_home *home, const struct kvk_entry *entry, struct kvk_entry *out);

/* How entries are assessed. */
struct kvk_entries_scope {
	const struct kvk_threshold_days *days;
	kvk_time at;
	/* Views of all entries; else of those that there is something to say of. */
	bool all;
	/* Revocation is asked about: that it cannot be determined counts. */
	bool revocation;
};

/*
 * Assesses every entry, the most urgent first. KVK_ERR_LIMIT, KVK_ERR_MEMORY, the errors of the
 * inventory, with why; the state is kvk_views_code().
 */
enum kvk_err kvk_entries_assess(struct kvk_store *store, const struct kvk_entries_scope *scope,
	struct kvk_views *views, struct kvk_error *why);

#endif
