/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam for signatures: the one place through which path/ and revocation/ have them checked,
 * with a budget for each delivery. Keys that inherit their parameters (DSA, RFC 5280 6.1.4(e)) are
 * completed here.
 *
 * What was checked already is remembered twice: within a delivery by place, so that nothing is paid
 * for twice; and, where there is a cache, from delivery to delivery by its octets, which saves time
 * and changes no answer and no budget.
 */
#ifndef KVKCSR_PATH_SIGNATURES_H
#define KVKCSR_PATH_SIGNATURES_H

#include <stdbool.h>

#include "base/blob.h"
#include "base/limits.h"
#include "base/vec.h"
#include "crypto/scheme.h"

/* What a check said. */
enum kvk_link {
	KVK_LINK_GOOD,
	KVK_LINK_BAD,
	/* The algorithm or the key cannot be handled: no verdict. */
	KVK_LINK_UNHANDLED,
	/* Not checked: the budget is used up. */
	KVK_LINK_EXHAUSTED,
};

/*
 * One check that was made; the spans are compared by place, so what they borrow must outlive the
 * delivery.
 */
struct kvk_signature_memo {
	const uint8_t *key, *data, *signature;
	enum kvk_link link;
};

/* Slots of a cache; each holds one answer. */
#define KVK_SIGNATURE_CACHE_SLOTS 256u
/* Slots among which an answer has its place. */
#define KVK_SIGNATURE_CACHE_WAYS 4u
/* Octets of data that are copied for comparing; longer data are not remembered unless pinned. */
#define KVK_SIGNATURE_CACHE_DATA 16384u

/* The octets on which an answer depends. */
enum kvk_signature_part {
	KVK_SIGNATURE_ITSELF,
	KVK_SIGNATURE_KEY,
	KVK_SIGNATURE_ALGORITHM,
	KVK_SIGNATURE_DATA,
	KVK_SIGNATURE_PARTS
};

struct kvk_signature_slot {
	/* The parts one after the other; the data only where they are not in pinned memory. */
	struct kvk_blob copy;
	size_t length[KVK_SIGNATURE_PARTS];
	const uint8_t *pinned;
	enum kvk_err answer;
	/*
	 * It was asked for again, so it stays: the answers about leaves, which come by once, do not
	 * push out those about their CAs.
	 */
	bool wanted;
	bool used;
};

/*
 * Answers that are given again where key, algorithm, data and signature are the same octets;
 * nothing is told apart by a hash alone. Start with kvk_signature_cache_start(). One cache belongs
 * to one thread.
 */
struct kvk_signature_cache {
	/* struct kvk_span: memory that stays what it is. */
	struct kvk_vec pinned;
	/* The way that is tried first for the next new answer. */
	unsigned turn;
	struct kvk_signature_slot slots[KVK_SIGNATURE_CACHE_SLOTS];
};

/*
 * The program passes kvk_verify() of its verifier, tests and fuzzers their own answers. verify
 * returns as kvk_verify(). checked counts checks over the life of the struct; budget is how many
 * are allowed. cache may be NULL. The rest starts all-zero.
 */
struct kvk_signatures {
	enum kvk_err (*verify)(void *context, struct kvk_span spki, struct kvk_span algorithm,
		struct kvk_span data, struct kvk_span signature);
	void *context;
	struct kvk_signature_cache *cache;
	unsigned budget;
	unsigned checked;
	unsigned remembered;
	struct kvk_signature_memo memo[KVK_LIMIT_SIGNATURES];
};

/* Another delivery: KVK_LIMIT_SIGNATURES more checks, and nothing is known by its place any more.
 */
void kvk_signatures_renew(struct kvk_signatures *signatures);
/*
 * Whether Java's default list forbids the algorithm outright (JDK 17 and 21,
 * jdk.certpath.disabledAlgorithms: MD2, MD5), in whatever it signs.
 */
bool kvk_signature_is_disabled(const struct kvk_scheme *scheme);
/*
 * Checks a signature, or remembers what was said before. parent_spki is the key of the issuer's
 * issuer, for an spki that inherits its parameters; empty where there is none. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_signature_check(struct kvk_signatures *signatures, struct kvk_span spki,
	struct kvk_span parent_spki, struct kvk_span algorithm, struct kvk_span data,
	struct kvk_span signature, enum kvk_link *out);

/* Starts an empty cache. */
void kvk_signature_cache_start(struct kvk_signature_cache *cache);
/*
 * Promises that these octets neither change nor go away while the cache lives, or until
 * kvk_signature_cache_unpin(), so that data in them are known by their address. KVK_ERR_LIMIT,
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_signature_cache_pin(struct kvk_signature_cache *cache, struct kvk_span memory);
/* Takes these promises back, and forgets what was said of such data. */
void kvk_signature_cache_unpin(struct kvk_signature_cache *cache);
/* Frees what it holds. Accepts NULL. */
void kvk_signature_cache_free(struct kvk_signature_cache *cache);
/*
 * Verifies by way of the cache, where there is one, and without a budget. Returns as kvk_verify();
 * only what was decided is kept.
 */
enum kvk_err kvk_signatures_verify(struct kvk_signatures *signatures, struct kvk_span spki,
	struct kvk_span algorithm, struct kvk_span data, struct kvk_span signature);

#endif
