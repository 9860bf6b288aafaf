/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/request.h: requests as JSON. */
#include "config.h"

#include "report/request.h"

#include "base/escape.h"
#include "report/json.h"

static json_t *subject_json(const struct kvk_order *order)
{
	struct kvk_subject_part parts[KVK_SUBJECT_PARTS];
	const size_t count = kvk_order_subject(order, parts);
	json_t *subject = json_object();

	for (size_t i = 0; i < count; i++)
		kvk_json_set(&subject, kvk_oid_name(parts[i].oid), kvk_json_string(parts[i].value));
	return subject;
}

static json_t *extensions_json(json_t *eku, uint32_t key_usage, json_t *names)
{
	json_t *extensions = json_object();

	kvk_json_set(&extensions, "key_usage", kvk_json_key_usage(key_usage));
	kvk_json_set(&extensions, "extended_key_usage", eku);
	kvk_json_set(&extensions, "dns_names", names);
	return extensions;
}

/* The extensions that an order asks for. */
static json_t *ordered_json(const struct kvk_order *order)
{
	json_t *eku = json_array(), *names = json_array();

	kvk_json_append(&eku, json_string("clientAuth"));
	if (!order->client_only)
		kvk_json_append(&eku, json_string("serverAuth"));
	kvk_json_append(&names, json_string(order->domain.name));
	return extensions_json(eku, kvk_order_key_usage(order), names);
}

static json_t *escaped_json(struct kvk_span text)
{
	struct kvk_blob safe = { .p = NULL };
	json_t *value = NULL;

	if (kvk_escape(&safe, text) == KVK_OK)
		value = json_string(kvk_blob_str(&safe));
	kvk_blob_free(&safe);
	return value;
}

/* The extensions that a request has. */
static json_t *decoded_json(const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];
	json_t *eku = json_array(), *names = json_array();

	for (size_t i = 0; i < ext->eku_count; i++)
		kvk_json_append(&eku, json_string(kvk_oid_label(ext->ekus[i], label)));
	for (size_t i = 0; i < ext->san_count; i++)
		if (ext->sans[i].kind == KVK_GENERAL_DNS)
			kvk_json_append(&names, escaped_json(ext->sans[i].value));
	return extensions_json(eku, ext->has_key_usage ? ext->key_usage : 0, names);
}

static json_t *item_json(const struct kvk_review_item *item)
{
	json_t *object = json_object();

	kvk_json_set(&object, "kind", json_string(kvk_review_kind_name(item->kind)));
	kvk_json_set(&object, "field", json_string(kvk_field_name(item->field)));
	kvk_json_set(&object, "id", json_string(item->id));
	kvk_json_set(&object, "text", json_string(item->text));
	return object;
}

static json_t *review_json(const struct kvk_review *review)
{
	json_t *list = json_array();
	const struct kvk_review_item *item;

	for (size_t i = 0; (item = kvk_review_at(review, i)) != NULL; i++)
		kvk_json_append(&list, item_json(item));
	return list;
}

static json_t *steps_json(const struct kvk_order *order)
{
	json_t *list = json_array();
	const char *text;

	if (order->preset == NULL)
		return list;
	for (size_t i = 0; (text = kvk_order_step(order, i)) != NULL; i++)
		kvk_json_append(&list, json_string(text));
	return list;
}

static const char *key_type_word(enum kvk_key_type type)
{
	return type == KVK_KEY_ECDSA ? "ecdsa" : type == KVK_KEY_RSA ? "rsa" : "other";
}

static json_t *key_json(const struct kvk_request_report *report)
{
	const struct kvk_order *order = report->order;
	json_t *key = json_object();

	kvk_json_set(&key, "type", json_string(key_type_word(order->key_type)));
	kvk_json_set(&key, "bits", json_integer(order->key_bits));
	kvk_json_set(&key, "encrypted", json_boolean(order->encrypt_key));
	if (report->csr != NULL)
		kvk_json_set(&key, "spki_sha256", kvk_json_sha256(report->csr->spki_sha256));
	kvk_json_set(&key, "file", kvk_json_string(report->key_file));
	kvk_json_set(&key, "uri", kvk_json_string(report->key_uri));
	return key;
}

static const char *outcome_word(const struct kvk_request_report *report)
{
	if (report->csr == NULL)
		return "dry-run";
	if (report->refused)
		return "refused";
	return report->evaluated ? "accepted" : "made";
}

enum kvk_err kvk_request_json(const struct kvk_request_report *report, struct kvk_blob *out)
{
	const struct kvk_order *order = report->order;
	const struct kvk_preset *preset = order->preset;
	const struct kvk_csr *csr = report->csr;
	json_t *o = json_object();

	kvk_json_set(&o, "schema", json_integer(1));
	kvk_json_set(&o, "result", json_string(outcome_word(report)));
	kvk_json_set(&o, "name", kvk_json_string(order->name));
	kvk_json_set(&o, "tsp", kvk_json_string(preset != NULL ? preset->id : NULL));
	kvk_json_set(&o, "entry", kvk_json_string(report->entry));
	kvk_json_set(&o, "folder", kvk_json_string(report->folder));
	kvk_json_set(&o, "request_file", kvk_json_string(report->request_file));
	kvk_json_set(&o, "answers_file", kvk_json_string(report->answers_file));
	kvk_json_set(
		&o, "subject", csr == NULL ? subject_json(order) : kvk_json_name(&csr->subject));
	kvk_json_set(&o, "extensions", csr == NULL ? ordered_json(order) : decoded_json(&csr->ext));
	kvk_json_set(&o, "key", key_json(report));
	if (csr != NULL) {
		kvk_json_set(&o, "signature", kvk_json_scheme(csr->algorithm));
		kvk_json_set(&o, "request", kvk_json_text(report->pem));
	}
	kvk_json_set(&o, "notes", review_json(report->review));
	kvk_json_set(&o, "next_steps", steps_json(order));
	kvk_json_set(
		&o, "lead_days", preset != NULL ? json_integer(preset->lead_days) : json_null());
	return kvk_json_write(o, true, out);
}
