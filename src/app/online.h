/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one run has of the network: the options of the configuration, the requests that were made,
 * and the cache below the home. Each address is asked once a run, whoever wants to know. Nothing is
 * opened, and no library started, until something is fetched.
 *
 * What it knows does not change but in kvk_online_fetch() and kvk_online_make_room(), so that
 * threads may read it meanwhile; those that fetch wait for each other.
 */
#ifndef KVKCSR_APP_ONLINE_H
#define KVKCSR_APP_ONLINE_H

#include "app/home.h"
#include "app/settings.h"
#include "base/vec.h"
#include "gather/fetcher.h"

struct kvk_online;

/* All is borrowed, and outlives the run. */
struct kvk_online_order {
	const struct kvk_settings *settings;
	/* Where the cache is; NULL or all-zero: there is none. */
	const struct kvk_home *home;
	/* Nothing is asked, and the cache alone answers; of questions the cache answers none. */
	bool offline, refresh;
	/* The time of the evaluation. The age of what is in the cache is by the clock. */
	kvk_time at;
	/* The variable of the environment that names a proxy, which does not count; NULL: none. */
	const char *proxy_variable;
	/* The clock; NULL: kvk_time_now(). */
	enum kvk_err (*now)(kvk_time *out);
};

/* KVK_ERR_MEMORY. */
enum kvk_err kvk_online_open(const struct kvk_online_order *order, struct kvk_online **out);
/* Trims the cache where something was put there, and frees everything. Accepts NULL. */
void kvk_online_close(struct kvk_online *online);

/* Questions that are to be asked. Start with KVK_WANTS_INIT, free with kvk_wants_free(). */
struct kvk_wants {
	const struct kvk_online *online;
	/* struct kvk_want: a question of its own. */
	struct kvk_vec wants;
	/* struct kvk_register_question. */
	struct kvk_vec registers;
};

#define KVK_WANTS_INIT(of) \
	{ \
		.online = (of), .wants = KVK_VEC_INIT(struct kvk_want, 4096), \
		.registers = KVK_VEC_INIT(struct kvk_register_question, 16) \
	}

struct kvk_want {
	char *url;
	bool ocsp, anew;
	struct kvk_blob body;
};

/*
 * A fetcher for one thread that looks up what is known, and enters what is not into wants. It
 * borrows wants.
 */
struct kvk_fetcher kvk_wants_fetcher(struct kvk_wants *wants);
/* Forgets the questions. */
void kvk_wants_clear(struct kvk_wants *wants);
void kvk_wants_free(struct kvk_wants *wants);
/*
 * Asks those of the questions, of count lists, that were not asked yet, side by side, after the
 * cache. What fails over the network is an answer. KVK_ERR_CONFIG where the configuration of the
 * network cannot be used, with why; KVK_ERR_MEMORY, KVK_ERR_INTERNAL.
 */
enum kvk_err kvk_online_fetch(struct kvk_online *online, const struct kvk_wants *const *wants,
	size_t count, struct kvk_error *why);
/* Whether the time that a run may take for the network is over. */
bool kvk_online_is_over(const struct kvk_online *online);
/* Octets of what was fetched and found in the cache that are in memory. */
size_t kvk_online_held(const struct kvk_online *online);
/*
 * Makes room: forgets the CRLs that the cache gives again to whoever asks for them, and that there
 * was no room for others. What was looked up before must not be used any more. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_online_make_room(struct kvk_online *online);
/* The CRLs that were fetched so far; more may follow them, and none goes away but in
 * kvk_online_make_room(). */
const struct kvk_crl *const *kvk_online_crls(const struct kvk_online *online, size_t *count);

/* A file at an address of the configuration or of the installed data. */
struct kvk_online_file {
	const char *url;
	/* The most octets that it may have. */
	size_t max_octets;
	/* Whether octets are those that are wanted; others are refused, and not kept. */
	bool (*is_wanted)(const void *context, struct kvk_span octets);
	const void *context;
};

/*
 * Gets a file from the cache, whatever its age and with refresh, too, because what is_wanted
 * accepts never goes stale; else fetches it and keeps it there. The octets are added to *out.
 * KVK_ERR_NOT_FOUND where it cannot be had, with the reason, and why, which names the address; the
 * errors of kvk_online_fetch().
 */
enum kvk_err kvk_online_get(struct kvk_online *online, const struct kvk_online_file *file,
	struct kvk_blob *out, enum kvk_net_reason *reason, struct kvk_error *why);
/*
 * Where an address could not be reached in this run, and the environment names a proxy, which does
 * not count: says so. "" else. Translated and escaped.
 */
const char *kvk_online_hint(const struct kvk_online *online);

#endif
