/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/adopted.h"

#include "base/when.h"
#include "report/json.h"

static void append_certificate(struct kvk_page *page, const struct kvk_entry *entry)
{
	char day[KVK_WHEN_SIZE];

	kvk_when_day(entry->certificate.not_after, day);
	if (entry->stage == KVK_STAGE_UPLOADED)
		kvk_page_append_sentence(page,
			_("adopted '%s', which was uploaded and expires on %s"), entry->name, day);
	else
		kvk_page_append_sentence(page,
			_("adopted '%s', which expires on %s; if it was uploaded to the portal, "
			  "run 'kvkcsr uploaded %s'"),
			entry->name, day, entry->name);
}

enum kvk_err kvk_report_adopted_text(const struct kvk_report_adopted *adopted,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	const struct kvk_entry *entry = adopted->entry;

	if (adopted->known && !adopted->renewal)
		kvk_page_append_sentence(
			&page, _("'%s' already has an entry; nothing to do"), entry->name);
	else if (!adopted->known && entry->certificate.present)
		append_certificate(&page, entry);
	else if (!adopted->known)
		kvk_page_append_sentence(&page,
			_("adopted '%s', which waits for its certificate; when it arrives, run "
			  "'kvkcsr accept %s FILE'"),
			entry->name, entry->name);
	if (adopted->renewal)
		kvk_page_append_sentence(
			&page, _("adopted the renewal of '%s' that is under way"), entry->name);
	return page.err;
}

enum kvk_err kvk_report_adopted_begin(struct kvk_blob *out)
{
	return kvk_blob_append_text(out, "{\n  \"schema\": 1,\n  \"adopted\": [");
}

enum kvk_err kvk_report_adopted_item(
	const struct kvk_report_adopted *adopted, bool first, struct kvk_blob *out)
{
	const struct kvk_entry *entry = adopted->entry;
	json_t *object = json_object();

	kvk_json_set(&object, "name", json_string(entry->name));
	kvk_json_set(&object, "known", json_boolean(adopted->known));
	kvk_json_set(&object, "stage", json_string(kvk_entry_stage_word(entry->stage)));
	kvk_json_set(&object, "not_after",
		entry->certificate.present ? kvk_json_time(entry->certificate.not_after) :
					     json_null());
	kvk_json_set(&object, "renewal", json_boolean(adopted->renewal));
	return kvk_json_write_item(object, first, out);
}

enum kvk_err kvk_report_adopted_end(struct kvk_blob *out)
{
	return kvk_blob_append_text(out, "\n  ]\n}\n");
}
