/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One growable array for all element types, with checked arithmetic and a limit given at its start,
 * so that no input makes it grow without bound.
 */
#ifndef KVKCSR_BASE_VEC_H
#define KVKCSR_BASE_VEC_H

#include <stddef.h>

#include "base/error.h"

/* Items of one size; items is cast by the user. Start with KVK_VEC_INIT. */
struct kvk_vec {
	void *items;
	size_t count;
	size_t capacity;
	size_t item_size;
	size_t limit;
};

/* An empty array of items of a type, of at most max_items. */
#define KVK_VEC_INIT(type, max_items) \
	{ \
		.item_size = sizeof(type), .limit = (max_items) \
	}

/*
 * Adds one all-zero item at the end and returns its address in *slot (a pointer to a pointer),
 * valid until the next push. KVK_ERR_LIMIT at the limit, KVK_ERR_MEMORY; the array is unchanged
 * then.
 */
enum kvk_err kvk_vec_push(struct kvk_vec *vec, void *slot);
/* The address of item i, or NULL beyond the end. */
void *kvk_vec_at(const struct kvk_vec *vec, size_t i);
/*
 * Removes item i and keeps the order of the rest; beyond the end nothing happens. Does not free
 * what it owns.
 */
void kvk_vec_remove(struct kvk_vec *vec, size_t i);
/* Frees the items (not what they own) and leaves an empty array. Accepts NULL. */
void kvk_vec_free(struct kvk_vec *vec);

#endif
