/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/setting_views.h"

#include "report/json.h"
#include "report/page.h"

static void append_line(struct kvk_page *page, const struct kvk_setting_view *view)
{
	kvk_page_append(page, "%-20s ", view->name);
	if (view->value.n > 0)
		kvk_page_append_escaped(page, kvk_span_of_blob(&view->value));
	else
		kvk_page_append_text(page, _("(not set)"));
	kvk_page_append_text(page, "  # ");
	if (view->file != NULL)
		kvk_page_append_escaped(page, kvk_span_of(view->file));
	else
		kvk_page_append_text(page, _("default"));
	kvk_page_append(page, "; %s\n", view->summary);
}

enum kvk_err kvk_setting_views_text(const struct kvk_vec *views, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out };

	for (size_t i = 0; i < views->count; i++)
		append_line(&page, kvk_vec_at(views, i));
	return page.err;
}

static json_t *setting_json(const struct kvk_setting_view *view)
{
	json_t *object = json_object();

	kvk_json_set(&object, "name", json_string(view->name));
	kvk_json_set(&object, "value",
		view->value.n > 0 ? kvk_json_text(kvk_span_of_blob(&view->value)) : json_null());
	kvk_json_set(&object, "file",
		view->file != NULL ? kvk_json_text(kvk_span_of(view->file)) : json_null());
	return object;
}

enum kvk_err kvk_setting_views_json(const struct kvk_vec *views, struct kvk_blob *out)
{
	json_t *document = json_object(), *list = json_array();

	for (size_t i = 0; i < views->count; i++)
		kvk_json_append(&list, setting_json(kvk_vec_at(views, i)));
	kvk_json_set(&document, "schema", json_integer(1));
	kvk_json_set(&document, "settings", list);
	return kvk_json_write(document, true, out);
}

void kvk_setting_views_free(struct kvk_vec *views)
{
	for (size_t i = 0; i < views->count; i++) {
		struct kvk_setting_view *view = kvk_vec_at(views, i);

		kvk_blob_free(&view->value);
	}
	kvk_vec_free(views);
}
