/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/discover.h: entering what was found. */
#include "config.h"

#include "app/discover.h"

#include <string.h>

#include "app/record.h"
#include "base/format.h"
#include "inventory/places.h"

/* One run of entering. */
struct entering {
	struct kvk_record record;
	/* struct kvk_recorded, which nobody asks for. */
	struct kvk_vec done;
	/* The entry that was left behind last, and what it was left by; 0: none. */
	long long behind, by;
};

/* A file becomes an entry of its own, about what it held; what it holds now is assessed then. */
static enum kvk_err part(struct entering *entering, const struct kvk_entry *entry, const char *path)
{
	struct kvk_watched watched = { .certificate = entry->certificate };
	enum kvk_err err;

	memset(watched.certificate.file_sha256, 0, KVK_SHA256_SIZE);
	KVK_FORMAT(watched.name, "%s", entry->name);
	entering->record.found = KVK_FOUND_PARTED;
	entering->record.keep = entry->kept;
	err = kvk_record_new(&entering->record, path, &watched, &entering->done);
	entering->record.keep = false;
	entering->record.found = KVK_FOUND_NEW;
	return err;
}

/* Moves all further places from an entry to another. */
static enum kvk_err move_places(struct kvk_inventory *inventory, long long from, long long to)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	for (;;) {
		err = kvk_inventory_next_place(inventory, from, "", &path);
		if (err == KVK_ERR_NOT_FOUND)
			break;
		KVK_TRY(err);
		KVK_TRY(kvk_inventory_remove_place(inventory, from, kvk_blob_str(&path)));
		KVK_TRY(kvk_inventory_add_place(inventory, to, kvk_blob_str(&path)));
	}
	err = KVK_OK;
out:
	kvk_blob_free(&path);
	return err;
}

/*
 * A place was renewed and the file of the entry was not: the entry goes on with the place, and what
 * was left behind becomes an entry of its own.
 */
static enum kvk_err leave_behind(
	struct entering *entering, struct kvk_entry *entry, const char *path)
{
	struct kvk_inventory *inventory = entering->record.inventory;
	struct kvk_entry behind = { .id = 0 };
	enum kvk_err err;

	if (entering->by == entry->id) {
		/* Another place that was renewed, too. */
		KVK_TRY(kvk_inventory_remove_place(inventory, entering->behind, path));
		return kvk_inventory_add_place(inventory, entry->id, path);
	}
	KVK_TRY(kvk_inventory_remove_place(inventory, entry->id, path));
	KVK_TRY(part(entering, entry, entry->path));
	KVK_TRY(kvk_inventory_find(
		inventory, ((struct kvk_recorded *)kvk_vec_at(&entering->done, 0))->name, &behind));
	KVK_TRY(move_places(inventory, entry->id, behind.id));
	KVK_FORMAT(entry->path, "%s", path);
	KVK_TRY(kvk_inventory_update(inventory, entry));
	entering->behind = behind.id;
	entering->by = entry->id;
out:
	return err;
}

static enum kvk_err enter_note(struct entering *entering, long long number, const char *path)
{
	struct kvk_inventory *inventory = entering->record.inventory;
	struct kvk_entry entry;
	enum kvk_err err;

	KVK_TRY(kvk_inventory_find_id(inventory, number / KVK_NOTE_COUNT, &entry));
	if (number % KVK_NOTE_COUNT == KVK_NOTE_AHEAD)
		return leave_behind(entering, &entry, path);
	KVK_TRY(kvk_inventory_remove_place(
		inventory, entering->by == entry.id ? entering->behind : entry.id, path));
	if (number % KVK_NOTE_COUNT == KVK_NOTE_PARTED)
		return part(entering, &entry, path);
	if (number % KVK_NOTE_COUNT == KVK_NOTE_MOVED) {
		KVK_FORMAT(entry.path, "%s", path);
		err = kvk_inventory_update(inventory, &entry);
	}
out:
	return err;
}

static enum kvk_err enter_notes(struct entering *entering, struct kvk_finds *finds)
{
	struct kvk_blob path = { 0 };
	long long number = 0;
	enum kvk_err err;

	for (;;) {
		err = kvk_finds_next_note(finds, &number, &path);
		if (err == KVK_ERR_NOT_FOUND)
			break;
		KVK_TRY(err);
		err = enter_note(entering, number, kvk_blob_str(&path));
		kvk_recorded_clear(&entering->done);
		/* Where something is not there any more, another run was faster. */
		KVK_TRY(err == KVK_ERR_NOT_FOUND ? KVK_OK : err);
	}
	err = KVK_OK;
out:
	kvk_blob_free(&path);
	return err;
}

/* One certificate that was found. */
static enum kvk_err enter_find(struct entering *entering, const struct kvk_find *find)
{
	struct kvk_record *record = &entering->record;
	struct kvk_vec *done = &entering->done;
	const char *path = kvk_blob_str(&find->path);
	struct kvk_watched watched = { .certificate = find->certificate };
	bool entered = false;
	enum kvk_err err;

	KVK_FORMAT(watched.name, "%s", find->name);
	if (find->round == KVK_DISCOVERED_IN_FILE) {
		KVK_TRY(kvk_record_is_entered(record, path, &watched, &entered));
		return entered ? KVK_OK : kvk_record_new(record, path, &watched, done);
	}
	err = kvk_record_place(record, path, &watched, done);
	if (err != KVK_ERR_NOT_FOUND)
		return err;
	if (find->round == KVK_DISCOVERED_PLACE)
		return KVK_OK;
	if (find->round == KVK_DISCOVERED_BESIDE)
		KVK_TRY(kvk_inventory_has_later(record->inventory, &find->certificate.holder,
			find->certificate.not_after + 1, "/", &entered));
	err = entered ? KVK_OK : kvk_record_new(record, path, &watched, done);
out:
	return err;
}

static enum kvk_err enter_finds(struct entering *entering, struct kvk_finds *finds)
{
	struct kvk_find find = { 0 };
	enum kvk_err err;

	for (;;) {
		err = kvk_finds_next(finds, &find);
		if (err == KVK_ERR_NOT_FOUND)
			break;
		KVK_TRY(err);
		KVK_TRY(enter_find(entering, &find));
		kvk_recorded_clear(&entering->done);
	}
	err = KVK_OK;
out:
	kvk_blob_free(&find.path);
	return err;
}

static enum kvk_err enter_all(
	struct kvk_inventory *inventory, struct kvk_finds *finds, kvk_time now)
{
	struct entering entering = {
		.record = { .inventory = inventory, .found = KVK_FOUND_NEW, .now = now },
		.done = KVK_VEC_INIT(struct kvk_recorded, KVK_LIMIT_BLOCKS),
	};
	enum kvk_err err;

	KVK_TRY(kvk_inventory_begin(inventory));
	KVK_TRY(enter_notes(&entering, finds));
	KVK_TRY(enter_finds(&entering, finds));
	KVK_TRY(kvk_inventory_commit(inventory));
out:
	kvk_inventory_rollback(inventory);
	kvk_recorded_clear(&entering.done);
	kvk_vec_free(&entering.done);
	return err;
}

/* Puts a copy in the place of the inventory, and enters what was found there. */
static enum kvk_err enter_in_copy(
	struct kvk_store *store, struct kvk_finds *finds, struct kvk_discovery *discovery)
{
	enum kvk_err err;

	KVK_TRY(kvk_store_detach(store));
	err = enter_all(store->inventory, finds, discovery->now);
out:
	return err;
}

enum kvk_err kvk_discover_enter(
	struct kvk_store *store, struct kvk_finds *finds, struct kvk_discovery *discovery)
{
	if (!discovery->remember)
		return enter_in_copy(store, finds, discovery);
	discovery->stored = enter_all(store->inventory, finds, discovery->now);
	return discovery->stored == KVK_OK ? KVK_OK : enter_in_copy(store, finds, discovery);
}
