/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "dossier/stray.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/format.h"
#include "base/word.h"
#include "dossier/files.h"
#include "inventory/events.h"

/* `new` stores the entry within this time of making the folder. */
#define IN_THE_MAKING KVK_MINUTE

static bool is_settled_folder(int dossiers, const char *name, kvk_time now)
{
	struct stat st;

	return fstatat(dossiers, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode) &&
		(kvk_time)st.st_mtime * KVK_SECOND <= now - IN_THE_MAKING;
}

/* Whether the renewal of a tracked file is in it. */
static bool has_renewal(int dossiers, const char *name)
{
	char path[KVK_LIMIT_ENTRY_NAME + sizeof "/" KVK_DOSSIER_NEXT];
	struct stat st;

	return kvk_format(path, sizeof path, "%s/" KVK_DOSSIER_NEXT, name) &&
		fstatat(dossiers, path, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

/* Whether a folder has no entry of its name that is a dossier, or a file whose renewal in it is
 * known. */
static enum kvk_err is_stray(
	struct kvk_inventory *inventory, int dossiers, const char *name, bool *stray)
{
	struct kvk_entry entry;
	enum kvk_err err = kvk_inventory_find(inventory, name, &entry);
	bool open;

	*stray = err == KVK_ERR_NOT_FOUND;
	if (err != KVK_OK || entry.dossier)
		return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
	KVK_TRY(kvk_inventory_renewal_open(inventory, name, &open, NULL));
	*stray = !open || !has_renewal(dossiers, name);
out:
	return err;
}

/* The next name of a folder; NULL at the end, or with errno where it cannot be read. */
static const char *next_name(DIR *dir)
{
	const struct dirent *entry;

	errno = 0;
	entry = readdir(dir);
	return entry != NULL ? entry->d_name : NULL;
}

static enum kvk_err add(struct kvk_vec *names, const char *name)
{
	char *slot;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(names, &slot));
	memcpy(slot, name, strlen(name) + 1);
out:
	return err;
}

/* Counts them, and lists them unless names is NULL. */
static enum kvk_err count(struct kvk_inventory *inventory, DIR *dir, kvk_time now,
	struct kvk_strays *out, struct kvk_vec *names)
{
	enum kvk_err err = KVK_OK;
	const char *name;
	size_t seen = 0;
	bool stray;

	while ((name = next_name(dir)) != NULL) {
		if (++seen > KVK_LIMIT_FOLDER)
			return KVK_ERR_LIMIT;
		if (!kvk_entry_name_valid(name) || !is_settled_folder(dirfd(dir), name, now))
			continue;
		KVK_TRY(is_stray(inventory, dirfd(dir), name, &stray));
		if (stray && (out->count++ == 0 || strcmp(name, out->name) < 0))
			memcpy(out->name, name, strlen(name) + 1);
		if (stray && names != NULL)
			KVK_TRY(add(names, name));
	}
	if (errno != 0)
		err = KVK_ERR_READ;
out:
	return err;
}

static enum kvk_err find(struct kvk_inventory *inventory, const char *dossiers, kvk_time now,
	struct kvk_strays *out, struct kvk_vec *names)
{
	DIR *dir = opendir(dossiers);
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	if (dir == NULL)
		return errno == ENOENT ? KVK_OK : KVK_ERR_OPEN;
	err = count(inventory, dir, now, out, names);
	closedir(dir);
	return err;
}

enum kvk_err kvk_strays_find(
	struct kvk_inventory *inventory, const char *dossiers, kvk_time now, struct kvk_strays *out)
{
	return find(inventory, dossiers, now, out, NULL);
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

enum kvk_err kvk_strays_list(
	struct kvk_inventory *inventory, const char *dossiers, struct kvk_vec *out)
{
	struct kvk_strays strays;
	enum kvk_err err;

	KVK_TRY(find(inventory, dossiers, INT64_MAX, &strays, out));
	if (out->count > 1)
		qsort(out->items, out->count, out->item_size, compare);
out:
	return err;
}
