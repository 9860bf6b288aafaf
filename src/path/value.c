/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/value.h"

#include <string.h>
#include <unictype.h>

#include "base/utf8.h"

/* Big-endian code units of BMPString (2) and UniversalString (4). */
static bool take_unit(struct kvk_value *value, size_t size, uint32_t *out)
{
	if (value->rest.n < size) {
		value->bad = value->bad || value->rest.n > 0;
		return false;
	}
	*out = 0;
	for (size_t i = 0; i < size; i++)
		*out = *out << 8 | value->rest.p[i];
	value->rest.p += size;
	value->rest.n -= size;
	if (*out > 0x10ffff || (*out >= 0xd800 && *out <= 0xdfff))
		value->bad = true;
	return !value->bad;
}

/* The next character. */
static bool take(struct kvk_value *value, uint32_t *out)
{
	switch (value->tag) {
	case KVK_DER_UTF8_STRING:
		if (value->rest.n == 0)
			return false;
		value->bad = !kvk_utf8_next(&value->rest, out);
		return !value->bad;
	case KVK_DER_BMP_STRING:
		return take_unit(value, 2, out);
	case KVK_DER_UNIVERSAL_STRING:
		return take_unit(value, 4, out);
	default:
		return take_unit(value, 1, out);
	}
}

/*
 * As Java's AVA: what is not above a space is trimmed from the ends, and what has a meaning in the
 * text form of a name gets a backslash, before folding makes such characters of others.
 */
static enum kvk_err append_java(struct kvk_fold *out, uint32_t c, bool first)
{
	enum kvk_err err = KVK_OK;

	if (c <= ' ' && out->n == 0)
		return KVK_OK;
	if ((c < 0x80 && c > 0 && strchr(",+<>;\"\\", (int)c) != NULL) || (first && c == '#'))
		KVK_TRY(kvk_fold_append(out, '\\'));
	KVK_TRY(kvk_fold_append(out, c));
out:
	return err;
}

/* RFC 4518 2.2: white space is a space; controls, formats and other invisible characters nothing.
 */
static enum kvk_err append_mapped(struct kvk_fold *out, uint32_t c)
{
	if (c > ' ' && c < 0x7f)
		return kvk_fold_append(out, c);
	if (uc_is_property_white_space(c))
		return kvk_fold_append(out, ' ');
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf) ||
		uc_is_property_default_ignorable_code_point(c))
		return KVK_OK;
	return kvk_fold_append(out, c);
}

/* Java makes one of several spaces before it folds, RFC 4518 (2.6.1) afterwards. */
enum kvk_err kvk_value_fold(struct kvk_value *value, bool java, struct kvk_fold *out)
{
	enum kvk_err err = KVK_OK;
	bool first = true;
	uint32_t c;

	for (; take(value, &c); first = false)
		KVK_TRY(java ? append_java(out, c, first) : append_mapped(out, c));
	if (java)
		kvk_fold_squeeze(out);
	KVK_TRY(kvk_fold(out, java));
	if (!java)
		kvk_fold_squeeze(out);
out:
	return err;
}

enum kvk_err kvk_attribute_fold(const struct kvk_attribute *attribute, struct kvk_blob *out)
{
	struct kvk_value value = { .tag = attribute->tag, .rest = attribute->value };
	struct kvk_fold text;
	enum kvk_err err;

	if (!kvk_der_is_string(attribute->tag))
		return KVK_OK;
	kvk_fold_start(&text);
	KVK_TRY(kvk_value_fold(&value, false, &text));
	for (size_t i = 0; !value.bad && i < text.n; i++)
		KVK_TRY(kvk_utf8_append(out, text.p[i]));
out:
	kvk_fold_free(&text);
	return err;
}
