/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/uploaded.h"

#include "app/complete.h"

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

static enum kvk_err store_upload(struct kvk_inventory *inventory, const struct kvk_entry *entry)
{
	enum kvk_err err;

	KVK_TRY(kvk_inventory_note_upload(
		inventory, entry->name, entry->certificate.sha256, entry->since));
	KVK_TRY(kvk_inventory_update(inventory, entry));
	KVK_TRY(kvk_inventory_commit(inventory));
out:
	return err;
}

/* Finding and noting are one transaction: the entry is the one that was found. */
enum kvk_err kvk_uploaded_note(struct kvk_store *store, const char *name, kvk_time at,
	struct kvk_entry *out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(kvk_complete_delivery(store, name, why));
	KVK_TRY(kvk_store_error(kvk_inventory_begin(store->inventory), why));
	KVK_TRY(find(store, name, out, why));
	out->stage = KVK_STAGE_UPLOADED;
	out->since = at;
	KVK_TRY(kvk_store_error(store_upload(store->inventory, out), why));
out:
	if (err != KVK_OK)
		kvk_inventory_rollback(store->inventory);
	return err;
}
