/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/alloc.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Requests that still succeed; negative where all do. */
static atomic_long countdown = -1;
/* Whether those behind the one that fails succeed. */
static atomic_bool once;

void kvk_alloc_fail_after(long n)
{
	atomic_store(&once, false);
	atomic_store(&countdown, n);
}

void kvk_alloc_fail_once_after(long n)
{
	atomic_store(&once, true);
	atomic_store(&countdown, n);
}

bool kvk_alloc_must_fail(void)
{
	long left = atomic_load(&countdown);

	while (left > 0)
		if (atomic_compare_exchange_weak(&countdown, &left, left - 1))
			return false;
	if (left == 0 && atomic_load(&once))
		atomic_store(&countdown, -1);
	return left == 0;
}

/* The file of the library, in which each request to the C library is counted. */
#define malloc(n) (kvk_alloc_must_fail() ? NULL : malloc(n))
#define calloc(count, size) (kvk_alloc_must_fail() ? NULL : calloc(count, size))
#define realloc(memory, n) (kvk_alloc_must_fail() ? NULL : realloc(memory, n))
#define aligned_alloc(alignment, n) (kvk_alloc_must_fail() ? NULL : aligned_alloc(alignment, n))
#include "base/alloc.c"
