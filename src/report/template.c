/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/template.h"

#include "base/escape.h"
#include "base/utf8.h"

/* Appends a code point as it may be between the quotes of a JSON string. */
static enum kvk_err append_json_point(struct kvk_blob *out, uint32_t point)
{
	switch (point) {
	case '"':
		return kvk_blob_append_text(out, "\\\"");
	case '\\':
		return kvk_blob_append_text(out, "\\\\");
	case '\n':
		return kvk_blob_append_text(out, "\\n");
	default:
		if (point < 0x20 || point == 0x7f)
			return kvk_blob_append_format(out, "\\u%04x", (unsigned)point);
		return kvk_utf8_append(out, point);
	}
}

static enum kvk_err append_json(struct kvk_blob *out, const char *value)
{
	struct kvk_span text = kvk_span_of(value);
	enum kvk_err err = KVK_OK;

	while (text.n > 0) {
		uint32_t point;

		if (!kvk_utf8_next(&text, &point))
			point = 0xfffd;
		KVK_TRY(append_json_point(out, point));
	}
out:
	return err;
}

static const char *find(const struct kvk_template_value *values, struct kvk_span name)
{
	for (; values->name != NULL; values++)
		if (kvk_span_is(name, values->name))
			return values->value;
	return NULL;
}

/* Where {{ or }} begins; n where there is none. */
static size_t find_braces(struct kvk_span text, uint8_t brace)
{
	for (size_t i = 0; i + 1 < text.n; i++)
		if (text.p[i] == brace && text.p[i + 1] == brace)
			return i;
	return text.n;
}

static enum kvk_err append_value(struct kvk_span name, const struct kvk_template_value *values,
	enum kvk_template_form form, struct kvk_blob *out, struct kvk_error *why)
{
	const char *value = find(values, name);
	char safe[64];

	if (value == NULL)
		return kvk_error_set(why, KVK_ERR_CONFIG,
			_("the template uses the unknown name '%s'"),
			kvk_escape_to(safe, sizeof safe, name));
	return form == KVK_TEMPLATE_JSON ? append_json(out, value) :
					   kvk_blob_append_text(out, value);
}

enum kvk_err kvk_template_fill(struct kvk_span text, const struct kvk_template_value *values,
	enum kvk_template_form form, struct kvk_blob *out, struct kvk_error *why)
{
	enum kvk_err err = KVK_OK;

	while (text.n > 0) {
		const size_t begin = find_braces(text, '{');
		struct kvk_span rest, name;

		KVK_TRY(kvk_blob_append(out, (struct kvk_span){ text.p, begin }));
		if (begin == text.n)
			break;
		rest = (struct kvk_span){ text.p + begin + 2, text.n - begin - 2 };
		name = (struct kvk_span){ rest.p, find_braces(rest, '}') };
		if (name.n == rest.n)
			return kvk_error_set(
				why, KVK_ERR_CONFIG, _("the template contains '{{' without '}}'"));
		KVK_TRY(append_value(name, values, form, out, why));
		text = (struct kvk_span){ name.p + name.n + 2, rest.n - name.n - 2 };
	}
out:
	return err;
}
