/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/encode.h"
#include "base/escape.h"
#include "path/step.h"

/* Copies text that is escaped already, cut between characters where it is too long. */
static void copy(char *out, size_t size, struct kvk_span text)
{
	size_t n = text.n < size - 1 ? text.n : size - 1;

	while (n < text.n && n > 0 && (text.p[n] & 0xc0) == 0x80)
		n--;
	if (n > 0)
		memcpy(out, text.p, n);
	out[n] = '\0';
}

enum kvk_err kvk_words_name(char *out, size_t size, const struct kvk_name *name)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err = kvk_name_text(name, &text);

	copy(out, size, kvk_span_of_blob(&text));
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_words_general(char *out, size_t size, const struct kvk_general_name *name)
{
	char address[INET6_ADDRSTRLEN] = "";
	struct kvk_blob text = { 0 };
	struct kvk_name directory;
	enum kvk_err err = KVK_OK;

	switch (name->kind) {
	case KVK_GENERAL_EMAIL:
	case KVK_GENERAL_DNS:
	case KVK_GENERAL_URI:
		kvk_escape_to(out, size, name->value);
		return KVK_OK;
	case KVK_GENERAL_DIRECTORY:
		if (kvk_name_parse(name->value, true, &directory) == KVK_OK)
			return kvk_words_name(out, size, &directory);
		break;
	case KVK_GENERAL_IP:
		if (name->value.n == 4 || name->value.n == 16)
			inet_ntop(name->value.n == 4 ? AF_INET : AF_INET6, name->value.p, address,
				sizeof(address));
		break;
	default:
		break;
	}
	if (address[0] != '\0')
		err = kvk_blob_text(&text, address);
	else
		err = kvk_blob_byte(&text, '#');
	if (err == KVK_OK && address[0] == '\0')
		err = kvk_hex(&text, name->value, 0);
	copy(out, size, kvk_span_of_blob(&text));
	kvk_blob_free(&text);
	return err;
}

void kvk_words_oid(struct kvk_words *words, struct kvk_span oid)
{
	char dotted[KVK_LIMIT_OID_TEXT];
	const size_t room = words->size - words->used;
	int n = snprintf(words->text + words->used, room, "%s%s", words->used > 0 ? ", " : "",
		kvk_oid_text(oid, dotted));

	if (n < 0 || (size_t)n >= room)
		words->text[words->used] = '\0';
	else
		words->used += (size_t)n;
}
