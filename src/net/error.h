/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a request, in a sentence for a person. */
#ifndef KVKCSR_NET_ERROR_H
#define KVKCSR_NET_ERROR_H

#include "net/options.h"
#include "net/request.h"

/*
 * Sets the error to why an address gave no octets: names it, escaped, and says what happened.
 * Nothing is set for KVK_NET_OK.
 */
void kvk_net_error_set(const char *url, const struct kvk_net_answer *answer, struct kvk_error *why);
/*
 * Where an address could not be reached without a proxy, and the environment names one: says that
 * only the configuration counts. variable is the name of the variable that is set, such as
 * "https_proxy", or NULL. Whether there is something to say.
 */
bool kvk_net_error_set_proxy(const struct kvk_net_options *options,
	const struct kvk_net_answer *answer, const char *variable, struct kvk_error *hint);

#endif
