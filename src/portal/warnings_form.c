/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a strict reader of RFC 5280 would refuse and Java lets pass. One warning a kind, with the
 * first certificate that has it.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "portal/checks.h"
#include "portal/opinions.h"

/* What people call a step of the path, in front of a colon. */
static const char *step_name(size_t step, char text[static 24])
{
	if (step == 0)
		kvk_say(text, 24, "%s", _("leaf"));
	else
		kvk_say(text, 24, "CA %zu", step);
	return text;
}

static enum kvk_err not_strict_der(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->contents->remarks & (1u << KVK_REMARK_BER))
		KVK_WARN(out, "%s", kvk_remark_text(KVK_REMARK_BER));
	for (size_t i = 0; i < facts->certificate_count && out->text[0] == '\0'; i++) {
		uint32_t tolerated = facts->certificates[i]->log.tolerated;

		for (int p = 1; p < KVK_DER_PROBLEM_COUNT && out->text[0] == '\0'; p++)
			if (tolerated & (1u << p))
				KVK_WARN(out, _("certificate %zu of the file: %s"), i + 1,
					kvk_der_problem_text((enum kvk_der_problem)p));
	}
	return KVK_OK;
}

static enum kvk_err old_string_type(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_name *subject = &facts->leaf->subject;
	char oid[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < subject->count; i++) {
		const struct kvk_attribute *attribute = &subject->attributes[i];
		const char *type = NULL;

		if (attribute->tag == KVK_DER_TELETEX_STRING)
			type = "TeletexString";
		else if (attribute->tag == KVK_DER_BMP_STRING)
			type = "BMPString";
		else if (attribute->tag == KVK_DER_UNIVERSAL_STRING)
			type = "UniversalString";
		if (type == NULL)
			continue;
		KVK_WARN(out, _("%s of the subject is written as %s, which new certificates must "
			"not use"), kvk_oid_label(attribute->type, oid), type);
		return KVK_OK;
	}
	return KVK_OK;
}

static bool critical(const struct kvk_certificate *cert, enum kvk_oid oid)
{
	const struct kvk_extension *extension = kvk_certificate_extension(cert, oid);

	return extension != NULL && extension->critical;
}

static bool present(const struct kvk_certificate *cert, enum kvk_oid oid)
{
	return kvk_certificate_extension(cert, oid) != NULL;
}

/* The first sentence of RFC 5280 section 4.1 that a certificate breaks, or NULL. */
static const char *field_fault(const struct kvk_certificate *cert)
{
	bool zero = true;

	for (size_t i = 0; i < cert->serial.n; i++)
		zero = zero && cert->serial.p[i] == 0;
	if (zero || (cert->serial.p[0] & 0x80))
		return _("its serial number is not positive (4.1.2.2)");
	if (cert->serial.n > 21 || (cert->serial.n == 21 && cert->serial.p[0] != 0))
		return _("its serial number is longer than 20 octets (4.1.2.2)");
	if (cert->issuer_unique_id.n > 0 || cert->subject_unique_id.n > 0)
		return _("it has a unique identifier (4.1.2.8)");
	if (cert->subject.count == 0 && !critical(cert, KVK_OID_EXT_SAN))
		return _("its subject is empty and its subjectAltName not critical (4.2.1.6)");
	if (cert->not_after < cert->not_before)
		return _("it ends before it begins (4.1.2.5)");
	return NULL;
}

/* The same for section 4.2. */
static const char *extension_fault(const struct kvk_certificate *cert)
{
	static const enum kvk_oid never_critical[] = {
		KVK_OID_EXT_SKI, KVK_OID_EXT_AKI, KVK_OID_EXT_AIA, KVK_OID_EXT_FRESHEST_CRL,
		KVK_OID_EXT_SUBJECT_DIRECTORY_ATTRIBUTES, KVK_OID_EXT_SIA,
	};
	const struct kvk_extensions *ext = &cert->ext;

	for (size_t i = 0; i < sizeof(never_critical) / sizeof(never_critical[0]); i++)
		if (critical(cert, never_critical[i]))
			return _("an extension is critical that must not be (4.2)");
	if (ext->ca && !critical(cert, KVK_OID_EXT_BASIC_CONSTRAINTS))
		return _("its basicConstraints are not critical (4.2.1.9)");
	if (ext->has_path_length && !ext->ca)
		return _("it has a path length but is no CA (4.2.1.9)");
	if (ext->has_key_usage && (ext->key_usage & KVK_KU_KEY_CERT_SIGN) && !ext->ca)
		return _("its keyUsage allows signing certificates but it is no CA (4.2.1.3)");
	if (ext->has_key_usage && ext->key_usage == 0)
		return _("its keyUsage names no usage (4.2.1.3)");
	if (ext->has_name_constraints && !critical(cert, KVK_OID_EXT_NAME_CONSTRAINTS))
		return _("its name constraints are not critical (4.2.1.10)");
	if (ext->has_name_constraints && !ext->ca)
		return _("it has name constraints but is no CA (4.2.1.10)");
	if (present(cert, KVK_OID_EXT_POLICY_CONSTRAINTS) &&
		!critical(cert, KVK_OID_EXT_POLICY_CONSTRAINTS))
		return _("its policy constraints are not critical (4.2.1.11)");
	if (present(cert, KVK_OID_EXT_INHIBIT_ANY_POLICY) &&
		!critical(cert, KVK_OID_EXT_INHIBIT_ANY_POLICY))
		return _("its inhibitAnyPolicy is not critical (4.2.1.14)");
	if (ext->ca && !ext->has_key_usage)
		return _("it is a CA without keyUsage (4.2.1.3)");
	if (ext->ca && !ext->has_ski)
		return _("it is a CA without subjectKeyIdentifier (4.2.1.2)");
	return NULL;
}

static enum kvk_err rfc5280_form(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char step[24];

	for (size_t i = 0; i < facts->path.count; i++) {
		const struct kvk_certificate *cert = facts->path.steps[i].certificate;
		const char *fault = field_fault(cert);

		if (fault == NULL)
			fault = extension_fault(cert);
		if (fault == NULL)
			continue;
		KVK_WARN(out, "%s: %s", step_name(i, step), fault);
		return KVK_OK;
	}
	return KVK_OK;
}

static bool in_report(const struct kvk_path_report *report, const struct kvk_path_fault *fault)
{
	for (size_t i = 0; i < report->count; i++)
		if (report->faults[i].reason == fault->reason &&
			report->faults[i].step == fault->step)
			return true;
	return false;
}

static enum kvk_err rfc5280_path(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char step[24];

	for (size_t i = 0; i < facts->strict.count; i++) {
		const struct kvk_path_fault *fault = &facts->strict.faults[i];

		if (fault->undetermined || in_report(&facts->report, fault))
			continue;
		KVK_WARN(out, _("%s: a strict validator refuses the path, Java does not: %s%s%s"),
			step_name(fault->step, step), kvk_reason_name(fault->reason),
			fault->field != NULL && fault->field[0] != '\0' ? ", " : "",
			fault->field != NULL ? fault->field : "");
		return KVK_OK;
	}
	return KVK_OK;
}

static enum kvk_err key_identifier(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char step[24];

	for (size_t i = 0; i + 1 < facts->path.count; i++) {
		const struct kvk_extensions *ext = &facts->path.steps[i].certificate->ext;
		const struct kvk_extensions *above = &facts->path.steps[i + 1].certificate->ext;

		if (ext->aki_key_id.n == 0 || !above->has_ski ||
			kvk_span_equal(ext->aki_key_id, above->ski))
			continue;
		KVK_WARN(out, _("%s: its authorityKeyIdentifier is not the key identifier of its "
			"issuer"), step_name(i, step));
		return KVK_OK;
	}
	return KVK_OK;
}

static enum kvk_err ca_eku(const struct kvk_facts *facts, struct kvk_warning *out)
{
	char step[24];

	for (size_t i = 1; i < facts->path.count; i++) {
		const struct kvk_certificate *cert = facts->path.steps[i].certificate;

		if (!cert->ext.has_eku || kvk_certificate_has_eku(cert, KVK_OID_EKU_CLIENT_AUTH) ||
			kvk_certificate_has_eku(cert, KVK_OID_ANY_EKU))
			continue;
		KVK_WARN(out, _("%s: its extended key usage leaves clientAuth out, which OpenSSL "
			"and others chain and Java does not"), step_name(i, step));
		return KVK_OK;
	}
	return KVK_OK;
}

/* Of an anchor Java looks at nothing but name and key. */
static enum kvk_err anchor_fault(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_certificate *cert;
	const char *fault = NULL;

	if (facts->path.anchor == NULL || facts->path.anchor->certificate == NULL)
		return KVK_OK;
	cert = facts->path.anchor->certificate;
	if (facts->at > cert->not_after)
		fault = _("it is expired");
	else if (facts->at < cert->not_before)
		fault = _("it is not yet valid");
	else if (cert->version == 3 && !cert->ext.ca)
		fault = _("it is no CA certificate");
	else if (cert->ext.has_key_usage && !(cert->ext.key_usage & KVK_KU_KEY_CERT_SIGN))
		fault = _("its keyUsage does not allow signing certificates");
	else if (cert->ext.has_path_length && facts->path.count > cert->ext.path_length + 1)
		fault = _("its path length constraint is exceeded");
	if (fault != NULL)
		KVK_WARN(out, _("the trust anchor: %s; Java does not look"), fault);
	return KVK_OK;
}

#define ASK_TSP N_("other programs may refuse it; tell the TSP")

const struct kvk_opinion kvk_opinions_form[] = {
	{ "not-strict-der", not_strict_der, ASK_TSP, false, false },
	{ "old-string-type", old_string_type, ASK_TSP, false, true },
	{ "rfc5280-form", rfc5280_form, ASK_TSP, false, true },
	{ "rfc5280-path", rfc5280_path, ASK_TSP, false, true },
	{ "key-identifier-mismatch", key_identifier, ASK_TSP, false, true },
	{ "ca-extended-key-usage", ca_eku, ASK_TSP, false, true },
	{ "anchor-fault", anchor_fault, N_("ask whose trust anchor it is, and for a new "
		"one"), false,
	  true },
	{ NULL, NULL, NULL, false, false },
};
