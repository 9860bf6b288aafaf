/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: the names and the number of the leaf. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "names/host.h"
#include "portal/checks.h"
#include "portal/rules.h"

/* Room for a name within a finding. */
#define SHOWN 128

static enum kvk_err check_one_number(
	const struct kvk_facts *facts, const struct kvk_identity *number, struct kvk_finding *out)
{
	if (kvk_checks_number_serves(facts, number))
		return KVK_OK;
	/* that there is none is sure; which forms the portal takes is not published */
	if (number->kind == KVK_IDENTITY_NONE || (number->text && number->shown[0] == '\0'))
		kvk_finding_fail(out, 0, KVK_REASON_NONE);
	else
		kvk_finding_assume(out, 0, KVK_REASON_NONE);
	if (facts->asked->account.party == KVK_PARTY_GOVERNMENT)
		KVK_FORMAT(out->wanted, "%s", _("the OIN of the government body (20 digits)"));
	else if (facts->asked->account.party == KVK_PARTY_MARKET)
		KVK_FORMAT(out->wanted, "%s",
			_("the KVK number (8 digits), or the HRN made from it: 00000003, the KVK "
			  "number, 0000"));
	else
		KVK_FORMAT(out->wanted, "%s",
			_("the KVK number (8 digits) of a company, or the HRN made from it: "
			  "00000003, the KVK number, 0000; with --party government, the OIN of a "
			  "government body (20 digits)"));
	if (number->kind != KVK_IDENTITY_NONE)
		return kvk_checks_found_number(number, out);
	KVK_FORMAT(out->found, "%s", _("the subject has no serialNumber"));
	return KVK_OK;
}

static enum kvk_err check_number(const struct kvk_facts *facts, struct kvk_finding *out)
{
	return kvk_checks_each_number(facts, check_one_number, out);
}

const struct kvk_rule kvk_rule_oin_missing = {
	.number = 4,
	.id = "oin-missing",
	.portal = "The OIN is missing in the serial number (subject key).",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_OWN,
	.place = 6,
	.since = "2026-11-22",
	.cite = "OIN-Stelsel (Logius); RFC 5280 appendix A serialNumber (2.5.4.5)",
	.needs = KVK_NEEDS_LEAF,
	.check = check_number,
	.hint = N_("order a certificate with your KVK number or HRN (companies) or your OIN "
		   "(government bodies) in the subject's serialNumber"),
	.meaning =
		N_("The portal identifies an organisation by the number in the serialNumber field "
		   "of the certificate's subject (not to be confused with the serial number of the "
		   "certificate itself). For a government body this is its OIN (organisation "
		   "identification number, 20 digits). For a company it is its KVK number, or the "
		   "HRN made from it: 00000003, then the KVK number, then 0000."),
	.cause = N_("The TSP left the field out or put something else in it: a 12-digit branch "
		    "number, a number without its leading zeros, or a number with spaces in it. "
		    "Many order forms do not ask for the number."),
	.remedy = N_("Ask the TSP to reissue the certificate with the number in this field."),
	.letter = N_("Please reissue the certificate with our number in the subject attribute "
		     "serialNumber (2.5.4.5). For a company this is 00000003, followed by its "
		     "8-digit KVK number and 0000; for a government body it is its 20-digit OIN."),
	.reading = N_("The portal does not publish which forms it accepts. For a company, kvkcsr "
		      "accepts 8 digits or a 20-digit OIN or HRN (000000, 11 digits, 000); for a "
		      "government body, only 20 digits. A test OIN (prefix 00000099) counts only "
		      "in a test hierarchy."),
};

/* Whether the certificate has this DNS name, also by a wildcard: that is message 31. */
static bool has_dns_name(const struct kvk_extensions *ext, struct kvk_span name)
{
	for (size_t i = 0; i < ext->san_count; i++)
		if (ext->sans[i].kind == KVK_GENERAL_DNS &&
			kvk_host_matches(ext->sans[i].value, name))
			return true;
	return false;
}

static void check_cn(const struct kvk_extensions *ext, struct kvk_span cn, struct kvk_finding *out)
{
	char shown[SHOWN];

	kvk_escape_to(shown, sizeof(shown), cn);
	if (!kvk_host_is_name(kvk_host_without_wildcard(cn))) {
		kvk_finding_fail(out, 0, KVK_REASON_NONE);
		if (cn.n > 0)
			KVK_FORMAT(out->found,
				_("common name (CN) '%s', which is not a domain name"), shown);
		else
			KVK_FORMAT(out->found, "%s", _("an empty common name (CN)"));
		KVK_FORMAT(out->wanted, "%s",
			_("one domain name as the common name, such as api.example.nl"));
	} else if (!has_dns_name(ext, cn)) {
		kvk_finding_fail(out, 0, KVK_REASON_NONE);
		KVK_FORMAT(out->found,
			_("common name (CN) '%s', which is not among the alternative names (SAN)"),
			shown);
		KVK_FORMAT(out->wanted, "%s",
			_("the same domain name as common name and as alternative name"));
	}
}

/* There is not just one commonName that is text. */
static void no_one_cn(const struct kvk_name *subject, size_t count, struct kvk_finding *out)
{
	if (count > 1)
		kvk_finding_assume(out, 0, KVK_REASON_NONE);
	else
		kvk_finding_fail(out, 0, KVK_REASON_NONE);
	if (subject->count == 0)
		KVK_FORMAT(out->found, "%s", _("an empty subject"));
	else if (count == 0)
		KVK_FORMAT(out->found, "%s", _("no common name (CN)"));
	else if (count == 1)
		KVK_FORMAT(out->found, "%s", _("a common name (CN) that is not text"));
	else
		KVK_FORMAT(out->found,
			kvk_ngettext("%zu common name (CN)", "%zu common names (CN)", count),
			count);
	KVK_FORMAT(
		out->wanted, "%s", _("one domain name as the common name, such as api.example.nl"));
}

static enum kvk_err check_name(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_name *subject = &facts->leaf->subject;
	const struct kvk_attribute *cn = kvk_name_find(subject, KVK_OID_CN, 0);
	const size_t count = kvk_name_count(subject, KVK_OID_CN);
	struct kvk_blob text = { 0 };
	enum kvk_err err = count == 1 ? kvk_attribute_text(cn, &text) : KVK_ERR_NOT_FOUND;

	if (err == KVK_OK)
		check_cn(&facts->leaf->ext, kvk_span_of_blob(&text), out);
	else if (err != KVK_ERR_MEMORY)
		no_one_cn(subject, count, out);
	kvk_blob_free(&text);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

const struct kvk_rule kvk_rule_subject_name = {
	.number = 11,
	.id = "subject-name",
	.portal = "The certificate's subject name is invalid.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_OWN,
	.place = 4,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.1.2.6; RFC 6125; the portal's own requirement 'single domain in the "
		"CN'",
	.needs = KVK_NEEDS_LEAF,
	.check = check_name,
	.hint = N_("order a certificate with one domain name as its common name (CN), repeated as "
		   "an alternative name (SAN)"),
	.meaning = N_(
		"The portal requires a single domain name as the common name (CN) of the subject."),
	.cause = N_("The common name is missing, or is the name of the organisation or an address, "
		    "or the domain name in it is not repeated among the alternative names (SAN) of "
		    "the certificate."),
	.remedy = N_("Order a server certificate for one of your domain names, such as "
		     "api.example.nl. There does not have to be a website at that name."),
	.letter = N_("Please issue the certificate with our domain name as its only commonName and "
		     "as a dNSName in the subjectAltName extension."),
	.reading =
		N_("The portal does not publish what it checks. kvkcsr requires exactly one common "
		   "name, which must be a host name and also be among the alternative names. The "
		   "portal may accept several common names, and read only one of them."),
};

static bool has_asterisk(struct kvk_span name)
{
	return name.n > 0 && memchr(name.p, '*', name.n) != NULL;
}

/* Looks for a commonName with an asterisk; *shown stays as it was where there is none. */
static enum kvk_err find_in_subject(const struct kvk_name *subject, char shown[static SHOWN])
{
	struct kvk_blob text = { 0 };
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < subject->count; i++) {
		if (subject->attributes[i].oid != KVK_OID_CN)
			continue;
		kvk_blob_clear(&text);
		err = kvk_attribute_text(&subject->attributes[i], &text);
		if (err == KVK_ERR_MEMORY)
			break;
		/* one that is no text has none */
		if (err != KVK_OK || !has_asterisk(kvk_span_of_blob(&text)))
			continue;
		kvk_escape_to(shown, SHOWN, kvk_span_of_blob(&text));
		break;
	}
	kvk_blob_free(&text);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

static void find_in_sans(const struct kvk_extensions *ext, char shown[static SHOWN])
{
	for (size_t i = 0; i < ext->san_count; i++)
		if (ext->sans[i].kind == KVK_GENERAL_DNS && has_asterisk(ext->sans[i].value)) {
			kvk_escape_to(shown, SHOWN, ext->sans[i].value);
			return;
		}
}

static enum kvk_err check_wildcard(const struct kvk_facts *facts, struct kvk_finding *out)
{
	char shown[SHOWN] = "";
	enum kvk_err err;

	KVK_TRY(find_in_subject(&facts->leaf->subject, shown));
	if (shown[0] == '\0')
		find_in_sans(&facts->leaf->ext, shown);
	if (shown[0] == '\0')
		return KVK_OK;
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	KVK_FORMAT(out->found, "'%s'", shown);
	KVK_FORMAT(out->wanted, "%s", _("domain names without '*'"));
out:
	return err;
}

const struct kvk_rule kvk_rule_wildcard = {
	.number = 31,
	.id = "wildcard",
	.portal = "The certificate has a wildcard in the domain.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_OWN,
	.place = 5,
	.since = "2026-11-22",
	.cite = "RFC 6125 6.4.3; CA/Browser Forum EV Guidelines 7.1.4.2",
	.needs = KVK_NEEDS_LEAF,
	.check = check_wildcard,
	.hint = N_("order a certificate for one domain name without '*'"),
	.meaning = N_("The certificate covers all names in a domain (*.example.nl), which the "
		      "portal does not accept."),
	.cause = N_("The wildcard certificate of a website was used."),
	.remedy = N_("Order a certificate for a single name, such as api.example.nl."),
	.letter = N_("Please issue the certificate only for the domain name in the enclosed "
		     "request, without wildcard names."),
	.reading = N_("The portal does not publish where it looks. kvkcsr checks every common name "
		      "(CN) and every domain name among the alternative names (SAN)."),
};
