/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/issue.h"

#include "base/utf8.h"
#include "practice/write.h"

static void note(struct kvk_issue *issue, enum kvk_err err)
{
	if (!issue->err)
		issue->err = err;
}

void kvk_issue_start(struct kvk_issue *issue)
{
	*issue = (struct kvk_issue){
		.version = 3,
		.subject = KVK_VEC_INIT(struct kvk_issue_attribute, KVK_ISSUE_LIST_MAX),
		.extensions = KVK_VEC_INIT(struct kvk_issue_extension, KVK_ISSUE_LIST_MAX),
	};
}

static void free_attribute(struct kvk_issue *issue, size_t i)
{
	struct kvk_issue_attribute *attribute = kvk_vec_at(&issue->subject, i);

	kvk_blob_free(&attribute->type);
	kvk_blob_free(&attribute->value);
}

void kvk_issue_free(struct kvk_issue *issue)
{
	size_t i;

	if (!issue)
		return;
	for (i = 0; i < issue->subject.count; i++)
		free_attribute(issue, i);
	kvk_vec_free(&issue->subject);
	kvk_extension_free(&issue->extensions);
	kvk_blob_free(&issue->serial);
	kvk_blob_free(&issue->issuer);
	kvk_blob_free(&issue->spki);
	kvk_blob_free(&issue->algorithm);
	kvk_blob_free(&issue->inner_algorithm);
	kvk_issue_start(issue);
}

/*
 * The string type that this attribute has by X.520: countryName and serialNumber are
 * PrintableString.
 */
static unsigned tag_of(enum kvk_oid oid)
{
	switch (oid) {
	case KVK_OID_C:
	case KVK_OID_SERIAL_NUMBER:
	case KVK_OID_JURISDICTION_C:
	case KVK_OID_DN_QUALIFIER:
		return KVK_DER_PRINTABLE_STRING;
	case KVK_OID_EMAIL:
	case KVK_OID_DC:
		return KVK_DER_IA5_STRING;
	default:
		return KVK_DER_UTF8_STRING;
	}
}

void kvk_issue_name(struct kvk_issue *issue, enum kvk_oid oid, const char *text)
{
	kvk_issue_name_raw(issue, kvk_oid_dotted(oid), tag_of(oid), kvk_span_of(text));
}

void kvk_issue_name_raw(
	struct kvk_issue *issue, const char *dotted, unsigned tag, struct kvk_span value)
{
	struct kvk_issue_attribute *attribute;
	enum kvk_err err;

	err = kvk_vec_push(&issue->subject, &attribute);
	if (!err) {
		attribute->tag = tag;
		err = kvk_oid_encode(dotted, &attribute->type);
	}
	if (!err)
		err = kvk_blob_append(&attribute->value, value);
	note(issue, err);
}

static struct kvk_issue_attribute *find(const struct kvk_issue *issue, enum kvk_oid oid, size_t *i)
{
	for (; *i < issue->subject.count; (*i)++) {
		struct kvk_issue_attribute *attribute = kvk_vec_at(&issue->subject, *i);

		if (kvk_oid_is(kvk_span_of_blob(&attribute->type), oid))
			return attribute;
	}
	return NULL;
}

void kvk_issue_name_set(struct kvk_issue *issue, enum kvk_oid oid, const char *text)
{
	struct kvk_issue_attribute *attribute;
	size_t i = 0;

	attribute = find(issue, oid, &i);
	if (text && attribute) {
		attribute->tag = tag_of(oid);
		note(issue, kvk_blob_set(&attribute->value, kvk_span_of(text)));
	} else if (text) {
		kvk_issue_name(issue, oid, text);
	} else {
		while (find(issue, oid, &i)) {
			free_attribute(issue, i);
			kvk_vec_remove(&issue->subject, i);
		}
	}
}

static enum kvk_err append_wide(struct kvk_blob *out, uint32_t code_point, unsigned octets)
{
	enum kvk_err err = KVK_OK;

	while (!err && octets-- > 0)
		err = kvk_blob_byte(out, (uint8_t)(code_point >> 8 * octets));
	return err;
}

/* UTF-8 in the encoding of another string type; those of one octet a character are not checked. */
static enum kvk_err convert(struct kvk_span text, unsigned tag, struct kvk_blob *out)
{
	uint32_t code_point;
	enum kvk_err err = KVK_OK;
	unsigned octets;

	switch (tag) {
	case KVK_DER_BMP_STRING:
		octets = 2;
		break;
	case KVK_DER_UNIVERSAL_STRING:
		octets = 4;
		break;
	case KVK_DER_TELETEX_STRING:
		octets = 1;
		break;
	default:
		return kvk_blob_append(out, text);
	}
	while (!err && text.n > 0) {
		if (!kvk_utf8_next(&text, &code_point))
			return KVK_ERR_TEXT;
		err = append_wide(out, code_point, octets);
	}
	return err;
}

void kvk_issue_name_tag(struct kvk_issue *issue, enum kvk_oid oid, unsigned tag)
{
	struct kvk_issue_attribute *attribute;
	size_t i;

	for (i = 0; (attribute = find(issue, oid, &i)); i++) {
		struct kvk_blob converted = { .n = 0 };

		note(issue, convert(kvk_span_of_blob(&attribute->value), tag, &converted));
		kvk_blob_free(&attribute->value);
		attribute->value = converted;
		attribute->tag = tag;
	}
}

void kvk_issue_serial(struct kvk_issue *issue, struct kvk_span octets)
{
	note(issue, kvk_blob_set(&issue->serial, octets));
}

void kvk_issue_spki(struct kvk_issue *issue, struct kvk_span spki)
{
	note(issue, kvk_blob_set(&issue->spki, spki));
}

void kvk_issue_claim(struct kvk_issue *issue, enum kvk_signing signing, bool inner_only)
{
	struct kvk_blob *claim = inner_only ? &issue->inner_algorithm : &issue->algorithm;

	kvk_blob_clear(claim);
	note(issue, kvk_signing_algorithm(signing, claim));
}

void kvk_issue_claim_raw(struct kvk_issue *issue, struct kvk_span algorithm)
{
	note(issue, kvk_blob_set(&issue->algorithm, algorithm));
}

void kvk_issue_extension(
	struct kvk_issue *issue, const char *dotted, bool critical, struct kvk_span value)
{
	note(issue, kvk_extension_set(&issue->extensions, dotted, critical, value));
}

void kvk_issue_extension_add(
	struct kvk_issue *issue, const char *dotted, bool critical, struct kvk_span value)
{
	note(issue, kvk_extension_append(&issue->extensions, dotted, critical, value));
}

void kvk_issue_drop(struct kvk_issue *issue, enum kvk_oid oid)
{
	kvk_extension_remove(&issue->extensions, kvk_oid_octets(oid));
}

void kvk_issue_drop_all(struct kvk_issue *issue)
{
	kvk_extension_free(&issue->extensions);
}

void kvk_issue_critical(struct kvk_issue *issue, enum kvk_oid oid, bool critical)
{
	struct kvk_issue_extension *ext;

	ext = kvk_extension_find(&issue->extensions, kvk_oid_octets(oid));
	if (ext)
		ext->critical = critical;
	else
		note(issue, KVK_ERR_NOT_FOUND);
}
