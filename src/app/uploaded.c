/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/uploaded.h"

#include <string.h>

#include "app/complete.h"
#include "app/silenced.h"
#include "base/path.h"
#include "dossier/files.h"
#include "dossier/promote.h"
#include "inventory/events.h"
#include "watch/watched.h"

static enum kvk_err find(
	struct kvk_store *store, const char *name, struct kvk_entry *out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(kvk_store_find(store, name, out, why));
	if (!out->certificate.present)
		err = kvk_error_set(why, KVK_ERR_USAGE,
			_("'%s' has no certificate yet; 'kvkcsr accept %s FILE' adds the one that "
			  "the TSP sent"),
			out->name, out->name);
out:
	return err;
}

/* Whose certificate it is; an inventory of an earlier version did not know that. */
static void read_holder(const struct kvk_store *store, struct kvk_entry *entry)
{
	struct kvk_blob folder = { 0 }, path = { 0 };
	struct kvk_watched watched;
	enum kvk_err err;

	if (entry->certificate.holder.known || !entry->dossier)
		return;
	KVK_TRY(kvk_home_path(&store->home, KVK_HOME_DOSSIERS, entry->name, &folder));
	KVK_TRY(kvk_path_join(&path, kvk_blob_str(&folder), KVK_DOSSIER_CERTIFICATE));
	KVK_TRY(kvk_watched_read(kvk_blob_str(&path), &entry->certificate, &watched));
	if (memcmp(watched.certificate.sha256, entry->certificate.sha256, KVK_SHA256_SIZE) == 0)
		entry->certificate = watched.certificate;
out:
	kvk_blob_free(&path);
	kvk_blob_free(&folder);
}

/* What the history holds of it: the upload, and that the server has the certificate. */
static enum kvk_err note_events(
	struct kvk_inventory *inventory, const struct kvk_uploaded *out, bool again)
{
	const struct kvk_entry *entry = &out->entry;
	enum kvk_err err = KVK_OK;

	if (!again)
		KVK_TRY(kvk_inventory_note_event(inventory, entry->name, out->at, "uploaded",
			out->promoted ? KVK_HAPPENED_RENEWAL_UPLOADED : KVK_HAPPENED_UPLOADED,
			entry->certificate.serial));
	if (out->deployed)
		KVK_TRY(kvk_inventory_note_event(inventory, entry->name, out->at, "uploaded",
			KVK_HAPPENED_DEPLOYED, entry->certificate.serial));
out:
	return err;
}

static enum kvk_err store_upload(
	struct kvk_inventory *inventory, struct kvk_uploaded *out, bool again)
{
	const struct kvk_entry *entry = &out->entry;
	enum kvk_err err;

	KVK_TRY(kvk_inventory_note_upload(
		inventory, entry->name, entry->certificate.sha256, entry->since));
	KVK_TRY(kvk_inventory_update(inventory, entry));
	KVK_TRY(note_events(inventory, out, again));
	KVK_TRY(kvk_silenced_find(inventory, entry, again, entry->since, &out->silenced));
	KVK_TRY(kvk_inventory_commit(inventory));
out:
	return err;
}

/* Whether a renewal is under way, and the folders of the dossier and of it. */
static enum kvk_err find_renewal(const struct kvk_store *store, const char *name,
	struct kvk_blob *folder, struct kvk_blob *next, bool *found)
{
	enum kvk_err err;

	KVK_TRY(kvk_home_path(&store->home, KVK_HOME_DOSSIERS, name, folder));
	KVK_TRY(kvk_path_join(next, kvk_blob_str(folder), KVK_DOSSIER_NEXT));
	*found = kvk_path_is_folder(kvk_blob_str(next));
out:
	return err;
}

/* Puts the renewal in its place, and brings the entry up to date with it. */
static enum kvk_err promote(struct kvk_store *store, const char *folder,
	const struct kvk_delivery_note *delivered, struct kvk_uploaded *out, struct kvk_error *why)
{
	struct kvk_delivery_note note = *delivered;
	enum kvk_err err;

	note.stage = KVK_STAGE_UPLOADED;
	note.since = out->at;
	note.deployed = out->deployed;
	KVK_TRY(kvk_store_error(kvk_complete_part(store->inventory, &out->entry), why));
	KVK_TRY(kvk_promote(folder, &note, why));
	out->promoted = true;
	KVK_TRY(kvk_delivery_enter(folder, &note, &out->entry, why));
	out->entry.switch_at = 0;
	out->entry.kept = false;
out:
	return err;
}

/* Whether a tracked file, as that of a server, holds the certificate already. */
static enum kvk_err find_deployed(struct kvk_inventory *inventory, struct kvk_uploaded *out)
{
	struct kvk_entry file;
	enum kvk_err err = out->deployed ?
		KVK_OK :
		kvk_inventory_find_same(inventory, out->entry.certificate.sha256, &file);

	if (err == KVK_OK)
		out->deployed = true;
	return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
}

/* Notes the upload of what is in force by now. */
static enum kvk_err note(struct kvk_store *store, struct kvk_uploaded *out, struct kvk_error *why)
{
	struct kvk_entry *entry = &out->entry;
	const bool again = entry->stage == KVK_STAGE_UPLOADED && !out->promoted;
	enum kvk_err err;

	out->had = again && !entry->deploy;
	read_holder(store, entry);
	if (entry->dossier)
		KVK_TRY(kvk_store_error(find_deployed(store->inventory, out), why));
	out->again = again && (out->deployed || !out->dated);
	if (!out->again)
		entry->since = out->at;
	entry->stage = KVK_STAGE_UPLOADED;
	entry->deploy = !out->deployed;
	if (entry->delivery == KVK_DELIVERY_DOUBTFUL || entry->delivery == KVK_DELIVERY_ADOPTED)
		entry->delivery = KVK_DELIVERY_NONE;
	KVK_TRY(kvk_store_error(store_upload(store->inventory, out, again), why));
out:
	return err;
}

/* The note of the renewal that is to be put in its place; *ready is false where it has no
 * certificate yet, and that of its predecessor is what was uploaded. */
static enum kvk_err find_delivered(const struct kvk_uploaded *out, const char *next, bool *ready,
	struct kvk_delivery_note *delivered, struct kvk_error *why)
{
	enum kvk_err err = kvk_delivery_complete(next) ? kvk_delivery_note_read(next, delivered) :
							 KVK_ERR_NOT_FOUND;

	*ready = err == KVK_OK;
	if (err != KVK_ERR_NOT_FOUND)
		return err;
	if (out->entry.dossier && (out->entry.stage != KVK_STAGE_UPLOADED || out->deployed))
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_USAGE,
		_("the renewal of '%s' has no certificate yet; 'kvkcsr accept %s FILE' "
		  "adds the one that the TSP sent"),
		out->entry.name, out->entry.name);
}

static enum kvk_err note_or_promote(
	struct kvk_store *store, struct kvk_uploaded *out, struct kvk_error *why)
{
	struct kvk_blob folder = { 0 }, next = { 0 };
	struct kvk_delivery_note delivered;
	struct kvk_error ignored = { "" };
	bool renewal, ready = false;
	enum kvk_err err;

	KVK_TRY(find_renewal(store, out->entry.name, &folder, &next, &renewal));
	if (renewal)
		KVK_TRY(find_delivered(out, kvk_blob_str(&next), &ready, &delivered, why));
	if (ready)
		KVK_TRY(promote(store, kvk_blob_str(&folder), &delivered, out, why));
	KVK_TRY(note(store, out, why));
out:
	if (out->promoted && err == KVK_OK)
		kvk_delivery_settle(kvk_blob_str(&folder));
	else if (out->promoted)
		(void)kvk_delivery_undo(kvk_blob_str(&folder), &ignored);
	kvk_blob_free(&next);
	kvk_blob_free(&folder);
	return err;
}

/* Finding and noting are one transaction: the entry is the one that was found. */
enum kvk_err kvk_uploaded_note(
	struct kvk_store *store, const char *name, struct kvk_uploaded *out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(kvk_complete_delivery(store, name, why));
	KVK_TRY(kvk_store_error(kvk_inventory_begin(store->inventory), why));
	KVK_TRY(find(store, name, &out->entry, why));
	KVK_TRY(note_or_promote(store, out, why));
out:
	if (err != KVK_OK)
		kvk_inventory_rollback(store->inventory);
	return err;
}
