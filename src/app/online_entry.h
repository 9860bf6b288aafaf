/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of app/online.h, for its .c files alone: one question of a run, with what the cache has of
 * it and what came from the network. Says how long a copy is good.
 */
#ifndef KVKCSR_APP_ONLINE_ENTRY_H
#define KVKCSR_APP_ONLINE_ENTRY_H

#include "app/online.h"
#include "net/cache.h"

/* What octets say; it borrows them but for those of a CRL that did not come in DER, which are
 * decoded. */
struct kvk_online_reading {
	struct kvk_span octets;
	struct kvk_blob decoded;
	struct kvk_crl *crl;
	struct kvk_ocsp *response;
};

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
	/* The cache has what fetched says. */
	bool kept;
	/* Where the octets of cached and decoded are counted. */
	size_t *held;
	/* What the cache has. */
	struct kvk_net_cached cached;
	/* Of the copy in the cache, or of what came in its place; and of what has just come. */
	struct kvk_online_reading reading, fresh;
};

/* Makes an entry for a question, of which nothing is known; held is borrowed. KVK_ERR_MEMORY. */
enum kvk_err kvk_online_entry_new(
	const struct kvk_question *question, size_t *held, struct kvk_online_entry **out);
/* Accepts NULL. */
void kvk_online_entry_free(struct kvk_online_entry *entry);
/*
 * Looks up what the cache in a folder has of it up to now, and reads that. What is there and cannot
 * be read is nothing. KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_online_entry_look_up(
	struct kvk_online_entry *entry, const char *folder, kvk_time now);
/*
 * Takes octets that came as the CRL or the OCSP response of the entry, which borrows them (a CRL
 * that is not in DER is copied), in place of what the cache has. What the look of the request has
 * read is not read again. KVK_ERR_FORMAT for anything else; KVK_ERR_MEMORY.
 */
enum kvk_err kvk_online_entry_take(struct kvk_online_entry *entry, struct kvk_span octets);
/* Forgets what was read of the copy, or what has just come. */
void kvk_online_entry_forget(struct kvk_online_entry *entry);
void kvk_online_entry_forget_fresh(struct kvk_online_entry *entry);
/* Forgets the copy. */
void kvk_online_entry_drop(struct kvk_online_entry *entry);
/*
 * Whether the copy in the cache, which was read, is recent enough at a time not to ask again; at:
 * of the evaluation.
 */
bool kvk_online_entry_is_recent(const struct kvk_online_entry *entry, kvk_time now, kvk_time at);
/*
 * The request for it, which borrows, and whose look reads what comes into the entry; with
 * validators where there is a copy that is worth confirming now, and the entry does not ask anew.
 */
struct kvk_net_request kvk_online_entry_request(struct kvk_online_entry *entry, kvk_time now);

#endif
