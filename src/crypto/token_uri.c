/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "crypto/token_uri.h"

#include <string.h>

#include "base/encode.h"

#define SCHEME "pkcs11:"

/* Whether an attribute has this name. */
static bool is_called(struct kvk_span attribute, const char *name)
{
	const size_t n = strlen(name);

	return attribute.n > n && memcmp(attribute.p, name, n) == 0 && attribute.p[n] == '=';
}

/* An octet of a value, which may be written as %41. */
static enum kvk_err decode_one(struct kvk_span value, size_t *i, struct kvk_blob *out)
{
	enum kvk_err err;

	if (value.p[*i] != '%') {
		KVK_TRY(kvk_blob_append(out, (struct kvk_span){ value.p + *i, 1 }));
		*i += 1;
		return KVK_OK;
	}
	KVK_TRY(value.n - *i >= 3 ? KVK_OK : KVK_ERR_ARGUMENT);
	KVK_TRY(kvk_unhex((struct kvk_span){ value.p + *i + 1, 2 }, out));
	*i += 3;
out:
	return err;
}

/* The value of an attribute, which is not empty. */
static enum kvk_err decode(struct kvk_span attribute, struct kvk_blob *out)
{
	size_t i = 0;
	enum kvk_err err = KVK_OK;

	while (attribute.p[i++] != '=')
		;
	while (i < attribute.n)
		KVK_TRY(decode_one(attribute, &i, out));
	if (out->n == 0)
		err = KVK_ERR_ARGUMENT;
out:
	return err;
}

/* GnuTLS takes it as a string. */
static enum kvk_err decode_label(struct kvk_span attribute, struct kvk_blob *out)
{
	const enum kvk_err err = decode(attribute, out);

	if (err == KVK_OK && memchr(out->p, 0, out->n) != NULL)
		return KVK_ERR_ARGUMENT;
	return err;
}

/* Puts an attribute where it belongs. */
static enum kvk_err take(struct kvk_span attribute, struct kvk_token_uri *out)
{
	enum kvk_err err;

	if (is_called(attribute, "object"))
		return decode_label(attribute, &out->label);
	if (is_called(attribute, "id"))
		return decode(attribute, &out->id);
	if (is_called(attribute, "type"))
		return KVK_OK;
	if (out->token.n > sizeof SCHEME - 1)
		KVK_TRY(kvk_blob_append_text(&out->token, ";"));
	err = kvk_blob_append(&out->token, attribute);
out:
	return err;
}

/* The next attribute from *at, which is put after it; false at the end of the path. */
static bool next_attribute(const char **at, struct kvk_span *out)
{
	*at += strspn(*at, ";");
	*out = (struct kvk_span){ (const uint8_t *)*at, strcspn(*at, ";?") };
	*at += out->n;
	return out->n > 0;
}

bool kvk_token_uri_names_token(const char *uri)
{
	struct kvk_span attribute;
	const char *at = uri + sizeof SCHEME - 1;

	if (strncmp(uri, SCHEME, sizeof SCHEME - 1) != 0)
		return false;
	while (next_attribute(&at, &attribute))
		if (is_called(attribute, "token") || is_called(attribute, "serial") ||
			is_called(attribute, "slot-id"))
			return true;
	return false;
}

enum kvk_err kvk_token_uri_split(const char *uri, struct kvk_token_uri *out)
{
	struct kvk_span attribute;
	const char *at = uri + sizeof SCHEME - 1;
	enum kvk_err err;

	kvk_blob_clear(&out->token);
	kvk_blob_clear(&out->label);
	kvk_blob_clear(&out->id);
	if (!kvk_token_uri_names_token(uri))
		return KVK_ERR_ARGUMENT;
	KVK_TRY(kvk_blob_append_text(&out->token, SCHEME));
	while (next_attribute(&at, &attribute))
		KVK_TRY(take(attribute, out));
	KVK_TRY(kvk_blob_append_text(&out->token, at));
	err = out->label.n > 0 ? KVK_OK : KVK_ERR_ARGUMENT;
out:
	return err;
}

void kvk_token_uri_free(struct kvk_token_uri *uri)
{
	kvk_blob_free(&uri->token);
	kvk_blob_free(&uri->label);
	kvk_blob_free(&uri->id);
}
