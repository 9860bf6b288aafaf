/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/adopt.h"

#include <string.h>
#include <sys/stat.h>

#include "app/complete.h"
#include "app/load.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "base/word.h"
#include "cert/csr.h"
#include "conf/datadir.h"
#include "dossier/files.h"
#include "dossier/pair.h"
#include "inventory/events.h"
#include "request/answers.h"
#include "request/preset.h"
#include "watch/holder.h"
#include "watch/watched.h"

enum kvk_err kvk_adopt_open(const char *home, struct kvk_store *out, struct kvk_error *why)
{
	struct kvk_blob dossiers = { 0 };
	bool make;
	enum kvk_err err;

	KVK_TRY(kvk_store_look(home, out, why));
	if (out->inventory != NULL)
		goto out;
	KVK_TRY(kvk_home_path(&out->home, KVK_HOME_DOSSIERS, NULL, &dossiers));
	make = kvk_path_is_folder(kvk_blob_str(&dossiers));
	kvk_store_close(out);
	*out = (struct kvk_store){ .inventory = NULL };
	KVK_TRY(kvk_store_open(home, make, out, why));
out:
	kvk_blob_free(&dossiers);
	return err;
}

/* When a file was written; now where that cannot be said. */
static kvk_time written_at(const char *path, kvk_time now)
{
	struct stat st;

	if (stat(path, &st) != 0 || (kvk_time)st.st_mtime * KVK_SECOND > now)
		return now;
	return (kvk_time)st.st_mtime * KVK_SECOND;
}

/* Whose certificate was requested. */
static enum kvk_err read_request(const char *folder, struct kvk_entry *entry, kvk_time at,
	struct kvk_blob *path, struct kvk_error *why)
{
	struct kvk_contents *contents = NULL;
	struct kvk_csr csr = { .has_extensions = false };
	const struct kvk_block *block;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(path, folder, KVK_DOSSIER_REQUEST));
	KVK_TRY(kvk_load_contents(kvk_blob_str(path), KVK_LIMIT_FILE, &contents, why));
	block = kvk_contents_find(contents, KVK_BLOCK_CSR);
	KVK_TRY(block != NULL ? block->err : KVK_ERR_FORMAT);
	KVK_TRY(kvk_csr_read(block->der, &csr));
	KVK_TRY(kvk_holder_read_subject(&csr.subject, &entry->certificate.holder));
	entry->stage = KVK_STAGE_REQUESTED;
	entry->since = written_at(kvk_blob_str(path), at);
out:
	kvk_csr_free(&csr);
	kvk_unload_contents(contents);
	return err;
}

/* What the files show: a certificate, or else a request. */
static enum kvk_err read_files(
	const char *folder, struct kvk_entry *entry, kvk_time at, struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	struct kvk_watched watched;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_CERTIFICATE));
	KVK_TRY(KVK_FORMAT(entry->path, "%s", kvk_blob_str(&path)) ? KVK_OK : KVK_ERR_LIMIT);
	if (!kvk_path_exists(kvk_blob_str(&path))) {
		err = read_request(folder, entry, at, &path, why);
		goto out;
	}
	KVK_TRY(kvk_watched_read(kvk_blob_str(&path), NULL, &watched));
	entry->certificate = watched.certificate;
	entry->stage = KVK_STAGE_RECEIVED;
	entry->delivery = KVK_DELIVERY_ADOPTED;
	entry->delivery_at = at;
	entry->since = written_at(kvk_blob_str(&path), at);
out:
	if (err != KVK_OK && why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, kvk_blob_str(&path), KVK_LIMIT_FILE);
	kvk_blob_free(&path);
	return err;
}

/* How long its TSP takes, where the answers say which one that is; else nobody knows. */
static enum kvk_err read_lead_days(const char *folder, struct kvk_entry *entry)
{
	struct kvk_presets presets = { 0 };
	struct kvk_answers answers = { 0 };
	struct kvk_error ignored = { "" };
	const struct kvk_preset *preset;
	struct kvk_blob path = { 0 };
	const char *tsp;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_ANSWERS));
	KVK_TRY(kvk_answers_read(kvk_blob_str(&path), &answers, &ignored));
	tsp = kvk_answer(&answers, KVK_FIELD_TSP);
	KVK_TRY(kvk_presets_load(kvk_datadir(), &presets, &ignored));
	preset = kvk_preset_find(&presets, tsp != NULL ? tsp : KVK_PRESET_DEFAULT);
	if (preset != NULL)
		entry->lead_days = preset->lead_days;
out:
	kvk_presets_free(&presets);
	kvk_answers_free(&answers);
	kvk_blob_free(&path);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

/* A dossier without a request is that of a tracked file: it holds a renewal, which needs an entry.
 */
static enum kvk_err check_request(
	const char *folder, const struct kvk_entry *entry, struct kvk_error *why)
{
	struct kvk_blob request = { 0 }, next = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&request, folder, KVK_DOSSIER_REQUEST));
	KVK_TRY(kvk_path_join(&next, folder, KVK_DOSSIER_NEXT));
	if (!kvk_path_exists(kvk_blob_str(&request)) && kvk_path_is_folder(kvk_blob_str(&next)))
		err = kvk_error_set(why, KVK_ERR_USAGE,
			_("the dossier '%s' holds only the renewal of a tracked file; run 'kvkcsr "
			  "track FILE --name %s' with that file, and then 'kvkcsr adopt %s'"),
			entry->name, entry->name, entry->name);
out:
	kvk_blob_free(&next);
	kvk_blob_free(&request);
	return err;
}

/* What came of two dossiers is none. */
static enum kvk_err check_pair(
	const char *folder, const struct kvk_entry *entry, struct kvk_error *why)
{
	struct kvk_error ignored = { "" };
	const enum kvk_err err = kvk_pair_check(folder, &ignored);

	if (err == KVK_ERR_REFUSED)
		return kvk_error_set(why, KVK_ERR_FORMAT,
			_("certificate.pem in the dossier '%s' does not belong to its key; the "
			  "dossier was not adopted"),
			entry->name);
	/* Whoever reads the files says what else is wrong with them. */
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

static enum kvk_err enter(struct kvk_store *store, const char *folder, kvk_time at,
	struct kvk_entry *entry, struct kvk_error *why)
{
	enum kvk_err err;

	entry->dossier = true;
	KVK_TRY(check_request(folder, entry, why));
	KVK_TRY(check_pair(folder, entry, why));
	KVK_TRY(read_files(folder, entry, at, why));
	KVK_TRY(read_lead_days(folder, entry));
	KVK_TRY(kvk_store_error(kvk_inventory_add(store->inventory, entry), why));
	KVK_TRY(kvk_store_error(kvk_inventory_note_event(store->inventory, entry->name, at, "adopt",
					KVK_HAPPENED_ADOPTED, entry->certificate.serial),
		why));
out:
	return err;
}

/* The history learns of a renewal in the dossier, and of what was delivered for it. */
static enum kvk_err enter_renewal(struct kvk_store *store, const char *folder, kvk_time at,
	struct kvk_adopted *adopted, struct kvk_error *why)
{
	struct kvk_inventory *inventory = store->inventory;
	const char *name = adopted->entry.name;
	struct kvk_blob next = { 0 };
	bool open = false;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&next, folder, KVK_DOSSIER_NEXT));
	if (!kvk_path_is_folder(kvk_blob_str(&next)))
		goto out;
	KVK_TRY(kvk_store_error(kvk_inventory_renewal_open(inventory, name, &open, NULL), why));
	if (open)
		goto out;
	KVK_TRY(kvk_store_error(
		kvk_inventory_note_event(inventory, name, written_at(kvk_blob_str(&next), at),
			"adopt", KVK_HAPPENED_RENEWAL_REQUESTED, NULL),
		why));
	adopted->renewal = true;
out:
	kvk_blob_free(&next);
	return err;
}

/* Finds the entry of the name, if any; a tracked file has a dossier of its name for its renewal
 * alone. */
static enum kvk_err find(
	struct kvk_store *store, const char *folder, struct kvk_adopted *out, struct kvk_error *why)
{
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	struct kvk_blob request = { 0 };
	enum kvk_err err;

	memcpy(name, out->entry.name, sizeof name);
	err = kvk_inventory_find(store->inventory, name, &out->entry);
	out->known = err == KVK_OK;
	if (err == KVK_ERR_NOT_FOUND) {
		out->entry = (struct kvk_entry){ .dossier = true };
		memcpy(out->entry.name, name, sizeof name);
		return KVK_OK;
	}
	KVK_TRY(kvk_store_error(err, why));
	KVK_TRY(kvk_path_join(&request, folder, KVK_DOSSIER_REQUEST));
	if (!out->entry.dossier && kvk_path_exists(kvk_blob_str(&request)))
		err = kvk_error_set(why, KVK_ERR_USAGE,
			_("'%s' is also the name of a tracked file; untrack the file, adopt the "
			  "dossier, and track the file again"),
			name);
out:
	kvk_blob_free(&request);
	return err;
}

static enum kvk_err adopt(struct kvk_store *store, const char *folder, kvk_time at,
	struct kvk_adopted *out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(find(store, folder, out, why));
	if (!out->known)
		KVK_TRY(enter(store, folder, at, &out->entry, why));
	KVK_TRY(enter_renewal(store, folder, at, out, why));
	KVK_TRY(kvk_store_error(kvk_inventory_commit(store->inventory), why));
out:
	return err;
}

/* A link is none: what it leads to may be the dossier of another entry. */
static bool is_dossier(const char *folder)
{
	struct stat st;

	return lstat(folder, &st) == 0 && S_ISDIR(st.st_mode);
}

enum kvk_err kvk_adopt(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_adopted *out, struct kvk_error *why)
{
	struct kvk_blob folder = { 0 };
	char safe[128], home[256];
	enum kvk_err err;

	*out = (struct kvk_adopted){ .known = false };
	if (kvk_entry_name_valid(name)) {
		KVK_FORMAT(out->entry.name, "%s", name);
		KVK_TRY(kvk_home_path(&store->home, KVK_HOME_DOSSIERS, name, &folder));
	}
	if (folder.n == 0 || !is_dossier(kvk_blob_str(&folder)))
		KVK_TRY(kvk_error_set(why, KVK_ERR_USAGE, _("there is no dossier '%s' in '%s'"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(name)),
			kvk_escape_to(
				home, sizeof home, kvk_span_of(kvk_home_text(&store->home)))));
	KVK_TRY(kvk_store_error(kvk_inventory_begin(store->inventory), why));
	err = adopt(store, kvk_blob_str(&folder), at, out, why);
	kvk_inventory_rollback(store->inventory);
	KVK_TRY(err);
	/* What a run left in it that was killed is completed, now that there is an entry. */
	KVK_TRY(kvk_complete_delivery(store, name, why));
	KVK_TRY(kvk_store_find(store, name, &out->entry, why));
out:
	kvk_blob_free(&folder);
	return err;
}
