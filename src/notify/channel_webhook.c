/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/channel_webhook.h"

#include "base/encode.h"
#include "net/error.h"
#include "net/fetch.h"
#include "report/template.h"

/* Octets of an answer to a call that are read. */
#define ANSWER_SIZE 4096u

enum kvk_err kvk_channel_webhook_compose(void *context, const struct kvk_message *message,
	struct kvk_blob *out, struct kvk_error *why)
{
	const struct kvk_channel_webhook *webhook = context;
	char at[KVK_TIME_TEXT_SIZE];
	const struct kvk_template_value values[] = {
		{ "subject", message->subject },
		{ "text", message->text },
		{ "names", message->names },
		{ "key", message->key },
		{ "at", kvk_time_text(message->at, at) },
		{ "host", message->host },
		{ "home", message->home },
		{ NULL, NULL },
	};

	return kvk_template_fill(webhook->frame, values, KVK_TEMPLATE_JSON, out, why);
}

/* Hands a request over, in a run of its own. */
static enum kvk_err deliver(const struct kvk_channel_webhook *webhook,
	struct kvk_net_request *request, struct kvk_error *why)
{
	const struct kvk_net_answer *answer;
	struct kvk_net *net = NULL;
	enum kvk_err err;

	request->url = webhook->url;
	request->source = KVK_NET_FROM_CONFIGURATION;
	request->max_octets = ANSWER_SIZE;
	request->delivery = true;
	KVK_TRY(kvk_net_open(&webhook->options, &net));
	KVK_TRY(kvk_net_fetch(net, request, 1, &answer));
	if (answer->reason != KVK_NET_OK) {
		kvk_net_error_set(webhook->shown, answer, why);
		err = answer->status != 0 ? KVK_ERR_WRITE : KVK_ERR_OPEN;
	}
out:
	kvk_net_close(net);
	return err;
}

/* The header line with the signature of a body. */
static enum kvk_err append_signature(
	const struct kvk_secret *secret, struct kvk_span body, struct kvk_blob *out)
{
	uint8_t mac[KVK_SHA256_SIZE];
	enum kvk_err err;

	KVK_TRY(kvk_hmac_sha256(kvk_secret_span(secret), body, mac));
	KVK_TRY(kvk_blob_append_text(out, "X-Kvkcsr-Signature: sha256="));
	KVK_TRY(kvk_hex(out, (struct kvk_span){ mac, sizeof mac }, 0));
out:
	return err;
}

enum kvk_err kvk_channel_webhook_send(
	void *context, struct kvk_outgoing *message, struct kvk_error *why)
{
	const struct kvk_channel_webhook *webhook = context;
	struct kvk_net_request request = { .content_type = "application/json" };
	struct kvk_blob key = { 0 }, signature = { 0 };
	enum kvk_err err;

	request.body = kvk_span_of_blob(&message->body);
	KVK_TRY(kvk_blob_append_format(&key, "Idempotency-Key: %s", message->key));
	request.headers[0] = kvk_blob_str(&key);
	if (webhook->secret != NULL) {
		KVK_TRY(append_signature(webhook->secret, request.body, &signature));
		request.headers[1] = kvk_blob_str(&signature);
	}
	KVK_TRY(deliver(webhook, &request, why));
out:
	kvk_blob_free(&key);
	kvk_blob_free(&signature);
	return err;
}

enum kvk_err kvk_channel_heartbeat_call(
	const struct kvk_channel_webhook *heartbeat, struct kvk_error *why)
{
	struct kvk_net_request request = { .content_type = NULL };

	return deliver(heartbeat, &request, why);
}
