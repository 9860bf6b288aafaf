/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a run uses the network: what the configuration says, and the clock and the dice. The
 * environment has no say in any of it.
 */
#ifndef KVKCSR_NET_OPTIONS_H
#define KVKCSR_NET_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/time.h"

/* All is borrowed and outlives the run. */
struct kvk_net_options {
	/* Nothing is asked. */
	bool offline;
	/* net.allow_private: addresses out of certificates may have any IP address and port. */
	bool allow_private;
	/* Milliseconds for a connection, for one answer, and for all that a run fetches. */
	kvk_time connect_timeout, total_timeout, run_timeout;
	/* net.proxy, checked by kvk_net_proxy_check(); NULL: none. */
	const char *proxy;
	/* "user:password" for the proxy, from kvk_net_proxy_auth_read(); NULL: none. */
	const struct kvk_secret *proxy_auth;
	/* net.no_proxy: hosts and domains that are asked directly. */
	const char *const *no_proxy;
	size_t no_proxy_count;
	/* net.ca_file: a PEM file with CA certificates besides those of the system; NULL: none. */
	const char *ca_file;
	/*
	 * Where the octets that answers hold are counted, beside others that the caller counts
	 * there: at most KVK_LIMIT_NET_HELD in all. NULL: those of answers alone count.
	 */
	size_t *held;
	/* Milliseconds since any moment; never goes back. */
	kvk_time (*clock)(void);
	/* Any number, evenly distributed. */
	uint32_t (*dice)(void);
};

#endif
