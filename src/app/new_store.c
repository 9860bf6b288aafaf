/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/new.h: putting the dossier into its folder, and the entry into the inventory. */
#include "config.h"

#include <string.h>

#include "app/new_part.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "base/time.h"
#include "dossier/exchange.h"
#include "dossier/files.h"
#include "dossier/folder.h"
#include "inventory/events.h"

#define NEW_FILES (sizeof((const char *const[]){ KVK_DOSSIER_REQUESTED }) / sizeof(const char *))

/* The files of a new dossier. */
struct files {
	struct kvk_folder_file list[NEW_FILES];
	size_t count;
	struct kvk_secret key;
	struct kvk_blob answers;
};

static void add_file(struct files *files, const char *name, mode_t mode, struct kvk_span bytes)
{
	files->list[files->count++] = (struct kvk_folder_file){ name, mode, bytes };
}

/* Writes key and answers, and lists the files. */
static enum kvk_err make_files(struct kvk_new *run, struct files *files)
{
	struct kvk_new_place *place = &run->place;
	const char *folder = kvk_blob_str(&place->folder);
	enum kvk_err err;

	if (run->key != NULL && !kvk_new_key_in_token(run)) {
		KVK_TRY(kvk_key_pem(
			run->key, run->order.encrypt_key ? &run->pass : NULL, &files->key));
		KVK_TRY(kvk_path_join(&place->key_file, folder, KVK_DOSSIER_KEY));
		add_file(files, KVK_DOSSIER_KEY, 0600, kvk_secret_span(&files->key));
	}
	KVK_TRY(kvk_path_join(&place->request_file, folder, KVK_DOSSIER_REQUEST));
	add_file(files, KVK_DOSSIER_REQUEST, 0644, kvk_span_of_blob(&run->request_pem));
	KVK_TRY(kvk_order_write_answers(&run->order, &run->answers, &files->answers));
	KVK_TRY(kvk_path_join(&place->answers_file, folder, KVK_DOSSIER_ANSWERS));
	if (!kvk_new_is_answer_file(run, kvk_blob_str(&place->answers_file)))
		add_file(files, KVK_DOSSIER_ANSWERS, 0644, kvk_span_of_blob(&files->answers));
out:
	return err;
}

/* Runs that were killed may have left a key that nobody knows of, beside the folder or in it. */
static void sweep(const char *folder)
{
	static const char *const made_files[] = { KVK_DOSSIER_REQUESTED };
	const size_t count = sizeof made_files / sizeof made_files[0];
	struct kvk_blob above = { .p = NULL };

	if (kvk_blob_append(&above, kvk_path_parent(kvk_span_of(folder))) == KVK_OK)
		kvk_folder_sweep(kvk_blob_str(&above), made_files, count);
	kvk_folder_sweep(folder, made_files, count);
	kvk_file_sweep(folder);
	kvk_blob_free(&above);
}

static enum kvk_err make_entry(const struct kvk_new *run, struct kvk_entry *out)
{
	struct kvk_blob path = { .p = NULL };
	enum kvk_err err;

	*out = (struct kvk_entry){ .dossier = true, .stage = KVK_STAGE_REQUESTED };
	memcpy(out->name, run->order.name, sizeof out->name);
	out->certificate.holder.known = true;
	KVK_FORMAT(out->certificate.holder.cn, "%s", run->order.domain.name);
	KVK_FORMAT(out->certificate.holder.number, "%s", run->order.oin.text);
	if (run->order.preset != NULL)
		out->lead_days = run->order.preset->lead_days;
	KVK_TRY(kvk_path_join(&path, kvk_blob_str(&run->place.folder), KVK_DOSSIER_CERTIFICATE));
	KVK_TRY(path.n < sizeof out->path ? KVK_OK : KVK_ERR_LIMIT);
	memcpy(out->path, kvk_blob_str(&path), path.n + 1);
	KVK_TRY(kvk_time_now(&out->since));
out:
	kvk_blob_free(&path);
	return err;
}

/* The entry, and the folder with all that is in it, under the name that it has until the entry is
 * stored. */
static enum kvk_err store_both(struct kvk_new *run, const struct files *files, const char *beside,
	struct kvk_entry *entry, struct kvk_error *why)
{
	struct kvk_inventory *inventory = run->place.store.inventory;
	enum kvk_err err;

	KVK_TRY(kvk_store_error(make_entry(run, entry), why));
	KVK_TRY(kvk_store_error(kvk_inventory_begin(inventory), why));
	/* Another run may have come first. */
	KVK_TRY(kvk_new_check_domain(run, why));
	err = kvk_inventory_add(inventory, entry);
	KVK_TRY(err == KVK_ERR_EXISTS ? kvk_new_made(run, err, why) : kvk_store_error(err, why));
	KVK_TRY(kvk_new_store_recipients(run, entry, why));
	KVK_TRY(kvk_store_error(kvk_inventory_note_event(inventory, entry->name, entry->since,
					"new", KVK_HAPPENED_REQUESTED, NULL),
		why));
	KVK_TRY(kvk_new_made(run, kvk_exchange_drop(kvk_blob_str(&run->place.folder)), why));
	KVK_TRY(kvk_new_made(run, kvk_folder_make(beside, files->list, files->count, why), why));
	err = kvk_inventory_commit(inventory);
	if (err != KVK_OK)
		(void)kvk_exchange_drop(kvk_blob_str(&run->place.folder));
	KVK_TRY(kvk_store_error(err, why));
out:
	if (err != KVK_OK)
		kvk_inventory_rollback(inventory);
	return err;
}

/*
 * The request in the folder is the one that is about to be shown: had another run given the folder
 * its name, this one would be lost, and its key with it.
 */
static enum kvk_err check_placed(const struct kvk_new *run)
{
	struct kvk_blob bytes = { .p = NULL };
	enum kvk_err err;

	KVK_TRY(kvk_file_read(
		kvk_blob_str(&run->place.request_file), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes));
	if (!kvk_span_equal(kvk_span_of_blob(&bytes), kvk_span_of_blob(&run->request_pem)))
		err = KVK_ERR_EXISTS;
out:
	kvk_blob_free(&bytes);
	return err;
}

/* Takes an entry out again whose folder did not get its name; the history says so, for it only
 * grows. */
static enum kvk_err take_out(struct kvk_inventory *inventory, const struct kvk_entry *entry)
{
	enum kvk_err err;

	KVK_TRY(kvk_inventory_begin(inventory));
	KVK_TRY(kvk_inventory_remove(inventory, entry->name));
	KVK_TRY(kvk_inventory_note_event(
		inventory, entry->name, entry->since, "new", KVK_HAPPENED_FAILED, NULL));
	KVK_TRY(kvk_inventory_commit(inventory));
out:
	if (err != KVK_OK)
		kvk_inventory_rollback(inventory);
	return err;
}

/*
 * The folder gets its name when the entry is stored: a folder without an entry would hold the only
 * copy of a key that nobody watches. What a crash leaves between the two, kvk_complete_delivery()
 * completes.
 */
static enum kvk_err store_inside(
	struct kvk_new *run, const struct files *files, struct kvk_error *why)
{
	const char *folder = kvk_blob_str(&run->place.folder);
	struct kvk_blob beside = { .p = NULL };
	struct kvk_entry entry;
	enum kvk_err err;

	KVK_TRY(kvk_exchange_name(folder, &beside));
	KVK_TRY(store_both(run, files, kvk_blob_str(&beside), &entry, why));
	err = kvk_exchange_place(folder, why);
	/* A name that could not be brought to the disk is there all the same. */
	if (err != KVK_OK && !kvk_path_exists(folder) &&
		take_out(run->place.store.inventory, &entry) == KVK_OK)
		(void)kvk_exchange_drop(folder);
	KVK_TRY(kvk_new_made(run, err, why));
	KVK_TRY(kvk_new_made(run, check_placed(run), why));
out:
	kvk_blob_free(&beside);
	return err;
}

/* Somebody may have been reminded of an earlier renewal of the same certificate. */
static enum kvk_err forget_reminders(struct kvk_inventory *inventory, long long entry)
{
	enum kvk_err err;

	KVK_TRY(kvk_inventory_notified_forget(inventory, entry, KVK_EVENT_RENEWAL_LATE));
	KVK_TRY(kvk_inventory_notified_forget(inventory, entry, KVK_EVENT_RENEWAL_READY));
out:
	return err;
}

/* The folder of a renewal, under the name that it has until the history knows of it. */
static enum kvk_err store_beside(
	struct kvk_new *run, const struct files *files, const char *beside, struct kvk_error *why)
{
	struct kvk_inventory *inventory = run->place.store.inventory;
	const char *folder = kvk_blob_str(&run->place.folder);
	enum kvk_err err;
	bool open;

	KVK_TRY(kvk_store_error(kvk_inventory_begin(inventory), why));
	KVK_TRY(kvk_store_find(&run->place.store, run->order.name, run->renewal, why));
	/* Another run may have come first, and not have given the folder its name yet. */
	KVK_TRY(kvk_store_error(
		kvk_inventory_renewal_open(inventory, run->order.name, &open, NULL), why));
	KVK_TRY(open || kvk_path_exists(folder) || kvk_path_exists(beside) ?
			kvk_new_refuse_renewal(run->order.name, why) :
			KVK_OK);
	run->renewal->switch_at = run->switch_at;
	KVK_TRY(kvk_store_error(kvk_inventory_update(inventory, run->renewal), why));
	KVK_TRY(kvk_store_error(forget_reminders(inventory, run->renewal->id), why));
	KVK_TRY(kvk_store_error(kvk_inventory_note_event(inventory, run->order.name, run->at,
					"renew", KVK_HAPPENED_RENEWAL_REQUESTED, NULL),
		why));
	KVK_TRY(kvk_new_made(run, kvk_folder_make(beside, files->list, files->count, why), why));
	err = kvk_store_error(kvk_inventory_commit(inventory), why);
	if (err != KVK_OK)
		(void)kvk_exchange_drop(folder);
out:
	if (err != KVK_OK)
		kvk_inventory_rollback(inventory);
	return err;
}

/* As for a new dossier: what a crash leaves between the two steps, kvk_complete_delivery()
 * completes. */
static enum kvk_err store_renewal(
	struct kvk_new *run, const struct files *files, struct kvk_error *why)
{
	const char *folder = kvk_blob_str(&run->place.folder);
	struct kvk_blob beside = { .p = NULL };
	enum kvk_err err;

	KVK_TRY(kvk_exchange_name(folder, &beside));
	KVK_TRY(store_beside(run, files, kvk_blob_str(&beside), why));
	KVK_TRY(kvk_new_made(run, kvk_exchange_place(folder, why), why));
	KVK_TRY(kvk_new_made(run, check_placed(run), why));
out:
	kvk_blob_free(&beside);
	return err;
}

enum kvk_err kvk_new_store(struct kvk_new *run, struct kvk_error *why)
{
	const char *folder = kvk_blob_str(&run->place.folder);
	struct files files = { .count = 0 };
	enum kvk_err err;

	KVK_TRY(make_files(run, &files));
	sweep(folder);
	if (run->place.outside)
		KVK_TRY(kvk_new_made(
			run, kvk_folder_fill(folder, files.list, files.count, why), why));
	else if (run->renewal != NULL)
		KVK_TRY(store_renewal(run, &files, why));
	else
		KVK_TRY(store_inside(run, &files, why));
out:
	kvk_blob_free(&files.answers);
	kvk_secret_free(&files.key);
	return err;
}
