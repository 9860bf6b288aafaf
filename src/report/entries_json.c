/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/entries.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/text.h"

/* Paths may hold any octets; JSON may not. */
static json_t *text_json(const char *text)
{
	struct kvk_blob safe = { 0 };
	json_t *value = NULL;

	if (kvk_utf8_valid(kvk_span_of(text)))
		return json_string(text);
	if (kvk_escape(&safe, kvk_span_of(text)) == KVK_OK)
		value = json_string(kvk_blob_str(&safe));
	kvk_blob_free(&safe);
	return value;
}

static json_t *action_json(const struct kvk_entry_view *view)
{
	static const char *const words[] = { "none", "wait", "ask-tsp", "check-delivery", "upload",
		"renew", "replace", "find-file" };

	return json_string(words[view->action]);
}

static json_t *certificate_json(const struct kvk_entry_view *view, json_t *entry)
{
	char until[KVK_TIME_TEXT_SIZE];
	struct kvk_blob hex = { 0 };
	bool fine = view->certificate.present &&
		kvk_hex(&hex, (struct kvk_span){ view->certificate.sha256, KVK_SHA256_SIZE },
			'\0') == KVK_OK;
	json_t *days = fine ? json_integer(view->days_left) : json_null();

	fine = json_object_set_new(entry, "not_after",
		       fine ? json_string(kvk_time_text(view->certificate.not_after, until)) :
			      json_null()) == 0 &&
		json_object_set_new(entry, "days_left", days) == 0 &&
		json_object_set_new(entry, "sha256",
			hex.n > 0 ? json_string(kvk_blob_str(&hex)) : json_null()) == 0;
	kvk_blob_free(&hex);
	return fine ? entry : NULL;
}

static json_t *entry_json(const struct kvk_entry_view *view)
{
	json_t *entry = json_pack(
		"{s:s, s:s}", "name", view->name, "state", kvk_view_state_word(view->state));

	if (entry == NULL || certificate_json(view, entry) == NULL)
		goto fail;
	if (json_object_set_new(entry, "threshold",
		    view->threshold[0] != '\0' ? json_string(view->threshold) : json_null()) != 0 ||
		json_object_set_new(entry, "notified",
			view->notified ? json_pack("[s]", "stdout") : json_array()) != 0 ||
		json_object_set_new(entry, "revocation", json_string("not-checked")) != 0 ||
		json_object_set_new(entry, "action", action_json(view)) != 0 ||
		json_object_set_new(
			entry, "stage", json_string(kvk_entry_stage_word(view->stage))) != 0 ||
		json_object_set_new(entry, "path", text_json(view->path)) != 0 ||
		json_object_set_new(entry, "replaced", json_boolean(view->replaced)) != 0)
		goto fail;
	return entry;
fail:
	json_decref(entry);
	return NULL;
}

enum kvk_err kvk_report_entries_json(const struct kvk_vec *views, kvk_time at, struct kvk_blob *out)
{
	char now[KVK_TIME_TEXT_SIZE];
	json_t *list = json_array();
	json_t *root = NULL;
	char *text = NULL;
	enum kvk_err err = list != NULL ? KVK_OK : KVK_ERR_MEMORY;

	for (size_t i = 0; err == KVK_OK && i < views->count; i++)
		if (json_array_append_new(list, entry_json(kvk_vec_at(views, i))) != 0)
			err = KVK_ERR_MEMORY;
	if (err == KVK_OK)
		root = json_pack("{s:i, s:s, s:O}", "schema", 1, "at", kvk_time_text(at, now),
			"entries", list);
	text = root != NULL ? json_dumps(root, JSON_INDENT(2)) : NULL;
	err = text != NULL ? kvk_blob_text(out, text) : KVK_ERR_MEMORY;
	if (err == KVK_OK)
		err = kvk_blob_byte(out, '\n');
	free(text);
	json_decref(root);
	json_decref(list);
	return err;
}
