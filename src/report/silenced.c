/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/silenced.h"

#include "base/alloc.h"
#include "base/escape.h"
#include "report/json.h"

static void append_line(struct kvk_page *page, const struct kvk_silenced *silenced)
{
	struct kvk_blob path = { 0 };

	KVK_PAGE_TRY(page, kvk_escape_shell(&path, kvk_span_of(silenced->path)));
	kvk_page_append_sentence(page,
		_("'%s' is replaced by '%s': nothing more is reported about it; if it is still in "
		  "use, for example on another machine, run 'kvkcsr track --keep %s'"),
		silenced->name, silenced->by, kvk_blob_str(&path));
	kvk_blob_free(&path);
}

enum kvk_err kvk_report_silenced_text(
	const struct kvk_vec *silenced, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };

	for (size_t i = 0; i < silenced->count; i++)
		append_line(&page, kvk_vec_at(silenced, i));
	return page.err;
}

json_t *kvk_report_silenced_json(const struct kvk_vec *silenced)
{
	json_t *list = json_array();

	for (size_t i = 0; i < silenced->count; i++) {
		const struct kvk_silenced *item = kvk_vec_at(silenced, i);
		json_t *object = json_object();

		kvk_json_set(&object, "name", json_string(item->name));
		kvk_json_set(&object, "by", json_string(item->by));
		kvk_json_set(&object, "path", kvk_json_text(kvk_span_of(item->path)));
		kvk_json_append(&list, object);
	}
	return list;
}

void kvk_report_silenced_drop(struct kvk_vec *silenced, size_t from)
{
	for (size_t i = from; i < silenced->count; i++)
		kvk_free(((struct kvk_silenced *)kvk_vec_at(silenced, i))->path);
	if (silenced->count > from)
		silenced->count = from;
}

void kvk_report_silenced_free(struct kvk_vec *silenced)
{
	kvk_report_silenced_drop(silenced, 0);
	kvk_vec_free(silenced);
}
