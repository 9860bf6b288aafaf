/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/map.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

/* A mapped file: its bytes, and what it was like when it was mapped. */
struct mapping {
	struct kvk_span bytes;
	int fd;
	struct stat was;
	/* Some of its bytes could not be read and stand as zeros. */
	volatile sig_atomic_t lost;
};

/* The mappings of this process; only changed while there is one thread. */
static struct mapping mappings[KVK_LIMIT_CRLS];
static uintptr_t page;
static struct sigaction before;

/* The mapping that holds a place, or NULL. */
static struct mapping *mapping_of(const uint8_t *p)
{
	const uintptr_t at = (uintptr_t)p;

	for (size_t i = 0; i < KVK_LIMIT_CRLS && p != NULL; i++) {
		const uintptr_t start = (uintptr_t)mappings[i].bytes.p;

		/* The last page belongs to the mapping as a whole. */
		if (start != 0 && at >= start &&
			at - start < (mappings[i].bytes.n + page - 1) / page * page)
			return &mappings[i];
	}
	return NULL;
}

/* Lets the signal have the effect that it had before; one that kill() sent does not come again. */
static void give_back(int number, const siginfo_t *info)
{
	(void)sigaction(number, &before, NULL);
	if (info->si_code <= 0)
		(void)raise(number);
}

/*
 * A page of a mapped file that is no longer there reads as zeros from now on; every other SIGBUS
 * has the effect that it had before. mmap() is a system call and nothing else, so it may be called
 * here.
 */
static void replace_page(int number, siginfo_t *info, void *context)
{
	const int saved = errno;
	struct mapping *mapping = mapping_of(info->si_addr);
	const uintptr_t start = (uintptr_t)info->si_addr & ~(page - 1);

	(void)context;
	if (mapping == NULL ||
		mmap((void *)start, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
			0) == MAP_FAILED)
		give_back(number, info);
	else
		mapping->lost = 1;
	errno = saved;
}

static bool watch(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO }, now;
	const long size = sysconf(_SC_PAGESIZE);

	if (size <= 0 || sigaction(SIGBUS, NULL, &now) != 0)
		return false;
	page = (uintptr_t)size;
	if ((now.sa_flags & SA_SIGINFO) != 0 && now.sa_sigaction == replace_page)
		return true;
	before = now;
	action.sa_sigaction = replace_page;
	sigemptyset(&action.sa_mask);
	return sigaction(SIGBUS, &action, NULL) == 0;
}

static struct mapping *free_slot(void)
{
	for (size_t i = 0; i < KVK_LIMIT_CRLS; i++)
		if (mappings[i].bytes.p == NULL)
			return &mappings[i];
	return NULL;
}

/* Takes the descriptor over where it succeeds with bytes. */
static enum kvk_err map_open_file(int fd, size_t max, struct kvk_span *out)
{
	struct mapping *slot = free_slot();
	struct stat st;
	void *memory;

	if (!watch() || fstat(fd, &st) != 0)
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
	*slot = (struct mapping){ .bytes = *out, .fd = fd, .was = st };
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
	if (out->p == NULL)
		close(fd);
	return err;
}

void kvk_map_free(struct kvk_span mapped)
{
	struct mapping *slot = mapping_of(mapped.p);

	if (slot == NULL)
		return;
	(void)munmap((void *)(uintptr_t)slot->bytes.p, slot->bytes.n);
	close(slot->fd);
	*slot = (struct mapping){ 0 };
}

void kvk_map_done(struct kvk_span bytes)
{
	const struct mapping *mapping = mapping_of(bytes.p);
	uintptr_t start, end;

	if (mapping == NULL)
		return;
	start = (uintptr_t)bytes.p & ~(page - 1);
	end = ((uintptr_t)bytes.p + bytes.n) & ~(page - 1);
	if (end > start)
		(void)madvise((void *)start, end - start, MADV_DONTNEED);
}

static bool same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool kvk_map_is_changed(struct kvk_span bytes)
{
	const struct mapping *mapping = mapping_of(bytes.p);
	struct stat now;

	if (mapping == NULL)
		return false;
	if (mapping->lost || fstat(mapping->fd, &now) != 0)
		return true;
	/* Replaced by another file of its name: this one has a link less, and its octets still. */
	if (now.st_nlink == mapping->was.st_nlink &&
		!same_time(&now.st_ctim, &mapping->was.st_ctim))
		return true;
	return now.st_size != mapping->was.st_size ||
		!same_time(&now.st_mtim, &mapping->was.st_mtim);
}
