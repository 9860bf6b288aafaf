/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/secret.h"

/*
 * Stands before the bytes. A secret has whole pages of its own, because locking and dump advice
 * work on pages, and their number must be known when the secret was cut.
 */
struct head {
	size_t size;
	size_t unused;
};

static struct head *head_of(uint8_t *p)
{
	return (struct head *)(void *)(p - sizeof(struct head));
}

void kvk_wipe(void *memory, size_t n)
{
	if (memory && n)
		explicit_bzero(memory, n);
}

enum kvk_err kvk_secret_new(struct kvk_secret *secret, size_t n)
{
	long page = sysconf(_SC_PAGESIZE);
	size_t unit = page > 0 ? (size_t)page : 4096;
	struct head *head;
	size_t size;

	kvk_secret_free(secret);
	if (n > SIZE_MAX - sizeof(*head) - unit)
		return KVK_ERR_MEMORY;
	size = (sizeof(*head) + n + 1 + unit - 1) / unit * unit;
	head = kvk_aligned_alloc(unit, size);
	if (head == NULL)
		return KVK_ERR_MEMORY;
	/* Both are refused to some users (RLIMIT_MEMLOCK, containers): then the secret is just not
	 * protected from swap. */
	(void)mlock(head, size);
	(void)madvise(head, size, MADV_DONTDUMP);
	memset(head, 0, size);
	head->size = size;
	secret->p = (uint8_t *)(head + 1);
	secret->n = n;
	return KVK_OK;
}

enum kvk_err kvk_secret_copy(struct kvk_secret *secret, struct kvk_span bytes)
{
	struct kvk_secret copy = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_secret_new(&copy, bytes.n));
	if (bytes.n > 0)
		memcpy(copy.p, bytes.p, bytes.n);
	kvk_secret_free(secret);
	*secret = copy;
out:
	return err;
}

void kvk_secret_cut(struct kvk_secret *secret, size_t n)
{
	if (!secret->p || n >= secret->n)
		return;
	kvk_wipe(secret->p + n, secret->n - n);
	secret->n = n;
}

struct kvk_span kvk_secret_span(const struct kvk_secret *secret)
{
	struct kvk_span span = { .p = secret->p, .n = secret->n };

	return span;
}

void kvk_secret_free(struct kvk_secret *secret)
{
	struct head *head;
	size_t size;

	if (!secret)
		return;
	if (secret->p) {
		head = head_of(secret->p);
		size = head->size;
		kvk_wipe(head, size);
		(void)munlock(head, size);
		(void)madvise(head, size, MADV_DODUMP);
		kvk_free(head);
	}
	secret->p = NULL;
	secret->n = 0;
}

void kvk_secret_process(void)
{
	struct rlimit none = { 0, 0 };

	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	(void)setrlimit(RLIMIT_CORE, &none);
}
