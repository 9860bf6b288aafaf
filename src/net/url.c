/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/url.h"

#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/limits.h"

/*
 * Whether a text can be read in one way only. libcurl wants one to three slashes, and reads escapes
 * in a host after it has looked whether the host is a number.
 */
static bool is_plain(const char *text)
{
	size_t n = strnlen(text, KVK_LIMIT_URL + 1);
	const char *host;

	if (n == 0 || n > KVK_LIMIT_URL)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!kvk_is_print((uint8_t)text[i]) || text[i] == ' ' || text[i] == '\\')
			return false;
	host = strchr(text, ':');
	if (host == NULL || strncmp(host, "://", 3) != 0 || host[3] == '/')
		return false;
	host += 3;
	return memchr(host, '%', strcspn(host, "/?#")) == NULL;
}

/* One part of an address, owned by the caller; NULL where it has none. KVK_ERR_MEMORY. */
static enum kvk_err part_of(CURLU *parsed, CURLUPart which, unsigned flags, char **out)
{
	CURLUcode code;
	char *part;

	*out = NULL;
	code = kvk_curl->url_get(parsed, which, &part, flags);
	if (code == CURLUE_OUT_OF_MEMORY)
		return KVK_ERR_MEMORY;
	if (code != CURLUE_OK)
		return KVK_OK;
	*out = kvk_strdup(part);
	kvk_curl->free(part);
	return *out != NULL ? KVK_OK : KVK_ERR_MEMORY;
}

static enum kvk_err check_scheme(CURLU *parsed, unsigned rules, enum kvk_net_detail *detail)
{
	char *scheme = NULL;
	unsigned is = 0;
	enum kvk_err err;

	KVK_TRY(part_of(parsed, CURLUPART_SCHEME, 0, &scheme));
	if (scheme != NULL && strcmp(scheme, "http") == 0)
		is = KVK_NET_URL_HTTP;
	else if (scheme != NULL && strcmp(scheme, "https") == 0)
		is = KVK_NET_URL_HTTPS;
	if ((rules & KVK_NET_URL_HTTPS) == 0)
		*detail = KVK_NET_DETAIL_HTTP_ONLY;
	else if ((rules & KVK_NET_URL_HTTP) == 0)
		*detail = KVK_NET_DETAIL_HTTPS_ONLY;
	if ((rules & is) == 0)
		err = KVK_ERR_REFUSED;
out:
	kvk_free(scheme);
	return err;
}

static bool is_numeric(const char *host)
{
	struct in_addr v4;

	return host[0] == '[' || inet_aton(host, &v4) != 0;
}

static enum kvk_err check_host(struct kvk_net_url *url, unsigned rules, enum kvk_net_detail *detail)
{
	char *zone = NULL, *port = NULL;
	enum kvk_err err;

	KVK_TRY(part_of(url->parsed, CURLUPART_ZONEID, 0, &zone));
	KVK_TRY(part_of(url->parsed, CURLUPART_HOST, 0, &url->host));
	KVK_TRY(part_of(url->parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT, &port));
	url->port = port != NULL ? (unsigned)strtoul(port, NULL, 10) : 0;
	*detail = KVK_NET_DETAIL_FORM;
	if (zone != NULL || url->host == NULL || url->host[0] == '\0' || url->port == 0) {
		err = KVK_ERR_REFUSED;
		goto out;
	}
	for (char *c = url->host; *c != '\0'; c++)
		*c = (char)kvk_to_lower((uint8_t)*c);
	url->numeric = is_numeric(url->host);
	*detail = KVK_NET_DETAIL_PORT;
	if ((rules & KVK_NET_URL_PORT_80) != 0 && url->port != 80)
		err = KVK_ERR_REFUSED;
out:
	kvk_free(zone);
	kvk_free(port);
	return err;
}

/* libcurl knows many schemes; a scheme that it does not know is one all the same. */
static enum kvk_err parse(const char *text, CURLU **out, enum kvk_net_detail *detail)
{
	CURLUcode code;
	enum kvk_err err;

	*detail = KVK_NET_DETAIL_FORM;
	if (!is_plain(text))
		return KVK_ERR_REFUSED;
	KVK_TRY(kvk_curl_load());
	*out = kvk_curl->url();
	if (*out == NULL)
		return KVK_ERR_MEMORY;
	code = kvk_curl->url_set(
		*out, CURLUPART_URL, text, CURLU_DISALLOW_USER | CURLU_NON_SUPPORT_SCHEME);
	if (code == CURLUE_OUT_OF_MEMORY)
		err = KVK_ERR_MEMORY;
	else if (code != CURLUE_OK)
		err = KVK_ERR_REFUSED;
out:
	return err;
}

enum kvk_err kvk_net_url_read(
	const char *text, unsigned rules, struct kvk_net_url *out, enum kvk_net_detail *detail)
{
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	KVK_TRY(parse(text, &out->parsed, detail));
	KVK_TRY(check_scheme(out->parsed, rules, detail));
	KVK_TRY(check_host(out, rules, detail));
	*detail = KVK_NET_DETAIL_NONE;
out:
	if (err != KVK_OK)
		kvk_net_url_free(out);
	return err;
}

bool kvk_net_url_same_host(const struct kvk_net_url *a, const struct kvk_net_url *b)
{
	return a->port == b->port && strcmp(a->host, b->host) == 0;
}

void kvk_net_url_free(struct kvk_net_url *url)
{
	if (url == NULL)
		return;
	if (url->parsed != NULL)
		kvk_curl->url_cleanup(url->parsed);
	kvk_free(url->host);
	memset(url, 0, sizeof *url);
}
