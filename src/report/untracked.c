/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/untracked.h"

#include "base/escape.h"
#include "report/json.h"
#include "report/page.h"

enum kvk_err kvk_report_untracked_text(
	const char *name, const char *folder, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_blob safe = { 0 };

	if (folder != NULL) {
		KVK_PAGE_TRY(&page, kvk_escape(&safe, kvk_span_of(folder)));
		kvk_page_append_sentence(
			&page, _("the dossier was moved to '%s'"), kvk_blob_str(&safe));
	}
	kvk_page_append_sentence(&page, _("'%s' is no longer tracked"), name);
	kvk_blob_free(&safe);
	return page.err;
}

enum kvk_err kvk_report_untracked_json(const char *name, const char *folder, struct kvk_blob *out)
{
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", json_string(name));
	kvk_json_set(&object, "archived",
		folder != NULL ? kvk_json_text(kvk_span_of(folder)) : json_null());
	return kvk_json_write(object, true, out);
}
