/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Webhook: a body made from a template is posted to one address. The address may hold a secret, so
 * only its host is ever shown.
 */
#ifndef KVKCSR_NOTIFY_CHANNEL_WEBHOOK_H
#define KVKCSR_NOTIFY_CHANNEL_WEBHOOK_H

#include "net/options.h"
#include "notify/channel.h"

#define KVK_CHANNEL_WEBHOOK "webhook"
#define KVK_CHANNEL_HEARTBEAT "heartbeat"

/* Borrows everything. */
struct kvk_channel_webhook {
	const char *url;
	/* The address as it is shown: "https://host/...". */
	const char *shown;
	/* JSON with the places subject, text, names, key, at, host and home. */
	struct kvk_span frame;
	/* The key of the signature; NULL: none. */
	const struct kvk_secret *secret;
	struct kvk_net_options options;
};

/* The functions of the channel; context is a struct kvk_channel_webhook. */
enum kvk_err kvk_channel_webhook_compose(void *context, const struct kvk_message *message,
	struct kvk_blob *out, struct kvk_error *why);
enum kvk_err kvk_channel_webhook_send(
	void *context, struct kvk_outgoing *message, struct kvk_error *why);
/* Calls an address, of which url, shown and options count: a service that notices when nobody does
 * so. KVK_ERR_WRITE (refused), KVK_ERR_OPEN (out of reach), with why; KVK_ERR_MEMORY,
 * KVK_ERR_LIBRARY. */
enum kvk_err kvk_channel_heartbeat_call(
	const struct kvk_channel_webhook *heartbeat, struct kvk_error *why);

#endif
