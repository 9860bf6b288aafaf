/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/ascii.h"
#include "cert/name.h"
#include "cert/uri.h"

/* How each choice is tagged: rfc822Name, dNSName, URI, iPAddress and registeredID are primitive. */
static const unsigned tags[] = {
	[KVK_GENERAL_OTHER] = KVK_DER_CONTEXT_CONSTRUCTED(0),
	[KVK_GENERAL_EMAIL] = KVK_DER_CONTEXT(1),
	[KVK_GENERAL_DNS] = KVK_DER_CONTEXT(2),
	[KVK_GENERAL_X400] = KVK_DER_CONTEXT_CONSTRUCTED(3),
	[KVK_GENERAL_DIRECTORY] = KVK_DER_CONTEXT_CONSTRUCTED(4),
	[KVK_GENERAL_EDI] = KVK_DER_CONTEXT_CONSTRUCTED(5),
	[KVK_GENERAL_URI] = KVK_DER_CONTEXT(6),
	[KVK_GENERAL_IP] = KVK_DER_CONTEXT(7),
	[KVK_GENERAL_REGISTERED_ID] = KVK_DER_CONTEXT(8),
};

/* A directory name is a CHOICE, so its tag stands around a whole Name. */
static enum kvk_err check_directory(const struct kvk_der *der, struct kvk_span content)
{
	struct kvk_name name;
	struct kvk_der inner;
	enum kvk_err err;

	if ((err = kvk_der_into(der, content, &inner)) != KVK_OK ||
		(err = kvk_name_read(&inner, &name)) != KVK_OK)
		return err;
	return kvk_der_finish(&inner);
}

/* otherName ::= SEQUENCE { type-id, value [0] EXPLICIT }, implicitly tagged. */
static enum kvk_err check_other(const struct kvk_der *der, struct kvk_span content)
{
	struct kvk_der_value value;
	struct kvk_der inner;
	struct kvk_span type;
	enum kvk_err err;

	if ((err = kvk_der_into(der, content, &inner)) != KVK_OK ||
		(err = kvk_der_oid(&inner, &type)) != KVK_OK ||
		(err = kvk_der_any(&inner, &value)) != KVK_OK)
		return err;
	if (value.tag != KVK_DER_CONTEXT_CONSTRUCTED(0))
		return kvk_der_fail(der, KVK_DER_TAG, value.whole.p);
	return kvk_der_finish(&inner);
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

/* Reads the choice and its contents, which are not looked at. */
static enum kvk_err read_choice(struct kvk_der *der, struct kvk_general_name *out)
{
	const struct kvk_der start = *der;
	struct kvk_der_value value;
	enum kvk_err err;
	unsigned kind;

	if ((err = kvk_der_any(der, &value)) != KVK_OK)
		return err;
	kind = value.tag & 0x1f;
	if (kind >= sizeof(tags) / sizeof(tags[0]) || value.tag != tags[kind])
		return kvk_der_fail(&start, KVK_DER_TAG, start.rest.p);
	out->kind = (enum kvk_general_kind)kind;
	out->value = value.content;
	return KVK_OK;
}

enum kvk_err kvk_general_name_read(struct kvk_der *der, struct kvk_general_name *out)
{
	const struct kvk_der start = *der;
	enum kvk_err err = read_choice(der, out);

	return err == KVK_OK ? check(&start, out) : err;
}

enum kvk_err kvk_general_base_read(struct kvk_der *der, struct kvk_general_name *out)
{
	const struct kvk_der start = *der;
	enum kvk_err err = read_choice(der, out);

	if (err != KVK_OK || out->kind != KVK_GENERAL_URI)
		return err == KVK_OK ? check(&start, out) : err;
	return check_text(&start, out->value, kvk_java_reads_uri_constraint(out->value));
}
