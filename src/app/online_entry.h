/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of app/online.h, for its .c files alone: one question of a run, with what the cache has of
 * it and what came from the network. Says how long a copy is good.
 */
#ifndef KVKCSR_APP_ONLINE_ENTRY_H
#define KVKCSR_APP_ONLINE_ENTRY_H

#include "app/online.h"
#include "net/cache.h"

/* Owns what fetched points to, but for the answer. */
struct kvk_online_entry {
	struct kvk_fetched fetched;
	/* The next one of the same bucket. */
	struct kvk_online_entry *next;
	char *url;
	struct kvk_blob body;
	/* What fetched says is what came of it. */
	bool settled;
	/* The server was asked, or is to be, for the whole, whatever the cache has. */
	bool anew;
	/* What the cache has; the octets of a CRL that did not come in DER. */
	struct kvk_net_cached cached;
	struct kvk_blob decoded;
	struct kvk_crl *crl;
	struct kvk_ocsp *response;
};

/* Makes an entry for a question, of which nothing is known. KVK_ERR_MEMORY. */
enum kvk_err kvk_online_entry_new(
	const struct kvk_question *question, struct kvk_online_entry **out);
/* Accepts NULL. */
void kvk_online_entry_free(struct kvk_online_entry *entry);
/*
 * Reads octets as a CRL or an OCSP response into the entry, which borrows them (a CRL that is not
 * in DER is copied). KVK_ERR_FORMAT for anything else; KVK_ERR_MEMORY.
 */
enum kvk_err kvk_online_entry_read(struct kvk_online_entry *entry, struct kvk_span octets);
/* Forgets what was read. */
void kvk_online_entry_forget(struct kvk_online_entry *entry);
/*
 * Whether the copy in the cache, which was read, is recent enough at a time not to ask again; at:
 * of the evaluation.
 */
bool kvk_online_entry_is_recent(const struct kvk_online_entry *entry, kvk_time now, kvk_time at);
/*
 * The request for it, which borrows; with validators where there is a copy that is worth confirming
 * now, and the entry does not ask anew.
 */
struct kvk_net_request kvk_online_entry_request(const struct kvk_online_entry *entry, kvk_time now);

#endif
