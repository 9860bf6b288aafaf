/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: the portal's own look at the extensions of the leaf. */
#include "config.h"

#include <string.h>

#include "portal/checks.h"
#include "portal/rules.h"

/* Room for a list of names within a finding. */
#define SHOWN 128

static enum kvk_err check_key_identifiers(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_extensions *ext = &facts->leaf->ext;

	if (ext->has_ski && ext->has_aki)
		return KVK_OK;
	kvk_finding_assume(out, 0, KVK_REASON_NONE);
	if (ext->has_aki)
		KVK_FORMAT(out->found, "%s", _("no subjectKeyIdentifier (SKI) extension"));
	else if (ext->has_ski)
		KVK_FORMAT(out->found, "%s", _("no authorityKeyIdentifier (AKI) extension"));
	else
		KVK_FORMAT(out->found, "%s",
			_("neither a subjectKeyIdentifier (SKI) nor an authorityKeyIdentifier "
			  "(AKI) extension"));
	KVK_FORMAT(out->wanted, "%s", _("both extensions"));
	return KVK_OK;
}

const struct kvk_rule kvk_rule_key_identifiers = {
	.number = 16,
	.id = "key-identifiers",
	.portal = "The certificate does not contain an SKI or AKI.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_OWN,
	.place = 2,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.2.1.1, 4.2.1.2",
	.needs = KVK_NEEDS_LEAF,
	.check = check_key_identifiers,
	.hint = N_("order a PKIoverheid certificate, which has both extensions"),
	.meaning = N_("The extensions subjectKeyIdentifier (SKI) and authorityKeyIdentifier (AKI) "
		      "identify the key of the certificate and the key of its issuer. The portal "
		      "requires both."),
	.cause = N_("The rules for public web certificates advise against the SKI, so an EV "
		    "certificate may lack it."),
	.remedy = N_("Ask the TSP for a certificate with both extensions, or order a PKIoverheid "
		     "certificate."),
	.letter = N_("Please issue the certificate with both the subjectKeyIdentifier and the "
		     "authorityKeyIdentifier extension."),
	.reading = N_(
		"The message says \"an SKI or AKI\": the portal may be satisfied with one of the "
		"two. kvkcsr requires both, as the portal's page does, and checks only your "
		"certificate; the portal does not publish whether it also checks CA certificates."),
};

/* Appends to a list as far as there is room. */
static void add(char list[static SHOWN], const char *name)
{
	size_t used = strlen(list);

	kvk_format(list + used, SHOWN - used, "%s%s", used > 0 ? ", " : "", name);
}

static enum kvk_err check_client_authentication(
	const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_extensions *ext = &facts->leaf->ext;
	char oid[KVK_LIMIT_OID_TEXT], usages[SHOWN] = "";

	if (kvk_extensions_have_eku(&facts->leaf->ext, KVK_OID_EKU_CLIENT_AUTH))
		return KVK_OK;
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	for (size_t i = 0; i < ext->eku_count; i++)
		add(usages, kvk_oid_label(ext->ekus[i], oid));
	if (!ext->has_eku)
		KVK_FORMAT(out->found, "%s", _("no extended key usage (EKU) extension"));
	else
		KVK_FORMAT(out->found, _("purposes in the extended key usage: %s"), usages);
	KVK_FORMAT(out->wanted, "%s",
		_("the purpose \"client authentication\" (clientAuth, 1.3.6.1.5.5.7.3.2)"));
	return KVK_OK;
}

const struct kvk_rule kvk_rule_no_client_auth = {
	.number = 19,
	.id = "no-client-auth",
	.portal = "The certificate does not contain the client authentication "
		  "extension in the extended key usage.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_OWN,
	.place = 3,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.2.1.12 id-kp-clientAuth",
	.needs = KVK_NEEDS_LEAF,
	.check = check_client_authentication,
	.hint = N_("order a certificate with the purpose \"client authentication\" (clientAuth); "
		   "for an EV certificate, ask for it explicitly"),
	.meaning = N_("The extended key usage (EKU) extension lists the purposes of a certificate. "
		      "Your system connects to the KVK API as a client, so the list must include "
		      "client authentication."),
	.cause = N_("Public web certificates, including EV, are issued for servers only, unless "
		    "you ask for client authentication; public CAs stop including it in February "
		    "and March 2027. Older PKIoverheid products do not have the extension."),
	.remedy = N_("Order a PKIoverheid server certificate. Under G4 it always has client "
		     "authentication; under G1, ask for it."),
	.letter = N_("Please issue the certificate with both serverAuth and clientAuth "
		     "in the extended key usage."),
	.reading =
		N_("kvkcsr does not accept anyExtendedKeyUsage instead: the message names client "
		   "authentication, and the portal does not publish how it treats other values."),
};

/* Government bodies have to use PKIoverheid; which message says so is not published. */
static void check_ev_holder(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->asked->account.party != KVK_PARTY_GOVERNMENT)
		return;
	kvk_finding_assume(out, 0, KVK_REASON_NONE);
	KVK_FORMAT(out->found, "%s", _("an EV certificate for a government body"));
	KVK_FORMAT(out->wanted, "%s",
		_("a PKIoverheid certificate: government bodies may not use any other kind"));
}

static enum kvk_err check_ev(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_extensions *ext = &facts->leaf->ext;
	char oid[KVK_LIMIT_OID_TEXT], list[SHOWN] = "";

	if (facts->pkio == KVK_YES)
		return KVK_OK;
	if (facts->leaf_ev_policy) {
		check_ev_holder(facts, out);
		return KVK_OK;
	}
	if (facts->leaf_pkio_policy && facts->pkio == KVK_UNSURE) {
		kvk_finding_skip(out, KVK_WHY_NEEDS_PATH);
		return KVK_OK;
	}
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	for (size_t i = 0; i < ext->policy_count; i++)
		add(list, kvk_oid_text(ext->policies[i].oid, oid));
	if (facts->leaf_pkio_policy)
		KVK_FORMAT(out->found,
			_("a PKIoverheid policy (%s), but not issued by a PKIoverheid CA"), list);
	else if (list[0] != '\0')
		KVK_FORMAT(out->found, _("certificate policies: %s"), list);
	else
		KVK_FORMAT(out->found, "%s", _("no certificate policies"));
	KVK_FORMAT(out->wanted, "%s",
		_("a PKIoverheid certificate, or an EV policy such as 2.23.140.1.1"));
	return KVK_OK;
}

const struct kvk_rule kvk_rule_not_ev = {
	.number = 20,
	.id = "not-ev",
	.portal = "The certificate is not an EV certificate.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_OWN,
	.place = 7,
	.since = "2026-11-22",
	.cite = "CA/Browser Forum EV Guidelines 7.1.6; PKIoverheid Programme of "
		"Requirements",
	.needs = KVK_NEEDS_LEAF,
	.check = check_ev,
	.hint = N_("order a PKIoverheid certificate, or one with extended validation (EV)"),
	.meaning = N_("The portal accepts certificates from PKIoverheid (the Dutch government's "
		      "certificate scheme) and, from companies only and for the time being, public "
		      "EV certificates. This certificate is neither."),
	.cause = N_("The certificate is of a cheaper type (domain or organisation validation, DV "
		    "or OV; Let's Encrypt issues DV), or "
		    "comes from a private CA. A subject that looks like EV is not enough: the "
		    "certificate policy decides."),
	.remedy = N_("Order a PKIoverheid server certificate from KPN, DigiCert (QuoVadis) or "
		     "Digidentity. Government bodies may not use any other kind."),
	.letter = N_("Please issue a PKIoverheid private server certificate for the "
		     "enclosed request."),
	.reading =
		N_("The portal does not publish how it recognises PKIoverheid and EV certificates. "
		   "kvkcsr recognises PKIoverheid by a path to a built-in PKIoverheid root or, if "
		   "you supply the roots yourself, by a PKIoverheid policy in both your "
		   "certificate and its CA's. It recognises EV by the policy 2.23.140.1.1, or by a "
		   "CA's own policy that is known to mean EV. It reports this message for an EV "
		   "certificate of a government body too, because government bodies have to use "
		   "PKIoverheid; the portal may accept it, or refuse it with another message."),
};
