/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/channel_lines.h"

#include "report/json.h"
#include "report/rows.h"

static void add_line(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_channel_line *line)
{
	char worked[KVK_TIME_TEXT_SIZE], failed[KVK_TIME_TEXT_SIZE];

	kvk_time_text(line->worked, worked);
	kvk_time_text(line->failed, failed);
	if (line->worked == 0 && line->failed == 0)
		kvk_rows_format(page, rows, line->name, _("%s; not used yet"), line->where);
	else if (line->worked == 0)
		kvk_rows_format(page, rows, line->name, _("%s; has never worked, failed %s"),
			line->where, failed);
	/* Equal: some recipients had it, and others did not. */
	else if (line->failed >= line->worked)
		kvk_rows_format(page, rows, line->name, _("%s; last worked %s, failed %s"),
			line->where, worked, failed);
	else
		kvk_rows_format(
			page, rows, line->name, _("%s; last worked %s"), line->where, worked);
}

/* What a configuration says that has a channel. */
static const char mail_example[] = "\n"
				   "    notify: {\n"
				   "        mail: {\n"
				   "            to = [ \"beheer@voorbeeld.nl\" ];\n"
				   "            from = \"kvkcsr@voorbeeld.nl\";\n"
				   "            smtp = \"smtp://mail.voorbeeld.nl:587\";\n"
				   "        };\n"
				   "    };\n";

enum kvk_err kvk_channel_lines_text(const struct kvk_channel_line *lines, size_t count,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_rows rows = { 0 };

	for (size_t i = 0; i < count; i++)
		add_line(&page, &rows, &lines[i]);
	if (count == 0)
		kvk_rows_add(&page, &rows, "stdout",
			_("standard output; no other channel is set in the configuration, whose "
			  "files 'kvkcsr config' names"));
	kvk_rows_write(&page, &rows, 0);
	if (count == 0) {
		kvk_page_append_text(&page, "\n");
		kvk_page_append_sentence(&page,
			_("To be notified by mail, put this into the configuration with addresses "
			  "of your own:"));
		kvk_page_append_text(&page, mail_example);
	}
	return page.err;
}

static json_t *time_json(kvk_time t)
{
	return t != 0 ? kvk_json_time(t) : json_null();
}

enum kvk_err kvk_channel_lines_json(
	const struct kvk_channel_line *lines, size_t count, struct kvk_blob *out)
{
	json_t *document = json_object(), *list = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *object = json_object();

		kvk_json_set(&object, "name", json_string(lines[i].name));
		kvk_json_set(&object, "where", kvk_json_string(lines[i].where));
		kvk_json_set(&object, "worked", time_json(lines[i].worked));
		kvk_json_set(&object, "failed", time_json(lines[i].failed));
		kvk_json_append(&list, object);
	}
	kvk_json_set(&document, "schema", json_integer(1));
	kvk_json_set(&document, "channels", list);
	return kvk_json_write(document, true, out);
}

enum kvk_err kvk_channel_sent_text(const struct kvk_channel_line *lines, size_t count,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_rows rows = { 0 };

	for (size_t i = 0; i < count; i++)
		if (lines[i].error == NULL)
			kvk_rows_format(
				&page, &rows, lines[i].name, _("delivered to %s"), lines[i].where);
	kvk_rows_write(&page, &rows, 0);
	return page.err;
}

enum kvk_err kvk_channel_sent_json(
	const struct kvk_channel_line *lines, size_t count, struct kvk_blob *out)
{
	json_t *document = json_object(), *list = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *object = json_object();

		kvk_json_set(&object, "name", json_string(lines[i].name));
		kvk_json_set(&object, "where", kvk_json_string(lines[i].where));
		kvk_json_set(&object, "delivered", json_boolean(lines[i].error == NULL));
		kvk_json_set(&object, "error", kvk_json_string(lines[i].error));
		kvk_json_append(&list, object);
	}
	kvk_json_set(&document, "schema", json_integer(1));
	kvk_json_set(&document, "channels", list);
	return kvk_json_write(document, true, out);
}
