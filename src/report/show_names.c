/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: general names (RFC 5280 4.2.1.6), each with its kind. */
#include "config.h"

#include "report/show_part.h"

#include <arpa/inet.h>

/* An address, and after it the mask that name constraints have. */
static void append_ip(struct kvk_shown *s, struct kvk_span value)
{
	const bool constraint = value.n == 8 || value.n == 32;
	const size_t n = constraint ? value.n / 2 : value.n;
	char text[INET6_ADDRSTRLEN];

	if ((n != 4 && n != 16) ||
		inet_ntop(n == 4 ? AF_INET : AF_INET6, value.p, text, sizeof(text)) == NULL) {
		kvk_page_append_hex(&s->line, value);
		return;
	}
	kvk_page_append_text(&s->line, text);
	if (constraint &&
		inet_ntop(n == 4 ? AF_INET : AF_INET6, value.p + n, text, sizeof(text)) != NULL)
		kvk_page_append(&s->line, "/%s", text);
}

static void append_directory(struct kvk_shown *s, struct kvk_span value)
{
	struct kvk_name name;

	if (kvk_name_parse(value, true, &name) != KVK_OK) {
		kvk_show_append_bytes(s, value);
		return;
	}
	kvk_show_append_name(s, &name);
	kvk_name_free(&name);
}

void kvk_show_append_string(struct kvk_shown *s, unsigned tag, struct kvk_span content)
{
	struct kvk_blob text = { 0 };
	const enum kvk_err err = kvk_der_string_utf8(tag, content, &text);

	if (err == KVK_OK) {
		kvk_page_append_text(&s->line, "'");
		kvk_page_append_escaped(&s->line, kvk_span_of_blob(&text));
		kvk_page_append_text(&s->line, "'");
	} else if (err == KVK_ERR_TEXT) {
		kvk_show_append_bytes(s, content);
	} else {
		KVK_PAGE_TRY(&s->line, err);
	}
	kvk_blob_free(&text);
}

/* otherName: its type, and its value where that is a text, such as the name of a user. */
static void append_other(struct kvk_shown *s, struct kvk_span value)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_der_log log = { 0 };
	struct kvk_der_value inside;
	struct kvk_der der, explicit_tag;
	struct kvk_span type, rest;

	kvk_der_start(&der, value, true, &log);
	if (kvk_der_oid(&der, &type) != KVK_OK ||
		kvk_der_enter(&der, KVK_DER_CONTEXT_CONSTRUCTED(0), &explicit_tag) != KVK_OK) {
		kvk_show_append_bytes(s, value);
		return;
	}
	rest = explicit_tag.rest;
	kvk_page_append(&s->line, "%s ", kvk_oid_label(type, label));
	if (kvk_der_any(&explicit_tag, &inside) == KVK_OK && kvk_der_is_string(inside.tag))
		kvk_show_append_string(s, inside.tag, inside.content);
	else
		kvk_show_append_bytes(s, rest);
}

void kvk_show_append_general(struct kvk_shown *s, const struct kvk_general_name *name)
{
	static const char *const kinds[] = {
		[KVK_GENERAL_OTHER] = "otherName",
		[KVK_GENERAL_EMAIL] = "email",
		[KVK_GENERAL_DNS] = "DNS",
		[KVK_GENERAL_X400] = "x400Address",
		[KVK_GENERAL_DIRECTORY] = "directoryName",
		[KVK_GENERAL_EDI] = "ediPartyName",
		[KVK_GENERAL_URI] = "URI",
		[KVK_GENERAL_IP] = "IP",
		[KVK_GENERAL_REGISTERED_ID] = "registeredID",
	};
	char oid[KVK_LIMIT_OID_TEXT];

	kvk_page_append(&s->line, "%s ", kinds[name->kind]);
	switch (name->kind) {
	case KVK_GENERAL_EMAIL:
	case KVK_GENERAL_DNS:
	case KVK_GENERAL_URI:
		kvk_page_append_escaped(&s->line, name->value);
		break;
	case KVK_GENERAL_IP:
		append_ip(s, name->value);
		break;
	case KVK_GENERAL_DIRECTORY:
		append_directory(s, name->value);
		break;
	case KVK_GENERAL_REGISTERED_ID:
		kvk_page_append_text(&s->line, kvk_oid_text(name->value, oid));
		break;
	case KVK_GENERAL_OTHER:
		append_other(s, name->value);
		break;
	default:
		kvk_show_append_bytes(s, name->value);
		break;
	}
}

void kvk_show_append_generals(struct kvk_shown *s, struct kvk_span names)
{
	struct kvk_der_log log = { 0 };
	struct kvk_general_name name;
	struct kvk_der der;

	kvk_der_start(&der, names, true, &log);
	for (size_t i = 0; !kvk_der_at_end(&der); i++) {
		if (kvk_general_name_read(&der, &name) != KVK_OK)
			return;
		kvk_show_between(s, i);
		kvk_show_append_general(s, &name);
	}
}
