/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/path.h"

/* What one walk carries along. */
struct walk {
	enum kvk_err (*visit)(void *context, const char *path, enum kvk_err err);
	void *context;
	/* The folder where it began, without links. */
	const char *top;
	size_t files;
	unsigned depth;
};

static int no_dots(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* By octets: the order must not depend on the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Whether a link leads to a regular file that the walk does not meet by itself. */
static bool leads_outside(const struct walk *walk, const char *link)
{
	size_t n = strlen(walk->top);
	char *target = realpath(link, NULL);
	struct stat st;
	bool outside = target != NULL && stat(target, &st) == 0 && S_ISREG(st.st_mode) &&
		(strncmp(target, walk->top, n) != 0 ||
			(target[n] != '/' && walk->top[n - 1] != '/'));

	free(target);
	return outside;
}

static enum kvk_err visit_file(struct walk *walk, const char *path)
{
	if (walk->files++ >= KVK_LIMIT_FOLDER)
		return KVK_ERR_LIMIT;
	return walk->visit(walk->context, path, KVK_OK);
}

static enum kvk_err walk_folder(struct walk *walk, const char *path);

static enum kvk_err walk_entry(struct walk *walk, const char *folder, const char *name)
{
	struct kvk_blob path = { 0 };
	struct stat st;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, name));
	if (lstat(kvk_blob_str(&path), &st) != 0)
		goto out;
	if (S_ISDIR(st.st_mode))
		err = walk_folder(walk, kvk_blob_str(&path));
	else if (S_ISREG(st.st_mode) ||
		(S_ISLNK(st.st_mode) && leads_outside(walk, kvk_blob_str(&path))))
		err = visit_file(walk, kvk_blob_str(&path));
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err walk_folder(struct walk *walk, const char *path)
{
	struct dirent **names = NULL;
	enum kvk_err err = KVK_OK;
	int count;

	if (walk->depth == KVK_LIMIT_FOLDER_DEPTH)
		return walk->visit(walk->context, path, KVK_ERR_LIMIT);
	count = scandir(path, &names, no_dots, by_name);
	if (count < 0 && errno == ENOMEM)
		return KVK_ERR_MEMORY;
	if (count < 0)
		return walk->depth == 0 ? KVK_ERR_OPEN :
					  walk->visit(walk->context, path, KVK_ERR_OPEN);
	walk->depth++;
	for (int i = 0; i < count; i++)
		KVK_TRY(walk_entry(walk, path, names[i]->d_name));
out:
	for (int i = 0; i < count; i++)
		free(names[i]);
	free(names);
	walk->depth--;
	return err;
}

enum kvk_err kvk_walk_folder(const char *path,
	enum kvk_err (*visit)(void *context, const char *path, enum kvk_err err), void *context)
{
	char *top = realpath(path, NULL);
	struct walk walk = { .visit = visit, .context = context, .top = top };
	enum kvk_err err = top != NULL ? walk_folder(&walk, path) : KVK_ERR_OPEN;

	free(top);
	return err;
}
