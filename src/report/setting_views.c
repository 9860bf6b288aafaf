/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/setting_views.h"

#include <string.h>

#include "base/escape.h"
#include "base/wrap.h"
#include "report/json.h"
#include "report/rows.h"

/* Blanks behind a name, and between a value and what stands beside it. */
#define GAP 2u

/* Where the values begin: behind the longest name. */
static unsigned value_column(const struct kvk_vec *views)
{
	unsigned column = 0;

	for (size_t i = 0; i < views->count; i++) {
		const struct kvk_setting_view *view = kvk_vec_at(views, i);
		const unsigned end = (unsigned)strlen(view->name) + GAP;

		if (end > column)
			column = end;
	}
	return column;
}

/* The value, and the file that it comes from beside it, or below it where there is no room. */
static void add_value(struct kvk_page *page, struct kvk_rows *rows,
	const struct kvk_setting_view *view, unsigned room)
{
	struct kvk_blob value = { 0 }, origin = { 0 };

	if (view->value.n > 0)
		KVK_PAGE_TRY(page, kvk_escape(&value, kvk_span_of_blob(&view->value)));
	else
		KVK_PAGE_TRY(page, kvk_blob_append_text(&value, _("(not set)")));
	KVK_PAGE_TRY(page, kvk_blob_append_text(&origin, "# "));
	if (view->file != NULL)
		KVK_PAGE_TRY(page, kvk_escape(&origin, kvk_span_of(view->file)));
	else
		KVK_PAGE_TRY(page, kvk_blob_append_text(&origin, _("default")));
	if (kvk_wrap_columns(kvk_span_of_blob(&value)) + GAP +
			kvk_wrap_columns(kvk_span_of_blob(&origin)) <=
		room) {
		KVK_PAGE_TRY(page, kvk_blob_append_format(&value, "  %s", kvk_blob_str(&origin)));
		kvk_blob_clear(&origin);
	}
	kvk_rows_add_exact(page, rows, view->name, kvk_blob_str(&value));
	if (origin.n > 0)
		kvk_rows_add_exact(page, rows, "", kvk_blob_str(&origin));
	kvk_blob_free(&value);
	kvk_blob_free(&origin);
}

/* What a rule on addresses is called in JSON, and what it says to a person. */
static const struct {
	const char *id, *text;
} rules[] = {
	[KVK_NET_RULE_PUBLIC] = { "public",
		N_("Addresses that come from certificates are fetched only with http on port 80, "
		   "and only from servers with a public IP address.") },
	[KVK_NET_RULE_NAME] = { "name",
		N_("Addresses that come from certificates are fetched only with http on port 80. "
		   "Behind the proxy, the IP address of the server cannot be checked. Therefore "
		   "its name must have a dot, must not be an IP address, and must not end in "
		   ".local, .internal or .localhost. Servers that are reached without the proxy "
		   "must have a public IP address.") },
	[KVK_NET_RULE_ANY] = { "any",
		N_("Addresses that come from certificates are fetched with http on any port and "
		   "from any IP address, because net.allow_private is true.") },
};

enum kvk_err kvk_setting_views_text(const struct kvk_vec *views, enum kvk_net_rule rule,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	const unsigned column = value_column(views), width = kvk_page_width(&page);
	struct kvk_rows rows = { 0 };

	for (size_t i = 0; i < views->count; i++) {
		const struct kvk_setting_view *view = kvk_vec_at(views, i);

		add_value(&page, &rows, view, width > column ? width - column : 0);
		kvk_rows_add(&page, &rows, "", view->summary);
	}
	kvk_rows_write(&page, &rows, 0);
	kvk_page_append_text(&page, "\n");
	kvk_page_append_paragraph(&page, 0, _(rules[rule].text));
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

enum kvk_err kvk_setting_views_json(
	const struct kvk_vec *views, enum kvk_net_rule rule, struct kvk_blob *out)
{
	json_t *document = json_object(), *list = json_array();

	for (size_t i = 0; i < views->count; i++)
		kvk_json_append(&list, setting_json(kvk_vec_at(views, i)));
	kvk_json_set(&document, "schema", json_integer(1));
	kvk_json_set(&document, "settings", list);
	kvk_json_set(&document, "address_rule", json_string(rules[rule].id));
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
