/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/entries.h"

#include <string.h>

#include "base/escape.h"
#include "base/i18n.h"
#include "base/path.h"
#include "cli/terminal.h"
#include "dossier/dossier.h"
#include "watch/assess.h"

/* One walk over the inventory. */
struct walk {
	const struct kvk_home *home;
	const struct kvk_threshold_days *days;
	kvk_time at;
	bool all;
	struct kvk_views *views;
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

enum kvk_exit kvk_entries_thresholds(
	const struct kvk_settings *settings, struct kvk_threshold_days *out)
{
	memset(out, 0, sizeof *out);
	out->warning_count = read_days(settings, "check.warning_days", out->warning);
	out->critical_count = read_days(settings, "check.critical_days", out->critical);
	if (out->warning_count <= KVK_LIMIT_THRESHOLDS &&
		out->critical_count <= KVK_LIMIT_THRESHOLDS)
		return KVK_GO_ON;
	kvk_warn(_("the configuration names more than %u thresholds of one kind"),
		KVK_LIMIT_THRESHOLDS);
	return KVK_EXIT_CONFIG;
}

/* A dossier lies in the home, also after the home was moved or restored somewhere else. */
static enum kvk_err find_dossier(
	const struct kvk_home *home, const struct kvk_entry *entry, struct kvk_entry *out)
{
	struct kvk_blob folder = { 0 };
	struct kvk_blob path = { 0 };
	enum kvk_err err = kvk_home_path(home, KVK_HOME_DOSSIERS, entry->name, &folder);

	if (err == KVK_OK)
		err = kvk_path_join(&path, kvk_blob_str(&folder), KVK_DOSSIER_CERTIFICATE);
	if (err == KVK_OK && path.n >= sizeof out->path)
		err = KVK_ERR_LIMIT;
	if (err == KVK_OK) {
		*out = *entry;
		memcpy(out->path, kvk_blob_str(&path), path.n + 1);
	}
	kvk_blob_free(&path);
	kvk_blob_free(&folder);
	return err;
}

static enum kvk_err visit(void *context, const struct kvk_entry *entry)
{
	struct walk *walk = context;
	struct kvk_entry_view *view;
	struct kvk_entry dossier;
	enum kvk_err err = KVK_OK;

	if (entry->dossier) {
		err = find_dossier(walk->home, entry, &dossier);
		entry = &dossier;
	}
	if (err == KVK_OK)
		err = kvk_vec_push(&walk->views->list, &view);
	if (err == KVK_OK)
		err = kvk_assess(entry, walk->days, walk->at, view);
	if (err == KVK_OK)
		kvk_views_count(walk->views, walk->all || !kvk_view_unremarkable(view));
	return err;
}

enum kvk_exit kvk_entries_assess(struct kvk_store *store, const struct kvk_threshold_days *days,
	kvk_time at, bool all, struct kvk_views *views)
{
	struct walk walk = { &store->home, days, at, all, views };
	char safe[256];
	enum kvk_err err = kvk_inventory_each(store->inventory, visit, &walk);

	if (err != KVK_OK)
		return kvk_store_error(err);
	kvk_views_sort(views);
	if (views->all == 0)
		kvk_warn(_("nothing is tracked in '%s'"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(kvk_home_text(&store->home))));
	return KVK_GO_ON;
}
