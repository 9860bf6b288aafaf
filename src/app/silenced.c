/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/silenced.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "notify/channel_stdout.h"
#include "watch/successors.h"

/* One search among the entries of a holder, the one that ends last first. */
struct search {
	struct kvk_inventory *inventory;
	const struct kvk_entry *entry;
	/* Only those that nobody was notified of. */
	bool again;
	kvk_time now;
	/* Whether the entry itself may replace others. */
	bool in_use;
	/* Others that end before this were replaced already. */
	kvk_time from;
	struct kvk_vec *out;
};

/* What is remembered of an entry that was named. */
static struct kvk_notified notified_of(long long id, const uint8_t *sha256)
{
	return (struct kvk_notified){ id, sha256, KVK_EVENT_REPLACED, KVK_CHANNEL_STDOUT };
}

static enum kvk_err add(
	struct search *search, const struct kvk_entry *silent, const struct kvk_entry *by)
{
	const struct kvk_notified what = notified_of(silent->id, silent->certificate.sha256);
	struct kvk_silenced *item;
	bool pending = true;
	char *path = kvk_strdup(silent->path);
	enum kvk_err err = path != NULL ? KVK_OK : KVK_ERR_MEMORY;

	KVK_TRY(err);
	if (search->again)
		KVK_TRY(kvk_inventory_notified_pending(search->inventory, &what, &pending));
	if (!pending)
		goto out;
	KVK_TRY(kvk_vec_push(search->out, &item));
	item->id = silent->id;
	memcpy(item->name, silent->name, sizeof item->name);
	memcpy(item->by, by->name, sizeof item->by);
	memcpy(item->sha256, silent->certificate.sha256, sizeof item->sha256);
	item->path = path;
	path = NULL;
out:
	kvk_free(path);
	return err;
}

/* KVK_ERR_CANCELLED where there is no more to look for. */
static enum kvk_err visit(void *context, const struct kvk_entry *other)
{
	struct search *search = context;
	const struct kvk_entry *entry = search->entry;
	const kvk_time end = entry->certificate.not_after, other_end = other->certificate.not_after;
	const bool in_use = kvk_entry_in_use(other, search->now);
	enum kvk_err err = KVK_OK;

	if (other->id == entry->id)
		return KVK_OK;
	if (other_end < search->from || (!search->in_use && other_end <= end))
		return KVK_ERR_CANCELLED;
	/* What has expired is not in use, nor is what ends before it. */
	if (!search->in_use && other_end < search->now)
		return KVK_ERR_CANCELLED;
	if (other_end >= end) {
		if (!in_use)
			return KVK_OK;
		if (kvk_entry_replaces(other, entry))
			KVK_TRY(add(search, entry, other));
		return KVK_ERR_CANCELLED;
	}
	if (kvk_entry_replaces(entry, other))
		KVK_TRY(add(search, other, entry));
	if (in_use)
		search->from = other_end;
out:
	return err;
}

enum kvk_err kvk_silenced_find(struct kvk_inventory *inventory, const struct kvk_entry *entry,
	bool again, kvk_time now, struct kvk_vec *out)
{
	struct search search = {
		.inventory = inventory,
		.again = again,
		.entry = entry,
		.now = now,
		.in_use = kvk_entry_in_use(entry, now),
		.from = INT64_MIN,
		.out = out,
	};
	enum kvk_err err;

	if (!entry->certificate.present)
		return KVK_OK;
	err = kvk_inventory_each_before(
		inventory, &entry->certificate.holder, INT64_MAX, visit, &search);
	return err == KVK_ERR_CANCELLED ? KVK_OK : err;
}

enum kvk_err kvk_silenced_named(
	struct kvk_inventory *inventory, const struct kvk_vec *silenced, kvk_time now)
{
	enum kvk_err err;

	if (silenced->count == 0)
		return KVK_OK;
	KVK_TRY(kvk_inventory_begin(inventory));
	for (size_t i = 0; i < silenced->count; i++) {
		const struct kvk_silenced *item = kvk_vec_at(silenced, i);
		const struct kvk_notified what = notified_of(item->id, item->sha256);

		KVK_TRY(kvk_inventory_notified_add(inventory, &what, now));
	}
	KVK_TRY(kvk_inventory_commit(inventory));
out:
	kvk_inventory_rollback(inventory);
	return err;
}
