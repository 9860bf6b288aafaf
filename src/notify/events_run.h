/* SPDX-License-Identifier: Apache-2.0 */
/* Part of notify/events.h: what one run knows while it serves its channels, and how it sends. */
#ifndef KVKCSR_NOTIFY_EVENTS_RUN_H
#define KVKCSR_NOTIFY_EVENTS_RUN_H

#include "notify/events_compose.h"

/* A channel that has failed in this run. */
struct kvk_channel_failure {
	const char *channel;
	struct kvk_error why;
};

/* Start with the first two members set. */
struct kvk_events_run {
	const struct kvk_events *events;
	struct kvk_views *views;
	/* struct kvk_entry_view *, by id. */
	struct kvk_vec by_id;
	/* The first failure of each channel, with room for one that is not of events. */
	struct kvk_channel_failure failures[KVK_EVENT_CHANNELS + 1];
	size_t failure_count;
	/* What was seen of all entries is stored. */
	bool stored;
	/* The first error of the inventory. */
	enum kvk_err err;
};

/* Keeps the first error of the inventory. */
void kvk_events_run_keep(struct kvk_events_run *run, enum kvk_err err);
/* Notes that a channel has failed, and warns. */
void kvk_events_run_fail(struct kvk_events_run *run, const char *channel,
	const struct kvk_error *why, enum kvk_err err);
/* Whether a channel has failed in this run. */
bool kvk_events_run_failed(const struct kvk_events_run *run, const char *channel);
/*
 * Sends what is recorded for a channel, the oldest first, and then what could not be recorded
 * (struct kvk_composed whose id is 0). bit is that of the channel in the views.
 */
void kvk_events_run_deliver(struct kvk_events_run *run, const struct kvk_event_channel *channel,
	unsigned bit, struct kvk_vec *composed);
/*
 * Removes from what is recorded whoever is not to be notified any more: messages of channels that
 * are not set, recipients that nothing names. What nobody has had is news again.
 */
void kvk_events_run_tidy(struct kvk_events_run *run);

#endif
