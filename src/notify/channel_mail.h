/* SPDX-License-Identifier: Apache-2.0 */
/* Mail: over a mail server, or by the sendmail of this machine. */
#ifndef KVKCSR_NOTIFY_CHANNEL_MAIL_H
#define KVKCSR_NOTIFY_CHANNEL_MAIL_H

#include "net/options.h"
#include "notify/channel.h"

#define KVK_CHANNEL_MAIL "mail"

/* Borrows everything. All addresses are valid (names/mailbox.h). */
struct kvk_channel_mail {
	const char *from;
	/* "smtp://host:port" or "smtps://host:port"; NULL: sendmail. */
	const char *smtp;
	bool starttls;
	/* NULL: no authentication. */
	const char *user;
	const struct kvk_secret *password;
	/* The absolute path of a program like sendmail; with smtp it is not used. */
	const char *sendmail;
	/* Its time-outs and ca_file. */
	struct kvk_net_options options;
};

/* The functions of the channel; context is a struct kvk_channel_mail. */
enum kvk_err kvk_channel_mail_compose(void *context, const struct kvk_message *message,
	struct kvk_blob *out, struct kvk_error *why);
enum kvk_err kvk_channel_mail_send(
	void *context, struct kvk_outgoing *message, struct kvk_error *why);

#endif
