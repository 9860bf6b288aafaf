/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/entries.h: entries as JSON. */
#include "config.h"

#include "report/entries.h"

#include "base/format.h"
#include "report/json.h"

/* The names of the channels whose bits are set. */
static json_t *channels_json(const struct kvk_views *views, unsigned bits)
{
	json_t *list = json_array();

	for (size_t i = 0; views->channels != NULL && views->channels[i] != NULL; i++)
		if ((bits >> i & 1) != 0)
			kvk_json_append(&list, json_string(views->channels[i]));
	return list;
}

static json_t *notified_json(const struct kvk_views *views, const struct kvk_entry_view *view)
{
	json_t *list;

	if (views->channels != NULL)
		return channels_json(views, view->taken);
	list = json_array();
	if (view->notified || view->key_news || view->undetermined_news)
		kvk_json_append(&list, json_string("stdout"));
	return list;
}

static json_t *ends_by_json(const struct kvk_entry_view *view)
{
	return view->ends_by != NULL ? kvk_json_text(kvk_span_of(view->ends_by)) :
				       json_string("leaf");
}

/* The private key that everybody can read. */
static json_t *key_json(const struct kvk_entry_view *view)
{
	char mode[8];
	json_t *o;

	if (view->key_path == NULL)
		return json_null();
	KVK_FORMAT(mode, "%04o", view->key_mode);
	o = json_object();
	kvk_json_set(&o, "path", kvk_json_text(kvk_span_of(view->key_path)));
	kvk_json_set(&o, "mode", json_string(mode));
	return o;
}

/* The last delivery, unless it was found to be good. */
static json_t *delivery_json(const struct kvk_entry_view *view)
{
	const bool received = view->has_certificate && view->stage == KVK_STAGE_RECEIVED;
	enum kvk_entry_delivery result = view->delivery;
	json_t *o;

	if (result == KVK_DELIVERY_NONE && !received)
		return json_null();
	if (result == KVK_DELIVERY_NONE)
		result = KVK_DELIVERY_UNDETERMINED;
	o = json_object();
	kvk_json_set(&o, "result", json_string(kvk_entry_delivery_word(result)));
	kvk_json_set(&o, "at",
		kvk_json_time(result == view->delivery ? view->delivery_at : view->since));
	return o;
}

/* All files with its certificate, as far as they are shown. */
static json_t *places_json(const struct kvk_entry_view *view)
{
	json_t *list = json_array();

	kvk_json_append(&list, kvk_json_text(kvk_span_of(view->path)));
	for (size_t i = 0; i < view->place_count; i++)
		kvk_json_append(&list, kvk_json_text(kvk_span_of(view->places[i])));
	return list;
}

/* What is known of its revocation, and of what is not known, why and since when. */
static void set_revocation(json_t **o, const struct kvk_entry_view *view)
{
	const struct kvk_entry_revocation *details = view->details;
	const bool unknown = view->revocation == KVK_STATUS_UNKNOWN;

	kvk_json_set(o, "revocation", json_string(kvk_entry_status_word(view->revocation)));
	kvk_json_set(
		o, "revocation_asked", view->asked != 0 ? kvk_json_time(view->asked) : json_null());
	kvk_json_set(o, "revocation_since",
		details != NULL ? kvk_json_time(details->since) : json_null());
	kvk_json_set(o, "revocation_why", kvk_json_string(unknown ? details->why : NULL));
}

static json_t *entry_json(const struct kvk_views *views, const struct kvk_entry_view *view)
{
	const bool has = view->has_certificate;
	json_t *o = json_object();

	kvk_json_set(&o, "name", json_string(view->name));
	kvk_json_set(&o, "state", json_string(kvk_view_state_word(view->state)));
	kvk_json_set(&o, "not_after", has ? kvk_json_time(view->not_after) : json_null());
	kvk_json_set(&o, "ends", has ? kvk_json_time(view->ends) : json_null());
	kvk_json_set(&o, "ends_by", !has ? json_null() : ends_by_json(view));
	kvk_json_set(&o, "days_left", has ? json_integer(view->days_left) : json_null());
	kvk_json_set(&o, "sha256", has ? kvk_json_sha256(view->sha256) : json_null());
	kvk_json_set(&o, "threshold",
		kvk_json_string(view->threshold[0] != '\0' ? view->threshold : NULL));
	kvk_json_set(&o, "notified", notified_json(views, view));
	kvk_json_set(&o, "failed", channels_json(views, view->failed));
	set_revocation(&o, view);
	kvk_json_set(&o, "action", json_string(kvk_view_action_word(view->action)));
	kvk_json_set(
		&o, "start_by", view->start_by != 0 ? kvk_json_time(view->start_by) : json_null());
	kvk_json_set(&o, "switch_at",
		view->switch_at != 0 ? kvk_json_time(view->switch_at) : json_null());
	kvk_json_set(&o, "stage", json_string(kvk_entry_stage_word(view->stage)));
	kvk_json_set(&o, "path", kvk_json_text(kvk_span_of(view->path)));
	kvk_json_set(&o, "places", places_json(view));
	kvk_json_set(&o, "found", json_boolean(view->found != KVK_FOUND_ASKED));
	kvk_json_set(&o, "key", key_json(view));
	kvk_json_set(&o, "delivery", delivery_json(view));
	kvk_json_set(&o, "replaced_by", kvk_json_string(view->replaced_by));
	kvk_json_set(
		&o, "changed", json_boolean(view->change != NULL && view->change->certificate));
	return o;
}

enum kvk_err kvk_entries_json(const struct kvk_views *views, kvk_time at, struct kvk_blob *out)
{
	char now[KVK_TIME_TEXT_SIZE];
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(out,
		"{\n  \"schema\": 1,\n  \"at\": \"%s\",\n  \"entries\": [",
		kvk_time_text(at, now)));
	for (size_t i = 0; i < views->list.count; i++)
		KVK_TRY(kvk_json_write_item(entry_json(views, kvk_view_at(views, i)), i == 0, out));
	err = kvk_blob_append_text(out, "\n  ]\n}\n");
out:
	return err;
}
