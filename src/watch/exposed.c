/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/exposed.h"

#include <dirent.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/path.h"
#include "watch/watched.h"

#define PERMISSIONS 07777u

/* Names that are tried where a folder cannot be read. */
static const char *const usual_names[] = { "key.pem", "privkey.pem" };

/* A file name that is longer than any is no key's. */
static bool is_key_name(const char *name)
{
	char lower[256];
	size_t n = 0;

	for (; name[n] != '\0' && n < sizeof lower - 1; n++)
		lower[n] = (char)kvk_to_lower((uint8_t)name[n]);
	lower[n] = '\0';
	return fnmatch("*.key", lower, FNM_PERIOD) == 0 ||
		fnmatch("*key*.pem", lower, FNM_PERIOD) == 0 ||
		fnmatch("private*.pem", lower, FNM_PERIOD) == 0;
}

/* Whether everybody can read a file, links followed. */
static bool is_readable(const char *path, unsigned *mode)
{
	struct stat st;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || (st.st_mode & S_IROTH) == 0)
		return false;
	*mode = (unsigned)st.st_mode & PERMISSIONS;
	return true;
}

static bool holds_key(const char *path)
{
	struct kvk_blob bytes = { 0 };
	bool found = kvk_file_read(path, KVK_LIMIT_KEY_FILE, 0, &bytes) == KVK_OK &&
		kvk_watched_has_key(&bytes);

	if (bytes.n > 0)
		kvk_wipe(bytes.p, bytes.n);
	kvk_blob_free(&bytes);
	return found;
}

/* Takes a file of the folder where it is such a key and comes before the one that was found. */
static enum kvk_err try_file(struct kvk_exposed *exposed, const char *name)
{
	struct kvk_blob path = { 0 };
	unsigned mode = 0;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, kvk_blob_str(&exposed->folder), name));
	if (exposed->key.n > 0 && strcmp(kvk_blob_str(&path), kvk_blob_str(&exposed->key)) > 0)
		goto out;
	if (!is_readable(kvk_blob_str(&path), &mode) || !holds_key(kvk_blob_str(&path)))
		goto out;
	kvk_blob_clear(&exposed->key);
	KVK_TRY(kvk_blob_append(&exposed->key, kvk_span_of_blob(&path)));
	exposed->mode = mode;
out:
	kvk_blob_free(&path);
	return err == KVK_ERR_LIMIT ? KVK_OK : err;
}

static enum kvk_err try_usual(struct kvk_exposed *exposed)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < sizeof usual_names / sizeof usual_names[0]; i++)
		KVK_TRY(try_file(exposed, usual_names[i]));
out:
	return err;
}

/* Looks through the folder. */
static enum kvk_err look_through(struct kvk_exposed *exposed)
{
	const struct dirent *entry;
	enum kvk_err err = KVK_OK;
	DIR *dir = NULL;

	kvk_blob_clear(&exposed->key);
	if (exposed->names < KVK_LIMIT_KEY_NAMES)
		dir = opendir(kvk_blob_str(&exposed->folder));
	if (dir == NULL)
		return try_usual(exposed);
	while (exposed->names < KVK_LIMIT_KEY_NAMES && (entry = readdir(dir)) != NULL) {
		exposed->names++;
		if (is_key_name(entry->d_name))
			KVK_TRY(try_file(exposed, entry->d_name));
	}
out:
	closedir(dir);
	return err;
}

/* Makes the folder of a file the one that was looked at. */
static enum kvk_err look_beside(struct kvk_exposed *exposed, const char *path)
{
	const struct kvk_span folder = kvk_path_parent(kvk_span_of(path));
	enum kvk_err err = KVK_OK;

	if (kvk_span_equal(folder, kvk_span_of_blob(&exposed->folder)))
		return KVK_OK;
	kvk_blob_clear(&exposed->folder);
	KVK_TRY(kvk_blob_append(&exposed->folder, folder));
	KVK_TRY(look_through(exposed));
out:
	return err;
}

enum kvk_err kvk_exposed_look(struct kvk_exposed *exposed, struct kvk_entry_view *view)
{
	unsigned mode = 0;
	enum kvk_err err;

	if (view->file_has_key && is_readable(view->path, &mode)) {
		KVK_TRY(kvk_view_expose(view, view->path, mode));
		goto out;
	}
	KVK_TRY(look_beside(exposed, view->path));
	if (exposed->key.n > 0)
		KVK_TRY(kvk_view_expose(view, kvk_blob_str(&exposed->key), exposed->mode));
out:
	return err;
}

void kvk_exposed_free(struct kvk_exposed *exposed)
{
	kvk_blob_free(&exposed->key);
	kvk_blob_free(&exposed->folder);
}
