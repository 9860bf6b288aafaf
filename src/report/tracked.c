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
	char until[KVK_WHEN_SIZE], ca[512];
	struct kvk_blob path = { 0 };

	KVK_PAGE_TRY(&page, kvk_escape(&path, kvk_span_of(tracked->path)));
	kvk_when_day(tracked->ends, until);
	kvk_escape_to(ca, sizeof ca, kvk_span_of(tracked->ends_by));
	if (tracked->ca)
		kvk_page_append_sentence(&page,
			_("tracking the CA '%s', valid until %s, because '%s' contains only CA "
			  "certificates"),
			tracked->name, until, kvk_blob_str(&path));
	else if (tracked->ends < tracked->not_after)
		kvk_page_append_sentence(&page,
			_("tracking '%s', valid until %s, when the certificate of its CA '%s' "
			  "expires: '%s'"),
			tracked->name, until, ca, kvk_blob_str(&path));
	else
		kvk_page_append_sentence(&page, _("tracking '%s', valid until %s: '%s'"),
			tracked->name, until, kvk_blob_str(&path));
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

	kvk_page_append_sentence(&page, _("new: %zu, already tracked: %zu, further copies: %zu"),
		counts->recorded, counts->known, counts->copies);
	return page.err;
}

enum kvk_err kvk_report_tracked_item(const struct kvk_tracked *tracked, struct kvk_blob *list)
{
	json_t *object = json_object();

	kvk_json_set(&object, "name", json_string(tracked->name));
	kvk_json_set(&object, "not_after", kvk_json_time(tracked->not_after));
	kvk_json_set(&object, "path", kvk_json_text(kvk_span_of(tracked->path)));
	kvk_json_set(&object, "ca", json_boolean(tracked->ca));
	return kvk_json_write_item(object, list->n == 0, list);
}

static json_t *passed_json(const struct kvk_tracked_counts *counts, size_t *sum)
{
	json_t *object = json_object();

	*sum = 0;
	for (size_t i = 0; i < KVK_PASSED_COUNT; i++)
		*sum += counts->passed[i];
	kvk_report_passed_json(counts->passed, &object);
	return object;
}

enum kvk_err kvk_report_tracked_json(const struct kvk_blob *list,
	const struct kvk_tracked_counts *counts, const struct kvk_vec *silenced,
	struct kvk_blob *out)
{
	struct kvk_blob replaced = { 0 }, passed = { 0 };
	size_t sum;
	enum kvk_err err;

	KVK_TRY(kvk_json_write(kvk_report_silenced_json(silenced), false, &replaced));
	KVK_TRY(kvk_json_write(passed_json(counts, &sum), false, &passed));
	passed.n -= passed.n > 0;
	err = kvk_blob_append_format(out,
		"{\n  \"schema\": 1,\n  \"recorded\": [%s\n  ],\n  \"known\": %zu,\n"
		"  \"copies\": %zu,\n  \"passed_over\": %zu,\n  \"passed\": %.*s,\n"
		"  \"unreadable\": %zu,\n  \"replaced\": %s}\n",
		kvk_blob_str(list), counts->known, counts->copies, sum, (int)passed.n,
		kvk_blob_str(&passed), counts->unreadable, kvk_blob_str(&replaced));
out:
	kvk_blob_free(&passed);
	kvk_blob_free(&replaced);
	return err;
}
