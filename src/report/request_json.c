/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/request.h"

#include "base/encode.h"
#include "base/escape.h"
#include "report/json.h"

/* Sets a member to a string, or to null where there is none. False: out of memory. */
static bool put(json_t *object, const char *name, const char *value)
{
	return json_object_set_new(
		       object, name, value == NULL ? json_null() : json_string(value)) == 0;
}

static json_t *subject_of(const struct kvk_order *order)
{
	struct kvk_subject_part parts[KVK_SUBJECT_PARTS];
	size_t count = kvk_order_subject(order, parts);
	json_t *subject = json_object();
	bool good = subject != NULL;

	for (size_t i = 0; good && i < count; i++)
		good = put(subject, kvk_oid_name(parts[i].oid), parts[i].value);
	if (good)
		return subject;
	json_decref(subject);
	return NULL;
}

static json_t *key_usages(uint32_t usage)
{
	json_t *list = json_array();

	for (unsigned i = 0; list != NULL && i < 9; i++) {
		struct kvk_blob name = { .p = NULL };

		if ((usage & (1u << i)) != 0 &&
			(kvk_key_usage_text(1u << i, &name) != KVK_OK ||
				json_array_append_new(list, json_string(kvk_blob_str(&name))) !=
					0)) {
			json_decref(list);
			list = NULL;
		}
		kvk_blob_free(&name);
	}
	return list;
}

static json_t *extensions_of(const struct kvk_order *order)
{
	json_t *eku = order->client_only ? json_pack("[s]", "clientAuth") :
					   json_pack("[s, s]", "clientAuth", "serverAuth");

	return json_pack("{s:o, s:o, s:[s]}", "key_usage", key_usages(kvk_order_key_usage(order)),
		"extended_key_usage", eku, "dns_names", order->domain.name);
}

static json_t *decoded_extensions(const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];
	json_t *eku = json_array(), *names = json_array();
	bool good = eku != NULL && names != NULL;

	for (size_t i = 0; good && i < ext->eku_count; i++)
		good = json_array_append_new(
			       eku, json_string(kvk_oid_label(ext->ekus[i], label))) == 0;
	for (size_t i = 0; good && i < ext->san_count; i++) {
		struct kvk_blob safe = { .p = NULL };

		if (ext->sans[i].kind == KVK_GENERAL_DNS)
			good = kvk_escape(&safe, ext->sans[i].value) == KVK_OK &&
				json_array_append_new(names, json_string(kvk_blob_str(&safe))) == 0;
		kvk_blob_free(&safe);
	}
	if (good)
		return json_pack("{s:o, s:o, s:o}", "key_usage",
			key_usages(ext->has_key_usage ? ext->key_usage : 0), "extended_key_usage",
			eku, "dns_names", names);
	json_decref(eku);
	json_decref(names);
	return NULL;
}

static json_t *notes_of(const struct kvk_notes *notes)
{
	json_t *list = json_array();
	const struct kvk_note *note;

	for (size_t i = 0; list != NULL && (note = kvk_notes_at(notes, i)) != NULL; i++) {
		if (json_array_append_new(list,
			    json_pack("{s:s, s:s, s:s, s:s}", "kind",
				    kvk_note_kind_name(note->kind), "field",
				    kvk_field_name(note->field), "id", note->id, "text",
				    note->text)) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static json_t *steps_of(const struct kvk_preset *preset)
{
	json_t *list = json_array();
	const char *text;

	for (size_t i = 0; list != NULL && preset != NULL &&
		(text = kvk_preset_text(preset, KVK_PRESET_STEPS, i)) != NULL;
		i++)
		json_array_append_new(list, json_string(text));
	return list;
}

static json_t *key_of(const struct kvk_request_report *report)
{
	const struct kvk_order *order = report->order;
	struct kvk_blob hash = { .p = NULL };
	json_t *key = json_pack("{s:s, s:i, s:b}", "type",
		order->key_type == KVK_KEY_ECDSA       ? "ecdsa" :
			order->key_type == KVK_KEY_RSA ? "rsa" :
							 "other",
		"bits", (int)order->key_bits, "encrypted", (int)order->encrypt_key);
	bool good = key != NULL;

	if (good && report->csr != NULL)
		good = kvk_hex(&hash,
			       (struct kvk_span){ report->csr->spki_sha256, KVK_SHA256_SIZE },
			       '\0') == KVK_OK &&
			put(key, "spki_sha256", kvk_blob_str(&hash));
	good = good && put(key, "file", report->key_file) && put(key, "uri", report->key_uri);
	kvk_blob_free(&hash);
	if (good)
		return key;
	json_decref(key);
	return NULL;
}

static bool fill(json_t *document, const struct kvk_request_report *report)
{
	const struct kvk_order *order = report->order;
	const struct kvk_csr *csr = report->csr;
	struct kvk_blob signature = { .p = NULL };
	const char *outcome = csr == NULL ? "dry-run" :
		report->refused		  ? "refused" :
		report->judged		  ? "accepted" :
					    "made";
	bool good = put(document, "result", outcome) && put(document, "name", order->name) &&
		put(document, "tsp", order->preset != NULL ? order->preset->id : NULL) &&
		put(document, "entry", report->entry) && put(document, "folder", report->folder) &&
		put(document, "request_file", report->request_file) &&
		put(document, "answers_file", report->answers_file);

	good = good &&
		json_object_set_new(document, "subject",
			csr == NULL ? subject_of(order) : kvk_json_name(&csr->subject)) == 0;
	good = good &&
		json_object_set_new(document, "extensions",
			csr == NULL ? extensions_of(order) : decoded_extensions(&csr->ext)) == 0;
	good = good && json_object_set_new(document, "key", key_of(report)) == 0;
	if (good && csr != NULL)
		good = kvk_scheme_describe(csr->algorithm, &signature) == KVK_OK &&
			put(document, "signature", kvk_blob_str(&signature)) &&
			json_object_set_new(document, "request", kvk_json_text(report->pem)) == 0;
	good = good && json_object_set_new(document, "notes", notes_of(report->notes)) == 0 &&
		json_object_set_new(document, "next_steps", steps_of(order->preset)) == 0;
	kvk_blob_free(&signature);
	return good;
}

enum kvk_err kvk_request_json(const struct kvk_request_report *report, struct kvk_blob *out)
{
	json_t *document = json_pack("{s:i}", "schema", 1);

	if (document != NULL && fill(document, report))
		return kvk_json_write(document, true, out);
	json_decref(document);
	return KVK_ERR_MEMORY;
}
