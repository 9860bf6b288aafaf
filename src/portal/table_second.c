/* SPDX-License-Identifier: Apache-2.0 */
/* Rules 12 to 22. The portal's sentences stand here to the letter. */
#include "config.h"

#include "portal/checks.h"

#define LEAF (KVK_NEEDS_READABLE | KVK_NEEDS_ONE_LEAF)

const struct kvk_rule kvk_rules_second[11] = {
	[0] = {
		.number = 12,
		.id = "not-x509",
		.portal = "Certificate is not of type X.509.",
		.severity = KVK_SEVERITY_FILE,
		.moment = KVK_MOMENT_READING,
		.place = 3,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.1.2.1; Java Certificate.getType",
		.needs = 0,
		.check = kvk_check_x509,
		.hint = N_("upload the certificate itself (X.509 version 3), as PEM or DER"),
		.meaning = N_("What was uploaded is no X.509 certificate of version 3, the "
			"only kind that the portal takes."),
		.cause = N_("A certificate request, a key store (.p12, .pfx) or an attribute "
			"certificate was chosen, or a certificate of version 1, which "
			"home-made CAs still issue."),
		.remedy = N_("Choose the file that the TSP delivered."),
		.letter = N_("Please send our certificate as an X.509 version 3 certificate in "
			"PEM."),
		.reading = "",
	},
	[1] = {
		.number = 13,
		.id = "leaf-is-ca",
		.portal = "The certificate is a CA which is not allowed.",
		.severity = KVK_SEVERITY_FILE,
		.moment = KVK_MOMENT_READING,
		.place = 5,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.2.1.9 basicConstraints",
		.needs = KVK_NEEDS_READABLE,
		.check = kvk_check_leaf_is_no_ca,
		.hint = N_("upload your own certificate, not only that of the TSP"),
		.meaning = N_("The certificate that would be registered is that of an issuer "
			"(CA), not that of your organisation."),
		.cause = N_("A delivery holds several files, and only the one with the TSP's "
			"chain was chosen."),
		.remedy = N_("Choose the file with your own certificate; its subject names "
			"your organisation and domain."),
		.letter = N_("We received the certificate of your CA, but not our own; please "
			"send it."),
		.reading = "",
	},
	[2] = {
		.number = 14,
		.id = "kvk-number-mismatch",
		.portal = "The certificate's KVK number does not match our registered KVK "
			"number.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_ACCOUNT,
		.place = 1,
		.since = "2026-11-22",
		.cite = "OIN-Stelsel (Logius); the portal's account",
		.needs = LEAF | KVK_NEEDS_ACCOUNT,
		.check = kvk_check_kvk_number,
		.hint = N_("order a certificate with the number under which your API "
			"subscription runs, or have the account changed"),
		.meaning = N_("The number in the certificate is not that of the organisation "
			"that has the contract with the KVK."),
		.cause = N_("The certificate was ordered by another company of the group, a "
			"digit is wrong, or the number is made from the RSIN (tax number) and "
			"so does not hold the KVK number."),
		.remedy = N_("Compare the number with your KVK registration. Order the "
			"certificate for the same organisation as the account."),
		.letter = N_("Please issue the certificate with the KVK number of the "
			"organisation that ordered it in the subject attribute serialNumber: for a "
			"company 00000003, its KVK number, 0000; for a government body its OIN of "
			"20 digits."),
		.reading = N_("It is not published whether the portal reads serialNumber "
			"only or organizationIdentifier as well; here it is serialNumber. A "
			"company has to have its KVK number or its HRN there, a government "
			"body the OIN of the account."),
	},
	[3] = {
		.number = 15,
		.id = "already-uploaded",
		.portal = "The certificate has already been uploaded before.",
		.severity = KVK_SEVERITY_FILE,
		.moment = KVK_MOMENT_ACCOUNT,
		.place = 2,
		.since = "2026-11-22",
		.cite = "the portal's account",
		.needs = LEAF | KVK_NEEDS_HISTORY,
		.check = kvk_check_uploaded_before,
		.hint = N_("nothing to do if it is in use already; else upload the new "
			"certificate"),
		.meaning = N_("This very certificate is in the portal already."),
		.cause = N_("The old file was chosen at renewal, or somebody uploaded it "
			"before you."),
		.remedy = N_("Look in the portal which certificate is in force. At renewal, "
			"choose the newly delivered file."),
		.letter = N_("The certificate that we have is the one that is in use already; "
			"please send us the renewed one."),
		.reading = N_("How the portal compares is not published. Here certificates "
			"are the same when their SHA-256 fingerprints are, whatever the form "
			"of the file; a new certificate for the same key is another one."),
	},
	[4] = {
		.number = 16,
		.id = "key-identifiers",
		.portal = "The certificate does not contain an SKI or AKI.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_OWN,
		.place = 2,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.2.1.1, 4.2.1.2",
		.needs = LEAF,
		.check = kvk_check_key_identifiers,
		.hint = N_("order a PKIoverheid certificate: it has both extensions"),
		.meaning = N_("The extensions subjectKeyIdentifier (SKI) and "
			"authorityKeyIdentifier (AKI) name the key of the certificate and that "
			"of its issuer. The portal wants both."),
		.cause = N_("The rules for public web certificates advise against an SKI, so "
			"an EV certificate may come without."),
		.remedy = N_("Ask the TSP for both extensions, or order a PKIoverheid "
			"certificate."),
		.letter = N_("Please issue the certificate with a subjectKeyIdentifier and an "
			"authorityKeyIdentifier extension."),
		.reading = N_("Whether the portal asks them of CA certificates too is not "
			"published; here only yours is looked at."),
	},
	[5] = {
		.number = 17,
		.id = "chaining",
		.portal = "The certificate does not chain correctly.",
		.severity = KVK_SEVERITY_FILE,
		.moment = KVK_MOMENT_PATH,
		.place = 9,
		.since = "2026-11-22",
		.cite = "RFC 5280 6.1.3 (a)(4); PKIXReason.NAME_CHAINING",
		.needs = LEAF,
		.check = kvk_check_chaining,
		.hint = N_("put every CA between your certificate and the root in the file; "
			"'kvkcsr accept' does"),
		.meaning = N_("The issuer named in a certificate is not the subject of the "
			"next one: a link of the chain is missing or wrong."),
		.cause = N_("The CA certificate of the TSP was left out, or one of another "
			"generation was taken."),
		.remedy = N_("Add the missing CA certificates; the TSP and cert.pkioverheid.nl "
			"publish them."),
		.letter = N_("Please send the complete chain of our certificate, up to but "
			"without the root."),
		.reading = N_("The portal gives 17 or 22 for a missing link, depending on "
			"whether it sorts the file first; here both are shown where both can "
			"come."),
	},
	[6] = {
		.number = 18,
		.id = "no-certificate",
		.portal = "No X.509 certificate could be found.",
		.severity = KVK_SEVERITY_FILE,
		.moment = KVK_MOMENT_READING,
		.place = 2,
		.since = "2026-11-22",
		.cite = "RFC 7468; Java CertificateFactory.generateCertificates",
		.needs = 0,
		.check = kvk_check_any_certificate,
		.hint = N_("upload the file with your certificate; in PEM it begins with "
			"'-----BEGIN CERTIFICATE-----'"),
		.meaning = N_("There is no certificate in the file at all."),
		.cause = N_("The wrong file was chosen: an empty one, the mail of the TSP, a "
			"zip archive or the request."),
		.remedy = N_("Unpack the delivery and choose the .pem, .cer, .crt or .der file."),
		.letter = N_("Please send us our certificate as a PEM or DER file."),
		.reading = "",
	},
	[7] = {
		.number = 19,
		.id = "no-client-auth",
		.portal = "The certificate does not contain the client authentication "
			"extension in the extended key usage.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_OWN,
		.place = 3,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.2.1.12 id-kp-clientAuth",
		.needs = LEAF,
		.check = kvk_check_client_authentication,
		.hint = N_("order a certificate with clientAuth in the extended key usage; for "
			"EV it must be asked for"),
		.meaning = N_("The extended key usage (EKU) extension lists what a certificate "
			"may be used for. The KVK API wants you as a client, so it must list "
			"client authentication."),
		.cause = N_("Public web certificates, EV among them, are issued for servers "
			"only unless client authentication is asked for; from 2027 on they can "
			"no longer have it. Older PKIoverheid products left the extension out."),
		.remedy = N_("Order a PKIoverheid server certificate: under G4 it always has "
			"client authentication, under G1 ask for it."),
		.letter = N_("Please issue the certificate with both serverAuth and clientAuth "
			"in the extended key usage."),
		.reading = N_("anyExtendedKeyUsage does not count here: the message speaks of "
			"client authentication itself, and what the portal does with it is not "
			"published."),
	},
	[8] = {
		.number = 20,
		.id = "not-ev",
		.portal = "The certificate is not an EV certificate.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_OWN,
		.place = 7,
		.since = "2026-11-22",
		.cite = "CA/Browser Forum EV Guidelines 7.1.6; PKIoverheid Programme of "
			"Requirements",
		.needs = LEAF,
		.check = kvk_check_ev,
		.hint = N_("order a PKIoverheid certificate, or one with extended validation "
			"(EV)"),
		.meaning = N_("The portal takes certificates of PKIoverheid (the Dutch "
			"government's certificate scheme) and, for companies and as yet, "
			"public EV certificates (extended validation: the TSP checked the "
			"organisation). This is neither."),
		.cause = N_("A cheaper certificate (DV, OV; Let's Encrypt is DV) was "
			"ordered, or the certificate comes from a private CA. A subject that "
			"looks like EV is not enough: the certificate policy decides."),
		.remedy = N_("Order a PKIoverheid server certificate at KPN, DigiCert "
			"(QuoVadis) or Digidentity. A government body may use no other."),
		.letter = N_("Please issue a PKIoverheid private server certificate for the "
			"enclosed request."),
		.reading = N_("How the portal tells PKIoverheid and EV is not published. "
			"PKIoverheid means here: the path ends at a pinned root of "
			"PKIoverheid, or, with roots given by the user, your certificate "
			"and its CA's both carry a policy of PKIoverheid. EV means: yours "
			"carries the policy 2.23.140.1.1, or that of a CA that is known to "
			"stand for it."),
	},
	[9] = {
		.number = 21,
		.id = "not-one-leaf",
		.portal = "The certificate chain does not contain a single client certificate.",
		.severity = KVK_SEVERITY_FILE,
		.moment = KVK_MOMENT_READING,
		.place = 4,
		.since = "2026-11-22",
		.cite = "the portal's upload",
		.needs = KVK_NEEDS_READABLE,
		.check = kvk_check_one_leaf,
		.hint = N_("put your one certificate and the CAs that issued it in the file, "
			"nothing else"),
		.meaning = N_("The file must hold exactly one certificate of an organisation, "
			"and beside it only CAs."),
		.cause = N_("Only the chain was uploaded, or the old and the new certificate "
			"are in one file."),
		.remedy = N_("Make a file with your new certificate and its CAs; 'kvkcsr "
			"accept' does."),
		.letter = N_("Please send us our one certificate and the certificates of the "
			"CAs above it, and no other."),
		.reading = N_("A client certificate is read as one that is no CA and issued no "
			"other certificate of the file."),
	},
	[10] = {
		.number = 22,
		.id = "no-trust-anchor",
		.portal = "The certificate isn't issued by a trusted certificate issuer.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_PATH,
		.place = 0,
		.since = "2026-11-22",
		.cite = "RFC 5280 6.1.1 (d); PKIXReason.NO_TRUST_ANCHOR",
		.needs = LEAF,
		.check = kvk_check_anchor,
		.hint = N_("add the missing CA certificates to the file; if none is missing, "
			"order from a TSP of PKIoverheid"),
		.meaning = N_("No path leads from the certificate to a root (trust anchor) "
			"that the portal trusts."),
		.cause = N_("A CA certificate is missing from the file, or the certificate is "
			"self-signed, of a private CA, or of a test hierarchy (TRIAL, "
			"ACCEPTATIE)."),
		.remedy = N_("First complete the chain. If it is complete, the issuer is not "
			"accepted and a certificate of a TSP of PKIoverheid is needed."),
		.letter = N_("Please send the complete chain of our certificate, and tell us "
			"the root that it ends at."),
		.reading = N_("Which roots the portal trusts is not published, nor whether it "
			"knows the G4 root yet; here they are the G1 and G4 private roots of "
			"PKIoverheid, or those given with --trust."),
	},
};
