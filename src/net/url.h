/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Web addresses, as libcurl's own parser reads them, so that what is checked is what is asked.
 * Nothing is resolved here; which IP addresses may be asked is in net/address.h.
 */
#ifndef KVKCSR_NET_URL_H
#define KVKCSR_NET_URL_H

#include <stdbool.h>

#include "base/error.h"
#include "net/curl.h"
#include "net/reason.h"

/* What an address may be; OR them. */
enum kvk_net_url_rules {
	KVK_NET_URL_HTTP = 1,
	KVK_NET_URL_HTTPS = 2,
	/* No other port than 80. */
	KVK_NET_URL_PORT_80 = 4,
};

/* An address that was read. An all-zero struct is none; free with kvk_net_url_free(). */
struct kvk_net_url {
	CURLU *parsed;
	/* In lower case, numbers of IPv4 as four decimals, IPv6 in brackets. */
	char *host;
	unsigned port;
	/* The host is an IP address. */
	bool numeric;
};

/*
 * Reads an address. KVK_ERR_REFUSED, with the detail that says why, for what the rules do not
 * allow, and always for a user name, a missing host or one with escapes or a zone of IPv6, port 0,
 * other characters than printable ASCII, and more than KVK_LIMIT_URL characters. KVK_ERR_MEMORY,
 * KVK_ERR_LIBRARY.
 */
enum kvk_err kvk_net_url_read(
	const char *text, unsigned rules, struct kvk_net_url *out, enum kvk_net_detail *detail);
/* Whether two addresses have the same host and port. */
bool kvk_net_url_same_host(const struct kvk_net_url *a, const struct kvk_net_url *b);
/* Accepts NULL. */
void kvk_net_url_free(struct kvk_net_url *url);

#endif
