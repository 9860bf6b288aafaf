/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an entry comes to at a time: looks at its file again, works out the state, the threshold
 * and the next action. Changes nothing.
 */
#ifndef KVKCSR_WATCH_ASSESS_H
#define KVKCSR_WATCH_ASSESS_H

#include "watch/looks.h"
#include "watch/view.h"
#include "watch/thresholds.h"

/*
 * Assesses an entry. A file that is gone or cannot be read is a state, no error; the certificate
 * that the inventory knew still counts then. looks is used for all entries of a run, one after the
 * other. KVK_ERR_MEMORY; free the view with kvk_view_free().
 */
enum kvk_err kvk_assess(const struct kvk_entry *entry, struct kvk_looks *looks,
	const struct kvk_threshold_days *days, kvk_time at, struct kvk_entry_view *out);
/* The same without looking at the file: for what is known already. */
void kvk_assess_known(
	const struct kvk_threshold_days *days, kvk_time at, struct kvk_entry_view *view);

#endif
