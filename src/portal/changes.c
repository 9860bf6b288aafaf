/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/changes.h"

#include <string.h>

#include "base/escape.h"
#include "base/format.h"

/* The list that is being filled, and the two texts of the field in hand. */
struct comparing {
	struct kvk_change *out;
	size_t count;
	enum kvk_err err;
	struct kvk_blob asked, got;
};

static void note(struct comparing *c, const char *field)
{
	struct kvk_change *slot;

	if (c->err != KVK_OK || c->count == KVK_CHANGES_MAX ||
		kvk_span_equal(kvk_span_of_blob(&c->asked), kvk_span_of_blob(&c->got)))
		return;
	slot = &c->out[c->count++];
	kvk_format(slot->field, sizeof slot->field, "%s", field);
	kvk_format(slot->asked, sizeof slot->asked, "%s", kvk_blob_str(&c->asked));
	kvk_format(slot->got, sizeof slot->got, "%s", kvk_blob_str(&c->got));
}

static void clear(struct comparing *c)
{
	kvk_blob_clear(&c->asked);
	kvk_blob_clear(&c->got);
}

static void add(struct comparing *c, struct kvk_blob *text, struct kvk_span value)
{
	if (c->err == KVK_OK && text->n > 0)
		c->err = kvk_blob_text(text, ", ");
	if (c->err == KVK_OK)
		c->err = kvk_escape(text, value);
}

/* All values of one attribute type of a name, in order. */
static void add_attributes(struct comparing *c, struct kvk_blob *text, const struct kvk_name *name,
	struct kvk_span type)
{
	struct kvk_blob value = { 0 };

	for (size_t i = 0; c->err == KVK_OK && i < name->count; i++) {
		const struct kvk_attribute *attribute = &name->attributes[i];
		enum kvk_err err;

		if (!kvk_span_equal(attribute->type, type))
			continue;
		kvk_blob_clear(&value);
		err = kvk_attribute_text(attribute, &value);
		if (err == KVK_ERR_MEMORY)
			c->err = err;
		else
			add(c, text,
				err == KVK_OK ? kvk_span_of_blob(&value) : attribute->value_der);
	}
	kvk_blob_free(&value);
}

static bool seen(const struct kvk_name *name, size_t before, struct kvk_span type)
{
	for (size_t i = 0; i < before; i++)
		if (kvk_span_equal(name->attributes[i].type, type))
			return true;
	return false;
}

static void compare_type(struct comparing *c, const struct kvk_csr *request,
	const struct kvk_certificate *cert, struct kvk_span type)
{
	char label[KVK_LIMIT_OID_TEXT];

	clear(c);
	add_attributes(c, &c->asked, &request->subject, type);
	add_attributes(c, &c->got, &cert->subject, type);
	note(c, kvk_oid_label(type, label));
}

static void compare_subjects(
	struct comparing *c, const struct kvk_csr *request, const struct kvk_certificate *cert)
{
	const struct kvk_name *asked = &request->subject, *got = &cert->subject;

	for (size_t i = 0; i < asked->count; i++)
		if (!seen(asked, i, asked->attributes[i].type))
			compare_type(c, request, cert, asked->attributes[i].type);
	for (size_t i = 0; i < got->count; i++)
		if (!seen(got, i, got->attributes[i].type) &&
			!seen(asked, asked->count, got->attributes[i].type))
			compare_type(c, request, cert, got->attributes[i].type);
}

static void add_names(struct comparing *c, struct kvk_blob *text, const struct kvk_extensions *ext)
{
	for (size_t i = 0; i < ext->san_count; i++)
		if (ext->sans[i].kind == KVK_GENERAL_DNS)
			add(c, text, ext->sans[i].value);
}

static void add_usages(struct comparing *c, struct kvk_blob *text, const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < ext->eku_count; i++)
		add(c, text, kvk_span_of(kvk_oid_label(ext->ekus[i], label)));
}

static void add_key_usage(
	struct comparing *c, struct kvk_blob *text, const struct kvk_extensions *ext)
{
	const char *name;

	for (unsigned i = 0; ext->has_key_usage && (name = kvk_key_usage_name(i)) != NULL; i++)
		if (ext->key_usage & (1u << i))
			add(c, text, kvk_span_of(name));
}

/* The order of usages says nothing (RFC 5280 4.2.1.12). */
static bool same_usages(const struct kvk_extensions *a, const struct kvk_extensions *b)
{
	size_t found = 0;

	for (size_t i = 0; i < a->eku_count; i++)
		for (size_t j = 0; j < b->eku_count; j++)
			if (kvk_span_equal(a->ekus[i], b->ekus[j])) {
				found++;
				break;
			}
	return b->has_eku && found == a->eku_count && a->eku_count == b->eku_count;
}

/* Extensions are compared where the request asks for them. */
static void compare_extensions(
	struct comparing *c, const struct kvk_extensions *asked, const struct kvk_extensions *got)
{
	if (asked->has_san) {
		clear(c);
		add_names(c, &c->asked, asked);
		add_names(c, &c->got, got);
		note(c, "subjectAltName");
	}
	if (asked->has_key_usage) {
		clear(c);
		add_key_usage(c, &c->asked, asked);
		add_key_usage(c, &c->got, got);
		note(c, "keyUsage");
	}
	if (asked->has_eku && !same_usages(asked, got)) {
		clear(c);
		add_usages(c, &c->asked, asked);
		add_usages(c, &c->got, got);
		note(c, "extKeyUsage");
	}
}

enum kvk_err kvk_changes(const struct kvk_csr *request, const struct kvk_certificate *cert,
	struct kvk_change out[static KVK_CHANGES_MAX], size_t *count)
{
	struct comparing c = { .out = out };

	compare_subjects(&c, request, cert);
	if (request->has_extensions)
		compare_extensions(&c, &request->ext, &cert->ext);
	kvk_blob_free(&c.asked);
	kvk_blob_free(&c.got);
	*count = c.err == KVK_OK ? c.count : 0;
	return c.err;
}
