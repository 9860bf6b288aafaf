/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cert/name.h: names as text. */
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
	enum kvk_err err = KVK_OK;

	while (text.n > 0) {
		struct kvk_span part = text;

		for (part.n = 0; part.n < text.n && text.p[part.n] != ',';)
			part.n++;
		KVK_TRY(kvk_escape(out, part));
		if (part.n < text.n) {
			KVK_TRY(kvk_blob_append_text(out, "\\,"));
			part.n++;
		}
		text.p += part.n;
		text.n -= part.n;
	}
out:
	return err;
}

/* A value that is no text: its encoding in hex, as RFC 4514 2.4 has it. */
static enum kvk_err append_hex(struct kvk_blob *out, struct kvk_span der)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_byte(out, '#'));
	KVK_TRY(kvk_hex(out, der, 0));
out:
	return err;
}

static enum kvk_err append_attribute(struct kvk_blob *out, const struct kvk_attribute *a)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(out, kvk_oid_label(a->type, label)));
	KVK_TRY(kvk_blob_append_byte(out, '='));
	err = kvk_attribute_text(a, &text);
	switch (err) {
	case KVK_OK:
		err = append_text(out, kvk_span_of_blob(&text));
		break;
	case KVK_ERR_TEXT:
		err = append_hex(out, a->value_der);
		break;
	default:
		break;
	}
out:
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_name_text(const struct kvk_name *name, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < name->count; i++) {
		const struct kvk_attribute *a = &name->attributes[i];

		if (i > 0)
			KVK_TRY(kvk_blob_append_text(out, a->rdn == a[-1].rdn ? " + " : ", "));
		KVK_TRY(append_attribute(out, a));
	}
out:
	return err;
}
