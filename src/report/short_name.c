/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/short_name.h"

#include "base/escape.h"

/* Appends the value of an attribute; nothing where the name has none that is text. */
static enum kvk_err append_value(
	const struct kvk_name *name, enum kvk_oid oid, struct kvk_blob *out)
{
	const struct kvk_attribute *attribute = kvk_name_find(name, oid, 0);
	struct kvk_blob text = { 0 };
	enum kvk_err err = KVK_OK;

	if (attribute == NULL || kvk_attribute_text(attribute, &text) != KVK_OK)
		goto out;
	if (out->n > 0)
		KVK_TRY(kvk_blob_append_text(out, ", "));
	KVK_TRY(kvk_escape(out, kvk_span_of_blob(&text)));
out:
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_short_name(const struct kvk_name *name, bool organisation, struct kvk_blob *out)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(append_value(name, KVK_OID_CN, &text));
	if (organisation)
		KVK_TRY(append_value(name, KVK_OID_O, &text));
	if (text.n == 0)
		KVK_TRY(kvk_name_text(name, &text));
	KVK_TRY(kvk_blob_append(out, kvk_span_of_blob(&text)));
out:
	kvk_blob_free(&text);
	return err;
}
