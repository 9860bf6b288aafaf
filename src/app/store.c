/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/store.h"

#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "dossier/files.h"

enum kvk_err kvk_store_error(enum kvk_err err, struct kvk_error *why)
{
	switch (err) {
	case KVK_OK:
		return err;
	case KVK_ERR_WRITE:
		return kvk_error_set(why, err,
			_("the inventory cannot be written; the disk may be full, or inventory.db "
			  "may belong to another user"));
	case KVK_ERR_DATABASE:
		return kvk_error_set(why, err,
			_("the inventory is damaged; restore a copy of inventory.db, or move it "
			  "away, run 'kvkcsr adopt' for the dossiers, and track other files "
			  "again"));
	case KVK_ERR_LIMIT:
		return kvk_error_set(why, err,
			kvk_ngettext(
				"the inventory can hold %u entry, and paths of at most %u bytes",
				"the inventory can hold %u entries, and paths of at most %u bytes",
				KVK_LIMIT_ENTRIES),
			KVK_LIMIT_ENTRIES, KVK_LIMIT_PATH);
	default:
		return kvk_error_set(
			why, err, _("the inventory could not be used: %s"), kvk_error_text(err));
	}
}

static enum kvk_err find_home(const char *home, struct kvk_store *out, struct kvk_error *why)
{
	enum kvk_err err = kvk_home_find(home, &out->home);

	if (err != KVK_ERR_NOT_FOUND)
		return err;
	return kvk_error_set(why, KVK_ERR_USAGE,
		_("no home folder: HOME is not set to an absolute path; use --home DIR"));
}

static bool has_dossiers(const struct kvk_store *store)
{
	struct kvk_blob dossiers = { 0 };
	bool found;

	found = kvk_home_path(&store->home, KVK_HOME_DOSSIERS, NULL, &dossiers) == KVK_OK &&
		kvk_path_is_folder(kvk_blob_str(&dossiers));
	kvk_blob_free(&dossiers);
	return found;
}

/* There was an inventory once. */
static enum kvk_err set_lost(const struct kvk_store *store, struct kvk_error *why)
{
	char safe[256];

	return kvk_error_set(why, KVK_ERR_NOT_FOUND,
		_("there are dossiers but no inventory in '%s'; run 'kvkcsr adopt' to rebuild it"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(kvk_home_text(&store->home))));
}

enum kvk_err kvk_store_open(
	const char *home, bool make, struct kvk_store *out, struct kvk_error *why)
{
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	KVK_TRY(find_home(home, out, why));
	if (make)
		KVK_TRY(kvk_home_make(&out->home, why));
	err = kvk_inventory_open(kvk_home_text(&out->home), make, &out->inventory, why);
	if (err == KVK_ERR_NOT_FOUND && has_dossiers(out))
		(void)set_lost(out, why);
out:
	return err;
}

enum kvk_err kvk_store_look(const char *home, struct kvk_store *out, struct kvk_error *why)
{
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	KVK_TRY(find_home(home, out, why));
	KVK_TRY(kvk_home_look(&out->home, why));
	err = kvk_inventory_open(kvk_home_text(&out->home), false, &out->inventory, why);
	/* that there is none yet is no error, and nothing is left to say */
	if (err == KVK_ERR_NOT_FOUND)
		err = kvk_error_set(why, KVK_OK, "%s", "");
out:
	return err;
}

enum kvk_err kvk_store_detach(struct kvk_store *store)
{
	struct kvk_inventory *copy = NULL;
	enum kvk_err err = KVK_OK;

	if (store->original != NULL)
		return KVK_OK;
	KVK_TRY(kvk_inventory_copy(store->inventory, &copy));
	store->original = store->inventory;
	store->inventory = copy;
out:
	return err;
}

void kvk_store_attach(struct kvk_store *store)
{
	if (store->original == NULL)
		return;
	kvk_inventory_close(store->inventory);
	store->inventory = store->original;
	store->original = NULL;
}

void kvk_store_close(struct kvk_store *store)
{
	kvk_store_attach(store);
	kvk_inventory_close(store->inventory);
	store->inventory = NULL;
	kvk_home_free(&store->home);
}

enum kvk_err kvk_store_find(
	struct kvk_store *store, const char *name, struct kvk_entry *out, struct kvk_error *why)
{
	char safe[128], home[256];
	enum kvk_err err = kvk_inventory_find(store->inventory, name, out);

	if (err != KVK_ERR_NOT_FOUND)
		return kvk_store_error(err, why);
	return kvk_error_set(why, KVK_ERR_USAGE,
		_("there is no entry '%s' in '%s'; 'kvkcsr status' lists them"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(name)),
		kvk_escape_to(home, sizeof home, kvk_span_of(kvk_home_text(&store->home))));
}
