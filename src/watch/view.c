/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/format.h"

static const struct {
	const char *word, *text;
} states[KVK_VIEW_STATE_COUNT] = {
#define KVK_VIEW_STATE_ROW(id, word, text) [id] = { word, text },
	KVK_VIEW_STATES(KVK_VIEW_STATE_ROW)
#undef KVK_VIEW_STATE_ROW
};

static const char *const action_words[] = {
#define KVK_VIEW_ACTION_WORD(id, word) [id] = word,
	KVK_VIEW_ACTIONS(KVK_VIEW_ACTION_WORD)
#undef KVK_VIEW_ACTION_WORD
};

const char *kvk_view_action_word(enum kvk_view_action action)
{
	return action < sizeof action_words / sizeof action_words[0] ? action_words[action] : "";
}

const char *kvk_view_state_word(enum kvk_view_state state)
{
	return (unsigned)state < KVK_VIEW_STATE_COUNT ? states[state].word : "";
}

const char *kvk_view_state_text(enum kvk_view_state state)
{
	return (unsigned)state < KVK_VIEW_STATE_COUNT ? _(states[state].text) : "";
}

/*
 * Zeros for a holder that no other is the same as. A name without a number says little: only within
 * one file does it mean the same holder.
 */
static bool hash_holder(
	const struct kvk_holder *holder, const char *path, uint8_t out[static KVK_SHA256_SIZE])
{
	char text[sizeof holder->cn + sizeof holder->number + KVK_ENTRY_PATH_SIZE];

	memset(out, 0, KVK_SHA256_SIZE);
	if (holder->cn[0] == '\0')
		return true;
	/* Neither name nor number holds a line feed: they are folded. */
	KVK_FORMAT(text, "%s\n%s\n%s", holder->cn, holder->number,
		holder->number[0] == '\0' ? path : "");
	return kvk_sha256(kvk_span_of(text), out) == KVK_OK;
}

static void forget_revocation(struct kvk_entry_view *view)
{
	kvk_free(view->details);
	view->details = NULL;
	view->revocation = KVK_STATUS_NOT_CHECKED;
	view->asked = 0;
}

static enum kvk_err take_revocation(
	struct kvk_entry_view *view, const struct kvk_entry_revocation *revocation)
{
	view->revocation = revocation->status;
	view->asked = revocation->asked;
	if (revocation->status != KVK_STATUS_REVOKED && revocation->status != KVK_STATUS_UNKNOWN)
		return KVK_OK;
	view->details = kvk_malloc(sizeof *view->details);
	if (view->details == NULL)
		return KVK_ERR_MEMORY;
	*view->details = *revocation;
	return KVK_OK;
}

/* The part of a certificate that a view keeps. */
static enum kvk_err take_certificate(struct kvk_entry_view *view,
	const struct kvk_entry_certificate *certificate, const char *path)
{
	kvk_free(view->ends_by);
	view->ends_by = NULL;
	view->ends = certificate->ends;
	view->has_certificate = certificate->present;
	view->ca = certificate->ca;
	view->not_before = certificate->not_before;
	view->not_after = certificate->not_after;
	memcpy(view->sha256, certificate->sha256, KVK_SHA256_SIZE);
	if (!hash_holder(&certificate->holder, path, view->holder))
		return KVK_ERR_CRYPTO;
	if (!certificate->present || strcmp(certificate->ends_by, KVK_ENDS_BY_LEAF) == 0)
		return KVK_OK;
	view->ends_by = kvk_strdup(certificate->ends_by);
	return view->ends_by != NULL ? KVK_OK : KVK_ERR_MEMORY;
}

enum kvk_err kvk_view_from(const struct kvk_entry *entry, struct kvk_entry_view *out)
{
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	out->id = entry->id;
	out->dossier = entry->dossier;
	out->found = entry->found;
	out->stage = entry->stage;
	out->since = entry->since;
	out->kept = entry->kept;
	out->delivery = entry->delivery;
	out->delivery_at = entry->delivery_at;
	out->practice = entry->practice;
	out->switch_at = entry->switch_at;
	out->deploy = entry->deploy;
	out->lead_days = entry->lead_days > 0 ? entry->lead_days : KVK_LEAD_DAYS;
	out->file_notified = entry->file_notified;
	out->key_notified = entry->key_notified;
	KVK_TRY(take_certificate(out, &entry->certificate, entry->path));
	KVK_TRY(take_revocation(out, &entry->revocation));
	out->name = kvk_strdup(entry->name);
	out->path = kvk_strdup(entry->path);
	if (out->name == NULL || out->path == NULL)
		err = KVK_ERR_MEMORY;
out:
	if (err != KVK_OK)
		kvk_view_free(out);
	return err;
}

enum kvk_err kvk_view_expose(struct kvk_entry_view *view, const char *key_path, unsigned mode)
{
	char *path = kvk_strdup(key_path);
	enum kvk_err err = path != NULL ? KVK_OK : KVK_ERR_MEMORY;

	KVK_TRY(err);
	KVK_TRY(kvk_sha256(kvk_span_of(path), view->key_sha256));
	kvk_free(view->key_path);
	view->key_path = path;
	view->key_mode = mode;
	path = NULL;
	view->code = kvk_exit_graver(view->code, KVK_EXIT_WARNING);
	if (view->action == KVK_ACTION_NONE)
		view->action = KVK_ACTION_PROTECT_KEY;
out:
	kvk_free(path);
	return err;
}

void kvk_view_deployed(struct kvk_entry_view *view)
{
	view->deploy = false;
	if (view->action == KVK_ACTION_DEPLOY)
		view->action = KVK_ACTION_NONE;
}

enum kvk_err kvk_view_replace(struct kvk_entry_view *view, const char *by)
{
	char *name = kvk_strdup(by);

	if (name == NULL)
		return KVK_ERR_MEMORY;
	kvk_free(view->replaced_by);
	view->replaced_by = name;
	/* Who would have been warned of it is notified once why not. */
	view->event[0] = '\0';
	if (view->code != KVK_EXIT_OK)
		KVK_FORMAT(view->event, "%s", KVK_EVENT_REPLACED);
	view->threshold[0] = '\0';
	kvk_free(view->key_path);
	view->key_path = NULL;
	view->undetermined = false;
	view->start_by = 0;
	view->state = KVK_VIEW_REPLACED;
	view->action = KVK_ACTION_NONE;
	view->code = KVK_EXIT_OK;
	return KVK_OK;
}

enum kvk_err kvk_view_change(struct kvk_entry_view *view, const struct kvk_entry_certificate *known,
	const struct kvk_entry_certificate *now, kvk_time at)
{
	struct kvk_file_change *change = kvk_calloc(1, sizeof *change);

	if (change == NULL)
		return KVK_ERR_MEMORY;
	change->known = *known;
	change->now = *now;
	change->certificate =
		!known->present || memcmp(known->sha256, now->sha256, KVK_SHA256_SIZE) != 0;
	kvk_free(view->change);
	view->change = change;
	/* What is known of it is known of the other one. */
	if (change->certificate)
		forget_revocation(view);
	if (view->dossier && change->certificate) {
		view->stage = KVK_STAGE_RECEIVED;
		view->since = at;
		view->delivery = KVK_DELIVERY_NONE;
	}
	return take_certificate(view, now, view->path);
}

enum kvk_err kvk_view_add_place(struct kvk_entry_view *view, const char *path)
{
	char **grown;

	if (view->place_count == KVK_LIMIT_PLACES)
		return KVK_OK;
	/* Room for a power of two. */
	if ((view->place_count & (view->place_count - 1)) == 0) {
		grown = kvk_realloc(view->places,
			(view->place_count > 0 ? 2 * view->place_count : 1) * sizeof *grown);
		if (grown == NULL)
			return KVK_ERR_MEMORY;
		view->places = grown;
	}
	view->places[view->place_count] = kvk_strdup(path);
	if (view->places[view->place_count] == NULL)
		return KVK_ERR_MEMORY;
	view->place_count++;
	return KVK_OK;
}

static void free_places(struct kvk_entry_view *view)
{
	for (size_t i = 0; i < view->place_count; i++)
		kvk_free(view->places[i]);
	kvk_free(view->places);
	view->places = NULL;
	view->place_count = 0;
}

void kvk_view_free(struct kvk_entry_view *view)
{
	if (view == NULL)
		return;
	free_places(view);
	forget_revocation(view);
	kvk_free(view->name);
	kvk_free(view->path);
	kvk_free(view->change);
	kvk_free(view->ends_by);
	kvk_free(view->replaced_by);
	kvk_free(view->key_path);
	kvk_free(view->next);
	view->next = NULL;
	view->key_path = NULL;
	view->replaced_by = NULL;
	view->name = NULL;
	view->path = NULL;
	view->change = NULL;
	view->ends_by = NULL;
}

const struct kvk_entry_view *kvk_view_at(const struct kvk_views *views, size_t i)
{
	return kvk_vec_at(&views->list, i);
}

bool kvk_view_unremarkable(const struct kvk_entry_view *view)
{
	return view->code == KVK_EXIT_OK && view->change == NULL && !view->file_notified &&
		!view->key_notified && view->found == KVK_FOUND_ASKED;
}

void kvk_views_count(struct kvk_views *views, bool keep)
{
	size_t last = views->list.count - 1;
	struct kvk_entry_view *view = kvk_vec_at(&views->list, last);

	views->all++;
	views->by_code[view->code]++;
	if (view->details != NULL && view->revocation == KVK_STATUS_UNKNOWN &&
		strcmp(view->details->why, KVK_ENTRY_NEEDS_PATH) == 0 && views->without_path++ == 0)
		KVK_FORMAT(views->first_without_path, "%s", view->name);
	if (keep)
		return;
	kvk_view_free(view);
	kvk_vec_remove(&views->list, last);
}

enum kvk_err kvk_views_replace(struct kvk_views *views, size_t i, const char *by)
{
	struct kvk_entry_view *view = kvk_vec_at(&views->list, i);
	const enum kvk_exit before = view->code;
	enum kvk_err err;

	KVK_TRY(kvk_view_replace(view, by));
	views->by_code[before]--;
	views->by_code[view->code]++;
out:
	return err;
}

void kvk_views_free(struct kvk_views *views)
{
	for (size_t i = 0; i < views->list.count; i++)
		kvk_view_free(kvk_vec_at(&views->list, i));
	kvk_vec_free(&views->list);
}

enum kvk_exit kvk_views_code(const struct kvk_views *views)
{
	enum kvk_exit worst = views->blind ? KVK_EXIT_UNKNOWN : KVK_EXIT_OK;

	for (enum kvk_exit code = KVK_EXIT_OK; code < KVK_EXIT_STATES; code++)
		if (views->by_code[code] > 0)
			worst = kvk_exit_graver(worst, code);
	return worst;
}

static int compare(const void *a, const void *b)
{
	const struct kvk_entry_view *x = a;
	const struct kvk_entry_view *y = b;

	if (x->code != y->code)
		return kvk_exit_graver(x->code, y->code) == x->code ? -1 : 1;
	if (x->has_certificate != y->has_certificate)
		return x->has_certificate ? 1 : -1;
	if (x->days_left != y->days_left)
		return x->days_left < y->days_left ? -1 : 1;
	return strcmp(x->name, y->name);
}

void kvk_views_sort(struct kvk_views *views)
{
	if (views->list.count > 1)
		qsort(views->list.items, views->list.count, sizeof(struct kvk_entry_view), compare);
}
