/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/settings.h"

#include "base/escape.h"
#include "report/json.h"

static enum kvk_err append_line(const struct kvk_setting_view *view, struct kvk_blob *out)
{
	enum kvk_err err = kvk_blob_format(out, "%-20s ", view->name);

	if (err == KVK_OK)
		err = view->value.n > 0 ? kvk_escape(out, kvk_span_of_blob(&view->value)) :
					  kvk_blob_text(out, _("(not set)"));
	if (err == KVK_OK)
		err = kvk_blob_text(out, "  # ");
	if (err == KVK_OK)
		err = view->file != NULL ? kvk_escape(out, kvk_span_of(view->file)) :
					   kvk_blob_text(out, _("default"));
	return err == KVK_OK ? kvk_blob_format(out, "; %s\n", view->summary) : err;
}

enum kvk_err kvk_report_settings(const struct kvk_vec *views, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < views->count; i++)
		err = append_line(kvk_vec_at(views, i), out);
	return err;
}

static json_t *setting_json(const struct kvk_setting_view *view)
{
	return json_pack("{s:s, s:o, s:o}", "name", view->name, "value",
		view->value.n > 0 ? kvk_json_text(kvk_span_of_blob(&view->value)) : json_null(),
		"file", view->file != NULL ? kvk_json_text(kvk_span_of(view->file)) : json_null());
}

enum kvk_err kvk_report_settings_json(const struct kvk_vec *views, struct kvk_blob *out)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < views->count; i++) {
		if (json_array_append_new(list, setting_json(kvk_vec_at(views, i))) != 0) {
			json_decref(list);
			return KVK_ERR_MEMORY;
		}
	}
	return kvk_json_write(json_pack("{s:i, s:o}", "schema", 1, "settings", list), true, out);
}

void kvk_setting_views_free(struct kvk_vec *views)
{
	for (size_t i = 0; i < views->count; i++) {
		struct kvk_setting_view *view = kvk_vec_at(views, i);

		kvk_blob_free(&view->value);
	}
	kvk_vec_free(views);
}
