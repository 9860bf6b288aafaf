/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/transfer.h"

#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "net/header.h"
#include "net/proxy.h"

/* Some of them hold secrets. */
static void free_headers(struct curl_slist *lines)
{
	for (struct curl_slist *line = lines; line != NULL; line = line->next)
		kvk_wipe(line->data, strlen(line->data));
	kvk_curl->slist_free_all(lines);
}

void kvk_net_transfer_drop(struct kvk_net_transfer *t)
{
	/* Of an address that was refused libcurl may know nothing, and not be there. */
	if (t->easy == NULL)
		return;
	kvk_curl->easy_cleanup(t->easy);
	t->easy = NULL;
	free_headers(t->headers);
	free_headers(t->proxy_headers);
	t->headers = t->proxy_headers = NULL;
}

void kvk_net_transfer_release(struct kvk_net_transfer *t)
{
	*t->options->held -= t->answer.octets.n;
	kvk_blob_free(&t->answer.octets);
}

void kvk_net_transfer_fail(
	struct kvk_net_transfer *t, enum kvk_net_reason reason, enum kvk_net_detail detail)
{
	kvk_net_transfer_drop(t);
	kvk_net_transfer_release(t);
	t->answer.reason = reason;
	t->answer.detail = detail;
	t->state = KVK_NET_DONE;
}

static unsigned rules_of(
	const struct kvk_net_request *request, const struct kvk_net_options *options)
{
	if (request->source == KVK_NET_FROM_CONFIGURATION)
		return request->https_only ? KVK_NET_URL_HTTPS :
					     KVK_NET_URL_HTTP | KVK_NET_URL_HTTPS;
	return options->allow_private ? KVK_NET_URL_HTTP : KVK_NET_URL_HTTP | KVK_NET_URL_PORT_80;
}

/* Reads the address and decides the route, and which rules hold on it. */
static enum kvk_err route(struct kvk_net_transfer *t)
{
	const struct kvk_net_options *options = t->options;
	bool strict = t->request.source == KVK_NET_FROM_CERTIFICATE && !options->allow_private;
	enum kvk_net_detail detail;
	enum kvk_err err;

	err = kvk_net_url_read(t->request.url, rules_of(&t->request, options), &t->url, &detail);
	if (err == KVK_ERR_REFUSED) {
		kvk_net_transfer_fail(t, KVK_NET_ADDRESS_REFUSED, detail);
		return KVK_OK;
	}
	if (err != KVK_OK)
		return err;
	t->proxied = options->proxy != NULL &&
		!kvk_net_proxy_is_bypassed(options->no_proxy, options->no_proxy_count, t->url.host);
	t->guarded = strict && !t->proxied;
	if (strict && t->proxied && !kvk_net_proxy_may_ask(t->url.host))
		kvk_net_transfer_fail(t, KVK_NET_ADDRESS_REFUSED, KVK_NET_DETAIL_LOCAL_NAME);
	return KVK_OK;
}

/* A copy of a text that may be missing, and a pointer to it for the request. */
static enum kvk_err copy(const char *text, char **owned, const char **out)
{
	*owned = text != NULL ? kvk_strdup(text) : NULL;
	*out = *owned;
	return *owned != NULL || text == NULL ? KVK_OK : KVK_ERR_MEMORY;
}

static enum kvk_err copy_request(struct kvk_net_transfer *t, const struct kvk_net_request *request)
{
	enum kvk_err err;

	t->request = *request;
	KVK_TRY(copy(request->url, &t->texts[0], &t->request.url));
	KVK_TRY(copy(request->content_type, &t->texts[1], &t->request.content_type));
	KVK_TRY(copy(kvk_net_header_is_value(request->etag) ? request->etag : NULL, &t->texts[2],
		&t->request.etag));
	KVK_TRY(copy(
		kvk_net_header_is_value(request->last_modified) ? request->last_modified : NULL,
		&t->texts[3], &t->request.last_modified));
	KVK_TRY(copy(request->headers[0], &t->texts[4], &t->request.headers[0]));
	KVK_TRY(copy(request->headers[1], &t->texts[5], &t->request.headers[1]));
	KVK_TRY(kvk_blob_set(&t->body, request->body));
	t->request.body = kvk_span_of_blob(&t->body);
out:
	return err;
}

enum kvk_err kvk_net_transfer_new(const struct kvk_net_request *request,
	const struct kvk_net_options *options, struct kvk_net_transfer **out)
{
	struct kvk_net_transfer *t;
	enum kvk_err err;

	t = kvk_calloc(1, sizeof *t);
	if (t == NULL)
		return KVK_ERR_MEMORY;
	t->options = options;
	KVK_TRY(copy_request(t, request));
	if (options->offline)
		kvk_net_transfer_fail(t, KVK_NET_NOT_ASKED, KVK_NET_DETAIL_NONE);
	else
		KVK_TRY(route(t));
	*out = t;
	t = NULL;
out:
	kvk_net_transfer_free(t);
	return err;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool kvk_net_transfer_fits(const struct kvk_net_transfer *t, const struct kvk_net_request *request)
{
	/* "Not changed" is no answer to who has nothing that could have. */
	if (t->answer.status == 304 && request->etag == NULL && request->last_modified == NULL)
		return false;
	return t->request.source == request->source &&
		t->request.https_only == request->https_only &&
		same_text(t->request.url, request->url) &&
		same_text(t->request.content_type, request->content_type) &&
		same_text(t->request.headers[0], request->headers[0]) &&
		same_text(t->request.headers[1], request->headers[1]) &&
		t->request.secret == request->secret &&
		t->request.any_status == request->any_status &&
		kvk_span_equal(t->request.body, request->body);
}

void kvk_net_transfer_free(struct kvk_net_transfer *t)
{
	if (t == NULL)
		return;
	kvk_net_transfer_drop(t);
	kvk_net_transfer_release(t);
	kvk_free(t->answer.etag);
	kvk_free(t->answer.last_modified);
	kvk_free(t->answer.content_type);
	kvk_free(t->answer.hint);
	kvk_net_url_free(&t->url);
	kvk_blob_free(&t->body);
	for (size_t i = 0; i < sizeof t->texts / sizeof t->texts[0]; i++)
		kvk_free(t->texts[i]);
	kvk_free(t);
}
