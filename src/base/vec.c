/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"

/* Makes room for at least one more item; never beyond the limit. */
static enum kvk_err grow(struct kvk_vec *vec)
{
	size_t capacity = vec->capacity ? vec->capacity : 4;
	void *items;

	if (vec->capacity)
		capacity = vec->capacity > vec->limit / 2 ? vec->limit : vec->capacity * 2;
	if (capacity > vec->limit)
		capacity = vec->limit;
	if (vec->item_size == 0 || capacity > SIZE_MAX / vec->item_size)
		return KVK_ERR_MEMORY;
	items = kvk_realloc(vec->items, capacity * vec->item_size);
	if (!items)
		return KVK_ERR_MEMORY;
	vec->items = items;
	vec->capacity = capacity;
	return KVK_OK;
}

enum kvk_err kvk_vec_push(struct kvk_vec *vec, void *slot)
{
	void *item;
	enum kvk_err err = KVK_OK;

	if (vec->count >= vec->limit)
		return KVK_ERR_LIMIT;
	if (vec->count == vec->capacity)
		KVK_TRY(grow(vec));
	item = (unsigned char *)vec->items + vec->count * vec->item_size;
	memset(item, 0, vec->item_size);
	vec->count++;
	/* The user's pointer has a type of its own, so that an assignment through void ** would
	 * break aliasing. */
	memcpy(slot, &item, sizeof(item));
out:
	return err;
}

void *kvk_vec_at(const struct kvk_vec *vec, size_t i)
{
	if (i >= vec->count)
		return NULL;
	return (unsigned char *)vec->items + i * vec->item_size;
}

void kvk_vec_remove(struct kvk_vec *vec, size_t i)
{
	unsigned char *item = kvk_vec_at(vec, i);

	if (!item)
		return;
	memmove(item, item + vec->item_size, (vec->count - i - 1) * vec->item_size);
	vec->count--;
}

void kvk_vec_free(struct kvk_vec *vec)
{
	if (!vec)
		return;
	kvk_free(vec->items);
	vec->items = NULL;
	vec->count = 0;
	vec->capacity = 0;
}
