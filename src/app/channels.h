/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The channels that the configuration sets (notify.NAME), with the files that they name, read and
 * checked. Call it where they are used: a command that notifies nobody works also for a user who
 * cannot read the password of the mail server.
 */
#ifndef KVKCSR_APP_CHANNELS_H
#define KVKCSR_APP_CHANNELS_H

#include "app/home.h"
#include "app/net_settings.h"
#include "notify/channel_command.h"
#include "notify/channel_mail.h"
#include "notify/channel_webhook.h"
#include "notify/events.h"

/* Start all-zero, free with kvk_channels_free(). The settings must outlive it. */
struct kvk_channels {
	/* Those that take messages, in the order in which they are served; and their names, with a
	 * NULL at the end. */
	struct kvk_event_channel list[KVK_EVENT_CHANNELS];
	const char *names[KVK_EVENT_CHANNELS + 1];
	size_t count;
	/* There is a heartbeat. */
	bool has_heartbeat;
	struct kvk_channel_webhook heartbeat;
	/* The name of this machine. */
	char host[256];
	/* Owned: what list points to. */
	struct kvk_net_settings net;
	struct kvk_channel_mail mail;
	struct kvk_channel_webhook webhook;
	struct kvk_channel_command command;
	struct kvk_secret password, secret;
	struct kvk_blob frame, body, recipients, mail_where;
	const char **argv;
	char webhook_shown[300], heartbeat_shown[300], command_where[256];
};

/*
 * Reads what notify.* says. clock and dice are those of net/options.h. KVK_ERR_CONFIG with why
 * where a value or a file is wrong; KVK_ERR_MEMORY.
 */
enum kvk_err kvk_channels_read(
	const struct kvk_settings *settings, struct kvk_channels *out, struct kvk_error *why);
/* The channel of this name that takes messages, or NULL. */
const struct kvk_event_channel *kvk_channels_find(
	const struct kvk_channels *channels, const char *name);
/* Fills all of a run's messages but notification and warn; home is borrowed. */
void kvk_channels_events(
	const struct kvk_channels *channels, const struct kvk_home *home, struct kvk_events *out);
/* Accepts an all-zero struct. */
void kvk_channels_free(struct kvk_channels *channels);

#endif
