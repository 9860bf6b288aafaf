/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of lint/lint.h: extensions as such (4.2): critical or not, for CAs only, readable, and the
 * key identifiers.
 */
#include "config.h"

#include "base/format.h"
#include "lint/rows.h"

/* What an extension as such may have to be. */
enum { NEVER_CRITICAL = 1, CRITICAL = 2, CRITICAL_IN_CA = 4, OF_CA = 8 };

static const unsigned required[KVK_OID_COUNT] = {
	[KVK_OID_EXT_AKI] = NEVER_CRITICAL,
	[KVK_OID_EXT_SKI] = NEVER_CRITICAL,
	[KVK_OID_EXT_SUBJECT_DIRECTORY_ATTRIBUTES] = NEVER_CRITICAL,
	[KVK_OID_EXT_FRESHEST_CRL] = NEVER_CRITICAL,
	[KVK_OID_EXT_AIA] = NEVER_CRITICAL,
	[KVK_OID_EXT_SIA] = NEVER_CRITICAL,
	[KVK_OID_EXT_BASIC_CONSTRAINTS] = CRITICAL_IN_CA,
	[KVK_OID_EXT_NAME_CONSTRAINTS] = CRITICAL | OF_CA,
	[KVK_OID_EXT_POLICY_CONSTRAINTS] = CRITICAL | OF_CA,
	[KVK_OID_EXT_INHIBIT_ANY_POLICY] = CRITICAL | OF_CA,
	[KVK_OID_EXT_POLICY_MAPPINGS] = OF_CA,
};

/* What it is by its type: one that is malformed has no other mark. */
static enum kvk_oid type_of(const struct kvk_extension *extension)
{
	return extension->oid != KVK_OID_UNKNOWN ? extension->oid : kvk_oid_find(extension->type);
}

static unsigned required_of(const struct kvk_extension *extension)
{
	return required[type_of(extension)];
}

static bool wrongly_critical(
	const struct kvk_certificate *cert, const struct kvk_extension *extension)
{
	(void)cert;
	return extension->critical && (required_of(extension) & NEVER_CRITICAL);
}

static bool wrongly_not_critical(
	const struct kvk_certificate *cert, const struct kvk_extension *extension)
{
	const unsigned wanted = cert->ext.ca ? CRITICAL | CRITICAL_IN_CA : CRITICAL;

	return !extension->critical && (required_of(extension) & wanted);
}

static bool wrongly_there(const struct kvk_certificate *cert, const struct kvk_extension *extension)
{
	return !cert->ext.ca && (required_of(extension) & OF_CA);
}

/* Java passes over an extension that is not critical and that it cannot read, and so does cert/. */
static bool malformed(const struct kvk_certificate *cert, const struct kvk_extension *extension)
{
	(void)cert;
	return extension->oid == KVK_OID_UNKNOWN && type_of(extension) != KVK_OID_UNKNOWN;
}

/* Names the first extension that is so. */
static bool any_extension(const struct kvk_certificate *cert,
	bool (*is_so)(const struct kvk_certificate *, const struct kvk_extension *),
	char detail[static KVK_LINT_DETAIL])
{
	for (size_t i = 0; i < cert->ext.count; i++)
		if (is_so(cert, &cert->ext.all[i])) {
			kvk_format(detail, KVK_LINT_DETAIL, "%s",
				kvk_oid_name(type_of(&cert->ext.all[i])));
			return true;
		}
	return false;
}

static bool is_critical(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	return any_extension(cert, wrongly_critical, detail);
}

static bool is_not_critical(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	return any_extension(cert, wrongly_not_critical, detail);
}

static bool is_for_cas(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	return any_extension(cert, wrongly_there, detail);
}

static bool is_malformed(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL])
{
	return any_extension(cert, malformed, detail);
}

static bool has(const struct kvk_certificate *cert, enum kvk_oid type)
{
	for (size_t i = 0; i < cert->ext.count; i++)
		if (type_of(&cert->ext.all[i]) == type)
			return true;
	return false;
}

/* That a leaf has none is what message 16 says. */
static bool ca_without_ski(const struct kvk_certificate *cert)
{
	return cert->ext.ca && !has(cert, KVK_OID_EXT_SKI);
}

/* Only a self-signed certificate may go without. */
static bool ca_without_aki(const struct kvk_certificate *cert)
{
	return cert->ext.ca && !has(cert, KVK_OID_EXT_AKI) && !kvk_certificate_self_issued(cert);
}

static bool aki_without_key(const struct kvk_certificate *cert)
{
	return cert->ext.has_aki && cert->ext.aki_key_id.n == 0;
}

static bool empty_ski(const struct kvk_certificate *cert)
{
	return cert->ext.has_ski && cert->ext.ski.n == 0;
}

const struct kvk_lint_row kvk_lint_extensions[] = {
	{
		.id = "malformed",
		.text = N_("an extension cannot be read, and Java ignores it (4.2)"),
		.find = is_malformed,
	},
	{
		.id = "critical",
		.text = N_("an extension is marked critical that must not be (4.2)"),
		.find = is_critical,
	},
	{
		.id = "not-critical",
		.text = N_("an extension is not marked critical that must be (4.2)"),
		.find = is_not_critical,
	},
	{
		.id = "for-cas",
		.text = N_("it is not a CA certificate but has an extension for CA certificates "
			   "only (4.2)"),
		.find = is_for_cas,
	},
	{
		.id = "ca-without-ski",
		.text = N_("it is a CA certificate without a subjectKeyIdentifier (4.2.1.2)"),
		.check = ca_without_ski,
	},
	{
		.id = "ca-without-aki",
		.text = N_("it is a CA certificate without an authorityKeyIdentifier (4.2.1.1)"),
		.check = ca_without_aki,
	},
	{
		.id = "aki-without-key",
		.text = N_("its authorityKeyIdentifier has no key identifier (4.2.1.1)"),
		.check = aki_without_key,
	},
	{
		.id = "empty-ski",
		.text = N_("its subjectKeyIdentifier is empty (4.2.1.2)"),
		.check = empty_ski,
	},
	{ .id = NULL },
};
