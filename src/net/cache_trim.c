/* SPDX-License-Identifier: Apache-2.0 */
/* Part of net/cache.h: what has to go. */
#include "config.h"

#include "net/cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/stat.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/format.h"
#include "base/limits.h"
#include "base/vec.h"
#include "crypto/hash.h"

/* Octets that even the smallest file takes. */
#define BLOCK 4096u
/* Characters of the name of an entry. */
#define NAME_LENGTH (2 * KVK_SHA256_SIZE)

struct found {
	char name[NAME_LENGTH + 1];
	uint64_t octets;
	/* Milliseconds; when the file was written. */
	kvk_time written;
};

static bool is_entry(const char *name)
{
	for (size_t i = 0; i < NAME_LENGTH; i++)
		if (!kvk_is_hex((uint8_t)name[i]))
			return false;
	return name[NAME_LENGTH] == '\0';
}

bool kvk_net_cache_is_empty(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	if (dir == NULL)
		return errno == ENOENT;
	do
		entry = readdir(dir);
	while (entry != NULL && !is_entry(entry->d_name));
	(void)closedir(dir);
	return entry == NULL;
}

/* Adds an entry to a list of what was found, or removes a file that a killed run left behind. */
static enum kvk_err look_at(int folder, const char *name, kvk_time now, struct kvk_vec *all)
{
	struct found *found;
	struct stat st;
	kvk_time written;
	enum kvk_err err;

	if (!is_entry(name) && !kvk_file_is_temporary(name))
		return KVK_OK;
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
		return KVK_OK;
	written = (kvk_time)st.st_mtim.tv_sec * KVK_SECOND + st.st_mtim.tv_nsec / 1000000;
	if (!is_entry(name)) {
		if (written < now - KVK_HOUR)
			(void)unlinkat(folder, name, 0);
		return KVK_OK;
	}
	KVK_TRY(kvk_vec_push(all, &found));
	(void)KVK_FORMAT(found->name, "%s", name);
	found->octets = ((uint64_t)st.st_size + BLOCK - 1) / BLOCK * BLOCK;
	found->written = written;
out:
	return err;
}

static int newest_first(const void *a, const void *b)
{
	const struct found *one = a, *other = b;

	return (one->written < other->written) - (one->written > other->written);
}

/* Beyond the limit of the list, the rest is left for the next time. */
static enum kvk_err find(DIR *dir, kvk_time now, struct kvk_vec *all)
{
	struct dirent *entry;
	enum kvk_err err = KVK_OK;

	while (err == KVK_OK && (entry = readdir(dir)) != NULL)
		err = look_at(dirfd(dir), entry->d_name, now, all);
	return err == KVK_ERR_LIMIT ? KVK_OK : err;
}

enum kvk_err kvk_net_cache_trim(const char *folder, uint64_t max, kvk_time now)
{
	struct kvk_vec all = KVK_VEC_INIT(struct found, KVK_LIMIT_CACHE / BLOCK * 2);
	DIR *dir = opendir(folder);
	enum kvk_err err;

	if (dir == NULL)
		return errno == ENOENT ? KVK_OK : KVK_ERR_OPEN;
	KVK_TRY(find(dir, now, &all));
	if (all.count > 0)
		qsort(all.items, all.count, sizeof(struct found), newest_first);
	for (size_t i = 0; i < all.count; i++) {
		const struct found *found = kvk_vec_at(&all, i);

		if (found->octets <= max)
			max -= found->octets;
		else if (unlinkat(dirfd(dir), found->name, 0) == 0)
			/* The older ones go as well, however small. */
			max = 0;
	}
out:
	(void)closedir(dir);
	kvk_vec_free(&all);
	return err;
}
