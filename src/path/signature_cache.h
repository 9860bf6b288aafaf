/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signatures that were checked before: where many deliveries are judged in one run, the signature
 * of a CA certificate or a CRL is checked once. An answer is given again only where key, algorithm,
 * data and signature are the same octets; nothing is told apart by a hash alone. One cache belongs
 * to one thread.
 */
#ifndef KVKCSR_PATH_SIGNATURE_CACHE_H
#define KVKCSR_PATH_SIGNATURE_CACHE_H

#include "base/vec.h"
#include "path/path.h"

/* Slots; each holds one answer. */
#define KVK_SIGNATURE_CACHE_SLOTS 256u
/* Slots among which an answer has its place. */
#define KVK_SIGNATURE_CACHE_WAYS 4u
/* Octets of data that are copied for comparing; longer data are not remembered unless pinned. */
#define KVK_SIGNATURE_CACHE_DATA 16384u

struct kvk_signature_slot {
	/* Key, algorithm and signature, and the data unless they lie in pinned memory. */
	struct kvk_blob copy;
	size_t spki, algorithm, signature, data;
	const uint8_t *pinned;
	enum kvk_err answer;
	/*
	 * It was asked for again, so it stays: the answers about leaves, which come by once, do not
	 * push out those about their CAs.
	 */
	bool wanted;
	bool used;
};

struct kvk_signature_cache {
	/* Who checks what is not known. */
	enum kvk_err (*verify)(void *context, struct kvk_span spki, struct kvk_span algorithm,
		struct kvk_span data, struct kvk_span signature);
	void *context;
	/* struct kvk_span: memory that stays what it is as long as the cache lives. */
	struct kvk_vec pinned;
	/* The way that is tried first for the next new answer. */
	unsigned turn;
	struct kvk_signature_slot slots[KVK_SIGNATURE_CACHE_SLOTS];
};

/* Starts an empty cache over a function that checks. */
void kvk_signature_cache_start(struct kvk_signature_cache *cache,
	enum kvk_err (*verify)(void *context, struct kvk_span spki, struct kvk_span algorithm,
		struct kvk_span data, struct kvk_span signature),
	void *context);
/*
 * Promises that these octets neither change nor go away while the cache lives, so that data in
 * them are known by their address. KVK_ERR_LIMIT, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_signature_cache_pin(struct kvk_signature_cache *cache, struct kvk_span memory);
/* The function for struct kvk_signatures; context is the cache. As kvk_verify(). */
enum kvk_err kvk_signature_cache_verify(void *context, struct kvk_span spki,
	struct kvk_span algorithm, struct kvk_span data, struct kvk_span signature);
/* Frees what it holds. Accepts NULL. */
void kvk_signature_cache_free(struct kvk_signature_cache *cache);

#endif
