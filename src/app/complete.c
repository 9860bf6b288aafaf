/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/complete.h"

#include <dirent.h>

#include "app/naming.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "base/word.h"
#include "dossier/exchange.h"
#include "inventory/events.h"
#include "watch/watched.h"

enum kvk_err kvk_delivery_enter(const char *folder, const struct kvk_delivery_note *note,
	struct kvk_entry *entry, struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	struct kvk_watched watched;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_CERTIFICATE));
	KVK_TRY(kvk_watched_read(kvk_blob_str(&path), NULL, &watched));
	KVK_TRY(KVK_FORMAT(entry->path, "%s", kvk_blob_str(&path)) ? KVK_OK : KVK_ERR_LIMIT);
	entry->certificate = watched.certificate;
	/* Another one was put there by hand since, which nobody evaluated. */
	entry->stage = memcmp(note->sha256, watched.certificate.sha256, KVK_SHA256_SIZE) == 0 ?
		note->stage :
		KVK_STAGE_RECEIVED;
	entry->since = note->since;
	entry->practice = note->practice;
	entry->delivery = KVK_DELIVERY_NONE;
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, kvk_blob_str(&path), 0);
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_complete_part(struct kvk_inventory *inventory, struct kvk_entry *entry)
{
	struct kvk_naming naming = { .number = 0 };
	struct kvk_entry file = *entry;
	enum kvk_err err;

	if (entry->dossier)
		return KVK_OK;
	file.found = KVK_FOUND_ASKED;
	file.switch_at = 0;
	KVK_TRY(kvk_inventory_make_dossier(inventory, entry->id));
	KVK_TRY(kvk_naming_add(&naming, inventory, entry->name, &file));
	entry->dossier = true;
out:
	return err;
}

/* A renewal that took the place of its predecessor was uploaded, too. */
static enum kvk_err store_upload(struct kvk_inventory *inventory,
	const struct kvk_delivery_note *note, struct kvk_entry *entry)
{
	enum kvk_err err;

	entry->switch_at = 0;
	entry->deploy = !note->deployed;
	entry->kept = false;
	KVK_TRY(kvk_inventory_note_upload(inventory, entry->name, note->sha256, note->since));
	KVK_TRY(kvk_inventory_note_event(inventory, entry->name, note->since, "uploaded",
		KVK_HAPPENED_RENEWAL_UPLOADED, entry->certificate.serial));
	if (note->deployed)
		KVK_TRY(kvk_inventory_note_event(inventory, entry->name, note->since, "uploaded",
			KVK_HAPPENED_DEPLOYED, entry->certificate.serial));
out:
	return err;
}

enum kvk_happening kvk_delivery_happening(enum kvk_entry_stage stage, bool renewal)
{
	if (stage == KVK_STAGE_VERIFIED)
		return renewal ? KVK_HAPPENED_RENEWAL_VERIFIED : KVK_HAPPENED_VERIFIED;
	return renewal ? KVK_HAPPENED_RENEWAL_RECEIVED : KVK_HAPPENED_RECEIVED;
}

/* A delivery that came into force is in the history once, whoever enters it. */
static enum kvk_err note_delivery(struct kvk_inventory *inventory,
	const struct kvk_delivery_note *note, const struct kvk_entry *entry)
{
	return kvk_inventory_note_event(inventory, entry->name, note->since, "accept",
		kvk_delivery_happening(entry->stage, false), entry->certificate.serial);
}

/* Stores what a note says, unless the inventory knew of it already. */
static enum kvk_err store_note(struct kvk_store *store, const char *folder,
	const struct kvk_delivery_note *note, struct kvk_entry *entry, struct kvk_error *why)
{
	const struct kvk_entry before = *entry;
	struct kvk_error inner = { "" };
	enum kvk_err err = kvk_delivery_enter(folder, note, entry, &inner);

	/* What was removed or damaged since is for the next look at the file. */
	if (err == KVK_ERR_NOT_FOUND || err == KVK_ERR_FORMAT) {
		kvk_delivery_settle(folder);
		return KVK_OK;
	}
	if (err != KVK_OK)
		*why = inner;
	KVK_TRY(err);
	if (!before.certificate.present || before.stage != entry->stage ||
		before.practice != entry->practice ||
		memcmp(before.certificate.sha256, entry->certificate.sha256, KVK_SHA256_SIZE) !=
			0) {
		KVK_TRY(kvk_store_error(entry->stage == KVK_STAGE_UPLOADED ?
				store_upload(store->inventory, note, entry) :
				note_delivery(store->inventory, note, entry),
			why));
		KVK_TRY(kvk_store_error(kvk_inventory_update(store->inventory, entry), why));
	}
	KVK_TRY(kvk_store_error(kvk_inventory_commit(store->inventory), why));
	kvk_delivery_settle(folder);
out:
	return err;
}

/* A new dossier that has an entry gets its name; one that has none is what nobody was shown. */
static enum kvk_err complete_new(
	struct kvk_store *store, const char *name, const char *folder, struct kvk_error *why)
{
	struct kvk_entry entry;
	enum kvk_err err = kvk_inventory_find(store->inventory, name, &entry);

	if (err == KVK_ERR_NOT_FOUND || (err == KVK_OK && !entry.dossier))
		return kvk_exchange_drop(folder);
	KVK_TRY(kvk_store_error(err, why));
	KVK_TRY(kvk_exchange_place(folder, why));
out:
	return err;
}

/* Stores that a renewal was delivered, unless the inventory knew of it already. */
static enum kvk_err store_renewal(struct kvk_store *store, const char *name,
	const struct kvk_delivery_note *note, const char *serial, struct kvk_error *why)
{
	const enum kvk_happening happening = kvk_delivery_happening(note->stage, true);
	struct kvk_inventory *inventory = store->inventory;
	struct kvk_entry entry;
	bool known;
	enum kvk_err err;

	KVK_TRY(kvk_store_error(
		kvk_inventory_has_event(inventory, name, note->since, happening, serial, &known),
		why));
	if (known)
		goto out;
	KVK_TRY(kvk_store_find(store, name, &entry, why));
	if (entry.delivery != KVK_DELIVERY_ADOPTED)
		entry.delivery = KVK_DELIVERY_NONE;
	KVK_TRY(kvk_store_error(kvk_inventory_update(inventory, &entry), why));
	KVK_TRY(kvk_store_error(
		kvk_inventory_note_event(inventory, name, note->since, "accept", happening, serial),
		why));
	KVK_TRY(kvk_store_error(kvk_inventory_commit(inventory), why));
out:
	return err;
}

/* The note of the delivery in a renewal, and its certificate. */
static enum kvk_err read_renewal(
	const char *next, struct kvk_delivery_note *note, struct kvk_watched *watched)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_delivery_note_read(next, note));
	KVK_TRY(kvk_path_join(&path, next, KVK_DOSSIER_CERTIFICATE));
	KVK_TRY(kvk_watched_read(kvk_blob_str(&path), NULL, watched));
out:
	kvk_blob_free(&path);
	return err;
}

/* The inventory learns of the delivery in a renewal. */
static enum kvk_err note_renewal(
	struct kvk_store *store, const char *name, const char *next, struct kvk_error *why)
{
	struct kvk_delivery_note note;
	struct kvk_watched watched;
	const enum kvk_err err = read_renewal(next, &note, &watched);

	/* What was removed or damaged since is no delivery. */
	if (err == KVK_ERR_NOT_FOUND || err == KVK_ERR_FORMAT)
		return KVK_OK;
	return err != KVK_OK ? err :
			       store_renewal(store, name, &note, watched.certificate.serial, why);
}

/* A new renewal that the history knows gets its name; nobody was shown another one. */
static enum kvk_err complete_new_renewal(
	struct kvk_store *store, const char *name, const char *next, struct kvk_error *why)
{
	bool open;
	enum kvk_err err;

	KVK_TRY(kvk_store_error(
		kvk_inventory_renewal_open(store->inventory, name, &open, NULL), why));
	err = open ? kvk_exchange_place(next, why) : kvk_exchange_drop(next);
out:
	return err;
}

/* What a run left beside the folder of a renewal that was killed. */
static enum kvk_err complete_renewal(
	struct kvk_store *store, const char *name, const char *folder, struct kvk_error *why)
{
	struct kvk_blob next = { 0 };
	bool beside;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&next, folder, KVK_DOSSIER_NEXT));
	KVK_TRY(kvk_exchange_recover(kvk_blob_str(&next), &beside));
	if (!beside)
		goto out;
	if (!kvk_path_exists(kvk_blob_str(&next))) {
		err = complete_new_renewal(store, name, kvk_blob_str(&next), why);
		goto out;
	}
	KVK_TRY(note_renewal(store, name, kvk_blob_str(&next), why));
	(void)kvk_exchange_drop(kvk_blob_str(&next));
out:
	kvk_blob_free(&next);
	return err;
}

/* In a transaction: whoever puts a delivery in force has one, so this is none that is under way. */
static enum kvk_err complete(
	struct kvk_store *store, const char *name, const char *folder, struct kvk_error *why)
{
	struct kvk_delivery_note note;
	struct kvk_entry entry;
	bool beside;
	enum kvk_err err;

	KVK_TRY(kvk_exchange_recover(folder, &beside));
	if (!kvk_path_exists(folder))
		return beside ? complete_new(store, name, folder, why) : KVK_OK;
	err = kvk_delivery_unsettled(folder, &note);
	if (err == KVK_ERR_NOT_FOUND)
		return KVK_OK;
	KVK_TRY(err);
	KVK_TRY(kvk_store_find(store, name, &entry, why));
	/* A file that is watched under this name is none of the dossier's, unless a renewal of it
	 * took its place. */
	if (note.stage == KVK_STAGE_UPLOADED)
		KVK_TRY(kvk_store_error(kvk_complete_part(store->inventory, &entry), why));
	if (entry.dossier)
		KVK_TRY(store_note(store, folder, &note, &entry, why));
out:
	if (err != KVK_OK && why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, folder, 0);
	return err;
}

enum kvk_err kvk_complete_delivery(struct kvk_store *store, const char *name, struct kvk_error *why)
{
	struct kvk_blob folder = { 0 };
	enum kvk_err err;

	/* What is no name may lead out of the home; whoever looks for the entry says so. */
	if (!kvk_entry_name_valid(name))
		return KVK_OK;
	KVK_TRY(kvk_home_path(&store->home, KVK_HOME_DOSSIERS, name, &folder));
	KVK_TRY(kvk_store_error(kvk_inventory_begin(store->inventory), why));
	err = complete(store, name, kvk_blob_str(&folder), why);
	kvk_inventory_rollback(store->inventory);
	KVK_TRY(err);
	/* The dossier may have none of its own: that of a tracked file holds the renewal alone. */
	KVK_TRY(kvk_store_error(kvk_inventory_begin(store->inventory), why));
	err = complete_renewal(store, name, kvk_blob_str(&folder), why);
	kvk_inventory_rollback(store->inventory);
out:
	kvk_blob_free(&folder);
	return err;
}

/* The name of the dossier that a folder is beside of; "" where it is none. */
static const char *name_of(const char *entry, char name[KVK_LIMIT_ENTRY_NAME + 1])
{
	struct kvk_span found;

	name[0] = '\0';
	if (kvk_exchange_is_beside(entry, &found) && found.n <= KVK_LIMIT_ENTRY_NAME) {
		memcpy(name, found.p, found.n);
		name[found.n] = '\0';
	}
	return kvk_entry_name_valid(name) ? name : "";
}

void kvk_complete_deliveries(struct kvk_store *store)
{
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	struct kvk_error ignored = { "" };
	struct kvk_blob dossiers = { 0 };
	const struct dirent *entry;
	DIR *dir = NULL;

	if (kvk_home_path(&store->home, KVK_HOME_DOSSIERS, NULL, &dossiers) == KVK_OK)
		dir = opendir(kvk_blob_str(&dossiers));
	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (name_of(entry->d_name, name)[0] != '\0')
			(void)kvk_complete_delivery(store, name, &ignored);
	if (dir != NULL)
		closedir(dir);
	kvk_blob_free(&dossiers);
}
