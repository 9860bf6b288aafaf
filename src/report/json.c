/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/encode.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "cert/name.h"
#include "crypto/scheme.h"

void kvk_json_set(json_t **whole, const char *key, json_t *value)
{
	if (json_object_set_new(*whole, key, value) == 0)
		return;
	json_decref(*whole);
	*whole = NULL;
}

void kvk_json_append(json_t **whole, json_t *value)
{
	if (json_array_append_new(*whole, value) == 0)
		return;
	json_decref(*whole);
	*whole = NULL;
}

json_t *kvk_json_string(const char *text)
{
	return text != NULL ? json_string(text) : json_null();
}

json_t *kvk_json_text(struct kvk_span text)
{
	struct kvk_blob safe = { 0 };
	json_t *value = NULL;

	if (text.n == 0)
		return json_string("");
	/* A NUL would end the string for whoever reads the JSON in C. */
	if (kvk_utf8_valid(text) && memchr(text.p, '\0', text.n) == NULL)
		return json_stringn((const char *)text.p, text.n);
	if (kvk_escape(&safe, text) == KVK_OK)
		value = json_string(kvk_blob_str(&safe));
	kvk_blob_free(&safe);
	return value;
}

/* What a describing function wrote; frees it. */
static json_t *described(enum kvk_err err, struct kvk_blob *text)
{
	json_t *value = NULL;

	if (err == KVK_OK)
		value = json_string(kvk_blob_str(text));
	else if (err != KVK_ERR_MEMORY)
		value = json_null();
	kvk_blob_free(text);
	return value;
}

json_t *kvk_json_key(const struct kvk_key_info *key)
{
	struct kvk_blob text = { 0 };
	const enum kvk_err err = kvk_key_info_describe(key, &text);

	return described(err, &text);
}

json_t *kvk_json_scheme(struct kvk_span algorithm)
{
	struct kvk_blob text = { 0 };
	const enum kvk_err err = kvk_scheme_describe(algorithm, &text);

	return described(err, &text);
}

json_t *kvk_json_hex(struct kvk_span bytes)
{
	struct kvk_blob hex = { 0 };
	json_t *value = NULL;

	if (kvk_hex(&hex, bytes, '\0') == KVK_OK)
		value = json_string(kvk_blob_str(&hex));
	kvk_blob_free(&hex);
	return value;
}

json_t *kvk_json_sha256(const uint8_t sha256[static KVK_SHA256_SIZE])
{
	return kvk_json_hex((struct kvk_span){ sha256, KVK_SHA256_SIZE });
}

json_t *kvk_json_key_usage(uint32_t usage)
{
	json_t *list = json_array();
	const char *name;

	for (unsigned i = 0; (name = kvk_key_usage_name(i)) != NULL; i++)
		if ((usage >> i & 1) != 0)
			kvk_json_append(&list, json_string(name));
	return list;
}

json_t *kvk_json_time(kvk_time t)
{
	char text[KVK_TIME_TEXT_SIZE];

	return json_string(kvk_time_text(t, text));
}

json_t *kvk_json_name_line(const struct kvk_name *name)
{
	struct kvk_blob text = { 0 };
	json_t *value = NULL;

	if (kvk_name_text(name, &text) == KVK_OK)
		value = json_string(kvk_blob_str(&text));
	kvk_blob_free(&text);
	return value;
}

/* "#" and hex, as in RFC 4514. */
static json_t *hash_hex(struct kvk_span bytes)
{
	struct kvk_blob text = { 0 };
	json_t *value = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_byte(&text, '#'));
	KVK_TRY(kvk_hex(&text, bytes, '\0'));
	value = json_string(kvk_blob_str(&text));
out:
	kvk_blob_free(&text);
	return value;
}

/* The text of an attribute, or its DER where it is no text. */
static json_t *attribute_value(const struct kvk_attribute *attribute)
{
	struct kvk_blob text = { 0 };
	const enum kvk_err err = kvk_attribute_text(attribute, &text);
	json_t *value = NULL;

	if (err == KVK_OK)
		value = kvk_json_text(kvk_span_of_blob(&text));
	else if (err != KVK_ERR_MEMORY)
		value = hash_hex(attribute->value_der);
	kvk_blob_free(&text);
	return value;
}

/* Adds a value to an object; a second one of the same key makes an array. */
static void add(json_t **object, const char *key, json_t *value)
{
	json_t *array, *old = json_object_get(*object, key);

	if (json_is_array(old)) {
		array = json_incref(old);
	} else if (old != NULL) {
		array = json_array();
		kvk_json_append(&array, json_incref(old));
	} else {
		kvk_json_set(object, key, value);
		return;
	}
	kvk_json_append(&array, value);
	kvk_json_set(object, key, array);
}

json_t *kvk_json_name(const struct kvk_name *name)
{
	json_t *object = json_object();
	char oid[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < name->count; i++)
		add(&object, kvk_oid_label(name->attributes[i].type, oid),
			attribute_value(&name->attributes[i]));
	return object;
}

/* Appends what jansson made; it leaves DEL as it is, which is no character for a terminal. */
static enum kvk_err append_ascii(struct kvk_blob *out, const char *text)
{
	const char *del;
	enum kvk_err err;

	for (; (del = strchr(text, 0x7f)) != NULL; text = del + 1) {
		KVK_TRY(kvk_blob_append(
			out, (struct kvk_span){ (const uint8_t *)text, (size_t)(del - text) }));
		KVK_TRY(kvk_blob_append_text(out, "\\u007f"));
	}
	err = kvk_blob_append_text(out, text);
out:
	return err;
}

/* Appends a value as jansson writes it. */
static enum kvk_err append_value(struct kvk_blob *out, const json_t *value, size_t flags)
{
	char *text = value != NULL ? json_dumps(value, flags) : NULL;
	const enum kvk_err err = text != NULL ? append_ascii(out, text) : KVK_ERR_MEMORY;

	free(text);
	return err;
}

enum kvk_err kvk_json_write(json_t *document, bool indented, struct kvk_blob *out)
{
	const size_t flags = JSON_ENSURE_ASCII | (indented ? JSON_INDENT(2) : JSON_COMPACT);
	enum kvk_err err;

	KVK_TRY(append_value(out, document, flags));
	err = kvk_blob_append_byte(out, '\n');
out:
	json_decref(document);
	return err;
}

enum kvk_err kvk_json_write_item(json_t *item, bool first, struct kvk_blob *out)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(out, first ? "\n    " : ",\n    "));
	err = append_value(out, item, JSON_ENSURE_ASCII);
out:
	json_decref(item);
	return err;
}
