/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/entries.h"

#include "report/json.h"

static json_t *action_json(const struct kvk_entry_view *view)
{
	static const char *const words[] = { "none", "wait", "ask-tsp", "check-delivery", "upload",
		"renew", "replace", "find-file" };

	return json_string(words[view->action]);
}

static json_t *entry_json(const struct kvk_entry_view *view)
{
	bool has = view->has_certificate;
	const struct kvk_span sha256 = { view->sha256, KVK_SHA256_SIZE };

	/* "o" takes a value over, and the whole fails where one is NULL. */
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:s, s:o, s:b}", "name",
		view->name, "state", kvk_view_state_word(view->state), "not_after",
		has ? kvk_json_time(view->not_after) : json_null(), "days_left",
		has ? json_integer(view->days_left) : json_null(), "sha256",
		has ? kvk_json_hex(sha256) : json_null(), "threshold",
		view->threshold[0] != '\0' ? json_string(view->threshold) : json_null(), "notified",
		view->notified ? json_pack("[s]", "stdout") : json_array(), "revocation",
		"not-checked", "action", action_json(view), "stage",
		kvk_entry_stage_word(view->stage), "path", kvk_json_text(kvk_span_of(view->path)),
		"replaced", view->replacement != NULL);
}

enum kvk_err kvk_report_entries_json(
	const struct kvk_views *views, kvk_time at, struct kvk_blob *out)
{
	char now[KVK_TIME_TEXT_SIZE];
	enum kvk_err err = kvk_blob_format(
		out, "{\n  \"schema\": 1,\n  \"at\": \"%s\",\n", kvk_time_text(at, now));

	if (err == KVK_OK)
		err = kvk_blob_text(out, "  \"entries\": [");
	for (size_t i = 0; err == KVK_OK && i < views->list.count; i++)
		err = kvk_json_item(entry_json(kvk_view_at(views, i)), i == 0, out);
	return err == KVK_OK ? kvk_blob_text(out, "\n  ]\n}\n") : err;
}
