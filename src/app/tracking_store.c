/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/tracking.h: how what was recorded is stored and reported. */
#include "config.h"

#include "app/tracking.h"

#include <string.h>

#include "app/store.h"
#include "base/alloc.h"
#include "base/path.h"
#include "inventory/outbox.h"

/* What keeps certificates in versions moves a link; the renewed one will be behind it. */
enum kvk_err kvk_tracking_absolute(const char *path, char **out)
{
	struct kvk_blob absolute = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_plain(&absolute, path));
	if (absolute.n >= KVK_ENTRY_PATH_SIZE) {
		err = KVK_ERR_LIMIT;
		goto out;
	}
	*out = kvk_strdup(kvk_blob_str(&absolute));
	if (*out == NULL)
		err = KVK_ERR_MEMORY;
out:
	kvk_blob_free(&absolute);
	return err;
}

enum kvk_err kvk_tracking_error(
	const struct kvk_tracking *t, enum kvk_err err, struct kvk_error *why)
{
	if (err == KVK_ERR_EXISTS && t->name != NULL)
		return kvk_error_set(why, err,
			_("the name '%s' is already in use; choose another one with --name"),
			t->name);
	if (err == KVK_ERR_LIMIT)
		return kvk_error_set(why, KVK_ERR_CREATE,
			kvk_ngettext("an inventory can hold at most %u entry",
				"an inventory can hold at most %u entries", KVK_LIMIT_ENTRIES),
			KVK_LIMIT_ENTRIES);
	return kvk_store_error(err, why);
}

struct kvk_record kvk_tracking_record(struct kvk_tracking *t)
{
	return (struct kvk_record){
		.inventory = t->inventory,
		.name = t->name,
		.keep = t->keep,
		.now = t->now,
		.silenced = &t->silenced,
	};
}

/* Counts what is stored, and says what is new. */
static enum kvk_err announce(struct kvk_tracking *t, const struct kvk_recorded *recorded)
{
	const struct kvk_tracked tracked = {
		.name = recorded->name,
		.path = recorded->path,
		.not_after = recorded->not_after,
		.ends = recorded->ends,
		.ends_by = recorded->ends_by,
		.ca = recorded->ca,
	};

	if (!recorded->place && !recorded->known) {
		t->counts.recorded++;
		return t->recorded != NULL ? t->recorded(t->context, &tracked) : KVK_OK;
	}
	memcpy(t->known_name, recorded->name, sizeof t->known_name);
	if (recorded->place)
		t->counts.copies++;
	else
		t->counts.known++;
	return KVK_OK;
}

/* Sets who is notified of what was recorded. */
static enum kvk_err address(struct kvk_tracking *t)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; t->recipients != NULL && i < t->done.count; i++) {
		const struct kvk_recorded *recorded = kvk_vec_at(&t->done, i);
		struct kvk_entry entry;

		KVK_TRY(kvk_inventory_find(t->inventory, recorded->name, &entry));
		KVK_TRY(kvk_inventory_set_recipients(t->inventory, entry.id, t->recipients));
	}
out:
	return err;
}

/* Commits what was recorded, and says so; or undoes it. */
enum kvk_err kvk_tracking_settle(struct kvk_tracking *t, enum kvk_err err, size_t silenced)
{
	const size_t count = t->done.count;
	bool stored = false;

	KVK_TRY(err);
	KVK_TRY(address(t));
	KVK_TRY(kvk_inventory_commit(t->inventory));
	stored = true;
	for (size_t i = 0; i < count; i++)
		KVK_TRY(announce(t, kvk_vec_at(&t->done, i)));
out:
	if (!stored) {
		kvk_inventory_rollback(t->inventory);
		kvk_report_silenced_drop(&t->silenced, silenced);
	}
	kvk_recorded_clear(&t->done);
	return err;
}
