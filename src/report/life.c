/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/life.h"

#include "base/encode.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "base/when.h"
#include "report/entries.h"
#include "report/json.h"
#include "report/rows.h"

/* Its words come from the inventory: the user from the environment, and a later version may have
 * others. */
static void append_event(struct kvk_page *page, const struct kvk_event *event)
{
	const char *const words[] = { event->what, event->detail, event->command, event->user };
	char at[KVK_TIME_TEXT_SIZE];

	kvk_page_append_text(page, kvk_time_text(event->at, at));
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (words[i][0] == '\0')
			continue;
		kvk_page_append_text(page, "  ");
		kvk_page_append_escaped(page, kvk_span_of(words[i]));
	}
	kvk_page_append_text(page, "\n");
}

static void add_text(
	struct kvk_page *page, struct kvk_rows *rows, const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	KVK_PAGE_TRY(page, kvk_escape(&rows->text, kvk_span_of(text)));
	kvk_rows_end(page, rows, label);
}

static void add_hex(
	struct kvk_page *page, struct kvk_rows *rows, const char *label, const uint8_t *sha256)
{
	struct kvk_blob hex = { 0 };

	if (sha256 == NULL)
		return;
	KVK_PAGE_TRY(page, kvk_hex(&hex, (struct kvk_span){ sha256, KVK_SHA256_SIZE }, '\0'));
	kvk_rows_add_exact(page, rows, label, kvk_blob_str(&hex));
	kvk_blob_free(&hex);
}

/* How it is, and what is to be done. */
static void add_state(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_entry_view *view)
{
	struct kvk_blob text = { 0 };
	char day[KVK_WHEN_SIZE];

	if (view->state == KVK_VIEW_REQUESTED)
		KVK_PAGE_TRY(page,
			kvk_blob_append_format(
				&text, _("requested on %s"), kvk_when_day(view->since, day)));
	else
		KVK_PAGE_TRY(page, kvk_entries_fact(view, &text));
	kvk_rows_add(page, rows, _("state"), kvk_blob_str(&text));
	kvk_blob_clear(&text);
	KVK_PAGE_TRY(page, kvk_entries_action(view, &text));
	kvk_rows_add(page, rows, _("next step"), kvk_blob_str(&text));
	if (view->start_by != 0 && view->action != KVK_ACTION_NONE)
		kvk_rows_add(
			page, rows, _("start the renewal by"), kvk_when_day(view->start_by, day));
	kvk_blob_free(&text);
}

/* Whose it is, and by which numbers. */
static void add_holder(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_report_life *life)
{
	const struct kvk_holder *holder = &life->entry->certificate.holder;

	add_text(page, rows, _("host name"), holder->cn);
	add_text(page, rows, _("organisation"), life->organisation);
	add_text(page, rows, _("KVK number"), life->kvk);
	add_text(page, rows, _("OIN"), life->oin);
	if (life->oin == NULL)
		add_text(page, rows, _("number (20 digits)"), holder->number);
	add_text(page, rows, _("TSP"), life->tsp);
}

/* The certificate and the key. */
static void add_certificate(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_report_life *life)
{
	const struct kvk_entry_certificate *certificate = &life->entry->certificate;

	if (certificate->present) {
		add_text(page, rows, _("serial number"), certificate->serial);
		add_hex(page, rows, _("fingerprint (SHA-256)"), certificate->sha256);
	}
	add_hex(page, rows, _("fingerprint of the public key"), life->spki_sha256);
}

static void add_files(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_report_life *life)
{
	const struct kvk_entry_view *view = life->view;
	size_t shown = 0;

	if (!life->entry->dossier)
		kvk_rows_add_path(page, rows, shown++ == 0 ? _("files") : "", view->path);
	for (size_t i = 0; i < view->place_count; i++)
		kvk_rows_add_path(page, rows, shown++ == 0 ? _("files") : "", view->places[i]);
	for (size_t i = 0; i < life->files->count; i++)
		kvk_rows_add_path(page, rows, shown++ == 0 ? _("files") : "",
			*(char *const *)kvk_vec_at(life->files, i));
}

enum kvk_err kvk_report_life_text(
	const struct kvk_report_life *life, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_rows rows = { .rows = { 0 } };

	add_state(&page, &rows, life->view);
	add_holder(&page, &rows, life);
	add_certificate(&page, &rows, life);
	add_files(&page, &rows, life);
	kvk_rows_write(&page, &rows, 0);
	if (life->events->count > 0)
		kvk_page_append_text(&page, "\n");
	if (life->earlier > 0)
		kvk_page_append(&page,
			kvk_ngettext("(%zu earlier event is not listed.)\n",
				"(%zu earlier events are not listed.)\n", life->earlier),
			life->earlier);
	for (size_t i = 0; i < life->events->count; i++)
		append_event(&page, kvk_vec_at(life->events, i));
	return page.err;
}

static json_t *event_json(const struct kvk_event *event)
{
	json_t *object = json_object();

	kvk_json_set(&object, "at", kvk_json_time(event->at));
	kvk_json_set(&object, "what", kvk_json_text(kvk_span_of(event->what)));
	kvk_json_set(&object, "detail", kvk_json_text(kvk_span_of(event->detail)));
	kvk_json_set(&object, "command", kvk_json_text(kvk_span_of(event->command)));
	kvk_json_set(&object, "user", kvk_json_text(kvk_span_of(event->user)));
	return object;
}

/* What is known beside the stage and the history. */
static void set_facts(
	json_t **object, const struct kvk_report_life *life, const struct kvk_entry_view *view)
{
	const struct kvk_entry_certificate *certificate = &life->entry->certificate;
	const bool has = view->has_certificate;

	kvk_json_set(object, "state", json_string(kvk_view_state_word(view->state)));
	kvk_json_set(object, "action", json_string(kvk_view_action_word(view->action)));
	kvk_json_set(object, "ends", has ? kvk_json_time(view->ends) : json_null());
	kvk_json_set(object, "days_left", has ? json_integer(view->days_left) : json_null());
	kvk_json_set(object, "start_by",
		view->start_by != 0 ? kvk_json_time(view->start_by) : json_null());
	kvk_json_set(object, "organisation", kvk_json_string(life->organisation));
	kvk_json_set(object, "kvk", kvk_json_string(life->kvk));
	kvk_json_set(object, "oin", kvk_json_string(life->oin));
	kvk_json_set(object, "tsp", kvk_json_string(life->tsp));
	kvk_json_set(object, "serial",
		certificate->present ? json_string(certificate->serial) : json_null());
	kvk_json_set(object, "sha256",
		certificate->present ? kvk_json_sha256(certificate->sha256) : json_null());
	kvk_json_set(object, "key_sha256",
		life->spki_sha256 != NULL ? kvk_json_sha256(life->spki_sha256) : json_null());
}

enum kvk_err kvk_report_life_json(const struct kvk_report_life *life, struct kvk_blob *out)
{
	const struct kvk_entry *entry = life->entry;
	const struct kvk_entry_view *view = life->view;
	json_t *object = json_object(), *events = json_array(), *files = json_array();

	for (size_t i = 0; i < life->files->count; i++)
		kvk_json_append(&files,
			kvk_json_text(kvk_span_of(*(char *const *)kvk_vec_at(life->files, i))));
	for (size_t i = 0; i < life->events->count; i++)
		kvk_json_append(&events, event_json(kvk_vec_at(life->events, i)));
	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", json_string(entry->name));
	kvk_json_set(&object, "stage", json_string(kvk_entry_stage_word(entry->stage)));
	kvk_json_set(&object, "path", kvk_json_text(kvk_span_of(entry->path)));
	kvk_json_set(&object, "renewal", json_boolean(life->renewal));
	kvk_json_set(&object, "switch_at",
		entry->switch_at != 0 ? kvk_json_time(entry->switch_at) : json_null());
	kvk_json_set(&object, "deployed", json_boolean(!entry->deploy));
	set_facts(&object, life, view);
	kvk_json_set(&object, "files", files);
	kvk_json_set(&object, "history", events);
	return kvk_json_write(object, true, out);
}
