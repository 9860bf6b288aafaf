/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a run uses the network, from the configuration: the values of net.* as net/options.h has
 * them, and the files that they name, read and checked. Call it where the network is used: a
 * command that fetches nothing works also for a user who cannot read the password of the proxy.
 */
#ifndef KVKCSR_APP_NET_SETTINGS_H
#define KVKCSR_APP_NET_SETTINGS_H

#include "app/settings.h"
#include "net/options.h"

/* Start all-zero, free with kvk_net_settings_free(), after the run that uses the options. */
struct kvk_net_settings {
	/* Borrows from this struct and from the settings. */
	struct kvk_net_options options;
	/* Owned: what net.proxy_auth_file holds, and the list of net.no_proxy. */
	struct kvk_secret proxy_auth;
	const char **no_proxy;
};

/*
 * Fills the options but for offline, clock and dice, which are the caller's and stay as they are.
 * The settings must outlive them. KVK_ERR_CONFIG where net.proxy is no address of a
 * proxy, or net.proxy_auth_file or net.ca_file cannot be used, with why; KVK_ERR_MEMORY.
 */
enum kvk_err kvk_net_settings_read(
	const struct kvk_settings *settings, struct kvk_net_settings *out, struct kvk_error *why);
/* Checks that the file of CA certificates that a setting names can be used: libcurl would read it
 * later and say no more than that TLS failed. KVK_ERR_CONFIG with why, KVK_ERR_MEMORY. */
enum kvk_err kvk_net_settings_check_ca(const char *name, const char *path, struct kvk_error *why);
/* Sets clock and dice to those of the system. */
void kvk_net_settings_steady(struct kvk_net_options *options);
/* Accepts an all-zero struct. */
void kvk_net_settings_free(struct kvk_net_settings *net);

#endif
