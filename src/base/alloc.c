/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local unsigned long failures;

static void *counted(void *memory)
{
	failures += memory == NULL;
	return memory;
}

void *kvk_malloc(size_t n)
{
	return counted(malloc(n > 0 ? n : 1));
}

void *kvk_calloc(size_t count, size_t size)
{
	/* Checked here as well, because ASan ends the program instead of giving NULL. */
	if (size > 0 && count > SIZE_MAX / size)
		return counted(NULL);
	return counted(count > 0 && size > 0 ? calloc(count, size) : calloc(1, 1));
}

void *kvk_realloc(void *memory, size_t n)
{
	return counted(realloc(memory, n > 0 ? n : 1));
}

void *kvk_aligned_alloc(size_t alignment, size_t n)
{
	return counted(aligned_alloc(alignment, n));
}

char *kvk_strdup(const char *text)
{
	size_t n = strlen(text) + 1;
	char *copy = kvk_malloc(n);

	return copy != NULL ? memcpy(copy, text, n) : NULL;
}

void kvk_free(void *memory)
{
	free(memory);
}

unsigned long kvk_alloc_failures(void)
{
	return failures;
}

enum kvk_err kvk_alloc_checked(unsigned long failures_before, enum kvk_err err)
{
	return failures != failures_before ? KVK_ERR_MEMORY : err;
}
