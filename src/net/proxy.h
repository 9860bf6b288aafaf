/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a request goes through a proxy, and what may be asked there. Behind a proxy the IP
 * address of a host cannot be seen, because the peer is the proxy: there the name has to tell.
 */
#ifndef KVKCSR_NET_PROXY_H
#define KVKCSR_NET_PROXY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/secret.h"
#include "net/options.h"

/* Which addresses that come out of certificates may be asked. All of them are http. */
enum kvk_net_rule {
	/* Port 80, and IP addresses that are globally reachable. */
	KVK_NET_RULE_PUBLIC,
	/* Port 80, and through the proxy what kvk_net_proxy_may_ask() allows; the others as above.
	 */
	KVK_NET_RULE_NAME,
	/* Any port and any IP address. */
	KVK_NET_RULE_ANY,
};

/* The rule that is in force. */
enum kvk_net_rule kvk_net_rule(const struct kvk_net_options *options);

/*
 * Checks the address of a proxy: http or https, a host, no user name (that is in a file of its
 * own), no path. KVK_ERR_CONFIG with why; KVK_ERR_MEMORY.
 */
enum kvk_err kvk_net_proxy_check(const char *proxy, struct kvk_error *why);
/*
 * Reads the file with "user:password" for a proxy; a line end after it is dropped. As
 * kvk_file_read_secret(), and KVK_ERR_FORMAT for anything else; with why.
 */
enum kvk_err kvk_net_proxy_auth_read(
	const char *path, struct kvk_secret *out, struct kvk_error *why);
/*
 * Whether a host (in lower case) is asked directly: it is one of the hosts, or lies below one of
 * the domains, that are listed. A dot in front of a listed domain changes nothing.
 */
bool kvk_net_proxy_is_bypassed(const char *const *no_proxy, size_t count, const char *host);
/*
 * Whether a host (in lower case) that came out of a certificate may be asked through a proxy: it
 * is a name with a dot whose last label is no number, and not below .local, .internal or
 * .localhost.
 */
bool kvk_net_proxy_may_ask(const char *host);

#endif
