/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/untrack.h"

#include <string.h>
#include <unistd.h>

#include "app/complete.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "base/word.h"
#include "dossier/archive.h"
#include "inventory/events.h"
#include "inventory/places.h"

/* The folder of a dossier, or that of the renewal in it. */
static enum kvk_err find_folder(
	const struct kvk_store *store, const char *name, bool next, struct kvk_blob *out)
{
	struct kvk_blob dossier = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_home_path(&store->home, KVK_HOME_DOSSIERS, name, &dossier));
	KVK_TRY(next ? kvk_path_join(out, kvk_blob_str(&dossier), KVK_DOSSIER_NEXT) :
		       kvk_blob_set(out, kvk_span_of_blob(&dossier)));
out:
	kvk_blob_free(&dossier);
	return err;
}

/* Moves such a folder; one that is gone already is fine, and *to stays empty. */
static enum kvk_err archive(const struct kvk_store *store, const char *name, bool next,
	struct kvk_blob *to, struct kvk_error *why)
{
	struct kvk_blob from = { 0 }, folder = { 0 };
	enum kvk_err err;

	KVK_TRY(find_folder(store, name, next, &from));
	if (!kvk_path_exists(kvk_blob_str(&from)))
		goto out;
	KVK_TRY(kvk_home_path(&store->home, KVK_HOME_ARCHIVE, NULL, &folder));
	KVK_TRY(kvk_archive_move(kvk_blob_str(&from), kvk_blob_str(&folder), name, to));
out:
	if (err != KVK_OK) {
		(void)kvk_error_set_file(why, err, kvk_blob_str(to->n > 0 ? to : &from), 0);
		err = KVK_ERR_CREATE;
	}
	kvk_blob_free(&folder);
	kvk_blob_free(&from);
	return err;
}

/* Moves the folder back, where the inventory could not be written. */
static void take_back(
	const struct kvk_store *store, const char *name, bool next, struct kvk_blob *archived)
{
	struct kvk_blob folder = { 0 };

	if (archived->n > 0 && find_folder(store, name, next, &folder) == KVK_OK &&
		kvk_path_move_new(kvk_blob_str(archived), kvk_blob_str(&folder)) == KVK_OK)
		kvk_blob_clear(archived);
	kvk_blob_free(&folder);
}

/* An entry whose files keep its certificate. */
struct dismissal {
	struct kvk_inventory *inventory;
	const struct kvk_holder *holder;
};

static enum kvk_err dismiss_place(void *context, const char *path)
{
	const struct dismissal *dismissal = context;

	return kvk_inventory_dismiss(dismissal->inventory, path, dismissal->holder);
}

/* What is still in the file is not to come back by itself. */
static enum kvk_err dismiss(struct kvk_inventory *inventory, const struct kvk_entry *entry)
{
	struct dismissal dismissal = { inventory, &entry->certificate.holder };
	enum kvk_err err = KVK_OK;

	if (entry->dossier)
		return KVK_OK;
	KVK_TRY(dismiss_place(&dismissal, entry->path));
	err = kvk_inventory_each_place(inventory, entry->id, dismiss_place, &dismissal);
out:
	return err;
}

/* Whether a renewal is under way; a tracked file that has one has a dossier as well. */
static bool has_renewal(const struct kvk_store *store, const char *name)
{
	struct kvk_blob next = { 0 };
	const bool there = find_folder(store, name, true, &next) == KVK_OK &&
		kvk_path_exists(kvk_blob_str(&next));

	kvk_blob_free(&next);
	return there;
}

/* Entries are looked for whose files are below a folder. */
struct search {
	const struct kvk_store *store;
	const char *folder;
	struct kvk_error *why;
	/* How many were found. */
	size_t count;
};

/* Counts a file below the folder. Somebody waits for its renewal: it is not given up in passing. */
static enum kvk_err visit_below(void *context, const struct kvk_entry *entry)
{
	struct search *search = context;
	const size_t n = strlen(search->folder);

	if (entry->dossier || strncmp(entry->path, search->folder, n) != 0 || entry->path[n] != '/')
		return KVK_OK;
	search->count++;
	if (!has_renewal(search->store, entry->name))
		return KVK_OK;
	return kvk_error_set(search->why, KVK_ERR_USAGE,
		_("a renewal of '%s', which is in that folder, is under way; run 'kvkcsr uploaded "
		  "%s' when the new certificate is at the portal, or 'kvkcsr untrack %s --next' to "
		  "give it up"),
		entry->name, entry->name, entry->name);
}

enum kvk_err kvk_untrack_folder(struct kvk_store *store, const char *name, kvk_time at,
	size_t *below, struct kvk_error *why)
{
	struct search search = { .store = store, .why = why };
	struct kvk_blob path = { 0 };
	char safe[256];
	enum kvk_err err;

	*below = 0;
	KVK_TRY(kvk_store_error(kvk_path_plain(&path, name), why));
	KVK_TRY(kvk_store_error(kvk_inventory_begin(store->inventory), why));
	err = kvk_inventory_remove_folder(store->inventory, kvk_blob_str(&path));
	if (err == KVK_ERR_NOT_FOUND) {
		err = kvk_error_set(why, KVK_ERR_USAGE, _("the folder '%s' is not tracked"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(&path)));
		goto out;
	}
	KVK_TRY(kvk_store_error(err, why));
	search.folder = kvk_blob_str(&path);
	err = kvk_inventory_each(store->inventory, visit_below, &search);
	KVK_TRY(err == KVK_ERR_USAGE ? err : kvk_store_error(err, why));
	KVK_TRY(kvk_store_error(kvk_inventory_note_below(store->inventory, kvk_blob_str(&path), at,
					"untrack", KVK_HAPPENED_UNTRACKED),
		why));
	KVK_TRY(kvk_store_error(
		kvk_inventory_remove_below(store->inventory, kvk_blob_str(&path)), why));
	KVK_TRY(kvk_store_error(kvk_inventory_commit(store->inventory), why));
	*below = search.count;
out:
	kvk_inventory_rollback(store->inventory);
	kvk_blob_free(&path);
	return err;
}

/* Whether a name that no entry has is that of a folder that is tracked, without its slash. */
static bool is_folder(const struct kvk_store *store, const char *name)
{
	struct kvk_blob path = { 0 }, folder = { 0 }, last = { 0 };
	bool found = false;

	if (kvk_path_plain(&path, name) == KVK_OK)
		while (!found &&
			kvk_inventory_next_folder(store->inventory, kvk_blob_str(&last), &folder) ==
				KVK_OK) {
			found = kvk_span_equal(kvk_span_of_blob(&folder), kvk_span_of_blob(&path));
			if (kvk_blob_set(&last, kvk_span_of_blob(&folder)) != KVK_OK)
				break;
		}
	kvk_blob_free(&last);
	kvk_blob_free(&folder);
	kvk_blob_free(&path);
	return found;
}

/* What is missing where a folder was named as an entry is. */
static enum kvk_err suggest_folder(
	const struct kvk_store *store, const char *name, enum kvk_err err, struct kvk_error *why)
{
	struct kvk_entry entry;
	struct kvk_blob word = { 0 };

	if (err == KVK_ERR_USAGE &&
		kvk_inventory_find(store->inventory, name, &entry) == KVK_ERR_NOT_FOUND &&
		is_folder(store, name) && kvk_escape_shell(&word, kvk_span_of(name)) == KVK_OK)
		(void)kvk_error_set(why, err,
			_("there is no entry '%s', but a tracked folder; to stop searching it, run "
			  "'kvkcsr untrack %s/'"),
			name, kvk_blob_str(&word));
	kvk_blob_free(&word);
	return err;
}

/* In a transaction, so that no delivery comes into a folder that moves. */
static enum kvk_err untrack(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_blob *archived, struct kvk_error *why)
{
	struct kvk_entry entry;
	enum kvk_err err;

	KVK_TRY(kvk_store_find(store, name, &entry, why));
	KVK_TRY(kvk_store_error(dismiss(store->inventory, &entry), why));
	KVK_TRY(kvk_store_error(
		kvk_inventory_note_event(store->inventory, entry.name, at, "untrack",
			KVK_HAPPENED_UNTRACKED, entry.certificate.serial),
		why));
	KVK_TRY(kvk_store_error(kvk_inventory_remove(store->inventory, entry.name), why));
	if (entry.dossier || has_renewal(store, entry.name))
		KVK_TRY(archive(store, entry.name, false, archived, why));
	err = kvk_store_error(kvk_inventory_commit(store->inventory), why);
	if (err != KVK_OK)
		take_back(store, entry.name, false, archived);
out:
	return err;
}

bool kvk_untrack_names_folder(const char *name)
{
	return strchr(name, '/') != NULL && !kvk_entry_name_valid(name);
}

enum kvk_err kvk_untrack(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_blob *archived, struct kvk_error *why)
{
	size_t below;
	enum kvk_err err;

	kvk_blob_clear(archived);
	if (kvk_untrack_names_folder(name))
		return kvk_untrack_folder(store, name, at, &below, why);
	KVK_TRY(kvk_complete_delivery(store, name, why));
	KVK_TRY(kvk_store_error(kvk_inventory_begin(store->inventory), why));
	err = untrack(store, name, at, archived, why);
	kvk_inventory_rollback(store->inventory);
out:
	return suggest_folder(store, name, err, why);
}

/* In a transaction, too. A tracked file then has no dossier any more. */
static enum kvk_err untrack_next(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_blob *archived, struct kvk_error *why)
{
	struct kvk_blob dossier = { 0 };
	struct kvk_entry entry;
	bool open;
	enum kvk_err err;

	KVK_TRY(kvk_store_find(store, name, &entry, why));
	/* A run that was killed may have moved the folder, and not noted it. */
	KVK_TRY(kvk_store_error(
		kvk_inventory_renewal_open(store->inventory, name, &open, NULL), why));
	if (!open && !has_renewal(store, name))
		KVK_TRY(kvk_error_set(
			why, KVK_ERR_USAGE, _("no renewal of '%s' is under way"), name));
	entry.switch_at = 0;
	/* It was of the renewal. */
	if (entry.delivery != KVK_DELIVERY_DOUBTFUL && entry.delivery != KVK_DELIVERY_ADOPTED)
		entry.delivery = KVK_DELIVERY_NONE;
	KVK_TRY(kvk_store_error(kvk_inventory_update(store->inventory, &entry), why));
	KVK_TRY(kvk_store_error(kvk_inventory_note_event(store->inventory, name, at, "untrack",
					KVK_HAPPENED_RENEWAL_ABANDONED, NULL),
		why));
	KVK_TRY(archive(store, name, true, archived, why));
	err = kvk_store_error(kvk_inventory_commit(store->inventory), why);
	if (err != KVK_OK)
		take_back(store, name, true, archived);
	else if (!entry.dossier && find_folder(store, name, false, &dossier) == KVK_OK)
		(void)rmdir(kvk_blob_str(&dossier));
out:
	kvk_blob_free(&dossier);
	return err;
}

enum kvk_err kvk_untrack_next(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_blob *archived, struct kvk_error *why)
{
	enum kvk_err err;

	kvk_blob_clear(archived);
	KVK_TRY(kvk_complete_delivery(store, name, why));
	KVK_TRY(kvk_store_error(kvk_inventory_begin(store->inventory), why));
	err = untrack_next(store, name, at, archived, why);
	kvk_inventory_rollback(store->inventory);
out:
	return err;
}
