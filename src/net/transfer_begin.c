/* SPDX-License-Identifier: Apache-2.0 */
/* Part of net/transfer.h: the settings of one attempt. */
#include "config.h"

#include "net/transfer.h"

#include "base/blob.h"
#include "base/encode.h"
#include "base/limits.h"

/* Sets an option and remembers whether one could not be set. */
#define SET(option, value) \
	(failed = kvk_curl->easy_setopt(t->easy, (option), (value)) != CURLE_OK || failed)

/* What may be asked, and what is not done: no redirects, no other protocols, no signals. */
static bool set_address(struct kvk_net_transfer *t)
{
	const char *protocols = t->request.source == KVK_NET_FROM_CERTIFICATE ? "http" :
		t->request.https_only					      ? "https" :
										"http,https";
	bool failed = false;

	SET(CURLOPT_CURLU, t->url.parsed);
	SET(CURLOPT_PROTOCOLS_STR, protocols);
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(CURLOPT_USERAGENT, PACKAGE_NAME);
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_ERRORBUFFER, t->error);
	SET(CURLOPT_PRIVATE, t);
	/* Each address of a certificate is checked, so each gets a connection of its own. */
	if (t->request.source == KVK_NET_FROM_CERTIFICATE) {
		SET(CURLOPT_FRESH_CONNECT, 1L);
		SET(CURLOPT_FORBID_REUSE, 1L);
	}
	return !failed;
}

/*
 * QUICK_EXIT: otherwise a name server that does not answer holds everything up for ten seconds,
 * whatever the time-outs say (measured with 7.88.1).
 */
static bool set_limits(struct kvk_net_transfer *t, kvk_time timeout)
{
	kvk_time connect = t->options->connect_timeout;
	bool failed = false;

	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)(connect < timeout ? connect : timeout));
	SET(CURLOPT_TIMEOUT_MS, (long)timeout);
	SET(CURLOPT_LOW_SPEED_LIMIT, (long)KVK_LIMIT_NET_SLOW_OCTETS);
	SET(CURLOPT_LOW_SPEED_TIME, (long)KVK_LIMIT_NET_SLOW_SECONDS);
	SET(CURLOPT_QUICK_EXIT, 1L);
	if (!t->request.delivery)
		SET(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)t->request.max_octets);
	return !failed;
}

/* The file of the options adds to the folder of the system, which libcurl has as CURLOPT_CAPATH. */
static bool set_tls(struct kvk_net_transfer *t)
{
	bool failed = false;

	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_PROXY_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_PROXY_SSL_VERIFYHOST, 2L);
	if (t->options->ca_file != NULL) {
		SET(CURLOPT_CAINFO, t->options->ca_file);
		SET(CURLOPT_PROXY_CAINFO, t->options->ca_file);
	}
	return !failed;
}

/*
 * The header line is made here, because libcurl 7.88 takes percent signs of a user name and a
 * password as escapes, and later versions do not.
 */
static enum kvk_err set_proxy_auth(struct kvk_net_transfer *t, const struct kvk_secret *auth)
{
	struct kvk_blob line = { 0 };
	bool failed = false;
	enum kvk_err err;

	/* Enough at once, so that no copy is left behind where it grows. */
	KVK_TRY(kvk_blob_reserve(&line, 4 * KVK_LIMIT_PROXY_AUTH));
	KVK_TRY(kvk_blob_append_text(&line, "Proxy-Authorization: Basic "));
	KVK_TRY(kvk_base64(&line, kvk_secret_span(auth), 0));
	t->proxy_headers = kvk_curl->slist_append(NULL, kvk_blob_str(&line));
	SET(CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
	SET(CURLOPT_PROXYHEADER, t->proxy_headers);
	if (failed || t->proxy_headers == NULL)
		err = KVK_ERR_MEMORY;
out:
	kvk_wipe(line.p, line.n);
	kvk_blob_free(&line);
	return err;
}

/* Set even where there is none, else libcurl takes http_proxy and no_proxy of the environment. */
static enum kvk_err set_proxy(struct kvk_net_transfer *t)
{
	bool failed = false;

	SET(CURLOPT_PROXY, t->proxied ? t->options->proxy : "");
	SET(CURLOPT_NOPROXY, "");
	if (failed)
		return KVK_ERR_MEMORY;
	if (!t->proxied || t->options->proxy_auth == NULL)
		return KVK_OK;
	return set_proxy_auth(t, t->options->proxy_auth);
}

static enum kvk_err add_line(struct kvk_net_transfer *t, const char *line)
{
	struct curl_slist *longer = kvk_curl->slist_append(t->headers, line);

	if (longer == NULL)
		return KVK_ERR_MEMORY;
	t->headers = longer;
	return KVK_OK;
}

/* Adds a header line where it has a value. */
static enum kvk_err add_header(struct kvk_net_transfer *t, const char *name, const char *value)
{
	struct kvk_blob line = { 0 };
	enum kvk_err err;

	if (value == NULL)
		return KVK_OK;
	KVK_TRY(kvk_blob_append_format(&line, "%s:%s%s", name, *value != '\0' ? " " : "", value));
	err = add_line(t, kvk_blob_str(&line));
out:
	kvk_blob_free(&line);
	return err;
}

/* Adds the header line with a secret; libcurl's copy is wiped with the others. */
static enum kvk_err add_secret(struct kvk_net_transfer *t)
{
	const struct kvk_secret *secret = t->request.secret;
	struct kvk_blob line = { 0 };
	enum kvk_err err = KVK_OK;

	if (secret == NULL)
		return KVK_OK;
	/* Enough at once, so that no copy is left behind where it grows. */
	KVK_TRY(kvk_blob_reserve(&line, strlen(t->request.secret_name) + secret->n + 4));
	KVK_TRY(kvk_blob_append_format(&line, "%s: ", t->request.secret_name));
	KVK_TRY(kvk_blob_append(&line, kvk_secret_span(secret)));
	KVK_TRY(add_line(t, kvk_blob_str(&line)));
out:
	kvk_wipe(line.p, line.n);
	kvk_blob_free(&line);
	return err;
}

static enum kvk_err set_request(struct kvk_net_transfer *t)
{
	bool failed = false;
	enum kvk_err err;

	KVK_TRY(add_header(t, "If-None-Match", t->request.etag));
	KVK_TRY(add_header(t, "If-Modified-Since", t->request.last_modified));
	for (size_t i = 0; i < sizeof t->request.headers / sizeof t->request.headers[0]; i++)
		if (t->request.headers[i] != NULL)
			KVK_TRY(add_line(t, t->request.headers[i]));
	KVK_TRY(add_secret(t));
	if (t->request.content_type != NULL) {
		KVK_TRY(add_header(t, "Content-Type", t->request.content_type));
		/* "Expect: 100-continue" is left out. */
		KVK_TRY(add_header(t, "Expect", ""));
		SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->body.n);
		SET(CURLOPT_POSTFIELDS, kvk_blob_str(&t->body));
	}
	SET(CURLOPT_HTTPHEADER, t->headers);
	if (failed)
		err = KVK_ERR_MEMORY;
out:
	return err;
}

enum kvk_err kvk_net_transfer_begin(struct kvk_net_transfer *t, kvk_time timeout)
{
	enum kvk_err err;

	kvk_net_transfer_release(t);
	t->header_octets = 0;
	t->refused = t->opened = t->connected = false;
	t->stop = KVK_NET_OK;
	t->stop_detail = KVK_NET_DETAIL_NONE;
	t->err = KVK_OK;
	t->error[0] = '\0';
	t->easy = kvk_curl->easy_init();
	if (t->easy == NULL)
		return KVK_ERR_MEMORY;
	KVK_TRY(set_proxy(t));
	KVK_TRY(set_request(t));
	if (!set_address(t) || !set_limits(t, timeout) || !set_tls(t) || !kvk_net_transfer_watch(t))
		err = KVK_ERR_INTERNAL;
	t->answer.attempts++;
out:
	return err;
}
