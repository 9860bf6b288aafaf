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

static enum kvk_err decode(struct kvk_span value, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;
	size_t i = 0;

	while (i < value.n)
		KVK_TRY(decode_one(value, &i, out));
	/* GnuTLS takes it as a string. */
	if (out->n == 0 || memchr(out->p, 0, out->n) != NULL)
		err = KVK_ERR_ARGUMENT;
out:
	return err;
}

/* Puts an attribute where it belongs. */
static enum kvk_err take(struct kvk_span attribute, struct kvk_blob *token, struct kvk_blob *label)
{
	static const size_t name = sizeof "object=" - 1;
	enum kvk_err err;

	if (is_called(attribute, "object"))
		return decode((struct kvk_span){ attribute.p + name, attribute.n - name }, label);
	if (is_called(attribute, "id") || is_called(attribute, "type"))
		return KVK_OK;
	if (token->n > sizeof SCHEME - 1)
		KVK_TRY(kvk_blob_append_text(token, ";"));
	err = kvk_blob_append(token, attribute);
out:
	return err;
}

enum kvk_err kvk_token_uri_split(const char *uri, struct kvk_blob *token, struct kvk_blob *label)
{
	const size_t scheme = sizeof SCHEME - 1;
	enum kvk_err err = KVK_ERR_ARGUMENT;
	const char *at, *end;

	kvk_blob_clear(token);
	kvk_blob_clear(label);
	if (strncmp(uri, SCHEME, scheme) != 0)
		return err;
	KVK_TRY(kvk_blob_append_text(token, SCHEME));
	at = uri + scheme;
	end = at + strcspn(at, "?");
	while (at < end) {
		size_t n = strcspn(at, ";?");

		if (n > 0)
			KVK_TRY(take((struct kvk_span){ (const uint8_t *)at, n }, token, label));
		at += n + (at[n] == ';');
	}
	KVK_TRY(kvk_blob_append_text(token, end));
	err = label->n > 0 ? KVK_OK : KVK_ERR_ARGUMENT;
out:
	return err;
}
