/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/untrack.h"

#include <stdio.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/path.h"

/* Numbers that are tried behind a name of the archive that is taken. */
#define NAME_TRIES 1000

/* archive/NAME, or archive/NAME-2 and so on where that is taken. */
static enum kvk_err choose_place(
	const struct kvk_store *store, const char *name, struct kvk_blob *out)
{
	struct kvk_blob folder = { 0 };
	size_t bare;
	enum kvk_err err;

	KVK_TRY(kvk_home_path(&store->home, KVK_HOME_ARCHIVE, NULL, &folder));
	KVK_TRY(kvk_dir_make(kvk_blob_str(&folder), 0700));
	KVK_TRY(kvk_path_join(out, kvk_blob_str(&folder), name));
	bare = out->n;
	for (unsigned i = 2; i < NAME_TRIES && kvk_path_exists(kvk_blob_str(out)); i++) {
		out->n = bare;
		KVK_TRY(kvk_blob_format(out, "-%u", i));
	}
out:
	kvk_blob_free(&folder);
	return err;
}

/* Moves the folder of a dossier; one that is gone already is fine, and *to stays empty. */
static enum kvk_err archive(
	const struct kvk_store *store, const char *name, struct kvk_blob *to, struct kvk_error *why)
{
	struct kvk_blob from = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_home_path(&store->home, KVK_HOME_DOSSIERS, name, &from));
	if (!kvk_path_exists(kvk_blob_str(&from)))
		goto out;
	KVK_TRY(choose_place(store, name, to));
	if (rename(kvk_blob_str(&from), kvk_blob_str(to)) != 0)
		err = KVK_ERR_WRITE;
out:
	if (err != KVK_OK) {
		(void)kvk_error_set_file(why, err, kvk_blob_str(to->n > 0 ? to : &from), 0);
		err = KVK_ERR_CREATE;
	}
	kvk_blob_free(&from);
	return err;
}

enum kvk_err kvk_untrack(
	struct kvk_store *store, const char *name, struct kvk_blob *archived, struct kvk_error *why)
{
	struct kvk_entry entry;
	enum kvk_err err;

	kvk_blob_clear(archived);
	KVK_TRY(kvk_store_find(store, name, &entry, why));
	if (entry.dossier)
		KVK_TRY(archive(store, entry.name, archived, why));
	err = kvk_inventory_remove(store->inventory, entry.name);
	err = err == KVK_ERR_NOT_FOUND ? KVK_OK : kvk_store_error(err, why);
out:
	return err;
}
