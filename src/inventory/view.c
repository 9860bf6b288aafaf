/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static const struct {
	const char *word, *text;
} states[KVK_VIEW_STATE_COUNT] = {
#define KVK_VIEW_STATE_ROW(id, word, text) [id] = { word, text },
	KVK_VIEW_STATES(KVK_VIEW_STATE_ROW)
#undef KVK_VIEW_STATE_ROW
};

const char *kvk_view_state_word(enum kvk_view_state state)
{
	return (unsigned)state < KVK_VIEW_STATE_COUNT ? states[state].word : "";
}

const char *kvk_view_state_text(enum kvk_view_state state)
{
	return (unsigned)state < KVK_VIEW_STATE_COUNT ? _(states[state].text) : "";
}

enum kvk_err kvk_view_from(const struct kvk_entry *entry, struct kvk_entry_view *out)
{
	memset(out, 0, sizeof *out);
	out->id = entry->id;
	out->dossier = entry->dossier;
	out->stage = entry->stage;
	out->since = entry->since;
	out->certificate = entry->certificate;
	out->name = kvk_strdup(entry->name);
	out->path = kvk_strdup(entry->path);
	if (out->name != NULL && out->path != NULL)
		return KVK_OK;
	kvk_view_free(out);
	return KVK_ERR_MEMORY;
}

void kvk_view_free(struct kvk_entry_view *view)
{
	if (view == NULL)
		return;
	kvk_free(view->name);
	kvk_free(view->path);
	view->name = NULL;
	view->path = NULL;
}

void kvk_views_free(struct kvk_vec *views)
{
	for (size_t i = 0; i < views->count; i++)
		kvk_view_free(kvk_vec_at(views, i));
	kvk_vec_free(views);
}

/* 2 before 3 before 1 before 0. */
static int gravity(int code)
{
	static const int order[] = { 0, 1, 3, 2 };

	return code >= 0 && code <= 3 ? order[code] : 3;
}

int kvk_graver(int a, int b)
{
	return gravity(a) >= gravity(b) ? a : b;
}

static int compare(const void *a, const void *b)
{
	const struct kvk_entry_view *x = a;
	const struct kvk_entry_view *y = b;

	if (gravity(x->code) != gravity(y->code))
		return gravity(y->code) - gravity(x->code);
	if (x->certificate.present != y->certificate.present)
		return x->certificate.present ? 1 : -1;
	if (x->days_left != y->days_left)
		return x->days_left < y->days_left ? -1 : 1;
	return strcmp(x->name, y->name);
}

void kvk_views_sort(struct kvk_vec *views)
{
	if (views->count > 1)
		qsort(views->items, views->count, sizeof(struct kvk_entry_view), compare);
}
