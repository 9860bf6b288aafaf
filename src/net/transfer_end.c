/* SPDX-License-Identifier: Apache-2.0 */
/* Part of net/transfer.h: from libcurl's code for the end of an attempt to an answer. */
#include "config.h"

#include "net/transfer.h"

#include <string.h>

#include "base/alloc.h"
#include "net/header.h"

/* What a code means, where no callback ended the attempt. A row with several meanings has none. */
static const struct meaning {
	CURLcode code;
	enum kvk_net_reason reason;
	enum kvk_net_detail detail;
} meanings[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, KVK_NET_NAME_NOT_FOUND, KVK_NET_DETAIL_NONE },
	{ CURLE_COULDNT_RESOLVE_PROXY, KVK_NET_NAME_NOT_FOUND, KVK_NET_DETAIL_PROXY },
	{ CURLE_OPERATION_TIMEDOUT, KVK_NET_TIME_OUT, KVK_NET_DETAIL_NONE },
	{ CURLE_FILESIZE_EXCEEDED, KVK_NET_TOO_LARGE, KVK_NET_DETAIL_NONE },
	/* One header line that is longer than libcurl takes. */
	{ CURLE_OUT_OF_MEMORY, KVK_NET_TOO_LARGE, KVK_NET_DETAIL_NONE },
	{ CURLE_SSL_CONNECT_ERROR, KVK_NET_TLS, KVK_NET_DETAIL_NONE },
	{ CURLE_PEER_FAILED_VERIFICATION, KVK_NET_TLS, KVK_NET_DETAIL_NONE },
	{ CURLE_SSL_CERTPROBLEM, KVK_NET_TLS, KVK_NET_DETAIL_NONE },
	{ CURLE_SSL_CIPHER, KVK_NET_TLS, KVK_NET_DETAIL_NONE },
	{ CURLE_SSL_CACERT_BADFILE, KVK_NET_TLS, KVK_NET_DETAIL_NONE },
	{ CURLE_SSL_ISSUER_ERROR, KVK_NET_TLS, KVK_NET_DETAIL_NONE },
	/* HTTP/0.9, and what is no HTTP at all. */
	{ CURLE_UNSUPPORTED_PROTOCOL, KVK_NET_NOT_EXPECTED, KVK_NET_DETAIL_NOT_HTTP },
	{ CURLE_WEIRD_SERVER_REPLY, KVK_NET_NOT_EXPECTED, KVK_NET_DETAIL_NOT_HTTP },
	{ CURLE_BAD_CONTENT_ENCODING, KVK_NET_NOT_EXPECTED, KVK_NET_DETAIL_ENCODED },
};

static void set(struct kvk_net_transfer *t, enum kvk_net_reason reason, enum kvk_net_detail detail)
{
	t->answer.reason = reason;
	t->answer.detail = detail;
}

static void set_from_code(struct kvk_net_transfer *t, CURLcode code)
{
	for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
		if (meanings[i].code == code) {
			set(t, meanings[i].reason, meanings[i].detail);
			return;
		}
	if (code == CURLE_COULDNT_CONNECT && t->refused && !t->opened)
		set(t, KVK_NET_ADDRESS_REFUSED, KVK_NET_DETAIL_RANGE);
	else if (t->connected)
		set(t, KVK_NET_CONNECTION, KVK_NET_DETAIL_LOST);
	else
		set(t, KVK_NET_CONNECTION, t->proxied ? KVK_NET_DETAIL_PROXY : KVK_NET_DETAIL_NONE);
}

/* Whether a status came, and for a delivery what came after it does not matter. */
static bool is_settled(const struct kvk_net_transfer *t)
{
	return t->request.delivery && t->answer.status >= 200;
}

static bool is_wanted(const struct kvk_net_transfer *t)
{
	if (t->request.delivery)
		return t->answer.status / 100 == 2;
	if (t->answer.status == 304)
		return t->request.etag != NULL || t->request.last_modified != NULL;
	return t->answer.status == 200;
}

/* Whether a proxy answered CONNECT with another status than 2xx, which is the answer then. */
static bool refuses_tunnel(struct kvk_net_transfer *t)
{
	long status = 0;

	(void)kvk_curl->easy_getinfo(t->easy, CURLINFO_HTTP_CONNECTCODE, &status);
	if (status < 300)
		return false;
	t->answer.status = (unsigned)status;
	return true;
}

static void set_reason(struct kvk_net_transfer *t, CURLcode code)
{
	bool whole = code == CURLE_OK || code == CURLE_FILESIZE_EXCEEDED || is_settled(t);

	if (t->stop != KVK_NET_OK)
		set(t, t->stop, t->stop_detail);
	else if (refuses_tunnel(t))
		set(t, KVK_NET_HTTP_STATUS, KVK_NET_DETAIL_PROXY);
	else if (whole && !is_wanted(t))
		set(t, KVK_NET_HTTP_STATUS, KVK_NET_DETAIL_NONE);
	else if (code != CURLE_OK && !is_settled(t))
		set_from_code(t, code);
	else if (!t->request.delivery && t->answer.status == 200 && t->answer.octets.n == 0)
		set(t, KVK_NET_NOT_EXPECTED, KVK_NET_DETAIL_EMPTY);
	else
		set(t, KVK_NET_OK, KVK_NET_DETAIL_NONE);
	/* Only proxies give this one. */
	if (t->answer.reason == KVK_NET_HTTP_STATUS && t->answer.status == 407)
		t->answer.detail = KVK_NET_DETAIL_PROXY;
}

/* Replaces a text that may be missing. */
static enum kvk_err keep(char **out, const char *text)
{
	kvk_free(*out);
	*out = text != NULL ? kvk_strdup(text) : NULL;
	return *out != NULL || text == NULL ? KVK_OK : KVK_ERR_MEMORY;
}

/* The value of a header line of the answer; one that is long or strange is left out. */
static enum kvk_err keep_header(struct kvk_net_transfer *t, const char *name, char **out)
{
	struct curl_header *header;
	const char *value = NULL;

	if (kvk_curl->easy_header(t->easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK &&
		kvk_net_header_is_value(header->value))
		value = header->value;
	return keep(out, value);
}

/* What is worth saying besides the reason. */
static enum kvk_err keep_hint(struct kvk_net_transfer *t)
{
	long number = 0;

	/* The address of a delivery may hold a secret, which a redirect repeats. */
	if (t->answer.status / 100 == 3 && !t->request.delivery)
		return keep_header(t, "Location", &t->answer.hint);
	if (t->answer.reason == KVK_NET_TLS)
		return keep(&t->answer.hint, t->error);
	(void)kvk_curl->easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &number);
	if (t->answer.reason == KVK_NET_CONNECTION && number != 0)
		return keep(&t->answer.hint, strerror((int)number));
	return keep(&t->answer.hint, NULL);
}

/* What else would fail for the same cause. */
static enum kvk_net_blame blame(
	const struct kvk_net_transfer *t, const struct kvk_net_outcome *outcome)
{
	curl_off_t resolved = 0;
	long port = 0;

	if (!kvk_net_retry_gives_up(outcome))
		return KVK_NET_BLAME_NOTHING;
	(void)kvk_curl->easy_getinfo(t->easy, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
	/* libcurl knows the port of its peer, here the proxy, once it is connected. */
	(void)kvk_curl->easy_getinfo(t->easy, CURLINFO_PRIMARY_PORT, &port);
	if (t->proxied)
		return port != 0 ? KVK_NET_BLAME_HOST : KVK_NET_BLAME_PROXY;
	if (outcome->reason == KVK_NET_TIME_OUT && resolved == 0 && !t->url.numeric)
		return KVK_NET_BLAME_NAME_SERVER;
	return KVK_NET_BLAME_HOST;
}

/* Lets the caller look at the octets, where there are any. */
static enum kvk_net_look look_at(struct kvk_net_transfer *t)
{
	struct kvk_span octets = kvk_span_of_blob(&t->answer.octets);
	enum kvk_net_look look = KVK_NET_LOOK_GOOD;

	if (t->answer.reason == KVK_NET_OK && octets.n > 0 && t->request.look != NULL)
		look = t->request.look(t->request.look_context, octets);
	if (look == KVK_NET_LOOK_WRONG) {
		set(t, KVK_NET_NOT_EXPECTED, KVK_NET_DETAIL_CONTENT);
		t->answer.content = kvk_net_content_of(octets);
	}
	return look;
}

enum kvk_err kvk_net_transfer_end(
	struct kvk_net_transfer *t, CURLcode code, struct kvk_net_outcome *outcome)
{
	struct kvk_net_answer *answer = &t->answer;
	enum kvk_net_look look;
	long status = 0;
	enum kvk_err err;

	KVK_TRY(t->err);
	(void)kvk_curl->easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	answer->status = (unsigned)status;
	set_reason(t, code);
	KVK_TRY(keep_header(t, "ETag", &answer->etag));
	KVK_TRY(keep_header(t, "Last-Modified", &answer->last_modified));
	KVK_TRY(keep_header(t, "Content-Type", &answer->content_type));
	KVK_TRY(keep_hint(t));
	look = look_at(t);
	*outcome = (struct kvk_net_outcome){ .reason = answer->reason,
		.status = answer->status,
		.connected = t->connected,
		.temporary = look == KVK_NET_LOOK_LATER };
	t->blame = blame(t, outcome);
	if (answer->reason != KVK_NET_OK &&
		!(t->request.any_status && answer->reason == KVK_NET_HTTP_STATUS))
		kvk_net_transfer_release(t);
out:
	if (err != KVK_OK)
		kvk_net_transfer_fail(t, KVK_NET_NOT_ASKED, KVK_NET_DETAIL_NONE);
	kvk_net_transfer_drop(t);
	return err;
}
