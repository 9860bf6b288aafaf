/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one door to the network: a list of requests goes in, octets or a reason come out for each.
 * Hosts are asked side by side, each over one connection at a time, and each address once a run.
 * No redirect is followed, no compressed answer is unpacked, TLS is always verified, and the
 * environment is not consulted. What the octets mean is the caller's business.
 */
#ifndef KVKCSR_NET_FETCH_H
#define KVKCSR_NET_FETCH_H

#include "net/options.h"
#include "net/request.h"

/* All that one run fetches. One thread at a time. */
struct kvk_net;

/* Begins a run. Nothing of libcurl is initialised until the first request. KVK_ERR_MEMORY. */
enum kvk_err kvk_net_open(const struct kvk_net_options *options, struct kvk_net **out);
/*
 * Fetches what was not fetched yet in this run, and waits for all of it, at most as long as the
 * time for the run lasts; what could not begin by then was not asked. Once a name was waited for in
 * vain, others have a second to be resolved. answers has room for count pointers; each is valid
 * until kvk_net_close(), and equal requests have the same one. Failures of the network are answers;
 * KVK_ERR_MEMORY, KVK_ERR_LIBRARY and KVK_ERR_INTERNAL (libcurl cannot be used) are not.
 */
enum kvk_err kvk_net_fetch(struct kvk_net *net, const struct kvk_net_request *requests,
	size_t count, const struct kvk_net_answer **answers);
/* Whether the time for the run is over: what is asked from now on counts as not asked. */
bool kvk_net_is_over(const struct kvk_net *net);
/*
 * Frees the octets of an answer that the caller has put elsewhere; the rest of it stays, and the
 * address is not asked again. Without this, all answers of a run together hold at most
 * KVK_LIMIT_NET_HELD octets, and those beyond count as not asked: another run has room for them.
 */
void kvk_net_release(struct kvk_net *net, const struct kvk_net_answer *answer);
/*
 * Forgets an answer, which must not be used any more, so that its address is asked again by whoever
 * wants it; not one because of which a host is given up.
 */
void kvk_net_forget(struct kvk_net *net, const struct kvk_net_answer *answer);
/* Ends a run and frees its answers. Accepts NULL. */
void kvk_net_close(struct kvk_net *net);

#endif
