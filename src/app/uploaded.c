/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/uploaded.h"

#include <string.h>

#include "app/complete.h"
#include "app/silenced.h"
#include "base/path.h"
#include "dossier/files.h"
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

static enum kvk_err store_upload(struct kvk_inventory *inventory, const struct kvk_entry *entry,
	bool again, struct kvk_vec *silenced)
{
	enum kvk_err err;

	KVK_TRY(kvk_inventory_note_upload(
		inventory, entry->name, entry->certificate.sha256, entry->since));
	KVK_TRY(kvk_inventory_update(inventory, entry));
	KVK_TRY(kvk_inventory_note_event(inventory, entry->name, entry->since, "uploaded",
		KVK_HAPPENED_UPLOADED, entry->certificate.serial));
	KVK_TRY(kvk_silenced_find(inventory, entry, again, entry->since, silenced));
	KVK_TRY(kvk_inventory_commit(inventory));
out:
	return err;
}

/* Finding and noting are one transaction: the entry is the one that was found. */
enum kvk_err kvk_uploaded_note(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_entry *out, struct kvk_vec *silenced, struct kvk_error *why)
{
	enum kvk_err err;
	bool again;

	KVK_TRY(kvk_complete_delivery(store, name, why));
	KVK_TRY(kvk_store_error(kvk_inventory_begin(store->inventory), why));
	KVK_TRY(find(store, name, out, why));
	again = out->stage == KVK_STAGE_UPLOADED;
	read_holder(store, out);
	out->stage = KVK_STAGE_UPLOADED;
	if (out->delivery == KVK_DELIVERY_DOUBTFUL)
		out->delivery = KVK_DELIVERY_NONE;
	out->since = at;
	KVK_TRY(kvk_store_error(store_upload(store->inventory, out, again, silenced), why));
out:
	if (err != KVK_OK)
		kvk_inventory_rollback(store->inventory);
	return err;
}
