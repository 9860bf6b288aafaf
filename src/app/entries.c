/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/entries.h"

#include <string.h>

#include "app/g1.h"
#include "base/format.h"
#include "base/path.h"
#include "dossier/files.h"
#include "inventory/places.h"
#include "watch/assess.h"
#include "watch/exposed.h"
#include "watch/renewing.h"
#include "watch/successors.h"

/* One walk over the inventory. */
struct walk {
	const struct kvk_home *home;
	const struct kvk_entries_scope *scope;
	struct kvk_views *views;
	struct kvk_successors successors;
	struct kvk_looks looks;
	struct kvk_exposed exposed;
	struct kvk_g1 g1;
};

static size_t read_days(const struct kvk_settings *settings, const char *name, long long *out)
{
	const struct kvk_conf *layer = kvk_setting_layer(settings, name);
	size_t count = layer != NULL ? kvk_conf_count(layer, name) : 0;

	if (count > KVK_LIMIT_THRESHOLDS)
		return KVK_LIMIT_THRESHOLDS + 1;
	for (size_t i = 0; i < count; i++)
		out[i] = kvk_conf_integer_at(layer, name, i);
	return count;
}

enum kvk_err kvk_entries_thresholds(
	const struct kvk_settings *settings, struct kvk_threshold_days *out, struct kvk_error *why)
{
	memset(out, 0, sizeof *out);
	out->warning_count = read_days(settings, "check.warning_days", out->warning);
	out->critical_count = read_days(settings, "check.critical_days", out->critical);
	if (out->warning_count > KVK_LIMIT_THRESHOLDS || out->critical_count > KVK_LIMIT_THRESHOLDS)
		return kvk_error_set(why, KVK_ERR_CONFIG,
			kvk_ngettext("the configuration has more than %u threshold of one kind",
				"the configuration has more than %u thresholds of one kind",
				KVK_LIMIT_THRESHOLDS),
			KVK_LIMIT_THRESHOLDS);
	return KVK_OK;
}

enum kvk_err kvk_entries_locate(
	const struct kvk_home *home, const struct kvk_entry *entry, struct kvk_entry *out)
{
	struct kvk_blob folder = { 0 };
	struct kvk_blob path = { 0 };
	enum kvk_err err = KVK_OK;

	*out = *entry;
	if (!entry->dossier)
		goto out;
	KVK_TRY(kvk_home_path(home, KVK_HOME_DOSSIERS, entry->name, &folder));
	KVK_TRY(kvk_path_join(&path, kvk_blob_str(&folder), KVK_DOSSIER_CERTIFICATE));
	if (!KVK_FORMAT(out->path, "%s", kvk_blob_str(&path)))
		err = KVK_ERR_LIMIT;
out:
	kvk_blob_free(&path);
	kvk_blob_free(&folder);
	return err;
}

/* A renewal is in the dossier, which a tracked file has from then on. */
static enum kvk_err look_for_renewal(
	struct walk *walk, const struct kvk_entry *entry, struct kvk_entry_view *view)
{
	struct kvk_blob folder = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_home_path(walk->home, KVK_HOME_DOSSIERS, entry->name, &folder));
	KVK_TRY(kvk_renewing_look(walk->looks.inventory, kvk_blob_str(&folder), view));
out:
	kvk_blob_free(&folder);
	return err;
}

static enum kvk_err visit(void *context, const struct kvk_entry *entry)
{
	struct walk *walk = context;
	struct kvk_entry_view *view;
	struct kvk_entry located;
	enum kvk_err err;

	KVK_TRY(kvk_entries_locate(walk->home, entry, &located));
	KVK_TRY(kvk_vec_push(&walk->views->list, &view));
	KVK_TRY(kvk_assess(&located, &walk->looks, walk->scope->days, walk->scope->at, view));
	KVK_TRY(look_for_renewal(walk, entry, view));
	KVK_TRY(kvk_g1_look(&walk->g1, view));
	if (walk->scope->revocation)
		kvk_assess_undetermined(view);
	if (view->details != NULL)
		walk->views->doubtful |=
			kvk_revocation_is_undetermined(view->details, walk->scope->at);
	KVK_TRY(kvk_exposed_look(&walk->exposed, view));
	KVK_TRY(kvk_successors_add(&walk->successors, view));
	kvk_views_count(walk->views, walk->scope->all || !kvk_view_unremarkable(view));
out:
	return err;
}

/* When all were looked at: what their files hold now counts. */
static enum kvk_err find_replaced(struct kvk_inventory *inventory, struct walk *walk)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < walk->views->list.count; i++) {
		const struct kvk_successor *successor =
			kvk_successors_find(&walk->successors, kvk_view_at(walk->views, i));
		struct kvk_entry by;

		if (successor == NULL)
			continue;
		err = kvk_inventory_find_id(inventory, successor->id, &by);
		/* Somebody took it out meanwhile. */
		if (err == KVK_ERR_NOT_FOUND)
			continue;
		KVK_TRY(err);
		KVK_TRY(kvk_views_replace(walk->views, i, by.name));
	}
	err = KVK_OK;
out:
	return err;
}

/* Whether a tracked file holds a certificate: as it was recorded, or as it is now. */
static enum kvk_err is_in_use(struct kvk_inventory *inventory, const struct kvk_views *views,
	const uint8_t *sha256, bool *found)
{
	struct kvk_entry file;
	enum kvk_err err = kvk_inventory_find_same(inventory, sha256, &file);

	*found = err == KVK_OK;
	for (size_t i = 0; i < views->list.count && !*found; i++) {
		const struct kvk_entry_view *view = kvk_view_at(views, i);

		*found = !view->dossier && view->change != NULL &&
			memcmp(view->sha256, sha256, KVK_SHA256_SIZE) == 0;
	}
	return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
}

/* What was uploaded is deployed once a server has it. */
static enum kvk_err find_deployed(struct kvk_inventory *inventory, struct kvk_views *views)
{
	enum kvk_err err = KVK_OK;
	bool found;

	for (size_t i = 0; i < views->list.count; i++) {
		struct kvk_entry_view *view = kvk_vec_at(&views->list, i);

		if (!view->deploy || !view->has_certificate)
			continue;
		KVK_TRY(is_in_use(inventory, views, view->sha256, &found));
		if (found)
			kvk_view_deployed(view);
	}
out:
	return err;
}

/* The further places of what is kept. */
static enum kvk_err find_places(struct kvk_inventory *inventory, struct kvk_entry_view *view)
{
	struct kvk_blob place = { 0 }, last = { 0 };
	enum kvk_err err = KVK_OK;

	while (view->place_count < KVK_LIMIT_PLACES &&
		(err = kvk_inventory_next_place(
			 inventory, view->id, kvk_blob_str(&last), &place)) == KVK_OK) {
		KVK_TRY(kvk_view_add_place(view, kvk_blob_str(&place)));
		kvk_blob_clear(&last);
		KVK_TRY(kvk_blob_append(&last, kvk_span_of_blob(&place)));
	}
	if (err == KVK_ERR_NOT_FOUND)
		err = KVK_OK;
out:
	kvk_blob_free(&last);
	kvk_blob_free(&place);
	return err;
}

enum kvk_err kvk_entries_assess(struct kvk_store *store, const struct kvk_entries_scope *scope,
	struct kvk_views *views, struct kvk_error *why)
{
	struct walk walk = {
		.home = &store->home,
		.scope = scope,
		.views = views,
		.successors = KVK_SUCCESSORS_INIT,
		.looks = KVK_LOOKS_INIT(store->inventory),
		.exposed = KVK_EXPOSED_INIT(store->inventory),
		.g1 = { .inventory = store->inventory },
	};
	enum kvk_err err;

	KVK_TRY(kvk_inventory_each(store->inventory, visit, &walk));
	KVK_TRY(find_replaced(store->inventory, &walk));
	KVK_TRY(find_deployed(store->inventory, views));
	for (size_t i = 0; i < views->list.count; i++)
		KVK_TRY(find_places(store->inventory, kvk_vec_at(&views->list, i)));
out:
	kvk_looks_free(&walk.looks);
	kvk_successors_free(&walk.successors);
	kvk_exposed_free(&walk.exposed);
	kvk_g1_free(&walk.g1);
	kvk_views_sort(views);
	return kvk_store_error(err, why);
}
