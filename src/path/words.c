/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/words.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/encode.h"
#include "base/escape.h"
#include "base/format.h"
#include "der/oid.h"

enum kvk_err kvk_words_name(char *out, size_t size, const struct kvk_name *name)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_name_text(name, &text));
	kvk_format(out, size, "%s", kvk_blob_str(&text));
out:
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err format_octets(char *out, size_t size, struct kvk_span octets)
{
	struct kvk_blob hex = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_hex(&hex, octets, 0));
	kvk_format(out, size, "#%s", kvk_blob_str(&hex));
out:
	kvk_blob_free(&hex);
	return err;
}

enum kvk_err kvk_words_general(char *out, size_t size, const struct kvk_general_name *name)
{
	char address[INET6_ADDRSTRLEN];
	struct kvk_name directory;
	enum kvk_err err;

	switch (name->kind) {
	case KVK_GENERAL_EMAIL:
	case KVK_GENERAL_DNS:
	case KVK_GENERAL_URI:
		kvk_escape_to(out, size, name->value);
		return KVK_OK;
	case KVK_GENERAL_DIRECTORY:
		if (kvk_name_parse(name->value, true, &directory) != KVK_OK)
			break;
		err = kvk_words_name(out, size, &directory);
		kvk_name_free(&directory);
		return err;
	case KVK_GENERAL_IP:
		if (name->value.n != 4 && name->value.n != 16)
			break;
		inet_ntop(name->value.n == 4 ? AF_INET : AF_INET6, name->value.p, address,
			sizeof(address));
		kvk_format(out, size, "%s", address);
		return KVK_OK;
	default:
		break;
	}
	return format_octets(out, size, name->value);
}

void kvk_words_oid(struct kvk_words *words, struct kvk_span oid)
{
	char dotted[KVK_LIMIT_OID_TEXT];
	char *end = words->text + words->used;

	if (kvk_format(end, words->size - words->used, "%s%s", words->used > 0 ? ", " : "",
		    kvk_oid_text(oid, dotted)))
		words->used += strlen(end);
	else
		*end = '\0';
}
