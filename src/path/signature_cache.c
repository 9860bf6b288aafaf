/* SPDX-License-Identifier: Apache-2.0 */
/* Part of path/signatures.h: answers that are kept from delivery to delivery. */
#include "config.h"

#include <string.h>

#include "path/signatures.h"

void kvk_signature_cache_start(struct kvk_signature_cache *cache)
{
	memset(cache, 0, sizeof *cache);
	cache->pinned = (struct kvk_vec)KVK_VEC_INIT(struct kvk_span, KVK_LIMIT_CRLS);
}

enum kvk_err kvk_signature_cache_pin(struct kvk_signature_cache *cache, struct kvk_span memory)
{
	struct kvk_span *slot;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&cache->pinned, &slot));
	*slot = memory;
out:
	return err;
}

static bool is_pinned(const struct kvk_signature_cache *cache, struct kvk_span data)
{
	const uintptr_t begin = (uintptr_t)data.p;

	for (size_t i = 0; i < cache->pinned.count; i++) {
		const struct kvk_span *memory = kvk_vec_at(&cache->pinned, i);
		const uintptr_t low = (uintptr_t)memory->p;

		if (begin >= low && begin - low <= memory->n && data.n <= memory->n - (begin - low))
			return true;
	}
	return false;
}

/* Signatures are as good as random, so a few of their octets choose where an answer may lie. */
static struct kvk_signature_slot *ways_of(
	struct kvk_signature_cache *cache, struct kvk_span signature)
{
	unsigned n = 0;

	for (size_t i = 0; i < 8 && i < signature.n; i++)
		n = n * 31 + signature.p[signature.n - 1 - i];
	n %= KVK_SIGNATURE_CACHE_SLOTS / KVK_SIGNATURE_CACHE_WAYS;
	return &cache->slots[n * KVK_SIGNATURE_CACHE_WAYS];
}

/*
 * The slot for a new answer: one whose own was not asked for again, taken in turn. Where all were,
 * they have to be asked for once more to stay, and the new one gets none: NULL.
 */
static struct kvk_signature_slot *free_way(
	struct kvk_signature_cache *cache, struct kvk_signature_slot *ways)
{
	for (unsigned i = 0; i < KVK_SIGNATURE_CACHE_WAYS; i++) {
		struct kvk_signature_slot *way = &ways[cache->turn++ % KVK_SIGNATURE_CACHE_WAYS];

		if (!way->wanted)
			return way;
	}
	for (unsigned i = 0; i < KVK_SIGNATURE_CACHE_WAYS; i++)
		ways[i].wanted = false;
	return NULL;
}

/* How many parts of an answer are compared by their octets: all, but pinned data. */
static unsigned copied(bool pinned)
{
	return pinned ? KVK_SIGNATURE_DATA : KVK_SIGNATURE_PARTS;
}

static bool is_the_same(const struct kvk_signature_slot *slot, const struct kvk_span *parts)
{
	const struct kvk_span data = parts[KVK_SIGNATURE_DATA];
	size_t at = 0;

	if (!slot->used || slot->length[KVK_SIGNATURE_DATA] != data.n ||
		(slot->pinned != NULL && slot->pinned != data.p))
		return false;
	for (unsigned i = 0; i < copied(slot->pinned != NULL); i++) {
		const struct kvk_span part = { slot->copy.p + at, slot->length[i] };

		if (!kvk_span_equal(part, parts[i]))
			return false;
		at += part.n;
	}
	return true;
}

/* Copies what an answer depends on. KVK_ERR_LIMIT where that is too much. */
static enum kvk_err copy(const struct kvk_signature_cache *cache, struct kvk_signature_slot *slot,
	const struct kvk_span *parts)
{
	const struct kvk_span data = parts[KVK_SIGNATURE_DATA];
	const bool pinned = is_pinned(cache, data);
	enum kvk_err err = KVK_OK;

	if (!pinned && data.n > KVK_SIGNATURE_CACHE_DATA)
		return KVK_ERR_LIMIT;
	slot->pinned = pinned ? data.p : NULL;
	kvk_blob_clear(&slot->copy);
	for (unsigned i = 0; i < KVK_SIGNATURE_PARTS; i++) {
		slot->length[i] = parts[i].n;
		if (i < copied(pinned))
			KVK_TRY(kvk_blob_append(&slot->copy, parts[i]));
	}
out:
	return err;
}

static struct kvk_signature_slot *find(
	struct kvk_signature_slot *ways, const struct kvk_span *parts)
{
	for (unsigned i = 0; i < KVK_SIGNATURE_CACHE_WAYS; i++) {
		if (is_the_same(&ways[i], parts))
			return &ways[i];
	}
	return NULL;
}

/* Keeps an answer; where there is no memory it is not kept, and nothing else happens. */
static void keep(struct kvk_signature_cache *cache, struct kvk_signature_slot *ways,
	const struct kvk_span *parts, enum kvk_err answer)
{
	struct kvk_signature_slot *slot = free_way(cache, ways);

	if (slot == NULL)
		return;
	slot->answer = answer;
	slot->used = copy(cache, slot, parts) == KVK_OK;
}

enum kvk_err kvk_signatures_verify(struct kvk_signatures *signatures, struct kvk_span spki,
	struct kvk_span algorithm, struct kvk_span data, struct kvk_span signature)
{
	const struct kvk_span parts[KVK_SIGNATURE_PARTS] = {
		[KVK_SIGNATURE_ITSELF] = signature,
		[KVK_SIGNATURE_KEY] = spki,
		[KVK_SIGNATURE_ALGORITHM] = algorithm,
		[KVK_SIGNATURE_DATA] = data,
	};
	struct kvk_signature_cache *cache = signatures->cache;
	struct kvk_signature_slot *ways = NULL, *known = NULL;
	enum kvk_err answer;

	if (cache != NULL) {
		ways = ways_of(cache, signature);
		known = find(ways, parts);
	}
	if (known != NULL) {
		known->wanted = true;
		return known->answer;
	}
	answer = signatures->verify(signatures->context, spki, algorithm, data, signature);
	if (cache != NULL && (answer == KVK_OK || answer == KVK_ERR_SIGNATURE))
		keep(cache, ways, parts, answer);
	return answer;
}

void kvk_signature_cache_unpin(struct kvk_signature_cache *cache)
{
	cache->pinned.count = 0;
	for (size_t i = 0; i < KVK_SIGNATURE_CACHE_SLOTS; i++)
		if (cache->slots[i].pinned != NULL)
			cache->slots[i].used = cache->slots[i].wanted = false;
}

void kvk_signature_cache_free(struct kvk_signature_cache *cache)
{
	if (cache == NULL)
		return;
	for (size_t i = 0; i < KVK_SIGNATURE_CACHE_SLOTS; i++)
		kvk_blob_free(&cache->slots[i].copy);
	kvk_vec_free(&cache->pinned);
	memset(cache, 0, sizeof *cache);
}
