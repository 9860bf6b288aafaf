/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/uploaded.h"

#include "base/when.h"

#include "report/json.h"

/* What is new in the inventory, or that nothing is. */
static void append_recorded(struct kvk_page *page, const struct kvk_report_uploaded *uploaded)
{
	const struct kvk_entry *entry = uploaded->entry;
	char date[KVK_WHEN_SIZE];

	kvk_when_day(entry->since, date);
	if (uploaded->again && !entry->deploy && !uploaded->had)
		kvk_page_append_sentence(page,
			_("recorded: your server uses the certificate of '%s', which was uploaded "
			  "on %s"),
			entry->name, date);
	else if (uploaded->again)
		kvk_page_append_sentence(
			page, _("'%s' is already recorded as uploaded on %s"), entry->name, date);
	else if (!entry->deploy)
		kvk_page_append_sentence(page,
			_("recorded: '%s' was uploaded on %s, and your server uses the "
			  "certificate"),
			entry->name, date);
	else
		kvk_page_append_sentence(
			page, _("recorded: '%s' was uploaded on %s"), entry->name, date);
}

enum kvk_err kvk_report_uploaded_text(const struct kvk_report_uploaded *uploaded,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	const struct kvk_entry *entry = uploaded->entry;
	struct kvk_page page = { .out = out, .paper = *paper };

	append_recorded(&page, uploaded);
	if (uploaded->promoted)
		kvk_page_append_sentence(&page,
			_("The new key and certificate are now those of the dossier; the former "
			  "ones are in its folder 'archive'."));
	if (entry->deploy)
		kvk_page_append_sentence(&page,
			_("When your server uses the certificate, run 'kvkcsr uploaded %s "
			  "--deployed'."),
			entry->name);
	KVK_PAGE_TRY(&page, kvk_report_silenced_text(uploaded->silenced, paper, out));
	return page.err;
}

enum kvk_err kvk_report_uploaded_json(
	const struct kvk_report_uploaded *uploaded, struct kvk_blob *out)
{
	const struct kvk_entry *entry = uploaded->entry;
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", json_string(entry->name));
	kvk_json_set(&object, "uploaded_at", kvk_json_time(entry->since));
	kvk_json_set(&object, "sha256", kvk_json_sha256(entry->certificate.sha256));
	kvk_json_set(&object, "renewed", json_boolean(uploaded->promoted));
	kvk_json_set(&object, "deployed", json_boolean(!entry->deploy));
	kvk_json_set(&object, "replaced", kvk_report_silenced_json(uploaded->silenced));
	return kvk_json_write(object, true, out);
}
