/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/changes.h"

#include "base/escape.h"
#include "report/json.h"

enum kvk_err kvk_report_tracked(const struct kvk_entry *entry, struct kvk_blob *out)
{
	char until[KVK_TIME_TEXT_SIZE];
	enum kvk_err err = kvk_blob_format(out, _("tracking '%s' (until %s): "), entry->name,
		kvk_date_text(entry->certificate.not_after, until));

	if (err == KVK_OK)
		err = kvk_escape(out, kvk_span_of(entry->path));
	return err == KVK_OK ? kvk_blob_byte(out, '\n') : err;
}

enum kvk_err kvk_report_tracked_counts(
	const struct kvk_tracked_counts *counts, struct kvk_blob *out)
{
	return kvk_blob_format(out,
		_("new: %zu, known already: %zu, files without a certificate: %zu\n"),
		counts->recorded, counts->known, counts->passed_over);
}

enum kvk_err kvk_report_tracked_item(
	const struct kvk_entry *entry, bool first, struct kvk_blob *list)
{
	return kvk_json_item(json_pack("{s:s, s:o, s:o}", "name", entry->name, "not_after",
				     kvk_json_time(entry->certificate.not_after), "path",
				     kvk_json_text(kvk_span_of(entry->path))),
		first, list);
}

enum kvk_err kvk_report_tracked_json(
	const struct kvk_blob *list, const struct kvk_tracked_counts *counts, struct kvk_blob *out)
{
	return kvk_blob_format(out,
		"{\n  \"schema\": 1,\n  \"recorded\": [%s\n  ],\n  \"known\": %zu,\n"
		"  \"passed_over\": %zu,\n  \"unreadable\": %zu\n}\n",
		kvk_blob_str(list), counts->known, counts->passed_over, counts->unreadable);
}

enum kvk_err kvk_report_untracked_json(const char *name, const char *folder, struct kvk_blob *out)
{
	return kvk_json_write(
		json_pack("{s:i, s:s, s:o}", "schema", 1, "name", name, "archived",
			folder != NULL ? kvk_json_text(kvk_span_of(folder)) : json_null()),
		true, out);
}

enum kvk_err kvk_report_uploaded_json(const struct kvk_entry *entry, struct kvk_blob *out)
{
	const struct kvk_span sha256 = { entry->certificate.sha256, KVK_SHA256_SIZE };

	return kvk_json_write(
		json_pack("{s:i, s:s, s:o, s:o}", "schema", 1, "name", entry->name, "uploaded_at",
			kvk_json_time(entry->since), "sha256", kvk_json_hex(sha256)),
		true, out);
}

enum kvk_err kvk_report_held_json(const struct kvk_entry *entry, struct kvk_blob *out)
{
	return kvk_json_write(json_pack("{s:i, s:s, s:b, s:s}", "schema", 1, "name", entry->name,
				      "unchanged", 1, "stage", kvk_entry_stage_word(entry->stage)),
		true, out);
}

enum kvk_err kvk_report_other_key_json(const char *name, const uint8_t *found,
	const uint8_t wanted[static KVK_SHA256_SIZE], struct kvk_blob *out)
{
	const struct kvk_span theirs = { found, KVK_SHA256_SIZE };
	const struct kvk_span ours = { wanted, KVK_SHA256_SIZE };

	return kvk_json_write(
		json_pack("{s:i, s:s, s:s, s:s, s:o, s:o}", "schema", 1, "name", name, "verdict",
			"reject", "fault", found != NULL ? "other-key" : "only-ca-certificates",
			"spki_sha256", found != NULL ? kvk_json_hex(theirs) : json_null(),
			"wanted_spki_sha256", kvk_json_hex(ours)),
		true, out);
}
