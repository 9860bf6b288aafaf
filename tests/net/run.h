/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of net/fetch.h share: options, and one request asked in a run of its own. */
#ifndef KVKCSR_TESTS_NET_RUN_H
#define KVKCSR_TESTS_NET_RUN_H

#include "net/fetch.h"
#include "tests/net/server.h"

/* The steady clock. */
kvk_time run_clock(void);
/* The options of most tests: ten seconds for everything, pauses as short as they can be. */
struct kvk_net_options run_options(void);
/* The address of a path of a server, under a host name; in static memory, for 32 at a time. */
const char *run_url(const struct server *server, const char *host, const char *path);
/* Asks for one address of the configuration, at most 1 MiB; the run ends with run_end(). */
const struct kvk_net_answer *run_one(const struct kvk_net_options *options, const char *url);
const struct kvk_net_answer *run_request(
	const struct kvk_net_options *options, const struct kvk_net_request *request);
void run_end(void);
/* Fails the test where the answer has another reason. */
void run_expect(const struct kvk_net_answer *answer, enum kvk_net_reason reason);

#endif
