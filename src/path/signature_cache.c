/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/signature_cache.h"

#include <string.h>

#include "base/limits.h"

void kvk_signature_cache_start(struct kvk_signature_cache *cache,
	enum kvk_err (*verify)(void *context, struct kvk_span spki, struct kvk_span algorithm,
		struct kvk_span data, struct kvk_span signature),
	void *context)
{
	memset(cache, 0, sizeof *cache);
	cache->verify = verify;
	cache->context = context;
	cache->pinned = (struct kvk_vec)KVK_VEC_INIT(struct kvk_span, KVK_LIMIT_CRLS);
}

enum kvk_err kvk_signature_cache_pin(struct kvk_signature_cache *cache, struct kvk_span memory)
{
	struct kvk_span *slot;
	enum kvk_err err = kvk_vec_push(&cache->pinned, &slot);

	if (err == KVK_OK)
		*slot = memory;
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

static bool part_is(
	const struct kvk_signature_slot *slot, size_t *at, size_t n, struct kvk_span want)
{
	const struct kvk_span part = { slot->copy.p + *at, n };

	*at += n;
	return kvk_span_equal(part, want);
}

static bool is_the_same(const struct kvk_signature_slot *slot, struct kvk_span spki,
	struct kvk_span algorithm, struct kvk_span data, struct kvk_span signature)
{
	size_t at = 0;

	if (!slot->used || slot->data != data.n)
		return false;
	if (!part_is(slot, &at, slot->signature, signature) ||
		!part_is(slot, &at, slot->spki, spki) ||
		!part_is(slot, &at, slot->algorithm, algorithm))
		return false;
	return slot->pinned != NULL ? slot->pinned == data.p : part_is(slot, &at, slot->data, data);
}

/* Keeps an answer; where there is no memory it is not kept, and nothing else happens. */
static void keep(struct kvk_signature_cache *cache, struct kvk_signature_slot *slot,
	struct kvk_span spki, struct kvk_span algorithm, struct kvk_span data,
	struct kvk_span signature)
{
	const bool pinned = is_pinned(cache, data);
	enum kvk_err err;

	slot->used = false;
	if (!pinned && data.n > KVK_SIGNATURE_CACHE_DATA)
		return;
	kvk_blob_clear(&slot->copy);
	err = kvk_blob_append(&slot->copy, signature);
	if (err == KVK_OK)
		err = kvk_blob_append(&slot->copy, spki);
	if (err == KVK_OK)
		err = kvk_blob_append(&slot->copy, algorithm);
	if (err == KVK_OK && !pinned)
		err = kvk_blob_append(&slot->copy, data);
	slot->signature = signature.n;
	slot->spki = spki.n;
	slot->algorithm = algorithm.n;
	slot->data = data.n;
	slot->pinned = pinned ? data.p : NULL;
	slot->used = err == KVK_OK;
}

enum kvk_err kvk_signature_cache_verify(void *context, struct kvk_span spki,
	struct kvk_span algorithm, struct kvk_span data, struct kvk_span signature)
{
	struct kvk_signature_cache *cache = context;
	struct kvk_signature_slot *ways = ways_of(cache, signature), *slot;
	enum kvk_err answer;

	for (unsigned i = 0; i < KVK_SIGNATURE_CACHE_WAYS; i++) {
		if (!is_the_same(&ways[i], spki, algorithm, data, signature))
			continue;
		ways[i].wanted = true;
		return ways[i].answer;
	}
	answer = cache->verify(cache->context, spki, algorithm, data, signature);
	if (answer != KVK_OK && answer != KVK_ERR_SIGNATURE)
		return answer;
	slot = free_way(cache, ways);
	if (slot != NULL) {
		keep(cache, slot, spki, algorithm, data, signature);
		slot->answer = answer;
	}
	return answer;
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
