/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: certificate policies with their qualifiers (RFC 5280 4.2.1.4). */
#include "config.h"

#include "report/show_part.h"

/* The organisation and the numbers of a NoticeReference. */
static enum kvk_err append_reference(struct kvk_shown *s, struct kvk_der *notice)
{
	struct kvk_der reference, numbers;
	struct kvk_span organisation;
	uint64_t number;
	unsigned tag;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(notice, KVK_DER_SEQUENCE, &reference));
	KVK_TRY(kvk_der_string(&reference, &tag, &organisation));
	KVK_TRY(kvk_der_enter(&reference, KVK_DER_SEQUENCE, &numbers));
	kvk_page_append(&s->line, "%s ", _("refers to notices of:"));
	kvk_show_append_string(s, tag, organisation);
	while (!kvk_der_at_end(&numbers)) {
		KVK_TRY(kvk_der_uint(&numbers, KVK_DER_INTEGER, UINT32_MAX, &number));
		kvk_page_append(&s->line, ", %llu", (unsigned long long)number);
	}
	err = KVK_OK;
out:
	return err;
}

/* A UserNotice: a reference, a text, both or neither. */
static enum kvk_err append_notice(struct kvk_shown *s, struct kvk_der *one)
{
	struct kvk_der notice;
	struct kvk_span text;
	unsigned tag;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(one, KVK_DER_SEQUENCE, &notice));
	if (kvk_der_peek(&notice) == KVK_DER_SEQUENCE) {
		KVK_TRY(append_reference(s, &notice));
		if (!kvk_der_at_end(&notice)) {
			kvk_show_next(s);
			kvk_page_append_text(&s->line, "- ");
		}
	}
	if (!kvk_der_at_end(&notice)) {
		KVK_TRY(kvk_der_string(&notice, &tag, &text));
		kvk_page_append(&s->line, "%s ", _("notice:"));
		kvk_show_append_string(s, tag, text);
	}
out:
	return err;
}

/* The value of a qualifier in words. KVK_ERR_DER where it is not known or cannot be read. */
static enum kvk_err append_known(struct kvk_shown *s, struct kvk_span id, struct kvk_der *one)
{
	struct kvk_span text;
	unsigned tag;
	enum kvk_err err;

	if (kvk_oid_is(id, KVK_OID_POLICY_USER_NOTICE))
		return append_notice(s, one);
	if (!kvk_oid_is(id, KVK_OID_POLICY_CPS))
		return KVK_ERR_DER;
	KVK_TRY(kvk_der_string(one, &tag, &text));
	kvk_page_append(&s->line, "%s ", _("practice statement (CPS):"));
	kvk_page_append_escaped(&s->line, text);
out:
	return err;
}

/* One qualifier; what is not known or cannot be read in hex. */
static enum kvk_err append_qualifier(struct kvk_shown *s, struct kvk_der *list)
{
	char label[KVK_LIMIT_OID_TEXT];
	const size_t start = s->text.n;
	struct kvk_der one;
	struct kvk_span id, value;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(list, KVK_DER_SEQUENCE, &one));
	KVK_TRY(kvk_der_oid(&one, &id));
	value = one.rest;
	if (append_known(s, id, &one) != KVK_OK) {
		kvk_show_cut(s, start);
		kvk_page_append(&s->line, "%s ", kvk_oid_label(id, label));
		kvk_show_append_bytes(s, value);
	}
out:
	return err;
}

static void append_qualifiers(struct kvk_shown *s, struct kvk_span qualifiers)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der der, list;
	enum kvk_err err;

	kvk_der_start(&der, qualifiers, true, &log);
	err = kvk_der_enter(&der, KVK_DER_SEQUENCE, &list);
	while (err == KVK_OK && !kvk_der_at_end(&list)) {
		kvk_show_next(s);
		kvk_page_append_text(&s->line, "- ");
		err = append_qualifier(s, &list);
	}
}

void kvk_show_policies(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < ext->policy_count; i++) {
		const struct kvk_span oid = ext->policies[i].oid;
		const char *meaning = NULL;

		if (s->show->knowledge != NULL)
			meaning = kvk_knowledge_policy(s->show->knowledge, oid);
		if (i > 0)
			kvk_show_next(s);
		kvk_page_append_text(&s->line, kvk_oid_text(oid, label));
		if (meaning != NULL)
			kvk_page_append(&s->line, " (%s)", meaning);
		else if (kvk_oid_is(oid, KVK_OID_ANY_POLICY))
			kvk_page_append(&s->line, " (%s)", _("any policy"));
		else if (kvk_oid_find(oid) != KVK_OID_UNKNOWN)
			kvk_page_append(&s->line, " (%s)", kvk_oid_label(oid, label));
		if (ext->policies[i].qualifiers.n > 0)
			append_qualifiers(s, ext->policies[i].qualifiers);
	}
}
