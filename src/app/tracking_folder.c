/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/tracking.h: a folder. */
#include "config.h"

#include "app/tracking.h"

#include <string.h>

#include "app/scan.h"
#include "app/store.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "inventory/places.h"
#include "watch/locked.h"

/*
 * What was found in a folder is recorded in rounds: first what the entries of each file are about,
 * and then the rest, as further places or new entries, so that nothing is new that is only a copy
 * of what was renewed elsewhere. What lies beside the target of a link comes last.
 */
enum round { ROUND_KNOWN, ROUND_KNOWN_BESIDE, ROUND_REST, ROUND_REST_BESIDE };

/* One folder that is tracked. */
struct folder {
	struct kvk_tracking *tracking;
	struct kvk_record record;
	struct kvk_finds *finds;
	/* The certificates of one file, and their numbers in the finds. */
	struct kvk_blob path;
	struct kvk_watched_file file;
	long long ids[KVK_LIMIT_BLOCKS];
	enum round round;
	/* A transaction is open; and how much was silenced before it. */
	bool open;
	size_t silenced;
	/* Certificates that are earlier than one that a link leads to. */
	size_t earlier;
};

/* A PKCS#12 file that is tracked; a passphrase is asked for none here. What is to be changed of its
 * entry cannot be, so it is not passed over in silence. */
static enum kvk_err is_known(
	void *context, const char *path, const struct kvk_blob *bytes, bool *known)
{
	struct kvk_tracking *t = ((struct folder *)context)->tracking;
	struct kvk_entry entry;
	enum kvk_err err;

	if (!kvk_locked(bytes) || t->recipients != NULL || t->keep)
		return KVK_OK;
	err = kvk_inventory_next_at(t->inventory, path, 0, &entry);
	if (err == KVK_ERR_NOT_FOUND)
		err = kvk_inventory_next_placed(t->inventory, path, 0, &entry);
	*known = err == KVK_OK;
	if (*known)
		t->counts.known++;
	return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
}

static enum kvk_err found(void *context, const struct kvk_scanned *scanned)
{
	struct folder *folder = context;
	struct kvk_find find = { .round = scanned->beside_target ? ROUND_KNOWN_BESIDE :
								   ROUND_KNOWN };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(&find.path, scanned->path));
	for (size_t i = 0; i < scanned->file->ends; i++) {
		const struct kvk_watched *watched = kvk_watched_at(scanned->file, i);

		find.certificate = watched->certificate;
		memcpy(find.name, watched->name, sizeof find.name);
		KVK_TRY(kvk_finds_add(folder->finds, &find));
	}
out:
	kvk_blob_free(&find.path);
	return err;
}

static void unreadable(
	void *context, enum kvk_err err, const char *path, const struct kvk_watched_file *file)
{
	const struct kvk_tracking *t = ((struct folder *)context)->tracking;

	if (t->unreadable != NULL)
		t->unreadable(t->context, err, path, file);
}

/* Begins a transaction, or commits one that has grown. */
static enum kvk_err keep_pace(struct folder *folder)
{
	struct kvk_tracking *t = folder->tracking;
	enum kvk_err err = KVK_OK;

	if (folder->open && t->done.count >= KVK_TRACKING_BATCH) {
		folder->open = false;
		KVK_TRY(kvk_tracking_settle(t, KVK_OK, folder->silenced));
	}
	if (folder->open)
		goto out;
	folder->silenced = t->silenced.count;
	KVK_TRY(kvk_inventory_begin(t->inventory));
	folder->open = true;
	/* Before the first entry: what a run that ends too early leaves, check finds. */
	KVK_TRY(kvk_inventory_add_folder(t->inventory, folder->record.folder));
	KVK_TRY(kvk_inventory_readmit(t->inventory, folder->record.folder));
out:
	return err;
}

/* Records what the entries of one file are about; what is left waits. */
static enum kvk_err flush(struct folder *folder)
{
	const char *path = kvk_blob_str(&folder->path);
	bool rest[KVK_LIMIT_BLOCKS];
	enum kvk_err err;

	if (folder->file.list.count == 0)
		return KVK_OK;
	folder->file.ends = folder->file.list.count;
	KVK_TRY(keep_pace(folder));
	KVK_TRY(kvk_record_leave(&folder->record, path, &folder->file));
	KVK_TRY(kvk_record_known(
		&folder->record, path, &folder->file, rest, &folder->tracking->done));
	for (size_t i = 0; i < folder->file.ends; i++)
		KVK_TRY(rest[i] ? kvk_finds_move(folder->finds, folder->ids[i],
					  (int)folder->round + (int)ROUND_REST) :
				  kvk_finds_remove(folder->finds, folder->ids[i]));
	folder->file.list.count = 0;
out:
	return err;
}

/* Adds a certificate to those of its file. */
static enum kvk_err gather(struct folder *folder, const struct kvk_find *find)
{
	struct kvk_watched *watched;
	enum kvk_err err;

	if (!kvk_span_equal(kvk_span_of_blob(&folder->path), kvk_span_of_blob(&find->path)))
		KVK_TRY(flush(folder));
	kvk_blob_clear(&folder->path);
	KVK_TRY(kvk_blob_append(&folder->path, kvk_span_of_blob(&find->path)));
	folder->round = (enum round)find->round;
	folder->ids[folder->file.list.count] = find->id;
	KVK_TRY(kvk_vec_push(&folder->file.list, &watched));
	watched->certificate = find->certificate;
	memcpy(watched->name, find->name, sizeof watched->name);
out:
	return err;
}

/* An earlier version of what a link leads to, as certbot keeps them, is watched by nobody. */
static enum kvk_err look_earlier(struct folder *folder, const struct kvk_find *find, bool *earlier)
{
	*earlier = false;
	if (find->round != ROUND_REST_BESIDE)
		return KVK_OK;
	return kvk_inventory_has_later(folder->record.inventory, &find->certificate.holder,
		find->certificate.not_after + 1, folder->record.folder, earlier);
}

/* A certificate that no entry of its file is about. */
static enum kvk_err record_rest(struct folder *folder, const struct kvk_find *find)
{
	const char *path = kvk_blob_str(&find->path);
	struct kvk_watched watched = { .certificate = find->certificate };
	struct kvk_vec *done = &folder->tracking->done;
	bool earlier;
	enum kvk_err err;

	memcpy(watched.name, find->name, sizeof watched.name);
	KVK_TRY(keep_pace(folder));
	err = kvk_record_place(&folder->record, path, &watched, done);
	if (err != KVK_ERR_NOT_FOUND)
		return err;
	KVK_TRY(look_earlier(folder, find, &earlier));
	if (!earlier)
		return kvk_record_new(&folder->record, path, &watched, done);
	folder->earlier++;
	err = folder->tracking->names >> KVK_PASSED_EARLIER & 1 ?
		kvk_finds_note(folder->finds, KVK_PASSED_EARLIER, path) :
		KVK_OK;
out:
	return err;
}

static enum kvk_err record_finds(struct folder *folder)
{
	struct kvk_find find = { 0 };
	enum kvk_err err;

	for (;;) {
		err = kvk_finds_next(folder->finds, &find);
		if (err == KVK_ERR_NOT_FOUND && folder->file.list.count == 0)
			break;
		/* What the last file leaves comes after it. */
		if (err == KVK_ERR_NOT_FOUND) {
			KVK_TRY(flush(folder));
			continue;
		}
		KVK_TRY(err);
		if (find.round <= ROUND_KNOWN_BESIDE) {
			KVK_TRY(gather(folder, &find));
			continue;
		}
		KVK_TRY(flush(folder));
		KVK_TRY(record_rest(folder, &find));
	}
	err = KVK_OK;
out:
	kvk_blob_free(&find.path);
	return err;
}

static enum kvk_err record_folder(struct folder *folder)
{
	enum kvk_err err = record_finds(folder);

	return folder->open ? kvk_tracking_settle(folder->tracking, err, folder->silenced) : err;
}

static enum kvk_err set_scan_error(struct kvk_error *why, enum kvk_err err, const char *path)
{
	char safe[256];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(path));
	if (err == KVK_ERR_LIMIT)
		return kvk_error_set(why, err,
			kvk_ngettext("'%s' holds more than %u file",
				"'%s' holds more than %u files", KVK_LIMIT_SCAN),
			safe, KVK_LIMIT_SCAN);
	if (err == KVK_ERR_ARGUMENT)
		return kvk_error_set(why, KVK_ERR_OPEN,
			_("'%s' is a system folder, which holds no certificates"), safe);
	return kvk_error_set_file(why, err, path, 0);
}

static enum kvk_err scan(struct folder *folder, struct kvk_error *why)
{
	struct kvk_tracking *t = folder->tracking;
	struct kvk_scan scan = {
		.finds = folder->finds,
		.home = t->home,
		.is_known = is_known,
		.found = found,
		.unreadable = unreadable,
		.context = folder,
		.names = t->names,
	};
	enum kvk_err err = kvk_scan_folder(&scan, folder->record.folder);

	memcpy(t->counts.passed, scan.passed, sizeof t->counts.passed);
	t->counts.unreadable = scan.unreadable_count;
	return err == KVK_OK ? KVK_OK : set_scan_error(why, err, folder->record.folder);
}

enum kvk_err kvk_tracking_add_folder(
	struct kvk_tracking *tracking, const char *path, struct kvk_error *why)
{
	struct folder *folder = kvk_calloc(1, sizeof *folder);
	char *absolute = NULL;
	enum kvk_err scanned, err;

	if (folder == NULL)
		return kvk_store_error(KVK_ERR_MEMORY, why);
	folder->tracking = tracking;
	folder->record = kvk_tracking_record(tracking);
	folder->file = (struct kvk_watched_file)KVK_WATCHED_FILE_INIT;
	err = kvk_tracking_absolute(path, &absolute);
	KVK_TRY(err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, path, 0));
	folder->record.folder = absolute;
	KVK_TRY(kvk_store_error(kvk_finds_open(&folder->finds), why));
	scanned = scan(folder, why);
	/* What was read before something went wrong is recorded all the same. */
	err = record_folder(folder);
	tracking->counts.passed[KVK_PASSED_EARLIER] += folder->earlier;
	tracking->finds = folder->finds;
	folder->finds = NULL;
	err = scanned == KVK_OK ? kvk_tracking_error(tracking, err, why) : scanned;
out:
	kvk_finds_close(folder->finds);
	kvk_watched_file_free(&folder->file);
	kvk_blob_free(&folder->path);
	kvk_free(absolute);
	kvk_free(folder);
	return err;
}
