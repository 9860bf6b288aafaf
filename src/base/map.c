/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/map.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

/* The mappings of this process; only changed while there is one thread. */
static struct kvk_span mappings[KVK_LIMIT_CRLS];

static struct kvk_span *free_slot(void)
{
	for (size_t i = 0; i < KVK_LIMIT_CRLS; i++)
		if (mappings[i].p == NULL)
			return &mappings[i];
	return NULL;
}

static enum kvk_err map_open_file(int fd, size_t max, struct kvk_span *out)
{
	struct kvk_span *slot = free_slot();
	struct stat st;
	void *memory;

	if (fstat(fd, &st) != 0)
		return KVK_ERR_READ;
	if (!S_ISREG(st.st_mode))
		return KVK_ERR_NOT_REGULAR;
	if (slot == NULL || st.st_size < 0 || (unsigned long long)st.st_size > max)
		return KVK_ERR_LIMIT;
	if (st.st_size == 0)
		return KVK_OK;
	memory = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (memory == MAP_FAILED)
		return errno == ENOMEM ? KVK_ERR_MEMORY : KVK_ERR_READ;
	*out = (struct kvk_span){ memory, (size_t)st.st_size };
	*slot = *out;
	return KVK_OK;
}

enum kvk_err kvk_map_file(const char *path, size_t max, struct kvk_span *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	enum kvk_err err;

	*out = (struct kvk_span){ NULL, 0 };
	if (fd < 0)
		return errno == ENOENT ? KVK_ERR_NOT_FOUND : KVK_ERR_OPEN;
	err = map_open_file(fd, max, out);
	close(fd);
	return err;
}

/* The mapping that holds a place, or NULL. */
static struct kvk_span *mapping_of(const uint8_t *p)
{
	for (size_t i = 0; i < KVK_LIMIT_CRLS && p != NULL; i++)
		if (mappings[i].p != NULL && p >= mappings[i].p &&
			p < mappings[i].p + mappings[i].n)
			return &mappings[i];
	return NULL;
}

void kvk_map_free(struct kvk_span mapped)
{
	struct kvk_span *slot = mapping_of(mapped.p);

	if (slot == NULL)
		return;
	(void)munmap((void *)(uintptr_t)slot->p, slot->n);
	*slot = (struct kvk_span){ NULL, 0 };
}

void kvk_map_done(struct kvk_span bytes)
{
	const struct kvk_span *mapping = mapping_of(bytes.p);
	long page = sysconf(_SC_PAGESIZE);
	uintptr_t start, end;

	if (mapping == NULL || page <= 0)
		return;
	start = (uintptr_t)bytes.p & ~((uintptr_t)page - 1);
	end = ((uintptr_t)bytes.p + bytes.n) & ~((uintptr_t)page - 1);
	if (end > start)
		(void)madvise((void *)start, end - start, MADV_DONTNEED);
}
