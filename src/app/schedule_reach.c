/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/schedule.h: what the check could not reach from where it will run. */
#include "config.h"

#include "app/schedule.h"

#include <unistd.h>

#include "base/escape.h"
#include "base/path.h"
#include "base/tool.h"
#include "inventory/places.h"

/* Whether a path leads to a folder of which a unit has one of its own (PrivateTmp). */
static bool is_temporary(const char *path)
{
	struct kvk_blob real = { 0 };
	bool is;

	if (kvk_path_resolve(&real, path) != KVK_OK)
		kvk_blob_set(&real, kvk_span_of(path));
	is = kvk_span_starts(kvk_span_of_blob(&real), "/tmp/") ||
		kvk_span_starts(kvk_span_of_blob(&real), "/var/tmp/");
	kvk_blob_free(&real);
	return is;
}

enum kvk_err kvk_schedule_obstacle(const struct kvk_schedule_order *order, struct kvk_blob *out)
{
	const struct kvk_settings *settings = order->settings;
	struct kvk_blob self = { 0 };
	const char *found = NULL;
	enum kvk_err err;

	kvk_blob_clear(out);
	if (order->kind != KVK_SCHEDULE_SYSTEM)
		return KVK_OK;
	KVK_TRY(kvk_tool_self(&self));
	for (size_t i = 0; i < settings->count; i++)
		if (is_temporary(settings->paths[i]))
			found = settings->paths[i];
	if (is_temporary(kvk_blob_str(&self)))
		found = kvk_blob_str(&self);
	if (is_temporary(kvk_home_text(order->home)))
		found = kvk_home_text(order->home);
	if (found != NULL)
		KVK_TRY(kvk_blob_append_text(out, found));
out:
	kvk_blob_free(&self);
	return err;
}

struct hidden {
	enum kvk_schedule_kind kind;
	struct kvk_inventory *inventory;
	struct kvk_blob *out;
};

static enum kvk_err visit_path(const struct hidden *hidden, const char *path)
{
	enum kvk_err err;

	if (!kvk_path_exists(path) ||
		(access(path, R_OK) == 0 &&
			(hidden->kind != KVK_SCHEDULE_SYSTEM || !is_temporary(path))))
		return KVK_OK;
	KVK_TRY(kvk_escape(hidden->out, kvk_span_of(path)));
	KVK_TRY(kvk_blob_append_text(hidden->out, "\n"));
out:
	return err;
}

static enum kvk_err visit_place(void *context, const char *path)
{
	return visit_path(context, path);
}

static enum kvk_err visit(void *context, const struct kvk_entry *entry)
{
	const struct hidden *hidden = context;
	enum kvk_err err;

	KVK_TRY(visit_path(hidden, entry->path));
	KVK_TRY(kvk_inventory_each_place(hidden->inventory, entry->id, visit_place, context));
out:
	return err;
}

enum kvk_err kvk_schedule_hidden(
	enum kvk_schedule_kind kind, struct kvk_inventory *inventory, struct kvk_blob *out)
{
	struct hidden hidden = { .kind = kind, .inventory = inventory, .out = out };
	struct kvk_blob after = { 0 }, folder = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_inventory_each(inventory, visit, &hidden));
	while ((err = kvk_inventory_next_folder(inventory, kvk_blob_str(&after), &folder)) ==
		KVK_OK) {
		KVK_TRY(visit_path(&hidden, kvk_blob_str(&folder)));
		KVK_TRY(kvk_blob_set(&after, kvk_span_of_blob(&folder)));
	}
	if (err == KVK_ERR_NOT_FOUND)
		err = KVK_OK;
out:
	kvk_blob_free(&folder);
	kvk_blob_free(&after);
	return err;
}
