/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/renewing.h"

#include <string.h>

#include "base/alloc.h"
#include "base/path.h"
#include "dossier/delivery.h"
#include "dossier/files.h"
#include "inventory/events.h"
#include "watch/assess.h"

/* Since when it waits: for the TSP, or for the upload. */
static enum kvk_err find_since(
	struct kvk_inventory *inventory, const char *next, struct kvk_entry_view *view)
{
	struct kvk_delivery_note note;
	bool open;
	enum kvk_err err;

	view->next_delivered =
		kvk_delivery_complete(next) && kvk_delivery_note_read(next, &note) == KVK_OK;
	if (view->next_delivered) {
		view->next_since = note.since;
		view->next_verified = note.stage == KVK_STAGE_VERIFIED;
		return KVK_OK;
	}
	KVK_TRY(kvk_inventory_renewal_open(inventory, view->name, &open, &view->next_since));
	/* A run that was stopped did not note it yet. */
	if (!open)
		view->next_since = view->at;
out:
	return err;
}

enum kvk_err kvk_renewing_look(
	struct kvk_inventory *inventory, const char *dossier, struct kvk_entry_view *view)
{
	struct kvk_blob next = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&next, dossier, KVK_DOSSIER_NEXT));
	if (!view->has_certificate || !kvk_path_is_folder(kvk_blob_str(&next)))
		goto out;
	KVK_TRY(find_since(inventory, kvk_blob_str(&next), view));
	view->next = kvk_strdup(kvk_blob_str(&next));
	if (view->next == NULL)
		err = KVK_ERR_MEMORY;
	else
		kvk_assess_renewing(view);
out:
	kvk_blob_free(&next);
	return err;
}
