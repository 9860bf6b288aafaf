/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/online.h, for its .c files alone: what a run of the network holds. */
#ifndef KVKCSR_APP_ONLINE_RUN_H
#define KVKCSR_APP_ONLINE_RUN_H

#include <pthread.h>

#include "app/net_settings.h"
#include "app/online_entry.h"
#include "app/online_register.h"
#include "net/fetch.h"

#define KVK_ONLINE_BUCKETS 1024u

struct kvk_online {
	struct kvk_online_order order;
	/* The cache; empty: there is none. */
	struct kvk_blob folder;
	/* Filled with the first fetch; net is NULL until then. */
	struct kvk_net_settings settings;
	struct kvk_net *net;
	/* Held while something is fetched. */
	pthread_mutex_t lock;
	struct kvk_online_entry *buckets[KVK_ONLINE_BUCKETS];
	/* const struct kvk_crl *. */
	struct kvk_vec crls;
	struct kvk_online_registers registers;
	/* Octets that answers, copies of the cache and what was decoded of them hold together. */
	size_t held;
	/* Something was put into the cache; it cannot be written. */
	bool put, closed;
	struct kvk_error hint;
};

/* Begins to use the network, once. The errors of kvk_online_fetch(). */
enum kvk_err kvk_online_start(struct kvk_online *online, struct kvk_error *why);
/* Enters a question; *out is NULL where there is one like it already. KVK_ERR_MEMORY. */
enum kvk_err kvk_online_enter(struct kvk_online *online, const struct kvk_question *question,
	struct kvk_online_entry **out);
/* Forgets the questions of which nothing was settled, because an error came between; nobody has
 * seen them. */
void kvk_online_forget_unsettled(struct kvk_online *online);
/* Notes what a failure has to do with the environment, for kvk_online_hint(). */
void kvk_online_note(struct kvk_online *online, const struct kvk_net_answer *answer);
/*
 * Keeps octets in the cache as they came, with the validators of an answer, or with those that were
 * kept before where it says that nothing has changed; *kept: they are there. What cannot be kept is
 * fetched again by the next run. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_online_keep(struct kvk_online *online, const char *url, struct kvk_span body,
	const struct kvk_net_cached *entry, bool *kept);
/* Lists a CRL for kvk_online_crls(), if that is what an entry has. KVK_ERR_MEMORY. */
enum kvk_err kvk_online_list_crl(struct kvk_online *online, const struct kvk_online_entry *entry);
/* Brings the cache below its limit where something was put there. */
void kvk_online_trim(struct kvk_online *online);

#endif
