/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/untracked.h"

#include "base/escape.h"
#include "report/json.h"
#include "report/page.h"

static void append_folder(struct kvk_page *page, const struct kvk_report_untracked *untracked)
{
	const unsigned long n = (unsigned long)untracked->below;
	struct kvk_blob safe = { 0 };

	KVK_PAGE_TRY(page, kvk_escape(&safe, kvk_span_of(untracked->name)));
	kvk_page_append_sentence(page,
		kvk_ngettext("'%s' is no longer searched; %lu entry was removed",
			"'%s' is no longer searched; %lu entries were removed", n),
		kvk_blob_str(&safe), n);
	kvk_blob_free(&safe);
}

enum kvk_err kvk_report_untracked_text(const struct kvk_report_untracked *untracked,
	const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_blob safe = { 0 };

	if (untracked->folder != NULL) {
		KVK_PAGE_TRY(&page, kvk_escape(&safe, kvk_span_of(untracked->folder)));
		kvk_page_append_sentence(&page,
			untracked->next ? _("the new key and request were moved to '%s'") :
					  _("the dossier was moved to '%s'"),
			kvk_blob_str(&safe));
	}
	if (untracked->next)
		kvk_page_append_sentence(&page,
			_("the renewal of '%s' was given up; the certificate in use stays tracked"),
			untracked->name);
	else if (untracked->is_folder)
		append_folder(&page, untracked);
	else
		kvk_page_append_sentence(&page, _("'%s' is no longer tracked"), untracked->name);
	kvk_blob_free(&safe);
	return page.err;
}

static json_t *untracked_json(const struct kvk_report_untracked *untracked)
{
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", kvk_json_text(kvk_span_of(untracked->name)));
	kvk_json_set(&object, "archived",
		untracked->folder != NULL ? kvk_json_text(kvk_span_of(untracked->folder)) :
					    json_null());
	return object;
}

enum kvk_err kvk_report_untracked_json(
	const struct kvk_report_untracked *untracked, struct kvk_blob *out)
{
	return kvk_json_write(untracked_json(untracked), true, out);
}

enum kvk_err kvk_report_untracked_line(
	const struct kvk_report_untracked *untracked, struct kvk_blob *out)
{
	json_t *object = untracked_json(untracked);

	kvk_json_set(&object, "error",
		untracked->error != NULL ? kvk_json_text(kvk_span_of(untracked->error)) :
					   json_null());
	return kvk_json_write(object, false, out);
}
