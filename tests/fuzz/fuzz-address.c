/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Web addresses as a certificate may have them: what is allowed is http on port 80 with a host and
 * without a user name, reads the same again, and behind a proxy is never a number in disguise. And
 * what the octets of an answer look like.
 */
#include "config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>

#include "base/limits.h"
#include "net/content.h"
#include "net/proxy.h"
#include "net/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_number(const struct kvk_net_url *url)
{
	struct in_addr v4;

	if (!kvk_net_proxy_may_ask(url->host))
		return;
	check(!url->numeric);
	check(inet_aton(url->host, &v4) == 0);
	check(strchr(url->host, '.') != NULL);
}

/* The address that libcurl would ask for, read once more. */
static void check_again(const struct kvk_net_url *url, unsigned rules)
{
	enum kvk_net_detail detail;
	struct kvk_net_url again;
	char *text;
	enum kvk_err err;

	check(kvk_curl->url_get(url->parsed, CURLUPART_URL, &text, 0) == CURLUE_OK);
	err = kvk_net_url_read(text, rules, &again, &detail);
	/* libcurl may have written more of it as escapes. */
	if (err != KVK_OK) {
		check(strlen(text) > KVK_LIMIT_URL && detail == KVK_NET_DETAIL_FORM);
	} else {
		check(kvk_net_url_same_host(url, &again));
		kvk_net_url_free(&again);
	}
	kvk_curl->free(text);
}

static void check_url(const char *text, unsigned rules)
{
	enum kvk_net_detail detail;
	struct kvk_net_url url;
	enum kvk_err err = kvk_net_url_read(text, rules, &url, &detail);

	check(err == KVK_OK || err == KVK_ERR_REFUSED);
	check((err == KVK_OK) == (detail == KVK_NET_DETAIL_NONE));
	if (err != KVK_OK)
		return;
	check(url.host[0] != '\0' && url.port > 0 && url.port < 65536);
	check((rules & KVK_NET_URL_PORT_80) == 0 || url.port == 80);
	check(strncasecmp(text, "http", 4) == 0 && strchr(url.host, '@') == NULL);
	check_number(&url);
	check_again(&url, rules);
	kvk_net_url_free(&url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	check(text != NULL);
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	check_url(text, KVK_NET_URL_HTTP | KVK_NET_URL_HTTPS);
	check_url(text, KVK_NET_URL_HTTP | KVK_NET_URL_PORT_80);
	check_url(text, KVK_NET_URL_HTTPS);
	(void)kvk_net_content_of((struct kvk_span){ data, size });
	free(text);
	return 0;
}
