/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/tracked.h"

#include "base/escape.h"
#include "base/when.h"
#include "report/json.h"

enum kvk_err kvk_report_tracked_line(
	const struct kvk_tracked *tracked, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	char until[KVK_WHEN_SIZE];
	struct kvk_blob path = { 0 };

	KVK_PAGE_TRY(&page, kvk_escape(&path, kvk_span_of(tracked->path)));
	kvk_page_append_sentence(&page, _("tracking '%s', valid until %s: '%s'"), tracked->name,
		kvk_when_day(tracked->not_after, until), kvk_blob_str(&path));
	kvk_blob_free(&path);
	return page.err;
}

enum kvk_err kvk_report_tracked_already(
	const char *name, bool keep, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };

	kvk_page_append_sentence(&page,
		keep ? _("already tracked as '%s'; no other entry replaces it any more") :
		       _("already tracked as '%s'; the entry is up to date"),
		name);
	return page.err;
}

enum kvk_err kvk_report_tracked_counts(const struct kvk_tracked_counts *counts,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };

	kvk_page_append_sentence(&page,
		_("new: %zu, already tracked: %zu, files without a certificate: %zu"),
		counts->recorded, counts->known, counts->passed_over);
	return page.err;
}

enum kvk_err kvk_report_tracked_item(const struct kvk_tracked *tracked, struct kvk_blob *list)
{
	json_t *object = json_object();

	kvk_json_set(&object, "name", json_string(tracked->name));
	kvk_json_set(&object, "not_after", kvk_json_time(tracked->not_after));
	kvk_json_set(&object, "path", kvk_json_text(kvk_span_of(tracked->path)));
	return kvk_json_write_item(object, list->n == 0, list);
}

enum kvk_err kvk_report_tracked_json(const struct kvk_blob *list,
	const struct kvk_tracked_counts *counts, const struct kvk_vec *silenced,
	struct kvk_blob *out)
{
	struct kvk_blob replaced = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_json_write(kvk_report_silenced_json(silenced), false, &replaced));
	err = kvk_blob_append_format(out,
		"{\n  \"schema\": 1,\n  \"recorded\": [%s\n  ],\n  \"known\": %zu,\n"
		"  \"passed_over\": %zu,\n  \"unreadable\": %zu,\n  \"replaced\": %s}\n",
		kvk_blob_str(list), counts->known, counts->passed_over, counts->unreadable,
		kvk_blob_str(&replaced));
out:
	kvk_blob_free(&replaced);
	return err;
}
