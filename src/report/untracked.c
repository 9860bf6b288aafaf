/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/untracked.h"

#include "base/escape.h"
#include "report/json.h"

static enum kvk_err append_moved(const char *folder, struct kvk_blob *out)
{
	struct kvk_blob safe = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_escape(&safe, kvk_span_of(folder)));
	KVK_TRY(kvk_blob_format(out, _("the dossier was moved to '%s'\n"), kvk_blob_str(&safe)));
out:
	kvk_blob_free(&safe);
	return err;
}

enum kvk_err kvk_report_untracked_text(const char *name, const char *folder, struct kvk_blob *out)
{
	enum kvk_err err;

	if (folder != NULL)
		KVK_TRY(append_moved(folder, out));
	KVK_TRY(kvk_blob_format(out, _("'%s' is no longer watched\n"), name));
out:
	return err;
}

enum kvk_err kvk_report_untracked_json(const char *name, const char *folder, struct kvk_blob *out)
{
	return kvk_json_write(
		json_pack("{s:i, s:s, s:o}", "schema", 1, "name", name, "archived",
			folder != NULL ? kvk_json_text(kvk_span_of(folder)) : json_null()),
		true, out);
}
