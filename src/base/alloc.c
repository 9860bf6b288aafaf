/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* Requests that still succeed; negative where all do. */
static atomic_long countdown = -1;

void kvk_alloc_fail_after(long n)
{
	atomic_store(&countdown, n);
}

bool kvk_alloc_must_fail(void)
{
	long left = atomic_load(&countdown);

	while (left > 0)
		if (atomic_compare_exchange_weak(&countdown, &left, left - 1))
			return false;
	return left == 0;
}

void *kvk_malloc(size_t n)
{
	if (kvk_alloc_must_fail())
		return NULL;
	return malloc(n ? n : 1);
}

void *kvk_calloc(size_t count, size_t size)
{
	/* Checked here as well, because ASan ends the program instead of giving NULL. */
	if (kvk_alloc_must_fail() || (size && count > SIZE_MAX / size))
		return NULL;
	return count && size ? calloc(count, size) : calloc(1, 1);
}

void *kvk_realloc(void *memory, size_t n)
{
	if (kvk_alloc_must_fail())
		return NULL;
	return realloc(memory, n ? n : 1);
}

char *kvk_strdup(const char *text)
{
	size_t n = strlen(text) + 1;
	char *copy = kvk_malloc(n);

	return copy ? memcpy(copy, text, n) : NULL;
}

void kvk_free(void *memory)
{
	free(memory);
}
