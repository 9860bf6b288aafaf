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
	struct kvk_blob asked, got;
};

static void start_field(struct comparing *c)
{
	kvk_blob_clear(&c->asked);
	kvk_blob_clear(&c->got);
}

static void end_field(struct comparing *c, const char *field)
{
	struct kvk_change *slot;

	if (c->count == KVK_CHANGES_MAX ||
		kvk_span_equal(kvk_span_of_blob(&c->asked), kvk_span_of_blob(&c->got)))
		return;
	slot = &c->out[c->count++];
	KVK_FORMAT(slot->field, "%s", field);
	KVK_FORMAT(slot->asked, "%s", kvk_blob_str(&c->asked));
	KVK_FORMAT(slot->got, "%s", kvk_blob_str(&c->got));
}

static enum kvk_err add(struct kvk_blob *text, struct kvk_span value)
{
	enum kvk_err err;

	if (text->n > 0)
		KVK_TRY(kvk_blob_append_text(text, ", "));
	KVK_TRY(kvk_escape(text, value));
out:
	return err;
}

/* One value; of what is no text the octets. */
static enum kvk_err add_attribute(struct kvk_blob *text, const struct kvk_attribute *attribute)
{
	struct kvk_blob value = { 0 };
	enum kvk_err err = kvk_attribute_text(attribute, &value);

	if (err != KVK_ERR_MEMORY)
		err = add(text, err == KVK_OK ? kvk_span_of_blob(&value) : attribute->value_der);
	kvk_blob_free(&value);
	return err;
}

/* All values of one attribute type of a name, in order. */
static enum kvk_err add_attributes(
	struct kvk_blob *text, const struct kvk_name *name, struct kvk_span type)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < name->count; i++)
		if (kvk_span_equal(name->attributes[i].type, type))
			KVK_TRY(add_attribute(text, &name->attributes[i]));
out:
	return err;
}

static bool seen(const struct kvk_name *name, size_t before, struct kvk_span type)
{
	for (size_t i = 0; i < before; i++)
		if (kvk_span_equal(name->attributes[i].type, type))
			return true;
	return false;
}

static enum kvk_err compare_type(struct comparing *c, const struct kvk_name *asked,
	const struct kvk_name *got, struct kvk_span type)
{
	char label[KVK_LIMIT_OID_TEXT];
	enum kvk_err err;

	start_field(c);
	KVK_TRY(add_attributes(&c->asked, asked, type));
	KVK_TRY(add_attributes(&c->got, got, type));
	end_field(c, kvk_oid_label(type, label));
out:
	return err;
}

static enum kvk_err compare_subjects(
	struct comparing *c, const struct kvk_name *asked, const struct kvk_name *got)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < asked->count; i++)
		if (!seen(asked, i, asked->attributes[i].type))
			KVK_TRY(compare_type(c, asked, got, asked->attributes[i].type));
	for (size_t i = 0; i < got->count; i++)
		if (!seen(got, i, got->attributes[i].type) &&
			!seen(asked, asked->count, got->attributes[i].type))
			KVK_TRY(compare_type(c, asked, got, got->attributes[i].type));
out:
	return err;
}

static enum kvk_err add_names(struct kvk_blob *text, const struct kvk_extensions *ext)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < ext->san_count; i++)
		if (ext->sans[i].kind == KVK_GENERAL_DNS)
			KVK_TRY(add(text, ext->sans[i].value));
out:
	return err;
}

static enum kvk_err add_usages(struct kvk_blob *text, const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < ext->eku_count; i++)
		KVK_TRY(add(text, kvk_span_of(kvk_oid_label(ext->ekus[i], label))));
out:
	return err;
}

static enum kvk_err add_key_usage(struct kvk_blob *text, const struct kvk_extensions *ext)
{
	enum kvk_err err = KVK_OK;
	const char *name;

	for (unsigned i = 0; ext->has_key_usage && (name = kvk_key_usage_name(i)) != NULL; i++)
		if (ext->key_usage & (1u << i))
			KVK_TRY(add(text, kvk_span_of(name)));
out:
	return err;
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

/* Compares one extension, of which a function writes what is in it. */
static enum kvk_err compare_extension(struct comparing *c, const char *field,
	enum kvk_err (*write)(struct kvk_blob *text, const struct kvk_extensions *ext),
	const struct kvk_extensions *asked, const struct kvk_extensions *got)
{
	enum kvk_err err;

	start_field(c);
	KVK_TRY(write(&c->asked, asked));
	KVK_TRY(write(&c->got, got));
	end_field(c, field);
out:
	return err;
}

/* Extensions are compared where the request asks for them. */
static enum kvk_err compare_extensions(
	struct comparing *c, const struct kvk_extensions *asked, const struct kvk_extensions *got)
{
	enum kvk_err err = KVK_OK;

	if (asked->has_san)
		KVK_TRY(compare_extension(c, "subjectAltName", add_names, asked, got));
	if (asked->has_key_usage)
		KVK_TRY(compare_extension(c, "keyUsage", add_key_usage, asked, got));
	if (asked->has_eku && !same_usages(asked, got))
		KVK_TRY(compare_extension(c, "extKeyUsage", add_usages, asked, got));
out:
	return err;
}

enum kvk_err kvk_changes(const struct kvk_csr *request, const struct kvk_certificate *cert,
	struct kvk_change out[static KVK_CHANGES_MAX], size_t *count)
{
	struct comparing c = { .out = out };
	enum kvk_err err;

	*count = 0;
	KVK_TRY(compare_subjects(&c, &request->subject, &cert->subject));
	if (request->has_extensions)
		KVK_TRY(compare_extensions(&c, &request->ext, &cert->ext));
	*count = c.count;
out:
	kvk_blob_free(&c.asked);
	kvk_blob_free(&c.got);
	return err;
}
