/* SPDX-License-Identifier: Apache-2.0 */
/*
 * After a failed attempt: whether another one may help, when, and whether the host is worth asking
 * for anything else in this run. Pure functions; the time and the dice are passed in.
 */
#ifndef KVKCSR_NET_RETRY_H
#define KVKCSR_NET_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/time.h"
#include "net/reason.h"

/* How one attempt ended. */
struct kvk_net_outcome {
	enum kvk_net_reason reason;
	/* The HTTP status; 0: there was none. */
	unsigned status;
	/* A connection (and TLS) was made before it failed. */
	bool connected;
	/* The server answered well, but its answer says: ask again later. */
	bool temporary;
};

/*
 * Whether another attempt may help: the connection was lost in mid-answer, the status is 429, 502,
 * 503 or 504, or the answer is a temporary one. Not after a name that was not found, no route, a
 * connection refused or a time-out.
 */
bool kvk_net_retry_helps(const struct kvk_net_outcome *outcome);
/*
 * Whether the host is given up for this run: its name was not found, there was no connection to
 * it, or it did not answer in time.
 */
bool kvk_net_retry_gives_up(const struct kvk_net_outcome *outcome);
/*
 * When the next attempt begins, after `attempts` that failed (from 1), the last at `now`: after a
 * second, then after three, each half of that more or less as the dice fall (any number, evenly
 * distributed). Returns whether there is a next one: at most KVK_LIMIT_NET_RETRIES, and none that
 * would begin at the deadline or later.
 */
bool kvk_net_retry_at(
	unsigned attempts, kvk_time now, kvk_time deadline, uint32_t dice, kvk_time *at);

#endif
