/* SPDX-License-Identifier: Apache-2.0 */
/* Part of conf/conf.h: writing. */
#include "config.h"

#include "conf/conf.h"

#include "base/escape.h"
#include "base/limits.h"
#include "base/utf8.h"

/* What fits in KVK_LIMIT_CONF_DIGITS. */
#define NUMBER_MAX 999999999
_Static_assert(KVK_LIMIT_CONF_DIGITS == 9, "as many nines");

static enum kvk_err write_byte(struct kvk_blob *out, uint8_t c)
{
	switch (c) {
	case '"':
		return kvk_blob_append_text(out, "\\\"");
	case '\\':
		return kvk_blob_append_text(out, "\\\\");
	case '\n':
		return kvk_blob_append_text(out, "\\n");
	case '\r':
		return kvk_blob_append_text(out, "\\r");
	case '\t':
		return kvk_blob_append_text(out, "\\t");
	default:
		if (c < 0x20 || c == 0x7f)
			return kvk_blob_append_format(out, "\\x%02x", c);
		return kvk_blob_append_byte(out, c);
	}
}

/* A character that may not be shown, octet for octet. */
static enum kvk_err append_octets(struct kvk_blob *out, struct kvk_span character)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < character.n; i++)
		KVK_TRY(kvk_blob_append_format(out, "\\x%02x", character.p[i]));
out:
	return err;
}

/* What is no UTF-8 is taken octet by octet. */
static enum kvk_err append_character(struct kvk_blob *out, struct kvk_span *rest)
{
	struct kvk_span character = *rest;
	uint32_t code_point;

	(void)kvk_utf8_next(rest, &code_point);
	character.n -= rest->n;
	if (character.n == 1 && character.p[0] < 0x80)
		return write_byte(out, character.p[0]);
	if (kvk_text_is_risky(character))
		return append_octets(out, character);
	return kvk_blob_append(out, character);
}

enum kvk_err kvk_conf_append_quoted(struct kvk_blob *out, const char *value)
{
	struct kvk_span rest = kvk_span_of(value);
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_byte(out, '"'));
	while (rest.n > 0)
		KVK_TRY(append_character(out, &rest));
	KVK_TRY(kvk_blob_append_byte(out, '"'));
out:
	return err;
}

enum kvk_err kvk_conf_write_string(struct kvk_blob *out, const char *name, const char *value)
{
	enum kvk_err err;

	if (!kvk_utf8_valid(kvk_span_of(value)))
		return KVK_ERR_TEXT;
	KVK_TRY(kvk_blob_append_format(out, "%s = \"", name));
	for (; *value != '\0'; value++)
		KVK_TRY(write_byte(out, (uint8_t)*value));
	KVK_TRY(kvk_blob_append_text(out, "\";\n"));
out:
	return err;
}

enum kvk_err kvk_conf_write_integer(struct kvk_blob *out, const char *name, long long value)
{
	if (value > NUMBER_MAX || value < -NUMBER_MAX)
		return KVK_ERR_LIMIT;
	return kvk_blob_append_format(out, "%s = %lld;\n", name, value);
}

enum kvk_err kvk_conf_write_boolean(struct kvk_blob *out, const char *name, bool value)
{
	return kvk_blob_append_format(out, "%s = %s;\n", name, value ? "true" : "false");
}
