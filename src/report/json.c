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

/* The text of an attribute; what is no text as "#" and hex, as in RFC 4514. */
static json_t *attribute_value(const struct kvk_attribute *attribute)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err = kvk_attribute_text(attribute, &text);
	json_t *value = NULL;

	if (err == KVK_OK) {
		value = kvk_json_text(kvk_span_of_blob(&text));
	} else if (err != KVK_ERR_MEMORY) {
		kvk_blob_clear(&text);
		err = kvk_blob_text(&text, "#");
		if (err == KVK_OK)
			err = kvk_hex(&text, attribute->value_der, '\0');
		if (err == KVK_OK)
			value = json_string(kvk_blob_str(&text));
	}
	kvk_blob_free(&text);
	return value;
}

/* Adds a value to an object; a second one of the same key makes an array. */
static int add(json_t *object, const char *key, json_t *value)
{
	json_t *old = json_object_get(object, key), *array;

	if (old == NULL)
		return json_object_set_new(object, key, value);
	if (json_is_array(old))
		return json_array_append_new(old, value);
	array = json_array();
	if (array == NULL || json_array_append(array, old) != 0) {
		json_decref(array);
		json_decref(value);
		return -1;
	}
	if (json_array_append_new(array, value) != 0) {
		json_decref(array);
		return -1;
	}
	return json_object_set_new(object, key, array);
}

json_t *kvk_json_name(const struct kvk_name *name)
{
	json_t *object = json_object();
	char oid[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; object != NULL && i < name->count; i++) {
		const struct kvk_attribute *attribute = &name->attributes[i];

		if (add(object, kvk_oid_label(attribute->type, oid), attribute_value(attribute)) !=
			0) {
			json_decref(object);
			return NULL;
		}
	}
	return object;
}

/* Appends what jansson made; it leaves DEL as it is, which is no character for a terminal. */
static enum kvk_err append_ascii(struct kvk_blob *out, const char *text)
{
	enum kvk_err err = KVK_OK;
	const char *del;

	for (; err == KVK_OK && (del = strchr(text, 0x7f)) != NULL; text = del + 1) {
		err = kvk_blob_append(
			out, (struct kvk_span){ (const uint8_t *)text, (size_t)(del - text) });
		if (err == KVK_OK)
			err = kvk_blob_text(out, "\\u007f");
	}
	return err == KVK_OK ? kvk_blob_text(out, text) : err;
}

enum kvk_err kvk_json_write(json_t *document, bool indented, struct kvk_blob *out)
{
	const size_t flags = JSON_ENSURE_ASCII | (indented ? JSON_INDENT(2) : JSON_COMPACT);
	char *text = document != NULL ? json_dumps(document, flags) : NULL;
	enum kvk_err err = text != NULL ? append_ascii(out, text) : KVK_ERR_MEMORY;

	if (err == KVK_OK)
		err = kvk_blob_byte(out, '\n');
	free(text);
	json_decref(document);
	return err;
}

enum kvk_err kvk_json_item(json_t *item, bool first, struct kvk_blob *out)
{
	char *text = item != NULL ? json_dumps(item, JSON_ENSURE_ASCII) : NULL;
	enum kvk_err err = KVK_ERR_MEMORY;

	if (text != NULL)
		err = kvk_blob_text(out, first ? "\n    " : ",\n    ");
	if (err == KVK_OK)
		err = append_ascii(out, text);
	free(text);
	json_decref(item);
	return err;
}
