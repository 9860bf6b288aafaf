/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/setting_views.h"

#include <string.h>

#include "base/escape.h"
#include "base/wrap.h"
#include "report/json.h"

/* Columns by which each group is indented. */
#define STEP 2u
/* Blanks between a setting and where it comes from. */
#define GAP 2u

/* How many groups a setting is in: its name has a dot after each. */
static unsigned depth_of(const char *name)
{
	unsigned depth = 0;

	for (; *name != '\0'; name++)
		depth += *name == '.';
	return depth;
}

/* How many of these two settings have in common. */
static unsigned common_depth(const char *a, const char *b)
{
	unsigned depth = 0;

	for (; *a != '\0' && *a == *b; a++, b++)
		depth += *a == '.';
	return depth;
}

static void close_groups(struct kvk_page *page, unsigned from, unsigned to)
{
	for (unsigned depth = from; depth > to; depth--) {
		kvk_page_append_blanks(page, (depth - 1) * STEP);
		kvk_page_append_text(page, "};\n");
	}
}

/* Begins the groups of a setting, of which so many are open. */
static void open_groups(struct kvk_page *page, const char *name, unsigned open)
{
	const char *dot;

	for (unsigned depth = 0; (dot = strchr(name, '.')) != NULL; depth++, name = dot + 1) {
		if (depth < open)
			continue;
		kvk_page_append_text(page, depth == 0 && page->out->n > 0 ? "\n" : "");
		kvk_page_append_blanks(page, depth * STEP);
		kvk_page_append(page, "%.*s: {\n", (int)(dot - name), name);
	}
}

/* A text as a comment, each line with its '#'. */
static void add_comment(struct kvk_page *page, unsigned margin, const char *text)
{
	const unsigned width = kvk_page_width(page), taken = margin + 2;
	const struct kvk_wrap lines = { 0, 0, width > taken ? width - taken : 1 };
	struct kvk_blob wrapped = { 0 };

	KVK_PAGE_TRY(page, kvk_wrap(&wrapped, &lines, text));
	for (const char *line = kvk_blob_str(&wrapped); *line != '\0';) {
		const size_t n = strcspn(line, "\n");

		kvk_page_append_blanks(page, margin);
		kvk_page_append(page, "# %.*s\n", (int)n, line);
		line += n + (line[n] == '\n');
	}
	kvk_blob_free(&wrapped);
}

/* Where a setting comes from. */
static void append_origin(
	struct kvk_page *page, const struct kvk_setting_view *view, struct kvk_blob *out)
{
	struct kvk_blob file = { 0 };

	if (view->file != NULL)
		KVK_PAGE_TRY(page, kvk_escape(&file, kvk_span_of(view->file)));
	if (view->file != NULL && view->hidden)
		KVK_PAGE_TRY(page,
			kvk_blob_append_format(
				out, _("set in '%s', not shown"), kvk_blob_str(&file)));
	else if (view->file != NULL)
		KVK_PAGE_TRY(page, kvk_blob_append(out, kvk_span_of_blob(&file)));
	else
		KVK_PAGE_TRY(page,
			kvk_blob_append_text(out, view->value.n > 0 ? _("default") : _("not set")));
	kvk_blob_free(&file);
}

/* The setting, and where it comes from beside it, or above it where there is no room. */
static void add_setting(struct kvk_page *page, const struct kvk_setting_view *view)
{
	const unsigned margin = depth_of(view->name) * STEP;
	struct kvk_blob line = { 0 }, origin = { 0 };
	bool beside;

	if (view->comment)
		KVK_PAGE_TRY(page, kvk_blob_append_text(&line, "#"));
	KVK_PAGE_TRY(page, kvk_blob_append(&line, kvk_span_of_blob(&view->line)));
	append_origin(page, view, &origin);
	beside = margin + kvk_wrap_columns(kvk_span_of_blob(&line)) + GAP + 2 +
			kvk_wrap_columns(kvk_span_of_blob(&origin)) <=
		kvk_page_width(page);
	if (!beside)
		add_comment(page, margin, kvk_blob_str(&origin));
	kvk_page_append_blanks(page, margin);
	kvk_page_append_text(page, kvk_blob_str(&line));
	if (beside)
		kvk_page_append(page, "%*s# %s", (int)GAP, "", kvk_blob_str(&origin));
	kvk_page_append_text(page, "\n");
	kvk_blob_free(&line);
	kvk_blob_free(&origin);
}

/* What a rule on addresses is called in JSON, and what it says to a person. */
static const struct {
	const char *id, *text;
} rules[] = {
	[KVK_NET_RULE_PUBLIC] = { "public",
		N_("Addresses in certificates are used only with http on port 80, and only if the "
		   "server has a public IP address.") },
	[KVK_NET_RULE_NAME] = { "name",
		N_("Addresses in certificates are used only with http on port 80. "
		   "Behind the proxy, the IP address of the server cannot be checked. Therefore "
		   "its name must have a dot, must not be an IP address, and must not end in "
		   ".local, .internal or .localhost. Servers that are reached without the proxy "
		   "must have a public IP address.") },
	[KVK_NET_RULE_ANY] = { "any",
		N_("Addresses in certificates are used with http on any port and any IP address, "
		   "because net.allow_private is true.") },
};

/* A line about a file, as a comment; never broken, because paths are there to be copied. */
static void append_file(struct kvk_page *page, bool read, const char *path)
{
	struct kvk_blob safe = { 0 };

	KVK_PAGE_TRY(page, kvk_escape(&safe, kvk_span_of(path)));
	kvk_page_append(
		page, read ? _("# read: %s\n") : _("# not found: %s\n"), kvk_blob_str(&safe));
	kvk_blob_free(&safe);
}

/* Which files there are, so that somebody who has none knows where to begin. */
static void append_files(struct kvk_page *page, const struct kvk_setting_files *files)
{
	for (size_t i = 0; i < files->read_count; i++)
		append_file(page, true, files->read[i]);
	for (size_t i = 0; i < files->absent_count; i++)
		append_file(page, false, files->absent[i]);
	kvk_page_append_text(page, "\n");
}

enum kvk_err kvk_setting_views_text(const struct kvk_vec *views,
	const struct kvk_setting_files *files, enum kvk_net_rule rule,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	const char *before = "";

	append_files(&page, files);
	for (size_t i = 0; i < views->count; i++) {
		const struct kvk_setting_view *view = kvk_vec_at(views, i);
		const unsigned common = common_depth(before, view->name);

		close_groups(&page, depth_of(before), common);
		open_groups(&page, view->name, common);
		add_comment(&page, depth_of(view->name) * STEP, view->summary);
		add_setting(&page, view);
		before = view->name;
	}
	close_groups(&page, depth_of(before), 0);
	kvk_page_append_text(&page, "\n");
	add_comment(&page, 0, _(rules[rule].text));
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
		kvk_blob_free(&view->line);
	}
	kvk_vec_free(views);
}
