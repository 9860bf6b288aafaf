/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/issue.h"

#include "practice/issue_list.h"

void kvk_issue_keep(struct kvk_issue *issue, enum kvk_err err)
{
	if (issue->err == KVK_OK)
		issue->err = err;
}

void kvk_issue_start(struct kvk_issue *issue)
{
	*issue = (struct kvk_issue){
		.signing = &kvk_signing_rsa_sha256,
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
	if (issue == NULL)
		return;
	if (issue->way != NULL)
		issue->way->free(issue);
	for (size_t i = 0; i < issue->subject.count; i++)
		free_attribute(issue, i);
	kvk_vec_free(&issue->subject);
	kvk_issue_list_free(&issue->extensions);
	kvk_blob_free(&issue->serial);
	kvk_blob_free(&issue->spki);
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

	KVK_TRY(kvk_vec_push(&issue->subject, &attribute));
	attribute->tag = tag;
	KVK_TRY(kvk_oid_encode(dotted, &attribute->type));
	err = kvk_blob_append(&attribute->value, value);
out:
	kvk_issue_keep(issue, err);
}

struct kvk_issue_attribute *kvk_issue_name_find(
	const struct kvk_issue *issue, enum kvk_oid oid, size_t *i)
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

	attribute = kvk_issue_name_find(issue, oid, &i);
	if (text != NULL && attribute != NULL) {
		attribute->tag = tag_of(oid);
		kvk_issue_keep(issue, kvk_blob_set(&attribute->value, kvk_span_of(text)));
	} else if (text != NULL) {
		kvk_issue_name(issue, oid, text);
	} else {
		while (kvk_issue_name_find(issue, oid, &i) != NULL) {
			free_attribute(issue, i);
			kvk_vec_remove(&issue->subject, i);
		}
	}
}

void kvk_issue_spki(struct kvk_issue *issue, struct kvk_span spki)
{
	kvk_issue_keep(issue, kvk_blob_set(&issue->spki, spki));
}

void kvk_issue_extension(
	struct kvk_issue *issue, const char *dotted, bool critical, struct kvk_span value)
{
	kvk_issue_keep(issue, kvk_issue_list_set(&issue->extensions, dotted, critical, value));
}

void kvk_issue_drop(struct kvk_issue *issue, enum kvk_oid oid)
{
	kvk_issue_list_remove(&issue->extensions, kvk_oid_octets(oid));
}
