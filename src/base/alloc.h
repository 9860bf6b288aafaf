/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The allocation functions through which all of src/ and cmd/ takes memory, so that a test can make
 * the n-th request fail. The memory is the C library's: free() releases it too. They never abort
 * and never wipe; what must not stay in memory belongs in base/secret.h.
 */
#ifndef KVKCSR_BASE_ALLOC_H
#define KVKCSR_BASE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* As malloc, but n 0 gives memory too; NULL where there is none. */
void *kvk_malloc(size_t n);
/* As calloc: all-zero memory for count items, NULL also where count * size does not fit. */
void *kvk_calloc(size_t count, size_t size);
/* As realloc, but n 0 keeps one byte; on NULL the old memory is unchanged. */
void *kvk_realloc(void *memory, size_t n);
/* A copy of a string; NULL where there is no memory. */
char *kvk_strdup(const char *text);
/* As free. Accepts NULL. */
void kvk_free(void *memory);

/*
 * Fault injection, for tests: after n further requests that succeed, one request fails, and so does
 * every one after it until the next call. Negative: none fails, as at the start of a program.
 */
void kvk_alloc_fail_after(long n);
/* Counts one request; whether it must fail. For code that takes memory in another way (libraries,
 * mmap). */
bool kvk_alloc_must_fail(void);

#endif
