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
 * "Could not be determined" counts from the third day on. A run may start a little earlier in the
 * day than the one before, as it is not asked more often than every 20 hours.
 */
#define KVK_ASK_EVERY (20 * KVK_HOUR)
#define KVK_PATIENCE (2 * KVK_DAY - (KVK_DAY - KVK_ASK_EVERY))
/* Whether somebody can be asked at all: a path leads to an anchor, and there is an address. */
bool kvk_revocation_can_be_asked(const struct kvk_entry_revocation *revocation);
/* Whether it is unknown for so long, although somebody can be asked, that it counts. */
bool kvk_revocation_is_undetermined(const struct kvk_entry_revocation *revocation, kvk_time at);

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
/* What a renewal that is under way (view->next) changes about what is to be done, and of what
 * somebody is reminded. For a view that was assessed. */
void kvk_assess_renewing(struct kvk_entry_view *view);
/*
 * Where nobody could say for KVK_PATIENCE whether its certificate was revoked: says so, unknown if
 * nothing graver is to be said. For a view that was assessed, unless the user wants nobody to be
 * asked.
 */
void kvk_assess_undetermined(struct kvk_entry_view *view);

#endif
