/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/discover.h"

#include <string.h>

#include "app/record.h"
#include "app/scan.h"
#include "base/encode.h"
#include "base/file.h"
#include "inventory/places.h"
#include "watch/looks.h"

/* Numbers of notes about certificates, by the hex of their fingerprints: one that a renewed file
 * holds now, and one that it held before; and of the paths of entries. */
#define NOTE_RENEWED (-1)
#define NOTE_OUTDATED (-2)
#define NOTE_PATH (-3)

/* One search. */
struct search {
	struct kvk_inventory *inventory;
	struct kvk_finds *finds;
	struct kvk_looks looks;
	struct kvk_discovery *discovery;
	/* The folder that is looked through. */
	const char *folder;
	/* The next entry with further places, of those that were not looked at; 0 at first. */
	long long placed;
	/* There is something to enter. */
	bool any;
};

/* Notes a certificate; or where has is not NULL asks whether it is noted. */
static enum kvk_err note_sha256(
	struct search *search, long long number, const uint8_t *sha256, bool *has)
{
	struct kvk_blob hex = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_hex(&hex, (struct kvk_span){ sha256, KVK_SHA256_SIZE }, '\0'));
	err = has != NULL ? kvk_finds_has_note(search->finds, number, kvk_blob_str(&hex), has) :
			    kvk_finds_note(search->finds, number, kvk_blob_str(&hex));
out:
	kvk_blob_free(&hex);
	return err;
}

static enum kvk_err note_place(
	struct search *search, const struct kvk_entry *entry, enum kvk_note note, const char *path)
{
	search->any = true;
	return kvk_finds_note(search->finds, entry->id * KVK_NOTE_COUNT + (long long)note, path);
}

static enum kvk_err add(struct search *search, enum kvk_discovery_round round, const char *path,
	const struct kvk_watched *watched)
{
	struct kvk_find find = { .round = (int)round, .certificate = watched->certificate };
	enum kvk_err err;

	memcpy(find.name, watched->name, sizeof find.name);
	KVK_TRY(kvk_blob_append_text(&find.path, path));
	KVK_TRY(kvk_finds_add(search->finds, &find));
	search->any = true;
out:
	kvk_blob_free(&find.path);
	return err;
}

/* The end certificates in a watched file that none of its entries is about. */
static enum kvk_err add_rest(struct search *search, const char *path)
{
	const struct kvk_looks *looks = &search->looks;
	enum kvk_err err = KVK_OK;
	bool dismissed;

	for (size_t i = 0; i < looks->file.ends && !looks->file.damaged; i++) {
		const struct kvk_watched *watched = kvk_watched_at(&looks->file, i);

		if (!looks->rest[i])
			continue;
		KVK_TRY(kvk_inventory_dismissed(
			search->inventory, path, &watched->certificate.holder, &dismissed));
		if (!dismissed)
			KVK_TRY(add(search, KVK_DISCOVERED_IN_FILE, path, watched));
	}
out:
	return err;
}

static bool is_same(const uint8_t *a, const uint8_t *b)
{
	return memcmp(a, b, KVK_SHA256_SIZE) == 0;
}

/* What a file is to an entry that has it as a further place. */
struct standing {
	/* It holds the certificate of the entry; it holds a renewal of it. */
	bool holds, ahead;
};

static void compare(const struct kvk_entry_certificate *now, const struct kvk_watched *watched,
	struct standing *out)
{
	const struct kvk_entry_certificate *there = &watched->certificate;

	out->holds = out->holds || is_same(there->sha256, now->sha256);
	out->ahead = out->ahead ||
		(kvk_holder_compare(&there->holder, &now->holder) >= KVK_HOLDER_SAME_CN &&
			there->not_after > now->not_after);
}

static enum kvk_err look_into_place(
	struct kvk_blob *bytes, const struct kvk_entry_certificate *now, struct standing *out)
{
	struct kvk_watched_file file = KVK_WATCHED_FILE_INIT;
	enum kvk_err err;

	/* As a rule it is a copy of the whole file. */
	KVK_TRY(kvk_watched_unchanged(bytes, now, &out->holds));
	if (out->holds)
		goto out;
	err = kvk_watched_file_read(bytes, &file);
	if (err == KVK_ERR_LIMIT)
		return KVK_OK;
	KVK_TRY(err);
	for (size_t i = 0; i < file.list.count; i++)
		compare(now, kvk_watched_at(&file, i), out);
out:
	kvk_watched_file_free(&file);
	return err;
}

/* What the file of an entry is to its further places. */
struct main_file {
	struct search *search;
	const struct kvk_entry *entry;
	/* What it holds now, or held last. */
	const struct kvk_entry_certificate *now;
	/* It is gone, and no place has taken over yet; it holds what it held. */
	bool gone, same;
};

/* Looks at a further place. */
static enum kvk_err look_at_place(void *context, const char *path)
{
	struct main_file *file = context;
	struct kvk_blob bytes = { 0 };
	struct standing standing = { 0 };
	enum kvk_err err = kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes);

	/* It may come back, as a disk of the network does, and hold something else by then. */
	if (err == KVK_ERR_NOT_FOUND)
		return KVK_OK;
	if (err == KVK_OK)
		KVK_TRY(look_into_place(&bytes, file->now, &standing));
	else if (err == KVK_ERR_MEMORY)
		goto out;
	err = KVK_OK;
	if (!standing.holds) {
		KVK_TRY(note_place(file->search, file->entry,
			standing.ahead && file->same ? KVK_NOTE_AHEAD : KVK_NOTE_PARTED, path));
	} else if (file->gone) {
		file->gone = false;
		KVK_TRY(note_place(file->search, file->entry, KVK_NOTE_MOVED, path));
	}
out:
	kvk_blob_free(&bytes);
	return err;
}

/* Looks at the further places. Entries come by id, and few have any: the others need no query. */
static enum kvk_err look_at_places(struct main_file *file)
{
	struct search *search = file->search;
	const long long id = file->entry->id;
	enum kvk_err err = KVK_OK;

	if (search->placed < id)
		KVK_TRY(kvk_inventory_first_with_places(search->inventory, id, &search->placed));
	if (search->placed == id)
		err = kvk_inventory_each_place(search->inventory, id, look_at_place, file);
out:
	return err;
}

/* The file of an entry, and its further places. */
static enum kvk_err look_at_entry(void *context, const struct kvk_entry *entry)
{
	struct search *search = context;
	const struct kvk_look *first;
	struct kvk_watched watched;
	struct main_file file = { search, entry, .now = &watched.certificate };
	enum kvk_err err, looked;
	bool read = false;

	KVK_TRY(kvk_finds_note(search->finds, NOTE_PATH, entry->path));
	if (entry->dossier || !entry->certificate.present)
		return KVK_OK;
	looked = kvk_looks_read(&search->looks, entry, &watched, &read);
	if (looked == KVK_ERR_MEMORY)
		return looked;
	if (read && search->looks.any_rest && search->looks.entries.count > 0) {
		first = kvk_vec_at(&search->looks.entries, 0);
		if (first->id == entry->id)
			KVK_TRY(add_rest(search, entry->path));
	}
	if (looked != KVK_OK)
		watched.certificate = entry->certificate;
	if (!is_same(watched.certificate.sha256, entry->certificate.sha256)) {
		KVK_TRY(note_sha256(search, NOTE_RENEWED, watched.certificate.sha256, NULL));
		KVK_TRY(note_sha256(search, NOTE_OUTDATED, entry->certificate.sha256, NULL));
	}
	file.gone = looked == KVK_ERR_NOT_FOUND;
	file.same =
		looked == KVK_OK && is_same(watched.certificate.sha256, entry->certificate.sha256);
	err = look_at_places(&file);
out:
	return err;
}

/* What has an entry of its own was looked at. */
static enum kvk_err is_watched(void *context, const char *path, bool *watched)
{
	return kvk_finds_has_note(((struct search *)context)->finds, NOTE_PATH, path, watched);
}

/* Of a further place only what is new in it counts. */
static enum kvk_err is_known(
	void *context, const char *path, const struct kvk_blob *bytes, bool *known)
{
	const struct search *search = context;
	struct kvk_entry entry;
	enum kvk_err err;

	err = kvk_inventory_next_placed(search->inventory, path, 0, &entry);
	if (err == KVK_ERR_NOT_FOUND)
		return KVK_OK;
	KVK_TRY(err);
	KVK_TRY(kvk_watched_unchanged(bytes, &entry.certificate, known));
	for (enum kvk_note note = KVK_NOTE_AHEAD; note <= KVK_NOTE_PARTED && !*known; note++)
		KVK_TRY(kvk_finds_has_note(
			search->finds, entry.id * KVK_NOTE_COUNT + (long long)note, path, known));
out:
	return err;
}

/* Whether a certificate is that of an entry; one that was renewed just now does not count. */
static enum kvk_err has_entry(
	struct search *search, const struct kvk_entry_certificate *certificate, bool *has)
{
	const uint8_t *sha256 = certificate->sha256;
	struct kvk_entry entry;
	bool outdated;
	enum kvk_err err;

	KVK_TRY(note_sha256(search, NOTE_RENEWED, sha256, has));
	if (*has)
		goto out;
	KVK_TRY(note_sha256(search, NOTE_OUTDATED, sha256, &outdated));
	err = kvk_inventory_find_same(search->inventory, sha256, &entry);
	*has = err == KVK_OK && !outdated && entry.certificate.ends == certificate->ends;
	if (err == KVK_ERR_NOT_FOUND)
		err = KVK_OK;
out:
	return err;
}

/*
 * Whether nobody wants to hear of it: it was untracked, or it lies beside what a link leads to and
 * is an earlier version of what is tracked.
 */
static enum kvk_err is_unwanted(struct search *search, const struct kvk_scanned *scanned,
	const struct kvk_watched *watched, bool *unwanted)
{
	const struct kvk_entry_certificate *certificate = &watched->certificate;
	enum kvk_err err;

	KVK_TRY(kvk_inventory_dismissed(
		search->inventory, scanned->path, &certificate->holder, unwanted));
	if (!*unwanted && scanned->beside_target)
		KVK_TRY(kvk_inventory_has_later(search->inventory, &certificate->holder,
			certificate->not_after, search->folder, unwanted));
out:
	return err;
}

/* A file of a tracked folder that is not known whole. */
static enum kvk_err found(void *context, const struct kvk_scanned *scanned)
{
	struct search *search = context;
	bool has, placed, unwanted;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < scanned->file->ends; i++) {
		const struct kvk_watched *watched = kvk_watched_at(scanned->file, i);
		struct kvk_record record = { .inventory = search->inventory };

		KVK_TRY(has_entry(search, &watched->certificate, &has));
		KVK_TRY(kvk_record_is_placed(&record, scanned->path, watched, &placed));
		if (placed)
			continue;
		KVK_TRY(is_unwanted(search, scanned, watched, &unwanted));
		if (has)
			KVK_TRY(add(search, KVK_DISCOVERED_PLACE, scanned->path, watched));
		else if (!unwanted)
			KVK_TRY(add(search,
				scanned->beside_target ? KVK_DISCOVERED_BESIDE :
							 KVK_DISCOVERED_IN_FOLDER,
				scanned->path, watched));
	}
out:
	return err;
}

/* A damaged certificate may be a new one. What cannot be opened is not known to hold any. */
static void note_damaged(
	void *context, enum kvk_err err, const char *path, const struct kvk_watched_file *file)
{
	struct search *search = context;
	struct kvk_error why = { "" };

	(void)err;
	if (file == NULL)
		return;
	(void)kvk_watched_damage(file, path, &why);
	kvk_discovery_blind(search->discovery, &why);
	search->discovery->damaged(&why);
}

static enum kvk_err look_at_folders(
	struct search *search, const struct kvk_home *home, struct kvk_discovery *discovery)
{
	struct kvk_blob folder = { 0 }, last = { 0 };
	struct kvk_scan scan = {
		.finds = search->finds,
		.home = home,
		.is_watched = is_watched,
		.is_known = is_known,
		.found = found,
		.unreadable = note_damaged,
		.context = search,
	};
	enum kvk_err err;

	for (;;) {
		err = kvk_inventory_next_folder(search->inventory, kvk_blob_str(&last), &folder);
		if (err == KVK_ERR_NOT_FOUND)
			break;
		KVK_TRY(err);
		search->folder = kvk_blob_str(&folder);
		err = kvk_scan_folder(&scan, search->folder);
		if (err != KVK_OK)
			KVK_TRY(kvk_discovery_pass(discovery, err, search->folder));
		kvk_blob_clear(&last);
		KVK_TRY(kvk_blob_append(&last, kvk_span_of_blob(&folder)));
	}
	err = KVK_OK;
out:
	kvk_blob_free(&last);
	kvk_blob_free(&folder);
	return err;
}

enum kvk_err kvk_discover(
	struct kvk_store *store, struct kvk_discovery *discovery, struct kvk_error *why)
{
	struct search search = { .inventory = store->inventory,
		.discovery = discovery,
		.looks = KVK_LOOKS_INIT(store->inventory) };
	enum kvk_err err;

	KVK_TRY(kvk_finds_open(&search.finds));
	KVK_TRY(kvk_inventory_each(store->inventory, look_at_entry, &search));
	KVK_TRY(look_at_folders(&search, &store->home, discovery));
	if (search.any)
		KVK_TRY(kvk_discover_enter(store, search.finds, discovery));
out:
	kvk_looks_free(&search.looks);
	kvk_finds_close(search.finds);
	return kvk_store_error(err, why);
}
