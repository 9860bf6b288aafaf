/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The allocation functions through which all of src/ and cmd/ takes memory, so that a test can link
 * others, of which the n-th request fails (tests/support/alloc.h). The memory is the C library's:
 * free() releases it too. They never abort and never wipe; what must not stay in memory belongs in
 * base/secret.h.
 *
 * Many small questions on the way to a verdict ("are these names the same?") have only yes and no
 * for an answer. So that no verdict comes from one that was cut short, requests that found no
 * memory are counted, and the functions that hand out what was read or found ask the count.
 */
#ifndef KVKCSR_BASE_ALLOC_H
#define KVKCSR_BASE_ALLOC_H

#include <stddef.h>

#include "base/error.h"

/* As malloc, but n 0 gives memory too; NULL where there is none. */
void *kvk_malloc(size_t n);
/* As calloc: all-zero memory for count items, NULL also where count * size does not fit. */
void *kvk_calloc(size_t count, size_t size);
/* As realloc, but n 0 keeps one byte; on NULL the old memory is unchanged. */
void *kvk_realloc(void *memory, size_t n);
/* As aligned_alloc: n bytes at a multiple of a power of 2, of which n is a multiple too. */
void *kvk_aligned_alloc(size_t alignment, size_t n);
/* A copy of a string; NULL where there is no memory. */
char *kvk_strdup(const char *text);
/* As free. Accepts NULL. */
void kvk_free(void *memory);

/* How many requests of this thread have found no memory so far. */
unsigned long kvk_alloc_failures(void);
/* KVK_ERR_MEMORY where one has found none since the count was taken, else err. */
enum kvk_err kvk_alloc_checked(unsigned long failures_before, enum kvk_err err);

#endif
