/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/general_name.h"

#include "base/ascii.h"
#include "cert/name.h"
#include "cert/java.h"

/* GeneralName ::= CHOICE { */
static const unsigned tags[] = {
	/* otherName [0] OtherName, */
	[KVK_GENERAL_OTHER] = KVK_DER_CONTEXT_CONSTRUCTED(0),
	/* rfc822Name [1] IA5String, */
	[KVK_GENERAL_EMAIL] = KVK_DER_CONTEXT(1),
	/* dNSName [2] IA5String, */
	[KVK_GENERAL_DNS] = KVK_DER_CONTEXT(2),
	/* x400Address [3] ORAddress, */
	[KVK_GENERAL_X400] = KVK_DER_CONTEXT_CONSTRUCTED(3),
	/* directoryName [4] Name, */
	[KVK_GENERAL_DIRECTORY] = KVK_DER_CONTEXT_CONSTRUCTED(4),
	/* ediPartyName [5] EDIPartyName, */
	[KVK_GENERAL_EDI] = KVK_DER_CONTEXT_CONSTRUCTED(5),
	/* uniformResourceIdentifier [6] IA5String, */
	[KVK_GENERAL_URI] = KVK_DER_CONTEXT(6),
	/* iPAddress [7] OCTET STRING, */
	[KVK_GENERAL_IP] = KVK_DER_CONTEXT(7),
	/* registeredID [8] OBJECT IDENTIFIER } */
	[KVK_GENERAL_REGISTERED_ID] = KVK_DER_CONTEXT(8),
};

/* directoryName [4] Name, -- Name is a CHOICE, so its tag is around a whole Name */
static enum kvk_err check_directory(const struct kvk_der *der, struct kvk_span content)
{
	struct kvk_name name;
	struct kvk_der inner;
	enum kvk_err err;

	KVK_TRY(kvk_der_into(der, content, &inner));
	KVK_TRY(kvk_name_read(&inner, &name));
	kvk_name_free(&name);
	KVK_TRY(kvk_der_finish(&inner));
out:
	return err;
}

/* otherName [0] OtherName, -- OtherName ::= SEQUENCE { */
static enum kvk_err check_other(const struct kvk_der *der, struct kvk_span content)
{
	struct kvk_der_value value;
	struct kvk_der inner;
	struct kvk_span type;
	enum kvk_err err;

	KVK_TRY(kvk_der_into(der, content, &inner));
	/* type-id OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(&inner, &type));
	/* value [0] EXPLICIT ANY DEFINED BY type-id } */
	KVK_TRY(kvk_der_any(&inner, &value));
	if (value.tag != KVK_DER_CONTEXT_CONSTRUCTED(0))
		return kvk_der_fail(der, KVK_DER_TAG, value.whole.p);
	KVK_TRY(kvk_der_finish(&inner));
out:
	return err;
}

/* IA5String; Java takes any octets. */
static enum kvk_err check_ia5(const struct kvk_der *der, struct kvk_span content)
{
	for (size_t i = 0; i < content.n; i++)
		if (!kvk_is_print(content.p[i]))
			return kvk_der_tolerate(der, KVK_DER_BAD_STRING, content.p + i);
	return KVK_OK;
}

/* Java reads no extension with a URI or mail address that it cannot take apart. */
static enum kvk_err check_text(const struct kvk_der *der, struct kvk_span content, bool reads)
{
	return reads ? check_ia5(der, content) : kvk_der_fail(der, KVK_DER_BAD_STRING, content.p);
}

/* 4 or 16 octets, and twice that with a mask in name constraints (4.2.1.10). */
static enum kvk_err check_ip(const struct kvk_der *der, struct kvk_span content)
{
	if (content.n == 4 || content.n == 8 || content.n == 16 || content.n == 32)
		return KVK_OK;
	return kvk_der_fail(der, KVK_DER_CONTENT, content.p);
}

static enum kvk_err check(const struct kvk_der *der, const struct kvk_general_name *name)
{
	switch (name->kind) {
	case KVK_GENERAL_DNS:
		return check_ia5(der, name->value);
	case KVK_GENERAL_EMAIL:
		return check_text(der, name->value, kvk_java_reads_email(name->value));
	case KVK_GENERAL_URI:
		return check_text(der, name->value, kvk_java_reads_uri(name->value));
	case KVK_GENERAL_DIRECTORY:
		return check_directory(der, name->value);
	case KVK_GENERAL_OTHER:
		return check_other(der, name->value);
	case KVK_GENERAL_IP:
		return check_ip(der, name->value);
	case KVK_GENERAL_X400:
	case KVK_GENERAL_EDI:
	case KVK_GENERAL_REGISTERED_ID:
		break;
	}
	return KVK_OK;
}

/* GeneralName ::= CHOICE { ... } with its contents, which are not looked at. */
static enum kvk_err read_choice(struct kvk_der *der, struct kvk_general_name *out)
{
	const struct kvk_der start = *der;
	struct kvk_der_value value;
	enum kvk_err err;
	unsigned kind;

	KVK_TRY(kvk_der_any(der, &value));
	kind = value.tag & 0x1f;
	if (kind >= sizeof(tags) / sizeof(tags[0]) || value.tag != tags[kind])
		return kvk_der_fail(&start, KVK_DER_TAG, start.rest.p);
	out->kind = (enum kvk_general_kind)kind;
	out->value = value.content;
out:
	return err;
}

enum kvk_err kvk_general_name_read(struct kvk_der *der, struct kvk_general_name *out)
{
	const struct kvk_der start = *der;
	enum kvk_err err;

	KVK_TRY(read_choice(der, out));
	KVK_TRY(check(&start, out));
out:
	return err;
}

enum kvk_err kvk_general_names_check(const struct kvk_der *der, struct kvk_span content)
{
	struct kvk_general_name name;
	struct kvk_der list;
	size_t n = 0;
	enum kvk_err err;

	/* GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName */
	KVK_TRY(kvk_der_into(der, content, &list));
	if (kvk_der_at_end(&list))
		return kvk_der_fail(der, KVK_DER_EMPTY, content.p);
	while (!kvk_der_at_end(&list)) {
		if (n++ == KVK_LIMIT_GENERAL_NAMES)
			return kvk_der_fail(&list, KVK_DER_TOO_MANY, list.rest.p);
		KVK_TRY(kvk_general_name_read(&list, &name));
	}
out:
	return err;
}

/* The base of a GeneralSubtree, where a URI is a host (4.2.1.10). */
static enum kvk_err read_base(struct kvk_der *der, struct kvk_general_name *out)
{
	const struct kvk_der start = *der;
	enum kvk_err err;

	KVK_TRY(read_choice(der, out));
	if (out->kind == KVK_GENERAL_URI)
		return check_text(&start, out->value, kvk_java_reads_uri_constraint(out->value));
	KVK_TRY(check(&start, out));
out:
	return err;
}

enum kvk_err kvk_general_subtree_read(struct kvk_der *der, struct kvk_subtree *out)
{
	const unsigned minimum = KVK_DER_CONTEXT(0), maximum = KVK_DER_CONTEXT(1);
	struct kvk_der list;
	uint64_t number;
	enum kvk_err err;

	out->has_minimum_or_maximum = false;
	/* GeneralSubtree ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	/* base GeneralName, */
	KVK_TRY(read_base(&list, &out->base));
	/* minimum [0] BaseDistance DEFAULT 0, -- BaseDistance ::= INTEGER (0..MAX) */
	if (kvk_der_peek(&list) == minimum) {
		KVK_TRY(kvk_der_uint(&list, minimum, INT32_MAX, &number));
		if (number == 0)
			KVK_TRY(kvk_der_tolerate(&list, KVK_DER_DEFAULT, list.rest.p));
		else
			out->has_minimum_or_maximum = true;
	}
	/* maximum [1] BaseDistance OPTIONAL } */
	if (kvk_der_peek(&list) == maximum) {
		KVK_TRY(kvk_der_uint(&list, maximum, INT32_MAX, &number));
		out->has_minimum_or_maximum = true;
	}
	KVK_TRY(kvk_der_finish(&list));
out:
	return err;
}
