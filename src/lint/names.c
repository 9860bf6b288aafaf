/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of lint/lint.h: the attributes of a subject (RFC 5280 appendix A, X.520) and the names of a
 * subjectAltName.
 */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/format.h"
#include "lint/rows.h"
#include "names/host.h"

enum alphabet { DIRECTORY, PRINTABLE, IA5 };

/* Which string an attribute is written in, and how many characters it may have (0: any). */
static const struct attribute_form {
	enum kvk_oid oid;
	enum alphabet alphabet;
	size_t bound;
} forms[] = {
	{ KVK_OID_CN, DIRECTORY, 64 },
	{ KVK_OID_SURNAME, DIRECTORY, 32768 },
	{ KVK_OID_GIVEN_NAME, DIRECTORY, 32768 },
	{ KVK_OID_SERIAL_NUMBER, PRINTABLE, 64 },
	{ KVK_OID_C, PRINTABLE, 2 },
	{ KVK_OID_L, DIRECTORY, 128 },
	{ KVK_OID_ST, DIRECTORY, 128 },
	{ KVK_OID_STREET, DIRECTORY, 128 },
	{ KVK_OID_O, DIRECTORY, 64 },
	{ KVK_OID_OU, DIRECTORY, 64 },
	{ KVK_OID_TITLE, DIRECTORY, 64 },
	{ KVK_OID_BUSINESS_CATEGORY, DIRECTORY, 128 },
	{ KVK_OID_POSTAL_CODE, DIRECTORY, 40 },
	{ KVK_OID_DN_QUALIFIER, PRINTABLE, 0 },
	{ KVK_OID_PSEUDONYM, DIRECTORY, 128 },
	{ KVK_OID_ORGANIZATION_IDENTIFIER, DIRECTORY, 0 },
	{ KVK_OID_EMAIL, IA5, 255 },
	{ KVK_OID_DC, IA5, 0 },
	{ KVK_OID_JURISDICTION_C, PRINTABLE, 2 },
};

static const struct attribute_form *form_of(enum kvk_oid oid)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i].oid == oid)
			return &forms[i];
	return NULL;
}

static bool has_alphabet(unsigned tag, enum alphabet alphabet)
{
	switch (tag) {
	case KVK_DER_PRINTABLE_STRING:
		return alphabet != IA5;
	case KVK_DER_IA5_STRING:
		return alphabet == IA5;
	case KVK_DER_UTF8_STRING:
	/* the old ones have a warning of their own */
	case KVK_DER_TELETEX_STRING:
	case KVK_DER_BMP_STRING:
	case KVK_DER_UNIVERSAL_STRING:
		return alphabet == DIRECTORY;
	default:
		return false;
	}
}

static size_t characters(const struct kvk_attribute *attribute)
{
	size_t n = 0;

	if (attribute->tag == KVK_DER_BMP_STRING)
		return attribute->value.n / 2;
	if (attribute->tag == KVK_DER_UNIVERSAL_STRING)
		return attribute->value.n / 4;
	if (attribute->tag != KVK_DER_UTF8_STRING)
		return attribute->value.n;
	for (size_t i = 0; i < attribute->value.n; i++)
		n += (attribute->value.p[i] & 0xc0) != 0x80;
	return n;
}

static bool wrong_type(const struct kvk_attribute *attribute)
{
	const struct attribute_form *form = form_of(attribute->oid);

	return form != NULL && !has_alphabet(attribute->tag, form->alphabet);
}

static bool empty(const struct kvk_attribute *attribute)
{
	return form_of(attribute->oid) != NULL && attribute->value.n == 0;
}

static bool too_long(const struct kvk_attribute *attribute)
{
	const struct attribute_form *form = form_of(attribute->oid);

	return form != NULL && form->bound > 0 && characters(attribute) > form->bound;
}

static bool no_country(const struct kvk_attribute *attribute)
{
	return (attribute->oid == KVK_OID_C || attribute->oid == KVK_OID_JURISDICTION_C) &&
		(attribute->value.n != 2 || !kvk_is_alpha(attribute->value.p[0]) ||
			!kvk_is_alpha(attribute->value.p[1]));
}

/* Names the first attribute of the subject that is so. */
static bool any_attribute(const struct kvk_certificate *cert,
	bool (*is_so)(const struct kvk_attribute *), char detail[static KVK_LINT_DETAIL])
{
	char oid[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < cert->subject.count; i++)
		if (is_so(&cert->subject.attributes[i])) {
			kvk_format(detail, KVK_LINT_DETAIL, "%s",
				kvk_oid_label(cert->subject.attributes[i].type, oid));
			return true;
		}
	return false;
}

static bool attribute_type(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	return any_attribute(cert, wrong_type, detail);
}

static bool attribute_empty(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	return any_attribute(cert, empty, detail);
}

static bool attribute_long(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	return any_attribute(cert, too_long, detail);
}

static bool country(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	return any_attribute(cert, no_country, detail);
}

/* RFC 1034 3.5 as RFC 1123 2.1 changed it; a wildcard is left to message 31. */
static bool is_dns_name(struct kvk_span name)
{
	struct kvk_span last;

	while (kvk_host_is_wildcard(name))
		name = kvk_host_without_wildcard(name);
	return kvk_host_labels(name, &last) > 0;
}

/* A Mailbox: something, one '@', a host. */
static bool is_mailbox(struct kvk_span name)
{
	const uint8_t *at = name.n > 0 ? memchr(name.p, '@', name.n) : NULL;

	return at != NULL && at > name.p &&
		is_dns_name((struct kvk_span){ at + 1, (size_t)(name.p + name.n - at - 1) });
}

static bool has_form(const struct kvk_general_name *name)
{
	switch (name->kind) {
	case KVK_GENERAL_DNS:
		return is_dns_name(name->value);
	case KVK_GENERAL_EMAIL:
		return is_mailbox(name->value);
	case KVK_GENERAL_IP:
		return name->value.n == 4 || name->value.n == 16;
	default:
		return true;
	}
}

static bool alternative_name(
	const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	char shown[KVK_LINT_DETAIL - 2];

	for (size_t i = 0; i < cert->ext.san_count; i++) {
		const struct kvk_general_name *name = &cert->ext.sans[i];

		if (has_form(name))
			continue;
		if (name->kind == KVK_GENERAL_IP)
			kvk_format(detail, KVK_LINT_DETAIL, "%s", "iPAddress");
		else
			kvk_format(detail, KVK_LINT_DETAIL, "'%s'",
				kvk_escape_to(shown, sizeof shown, name->value));
		return true;
	}
	return false;
}

const struct kvk_lint_row kvk_lint_names[] = {
	{
		.id = "attribute-type",
		.text = N_("an attribute of its subject has a string type that is not allowed for "
			   "it (appendix A)"),
		.find = attribute_type,
	},
	{
		.id = "attribute-empty",
		.text = N_("an attribute of its subject is empty (appendix A)"),
		.find = attribute_empty,
	},
	{
		.id = "attribute-long",
		.text = N_("an attribute of its subject is too long (appendix A)"),
		.find = attribute_long,
	},
	{
		.id = "country",
		.text = N_("a country in its subject is not a two-letter code (appendix A)"),
		.find = country,
	},
	{
		.id = "alternative-name",
		.text = N_("an alternative name (SAN) is malformed for its kind (4.2.1.6)"),
		.find = alternative_name,
	},
	{ .id = NULL },
};
