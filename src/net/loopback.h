/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small web server for the rehearsal, on the loopback interface, where no other machine reaches
 * it. It gives every request the same answer, and keeps nothing of what it is asked.
 */
#ifndef KVKCSR_NET_LOOPBACK_H
#define KVKCSR_NET_LOOPBACK_H

#include "base/blob.h"

struct kvk_loopback;

/*
 * Starts a server that answers with this body (JSON), which is borrowed until it is stopped.
 * KVK_ERR_OPEN where there is no loopback interface, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_loopback_start(const char *body, struct kvk_loopback **out);
/* The port that it listens on. */
unsigned kvk_loopback_port(const struct kvk_loopback *server);
/* Waits for the answer that is being given, if any. Accepts NULL. */
void kvk_loopback_stop(struct kvk_loopback *server);

#endif
