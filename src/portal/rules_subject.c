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

static enum kvk_err check_number(const struct kvk_facts *facts, struct kvk_finding *out)
{
	struct kvk_identity number;
	enum kvk_err err;

	KVK_TRY(kvk_identity_of_subject(facts->leaf, &number));
	if (kvk_checks_number_serves(facts, &number))
		return KVK_OK;
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	if (facts->asked->account.party == KVK_PARTY_GOVERNMENT)
		KVK_FORMAT(out->wanted, "%s", _("the OIN of the government body, 20 digits"));
	else
		KVK_FORMAT(out->wanted, "%s",
			_("the KVK number (8 digits) or its HRN (00000003, the KVK "
			  "number, 0000)"));
	if (number.kind == KVK_IDENTITY_NONE)
		KVK_FORMAT(out->found, "%s", _("the subject has no serialNumber"));
	else
		KVK_TRY(kvk_checks_found_number(&number, out));
out:
	return err;
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
	.hint = N_("order a certificate whose subject serialNumber holds your KVK "
		   "number or HRN (companies) or your OIN (government bodies)"),
	.meaning = N_("The portal recognises an organisation by a number in the field "
		      "serialNumber of the certificate's subject. That is not the serial "
		      "number of the certificate. A government body has an OIN "
		      "(identification number of 20 digits); a company its KVK number or the "
		      "HRN made from it: 00000003, the KVK number, 0000."),
	.cause = N_("The TSP left the field out or filled in something else: a "
		    "branch number of 12 digits, a number without its leading zeros, "
		    "blanks between the digits. Often the order form did not ask for it."),
	.remedy = N_("Ask the TSP to issue the certificate again with the number in it."),
	.letter = N_("Please issue the certificate again with our number in the "
		     "subject attribute serialNumber (2.5.4.5): for a company 00000003, "
		     "its KVK number of 8 digits, 0000; for a government body its OIN of "
		     "20 digits."),
	.reading = N_("The portal does not publish which forms it takes. Here a "
		      "company passes with 8 digits or with the 20 digits of an OIN or HRN "
		      "(000000, 11 digits, 000), a government body with 20 digits only. A "
		      "test OIN (00000099) counts as none, save in a test hierarchy."),
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
		KVK_FORMAT(out->found,
			cn.n > 0 ? _("commonName '%s', which is no domain name") :
				   _("an empty commonName%s"),
			shown);
		KVK_FORMAT(out->wanted, "%s",
			_("one domain name as commonName, such as api.example.nl"));
	} else if (!has_dns_name(ext, cn)) {
		kvk_finding_fail(out, 0, KVK_REASON_NONE);
		KVK_FORMAT(out->found, _("commonName '%s', which is not among the subjectAltNames"),
			shown);
		KVK_FORMAT(out->wanted, "%s",
			_("the same domain name in commonName and subjectAltName"));
	}
}

/* There is not just one commonName that is text. */
static void no_one_cn(const struct kvk_name *subject, size_t count, struct kvk_finding *out)
{
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	if (subject->count == 0)
		KVK_FORMAT(out->found, "%s", _("an empty subject"));
	else if (count == 0)
		KVK_FORMAT(out->found, "%s", _("no commonName"));
	else if (count == 1)
		KVK_FORMAT(out->found, "%s", _("a commonName that is no text"));
	else
		KVK_FORMAT(out->found, _("%zu commonNames"), count);
	KVK_FORMAT(out->wanted, "%s", _("one domain name as commonName, such as api.example.nl"));
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
	.cite = "RFC 5280 4.1.2.6; RFC 6125; the portal's 'single domain in the CN'",
	.needs = KVK_NEEDS_LEAF,
	.check = check_name,
	.hint = N_("order a certificate with one domain name as commonName, repeated "
		   "as subjectAltName"),
	.meaning = N_("The portal wants a single domain name as commonName (CN) of the "
		      "subject."),
	.cause = N_("The name of the organisation, an address or nothing stands in the "
		    "commonName, or the domain name in it is not among the subjectAltNames."),
	.remedy = N_("Order a server certificate for one domain name of yours, such as "
		     "api.example.nl. No web site needs to answer there."),
	.letter = N_("Please issue the certificate with our domain name as the one "
		     "commonName and as dNSName in the subjectAltName extension."),
	.reading = N_("The portal does not publish what it checks. Here: just one "
		      "commonName, a host name, and one of the subjectAltNames."),
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
	.meaning = N_("The certificate is for all names below a domain (*.example.nl), "
		      "which the portal does not take."),
	.cause = N_("The wildcard certificate of a web site was used."),
	.remedy = N_("Order a certificate for one name, such as api.example.nl."),
	.letter = N_("Please issue the certificate for the one domain name in the "
		     "enclosed request, without wildcard names."),
	.reading = N_("Where the portal looks is not published; here it is every "
		      "commonName and every domain name of the subjectAltNames."),
};
