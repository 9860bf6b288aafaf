/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/record.h"

#include <string.h>

#include "app/silenced.h"
#include "base/alloc.h"
#include "base/format.h"
#include "base/path.h"
#include "inventory/events.h"
#include "inventory/places.h"

/* A dossier may wait until a server has its certificate. */
static enum kvk_err note_deployed(
	const struct kvk_record *record, const struct kvk_entry_certificate *certificate)
{
	return kvk_inventory_note_deployed(record->inventory, certificate->sha256, record->now,
		record->found == KVK_FOUND_ASKED ? "track" : "check");
}

/* One of the functions that give the entries of a path one by one. */
typedef enum kvk_err next_entry(
	struct kvk_inventory *inventory, const char *path, long long after, struct kvk_entry *out);

static enum kvk_err note(const struct kvk_entry *entry, const char *path, bool known, bool place,
	struct kvk_vec *out)
{
	struct kvk_recorded *recorded;
	char *copy = kvk_strdup(path);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (copy == NULL)
		goto out;
	KVK_TRY(kvk_vec_push(out, &recorded));
	memset(recorded, 0, sizeof *recorded);
	memcpy(recorded->name, entry->name, sizeof recorded->name);
	recorded->known = known;
	recorded->place = place;
	recorded->ca = entry->certificate.ca;
	recorded->not_after = entry->certificate.not_after;
	recorded->ends = entry->certificate.ends;
	memcpy(recorded->ends_by, entry->certificate.ends_by, sizeof recorded->ends_by);
	recorded->path = copy;
	copy = NULL;
out:
	kvk_free(copy);
	return err;
}

static enum kvk_err name_silenced(
	const struct kvk_record *record, const struct kvk_entry *entry, bool again)
{
	return record->silenced == NULL ?
		KVK_OK :
		kvk_silenced_find(record->inventory, entry, again, record->now, record->silenced);
}

enum kvk_err kvk_record_new(struct kvk_record *record, const char *path,
	const struct kvk_watched *watched, struct kvk_vec *out)
{
	struct kvk_entry entry;
	enum kvk_err err;

	memset(&entry, 0, sizeof entry);
	entry.stage = KVK_STAGE_TRACKED;
	entry.since = record->now;
	entry.kept = record->keep;
	entry.found = record->found;
	entry.certificate = watched->certificate;
	KVK_FORMAT(entry.path, "%s", path);
	if (record->name != NULL && record->naming.name[0] == '\0') {
		/* Further certificates of the file get numbers. */
		KVK_FORMAT(entry.name, "%s", record->name);
		KVK_TRY(kvk_inventory_add(record->inventory, &entry));
		KVK_FORMAT(record->naming.name, "%s", record->name);
		record->naming.number = 1;
	} else {
		KVK_TRY(kvk_naming_add(&record->naming, record->inventory,
			record->name != NULL ? record->name : watched->name, &entry));
	}
	KVK_TRY(kvk_inventory_note_event(record->inventory, entry.name, entry.since,
		record->found == KVK_FOUND_ASKED ? "track" : "check", KVK_HAPPENED_TRACKED,
		entry.certificate.serial));
	KVK_TRY(note_deployed(record, &entry.certificate));
	KVK_TRY(name_silenced(record, &entry, false));
	KVK_TRY(note(&entry, path, false, false, out));
out:
	return err;
}

/* Another path of an entry: its place where its own file is gone, else a further one. */
static enum kvk_err take_place(
	const struct kvk_record *record, struct kvk_entry *entry, const char *path)
{
	const bool gone = !entry->dossier && !kvk_path_exists(entry->path);
	enum kvk_err err = KVK_OK;

	if (gone)
		KVK_FORMAT(entry->path, "%s", path);
	if (gone || (record->keep && !entry->kept)) {
		entry->kept = entry->kept || record->keep;
		KVK_TRY(kvk_inventory_update(record->inventory, entry));
	}
	if (strcmp(entry->path, path) != 0)
		KVK_TRY(kvk_inventory_add_place(record->inventory, entry->id, path));
out:
	return err;
}

enum kvk_err kvk_record_place(struct kvk_record *record, const char *path,
	const struct kvk_watched *watched, struct kvk_vec *out)
{
	struct kvk_entry entry;
	enum kvk_err err;

	KVK_TRY(kvk_inventory_find_same(record->inventory, watched->certificate.sha256, &entry));
	/* With a CA that ends earlier, or without it, there is something else to notify of. */
	if (entry.certificate.ends != watched->certificate.ends)
		return KVK_ERR_NOT_FOUND;
	KVK_TRY(take_place(record, &entry, path));
	KVK_TRY(note(&entry, path, true, strcmp(entry.path, path) != 0, out));
out:
	return err;
}

static bool is_below(const char *path, const char *folder)
{
	const size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && (folder[n - 1] == '/' || path[n] == '/');
}

/* An entry whose places are gone through. */
struct leaving {
	const struct kvk_record *record;
	long long entry;
};

static enum kvk_err leave_place(void *context, const char *path)
{
	const struct leaving *leaving = context;
	const struct kvk_record *record = leaving->record;

	return is_below(path, record->folder) ?
		kvk_inventory_remove_place(record->inventory, leaving->entry, path) :
		KVK_OK;
}

/* Forgets the places that are looked at again. */
static enum kvk_err leave_folder(const struct kvk_record *record, long long entry)
{
	struct leaving leaving = { record, entry };

	return record->folder == NULL ?
		KVK_OK :
		kvk_inventory_each_place(record->inventory, entry, leave_place, &leaving);
}

/* Whether the file holds the certificate of an entry. */
static bool holds(const struct kvk_watched_file *file, const struct kvk_entry *entry)
{
	for (size_t i = 0; i < file->list.count; i++)
		if (memcmp(kvk_watched_at(file, i)->certificate.sha256, entry->certificate.sha256,
			    KVK_SHA256_SIZE) == 0)
			return true;
	return false;
}

enum kvk_err kvk_record_leave(
	struct kvk_record *record, const char *path, const struct kvk_watched_file *file)
{
	struct kvk_entry entry;
	long long last = 0;
	enum kvk_err err;

	for (;;) {
		err = kvk_inventory_next_placed(record->inventory, path, last, &entry);
		if (err == KVK_ERR_NOT_FOUND)
			break;
		KVK_TRY(err);
		last = entry.id;
		if (!holds(file, &entry))
			KVK_TRY(kvk_inventory_remove_place(record->inventory, entry.id, path));
	}
	err = KVK_OK;
out:
	return err;
}

/* Whether one of the entries that next gives for a path has the certificate. */
static enum kvk_err has_certificate(struct kvk_inventory *inventory, next_entry *next,
	const char *path, const struct kvk_watched *watched, bool *has)
{
	struct kvk_entry entry = { .id = 0 };
	enum kvk_err err;

	*has = false;
	while (!*has) {
		err = next(inventory, path, entry.id, &entry);
		if (err == KVK_ERR_NOT_FOUND)
			break;
		KVK_TRY(err);
		*has = memcmp(entry.certificate.sha256, watched->certificate.sha256,
			       KVK_SHA256_SIZE) == 0;
	}
	err = KVK_OK;
out:
	return err;
}

enum kvk_err kvk_record_is_entered(struct kvk_record *record, const char *path,
	const struct kvk_watched *watched, bool *entered)
{
	return has_certificate(record->inventory, kvk_inventory_next_at, path, watched, entered);
}

enum kvk_err kvk_record_is_placed(struct kvk_record *record, const char *path,
	const struct kvk_watched *watched, bool *placed)
{
	return has_certificate(record->inventory, kvk_inventory_next_placed, path, watched, placed);
}

/* Brings an entry up to date with what its file holds now. */
static enum kvk_err refresh(const struct kvk_record *record, struct kvk_entry *entry,
	const struct kvk_entry_certificate *now)
{
	const bool same = memcmp(entry->certificate.sha256, now->sha256, KVK_SHA256_SIZE) == 0;
	const bool other = !same || !entry->certificate.holder.known;
	enum kvk_err err = KVK_OK;

	/* Notifications of another certificate still count as sent: the file may hold it again. */
	if (same && entry->certificate.ends != now->ends)
		KVK_TRY(kvk_inventory_notified_forget_ends(record->inventory, entry->id));
	entry->certificate = *now;
	entry->kept = entry->kept || record->keep;
	KVK_TRY(kvk_inventory_update(record->inventory, entry));
	if (!same)
		KVK_TRY(note_deployed(record, now));
	if (other)
		KVK_TRY(leave_folder(record, entry->id));
	KVK_TRY(name_silenced(record, entry, !other));
out:
	return err;
}

/* What a dossier holds is the business of accept and check. */
static enum kvk_err keep_dossier(
	const struct kvk_record *record, struct kvk_entry *entry, struct kvk_vec *out)
{
	enum kvk_err err = KVK_OK;

	if (record->keep && !entry->kept) {
		entry->kept = true;
		KVK_TRY(kvk_inventory_update(record->inventory, entry));
	}
	err = note(entry, entry->path, true, false, out);
out:
	return err;
}

/* All entries of a path, as struct kvk_entry. */
static enum kvk_err read_entries(
	struct kvk_inventory *inventory, const char *path, struct kvk_vec *out)
{
	struct kvk_entry *entry;
	long long last = 0;
	enum kvk_err err;

	for (;;) {
		KVK_TRY(kvk_vec_push(out, &entry));
		err = kvk_inventory_next_at(inventory, path, last, entry);
		if (err != KVK_OK)
			kvk_vec_remove(out, out->count - 1);
		if (err == KVK_ERR_NOT_FOUND)
			return KVK_OK;
		KVK_TRY(err);
		last = entry->id;
	}
out:
	return err;
}

/* Matches and refreshes the entries of a file. */
static enum kvk_err refresh_all(const struct kvk_record *record, struct kvk_vec *entries,
	const struct kvk_watched_file *file, bool *rest, struct kvk_vec *out)
{
	const size_t n = entries->count;
	const struct kvk_entry_certificate **known = kvk_calloc(n + 1, sizeof(*known));
	size_t *match = kvk_calloc(n + 1, sizeof *match);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (known == NULL || match == NULL)
		goto out;
	for (size_t i = 0; i < n; i++)
		known[i] = &((struct kvk_entry *)kvk_vec_at(entries, i))->certificate;
	kvk_watched_match(file, known, n, match);
	err = KVK_OK;
	for (size_t i = 0; i < n; i++) {
		struct kvk_entry *entry = kvk_vec_at(entries, i);

		if (match[i] == KVK_WATCHED_NONE)
			continue;
		rest[match[i]] = false;
		KVK_TRY(refresh(record, entry, &kvk_watched_at(file, match[i])->certificate));
		KVK_TRY(note(entry, entry->path, true, false, out));
	}
out:
	kvk_free(match);
	kvk_free(known);
	return err;
}

enum kvk_err kvk_record_known(struct kvk_record *record, const char *path,
	const struct kvk_watched_file *file, bool rest[static KVK_LIMIT_BLOCKS],
	struct kvk_vec *out)
{
	struct kvk_vec entries = KVK_VEC_INIT(struct kvk_entry, KVK_LIMIT_ENTRIES);
	struct kvk_entry *first;
	enum kvk_err err;

	memset(rest, 0, KVK_LIMIT_BLOCKS * sizeof *rest);
	KVK_TRY(read_entries(record->inventory, path, &entries));
	first = entries.count > 0 ? kvk_vec_at(&entries, 0) : NULL;
	if (first != NULL && first->dossier) {
		err = keep_dossier(record, first, out);
		goto out;
	}
	for (size_t i = 0; i < file->ends; i++)
		rest[i] = true;
	/* A CA is watched only where there never was anything else. */
	if (file->ends == 0 && file->list.count > 0 && first == NULL)
		rest[0] = true;
	if (first != NULL)
		KVK_TRY(refresh_all(record, &entries, file, rest, out));
out:
	kvk_vec_free(&entries);
	return err;
}

void kvk_recorded_clear(struct kvk_vec *list)
{
	for (size_t i = 0; i < list->count; i++)
		kvk_free(((struct kvk_recorded *)kvk_vec_at(list, i))->path);
	list->count = 0;
}
