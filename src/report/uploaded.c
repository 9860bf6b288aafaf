/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/uploaded.h"

#include "report/json.h"

enum kvk_err kvk_report_uploaded_text(const struct kvk_entry *entry, struct kvk_blob *out)
{
	char text[KVK_TIME_TEXT_SIZE];

	return kvk_blob_format(out, _("noted: '%s' was uploaded on %s\n"), entry->name,
		kvk_date_text(entry->since, text));
}

enum kvk_err kvk_report_uploaded_json(const struct kvk_entry *entry, struct kvk_blob *out)
{
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", json_string(entry->name));
	kvk_json_set(&object, "uploaded_at", kvk_json_time(entry->since));
	kvk_json_set(&object, "sha256", kvk_json_sha256(entry->certificate.sha256));
	return kvk_json_write(object, true, out);
}
