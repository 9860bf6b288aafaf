/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/encode.h"
#include "base/escape.h"
#include "cert/name.h"

enum kvk_err kvk_attribute_text(const struct kvk_attribute *attribute, struct kvk_blob *out)
{
	if (!kvk_der_is_string(attribute->tag))
		return KVK_ERR_TEXT;
	return kvk_der_string_utf8(attribute->tag, attribute->value, out);
}

/* The text escaped, with a backslash before commas, so that one attribute cannot pose as two. */
static enum kvk_err append_text(struct kvk_blob *out, struct kvk_span text)
{
	while (text.n > 0) {
		struct kvk_span part = text;
		enum kvk_err err;

		for (part.n = 0; part.n < text.n && text.p[part.n] != ',';)
			part.n++;
		if ((err = kvk_escape(out, part)) != KVK_OK)
			return err;
		if (part.n < text.n) {
			if ((err = kvk_blob_text(out, "\\,")) != KVK_OK)
				return err;
			part.n++;
		}
		text.p += part.n;
		text.n -= part.n;
	}
	return KVK_OK;
}

/* A value that is no text: its encoding in hex, as RFC 4514 2.4 has it. */
static enum kvk_err append_hex(struct kvk_blob *out, struct kvk_span der)
{
	enum kvk_err err = kvk_blob_byte(out, '#');

	return err != KVK_OK ? err : kvk_hex(out, der, 0);
}

static enum kvk_err append_attribute(struct kvk_blob *out, const struct kvk_attribute *a)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	if ((err = kvk_blob_text(out, kvk_oid_label(a->type, label))) != KVK_OK ||
		(err = kvk_blob_byte(out, '=')) != KVK_OK)
		goto out;
	err = kvk_attribute_text(a, &text);
	if (err == KVK_OK)
		err = append_text(out, kvk_span_of_blob(&text));
	else if (err == KVK_ERR_TEXT)
		err = append_hex(out, a->value_der);
out:
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_name_text(const struct kvk_name *name, struct kvk_blob *out)
{
	for (size_t i = 0; i < name->count; i++) {
		const struct kvk_attribute *a = &name->attributes[i];
		const char *between = "";
		enum kvk_err err;

		if (i > 0)
			between = a->rdn == a[-1].rdn ? " + " : ", ";
		if ((err = kvk_blob_text(out, between)) != KVK_OK ||
			(err = append_attribute(out, a)) != KVK_OK)
			return err;
	}
	return KVK_OK;
}
