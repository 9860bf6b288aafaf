/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/channel.h"

#include <stdio.h>
#include <string.h>

/* The event that a file is gone or unreadable; told again when it came back and went away again. */
#define TROUBLE "file"

static enum kvk_err send_stdout(struct kvk_span text)
{
	if (fwrite(text.p, 1, text.n, stdout) != text.n || fflush(stdout) != 0)
		return KVK_ERR_WRITE;
	return KVK_OK;
}

const struct kvk_channel kvk_channel_stdout = { "stdout", send_stdout };

static bool in_trouble(const struct kvk_entry_view *view)
{
	return view->state == KVK_VIEW_MISSING || view->state == KVK_VIEW_UNREADABLE;
}

/* Whether this was not told yet. */
static enum kvk_err is_new(const struct kvk_telling *t, const struct kvk_entry_view *view,
	const char *event, bool *fresh)
{
	bool told = false;
	enum kvk_err err = kvk_inventory_told(
		t->inventory, view->id, view->certificate.sha256, event, t->channel->name, &told);

	if (err == KVK_OK && !told)
		*fresh = true;
	return err;
}

static enum kvk_err look_at(const struct kvk_telling *t, struct kvk_entry_view *view)
{
	enum kvk_err err = KVK_OK;

	view->notified = false;
	if (in_trouble(view))
		err = is_new(t, view, TROUBLE, &view->notified);
	if (err == KVK_OK && view->threshold[0] != '\0')
		err = is_new(t, view, view->threshold, &view->notified);
	return err;
}

enum kvk_err kvk_telling_look(const struct kvk_telling *telling, struct kvk_vec *views)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < views->count; i++)
		err = look_at(telling, kvk_vec_at(views, i));
	return err;
}

static enum kvk_err claim(
	const struct kvk_telling *t, const struct kvk_entry_view *view, const char *event)
{
	bool claimed;

	return kvk_inventory_claim(t->inventory, view->id, view->certificate.sha256, event,
		t->channel->name, t->at, &claimed);
}

/* Remembers all thresholds that are crossed, so that a less urgent one is never told later. */
static enum kvk_err remember_thresholds(
	const struct kvk_telling *t, const struct kvk_entry_view *view)
{
	struct kvk_threshold_list list;
	enum kvk_err err = KVK_OK;
	size_t crossed;

	kvk_thresholds_for(
		t->days, view->certificate.not_before, view->certificate.not_after, &list);
	crossed = kvk_thresholds_crossed(&list, view->certificate.not_after, t->at);
	for (size_t i = 0; err == KVK_OK && i < crossed; i++)
		err = claim(t, view, list.items[i].id);
	return err;
}

static enum kvk_err remember(const struct kvk_telling *t, const struct kvk_entry_view *view)
{
	enum kvk_err err = KVK_OK;
	bool told = false;

	if (view->notified && in_trouble(view))
		err = claim(t, view, TROUBLE);
	if (err == KVK_OK && !in_trouble(view))
		err = kvk_inventory_told(t->inventory, view->id, view->certificate.sha256, TROUBLE,
			t->channel->name, &told);
	if (err == KVK_OK && told)
		err = kvk_inventory_unclaim(t->inventory, view->id, view->certificate.sha256,
			TROUBLE, t->channel->name);
	if (err == KVK_OK && view->notified && view->certificate.present)
		err = remember_thresholds(t, view);
	return err;
}

static enum kvk_err send(const struct kvk_telling *t, const struct kvk_vec *views)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err = t->render(views, t->at, &text);

	if (err == KVK_OK && text.n > 0)
		err = t->channel->send(kvk_span_of_blob(&text));
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_telling_send(const struct kvk_telling *telling, struct kvk_vec *views)
{
	enum kvk_err err = kvk_inventory_begin(telling->inventory);

	if (err != KVK_OK)
		return err;
	err = kvk_telling_look(telling, views);
	for (size_t i = 0; err == KVK_OK && i < views->count; i++)
		err = remember(telling, kvk_vec_at(views, i));
	if (err == KVK_OK)
		err = kvk_inventory_note_run(telling->inventory, telling->at);
	if (err == KVK_OK)
		err = send(telling, views);
	if (err == KVK_OK)
		return kvk_inventory_commit(telling->inventory);
	kvk_inventory_rollback(telling->inventory);
	return err;
}
