/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/holder.h"

#include <string.h>

#include "path/value.h"

/* What does not fit, or holds a NUL, is left out: it would be like what it is not. */
static enum kvk_err fold(const struct kvk_name *name, enum kvk_oid oid, char *out, size_t size)
{
	const struct kvk_attribute *attribute = kvk_name_find(name, oid, 0);
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	out[0] = '\0';
	if (attribute == NULL)
		return KVK_OK;
	KVK_TRY(kvk_attribute_fold(attribute, &text));
	if (text.n < size && strlen(kvk_blob_str(&text)) == text.n)
		memcpy(out, kvk_blob_str(&text), text.n + 1);
out:
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_holder_read_subject(const struct kvk_name *subject, struct kvk_holder *out)
{
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	out->known = true;
	KVK_TRY(fold(subject, KVK_OID_CN, out->cn, sizeof out->cn));
	KVK_TRY(fold(subject, KVK_OID_SERIAL_NUMBER, out->number, sizeof out->number));
out:
	return err;
}

enum kvk_err kvk_holder_read(const struct kvk_certificate *certificate, struct kvk_holder *out)
{
	memset(out, 0, sizeof *out);
	out->known = true;
	return certificate->ext.ca ? KVK_OK : kvk_holder_read_subject(&certificate->subject, out);
}
