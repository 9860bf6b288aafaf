/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/entries.h: all that is new in a run. */
#include "config.h"

#include "report/entries.h"

#include <stdlib.h>
#include <string.h>

/* By key, and then as they come. */
static int compare_keys(const void *a, const void *b)
{
	const struct kvk_entry_view *x = *(const struct kvk_entry_view *const *)a;
	const struct kvk_entry_view *y = *(const struct kvk_entry_view *const *)b;
	const int order = memcmp(x->key_sha256, y->key_sha256, KVK_SHA256_SIZE);

	return order != 0 ? order : (x > y) - (x < y);
}

/* Finds the views whose keys are news, sorted: many certificates may lie beside one key. */
static enum kvk_err sort_keys(const struct kvk_views *views, struct kvk_vec *out)
{
	const struct kvk_entry_view **slot;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < views->list.count; i++) {
		if (!kvk_view_at(views, i)->key_news)
			continue;
		KVK_TRY(kvk_vec_push(out, &slot));
		*slot = kvk_view_at(views, i);
	}
	if (out->count > 1)
		qsort(out->items, out->count, out->item_size, compare_keys);
out:
	return err;
}

/* Whether a view is the first of those with its key. */
static bool is_first(const struct kvk_vec *keys, const struct kvk_entry_view *view)
{
	const struct kvk_entry_view *const *all = keys->items;
	const struct kvk_entry_view *const *found =
		bsearch(&view, all, keys->count, keys->item_size, compare_keys);

	return found != NULL &&
		(found == all ||
			memcmp(found[-1]->key_sha256, view->key_sha256, KVK_SHA256_SIZE) != 0);
}

/* All that is new of one entry. */
static enum kvk_err append_news(const struct kvk_vec *keys, const struct kvk_entry_view *view,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	if (view->notified)
		KVK_TRY(kvk_entries_notice(view, paper, out));
	if (view->undetermined_news)
		KVK_TRY(kvk_entries_undetermined_notice(view, paper, out));
	if (view->key_news && is_first(keys, view))
		KVK_TRY(kvk_entries_key_notice(view, paper, out));
out:
	return err;
}

enum kvk_err kvk_entries_notices(const struct kvk_views *views, const struct kvk_paper *paper,
	bool always, struct kvk_blob *out)
{
	struct kvk_vec keys = KVK_VEC_INIT(const struct kvk_entry_view *, KVK_LIMIT_ENTRIES);
	enum kvk_err err;

	KVK_TRY(sort_keys(views, &keys));
	for (size_t i = 0; i < views->list.count; i++)
		KVK_TRY(append_news(&keys, kvk_view_at(views, i), paper, out));
	if (out->n > 0 || always)
		KVK_TRY(kvk_entries_summary(views, paper, out));
out:
	kvk_vec_free(&keys);
	return err;
}
