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
	const struct kvk_span sha256 = { entry->certificate.sha256, KVK_SHA256_SIZE };

	return kvk_json_write(
		json_pack("{s:i, s:s, s:o, s:o}", "schema", 1, "name", entry->name, "uploaded_at",
			kvk_json_time(entry->since), "sha256", kvk_json_hex(sha256)),
		true, out);
}
