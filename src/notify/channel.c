/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/channel.h"

#include <stdio.h>
#include <string.h>

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
		t->inventory, view->id, view->sha256, event, t->channel->name, &told);

	if (err == KVK_OK && !told)
		*fresh = true;
	return err;
}

enum kvk_err kvk_telling_look(const struct kvk_telling *telling, struct kvk_views *views)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < views->list.count; i++) {
		struct kvk_entry_view *view = kvk_vec_at(&views->list, i);

		view->notified = false;
		if (in_trouble(view))
			err = is_new(telling, view, KVK_EVENT_FILE, &view->notified);
		if (err == KVK_OK && view->threshold[0] != '\0')
			err = is_new(telling, view, view->threshold, &view->notified);
	}
	return err;
}

/*
 * Brings the entry up to date with what its file holds now, unless somebody else did so since it
 * was read.
 */
static enum kvk_err store_replacement(
	const struct kvk_telling *t, const struct kvk_entry_view *view)
{
	const struct kvk_replacement *replacement = view->replacement;
	struct kvk_entry entry;
	enum kvk_err err = kvk_inventory_find(t->inventory, view->name, &entry);

	if (err == KVK_ERR_NOT_FOUND)
		return KVK_OK;
	if (err != KVK_OK || entry.id != view->id ||
		entry.certificate.present != replacement->known.present ||
		memcmp(entry.certificate.sha256, replacement->known.sha256, KVK_SHA256_SIZE) != 0)
		return err;
	entry.certificate = replacement->now;
	entry.stage = view->stage;
	entry.since = view->since;
	return kvk_inventory_update(t->inventory, &entry);
}

/* Claims an event; *fresh becomes true where it was not told before. */
static enum kvk_err claim(const struct kvk_telling *t, const struct kvk_entry_view *view,
	const char *event, bool *fresh)
{
	return kvk_inventory_claim(
		t->inventory, view->id, view->sha256, event, t->channel->name, t->at, fresh);
}

/* Claims all thresholds that are crossed, the most urgent last, so that a less urgent one is never
 * told later; *fresh says whether the most urgent is new. */
static enum kvk_err claim_thresholds(
	const struct kvk_telling *t, const struct kvk_entry_view *view, bool *fresh)
{
	struct kvk_threshold_list list;
	enum kvk_err err = KVK_OK;
	size_t crossed;

	kvk_thresholds_for(t->days, view->not_before, view->not_after, &list);
	crossed = kvk_thresholds_crossed(&list, view->not_after, t->at);
	for (size_t i = 0; err == KVK_OK && i < crossed; i++)
		err = claim(t, view, list.items[i].id, fresh);
	return err;
}

/* Decides whether an entry is news, and remembers it. */
static enum kvk_err remember(const struct kvk_telling *t, struct kvk_entry_view *view)
{
	bool trouble = false;
	bool threshold = false;
	enum kvk_err err = KVK_OK;

	if (view->replacement != NULL)
		err = store_replacement(t, view);
	if (err == KVK_OK && in_trouble(view))
		err = claim(t, view, KVK_EVENT_FILE, &trouble);
	else if (err == KVK_OK && view->file_told)
		err = kvk_inventory_forget(t->inventory, view->id, KVK_EVENT_FILE);
	if (err == KVK_OK && view->threshold[0] != '\0')
		err = claim_thresholds(t, view, &threshold);
	view->notified = trouble || threshold;
	return err;
}

/* Decides what is news and remembers it as told, in a transaction that the caller ends. */
static enum kvk_err remember_all(const struct kvk_telling *telling, struct kvk_views *views)
{
	enum kvk_err err = kvk_inventory_begin(telling->inventory);

	for (size_t i = 0; err == KVK_OK && i < views->list.count; i++)
		err = remember(telling, kvk_vec_at(&views->list, i));
	return err == KVK_OK ? kvk_inventory_note_run(telling->inventory, telling->now) : err;
}

static enum kvk_err send(const struct kvk_telling *telling, const struct kvk_blob *text, bool *sent)
{
	enum kvk_err err = telling->channel->send(kvk_span_of_blob(text));

	*sent = err == KVK_OK;
	return err;
}

/*
 * Nobody waits for whoever reads the text: what was remembered to find out the news is undone
 * before it is sent, and remembered once it is.
 */
enum kvk_err kvk_telling_send(
	const struct kvk_telling *telling, struct kvk_views *views, bool *sent)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err = remember_all(telling, views);

	*sent = true;
	if (err == KVK_OK) {
		err = telling->render(views, telling->at, &text);
		*sent = err == KVK_OK;
	}
	if (err == KVK_OK && text.n > 0) {
		kvk_inventory_rollback(telling->inventory);
		err = send(telling, &text, sent);
		if (err == KVK_OK)
			err = remember_all(telling, views);
	}
	if (err == KVK_OK)
		err = kvk_inventory_commit(telling->inventory);
	else
		kvk_inventory_rollback(telling->inventory);
	kvk_blob_free(&text);
	return err;
}
