/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One run of `check`: certificates are looked for, revocation is asked about, and what is new is
 * sent, on standard output (check_run.c) or on the channels of the configuration (check_events.c).
 */
#ifndef KVKCSR_CMD_CHECK_RUN_H
#define KVKCSR_CMD_CHECK_RUN_H

#include "app/asker.h"
#include "app/channels.h"
#include "app/entries.h"
#include "app/revocations.h"
#include "base/exit.h"
#include "cli/listener.h"
#include "cli/options.h"

struct kvk_check_config {
	struct kvk_common common;
	struct kvk_time_option at;
	bool plugin, dry_run, quiet, remember, offline;
};

struct kvk_check {
	const struct kvk_check_config *config;
	struct kvk_store *store;
	const struct kvk_channels *channels;
	struct kvk_entries_scope scope;
	/* The clock. */
	kvk_time now;
	/* Who is asked about revocation; NULL: nobody. */
	const struct kvk_revocation_source *source;
	const struct kvk_asker *asker;
	/* Who reads standard output, where it is the channel. */
	enum kvk_listener listener;
	/* Something in the tracked folders could not be read; another run is sending. */
	bool blind, busy;
	/* What could not be read first. */
	struct kvk_error blind_why;
	/* kvk_views.doubtful of what was assessed; revocation could not be checked at all. */
	bool doubtful, failed;
	/* Something was written to standard output, or was to be. */
	bool written;
	/* There was something new; a channel could not deliver it. */
	bool news, undelivered;
	/* KVK_OK, or why something could not be remembered. */
	enum kvk_err stored;
};

/* The run. Its exit code. */
enum kvk_exit kvk_check_run(struct kvk_check *check);

/* What the files of this unit share. */

/* The notification of a run; channel is that of standard output. */
struct kvk_notification kvk_check_notification(
	const struct kvk_check *check, const struct kvk_channel *channel);
/* Assesses all entries into *views, which is KVK_VIEWS_INIT. */
enum kvk_exit kvk_check_assess(struct kvk_check *check, struct kvk_views *views);
/* Waits until no other run sends; false, and a warning, where one does for too long. */
bool kvk_check_begin(struct kvk_check *check);
/* With the news that something could not be determined: that a proxy is perhaps only missing. */
void kvk_check_warn_proxy(const struct kvk_check *check, const struct kvk_views *views);
/* Whether there is something new in any view. */
bool kvk_check_has_news(const struct kvk_views *views);
/* Writes what the options ask for: a line for monitoring, JSON, text or nothing. */
enum kvk_exit kvk_check_write(
	struct kvk_check *check, const struct kvk_channel *channel, const struct kvk_views *views);

/* Tells the channels of the configuration what is new, and writes the result. */
enum kvk_exit kvk_check_events(struct kvk_check *check, const struct kvk_channel *channel);
/* Shows what they would get. */
enum kvk_exit kvk_check_events_show(struct kvk_check *check, const struct kvk_channel *channel);
/* Calls the heartbeat after a run that was complete; code is that of the run so far. */
enum kvk_exit kvk_check_heartbeat(struct kvk_check *check, enum kvk_exit code);

#endif
