/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/tracked.h"

#include "base/escape.h"
#include "report/json.h"

enum kvk_err kvk_report_tracked_line(const struct kvk_tracked *tracked, struct kvk_blob *out)
{
	char until[KVK_TIME_TEXT_SIZE];
	enum kvk_err err;

	KVK_TRY(kvk_blob_format(out, _("tracking '%s' (until %s): "), tracked->name,
		kvk_date_text(tracked->not_after, until)));
	KVK_TRY(kvk_escape(out, kvk_span_of(tracked->path)));
	err = kvk_blob_byte(out, '\n');
out:
	return err;
}

enum kvk_err kvk_report_tracked_already(const char *name, struct kvk_blob *out)
{
	return kvk_blob_format(
		out, _("it is tracked already, as '%s'; the entry is up to date\n"), name);
}

enum kvk_err kvk_report_tracked_counts(
	const struct kvk_tracked_counts *counts, struct kvk_blob *out)
{
	return kvk_blob_format(out,
		_("new: %zu, known already: %zu, files without a certificate: %zu\n"),
		counts->recorded, counts->known, counts->passed_over);
}

enum kvk_err kvk_report_tracked_item(const struct kvk_tracked *tracked, struct kvk_blob *list)
{
	json_t *object = json_object();

	kvk_json_set(&object, "name", json_string(tracked->name));
	kvk_json_set(&object, "not_after", kvk_json_time(tracked->not_after));
	kvk_json_set(&object, "path", kvk_json_text(kvk_span_of(tracked->path)));
	return kvk_json_write_item(object, list->n == 0, list);
}

enum kvk_err kvk_report_tracked_json(
	const struct kvk_blob *list, const struct kvk_tracked_counts *counts, struct kvk_blob *out)
{
	return kvk_blob_format(out,
		"{\n  \"schema\": 1,\n  \"recorded\": [%s\n  ],\n  \"known\": %zu,\n"
		"  \"passed_over\": %zu,\n  \"unreadable\": %zu\n}\n",
		kvk_blob_str(list), counts->known, counts->passed_over, counts->unreadable);
}
