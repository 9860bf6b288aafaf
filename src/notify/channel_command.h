/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Command: a program of the user, which gets the message in its environment and the text also as
 * standard input.
 */
#ifndef KVKCSR_NOTIFY_CHANNEL_COMMAND_H
#define KVKCSR_NOTIFY_CHANNEL_COMMAND_H

#include "notify/channel.h"

#define KVK_CHANNEL_COMMAND "command"

/* Borrows everything. */
struct kvk_channel_command {
	/* Ends with NULL; the program was checked (notify/program.h). */
	const char *const *argv;
	kvk_time timeout;
};

/* The functions of the channel; context is a struct kvk_channel_command. */
enum kvk_err kvk_channel_command_compose(void *context, const struct kvk_message *message,
	struct kvk_blob *out, struct kvk_error *why);
enum kvk_err kvk_channel_command_send(
	void *context, struct kvk_outgoing *message, struct kvk_error *why);

#endif
