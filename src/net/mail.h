/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Handing one message to a mail server (RFC 5321), over libcurl. With STARTTLS nothing is sent in
 * the clear, whatever the server offers, and TLS is always verified. One recipient that is refused
 * does not stop the others. It checks no addresses (names/mailbox.h) and composes no message.
 */
#ifndef KVKCSR_NET_MAIL_H
#define KVKCSR_NET_MAIL_H

#include "net/options.h"

/* Borrows everything. */
struct kvk_net_mail {
	/* "smtp://host:port" or "smtps://host:port". */
	const char *url;
	/* With smtp: STARTTLS is required; else everything goes in the clear. */
	bool starttls;
	/* NULL: no authentication. */
	const char *user;
	const struct kvk_secret *password;
	/* The sender and the recipients, without angle brackets. */
	const char *from;
	const char *const *to;
	size_t count;
	/* The message, with header lines and CR LF. */
	struct kvk_span text;
};

/*
 * Whether a user name and a password stay secret on their way: without encryption they go to this
 * machine only. KVK_ERR_CONFIG with why where they do not; from, to and text are not looked at.
 */
enum kvk_err kvk_net_mail_check(const struct kvk_net_mail *mail, struct kvk_error *why);
/*
 * Sends a message; taken[i] says whether the server took it for recipient i. The time-outs and
 * ca_file of the options hold; the proxy does not, because it is one for HTTP. KVK_OK where all of
 * them have it. With why: KVK_ERR_WRITE where the server refused some or all, KVK_ERR_OPEN where
 * it could not be used at all. The errors of kvk_net_mail_check(), KVK_ERR_LIBRARY,
 * KVK_ERR_INTERNAL (libcurl cannot be used), KVK_ERR_MEMORY.
 */
enum kvk_err kvk_net_mail_send(const struct kvk_net_options *options,
	const struct kvk_net_mail *mail, bool *taken, struct kvk_error *why);

#endif
