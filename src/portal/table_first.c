/* SPDX-License-Identifier: Apache-2.0 */
/* Rules 1 to 11. The portal's sentences stand here to the letter. */
#include "config.h"

#include "portal/checks.h"

#define LEAF (KVK_NEEDS_READABLE | KVK_NEEDS_ONE_LEAF)

const struct kvk_rule kvk_rules_first[11] = {
	[0] = {
		.number = 1,
		.id = "algorithm-constrained",
		.portal = "The certificate has a public key or signature algorithm which is "
			"constrained and not allowed.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_PATH,
		.place = 1,
		.since = "2026-11-22",
		.cite = "Java jdk.certpath.disabledAlgorithms; "
			"BasicReason.ALGORITHM_CONSTRAINED",
		.needs = LEAF,
		.check = kvk_check_algorithms,
		.hint = N_("order a certificate with an RSA key of 3072 bits or more and a "
			"SHA-256 or SHA-512 signature"),
		.meaning = N_("The key of a certificate in the chain is too short, or it was "
			"signed with an algorithm that is no longer trusted, such as MD5 or "
			"SHA-1."),
		.cause = N_("An old certificate, a self-made one, or a key of 1024 bits from "
			"an old device. TSPs (trust service providers, the companies that "
			"issue certificates) stopped issuing such certificates years ago."),
		.remedy = N_("Make a new key of at least RSA 3072 bits (kvkcsr new does) and "
			"order a certificate for it."),
		.letter = N_("Please issue the certificate for the enclosed request, which has "
			"a new key of at least RSA 3072 bits, with a SHA-256 or SHA-512 "
			"signature."),
		.reading = N_("Java refuses MD2, MD5, RSA and DSA below 1024 bits and EC below "
			"224 bits. The portal's own limit is not published; RSA and DSA below "
			"2048 bits and SHA-1 are refused here too, because no approved TSP "
			"issues them."),
	},
	[1] = {
		.number = 2,
		.id = "revocation-undetermined",
		.portal = "It could not be determined if the certificate is revoked.",
		.severity = KVK_SEVERITY_WAIT,
		.moment = KVK_MOMENT_PATH,
		.place = 12,
		.since = "2026-11-22",
		.cite = "RFC 5280 6.3; BasicReason.UNDETERMINED_REVOCATION_STATUS",
		.needs = LEAF | KVK_NEEDS_PATH | KVK_NEEDS_REVOCATION,
		.check = kvk_check_revocation_known,
		.hint = N_("give the revocation lists with --crl, or ask again later; if it "
			"stays, ask the TSP whether its CRL is reachable"),
		.meaning = N_("For one of the certificates nobody could say whether it was "
			"revoked (withdrawn before its end). The portal wants to be sure of "
			"every one."),
		.cause = N_("The CRL (certificate revocation list) or the OCSP service (which "
			"answers for one certificate) of an issuer is missing, unreachable, "
			"out of date or not signed by that issuer."),
		.remedy = N_("Wait an hour and try again: lists are renewed every few hours. "
			"Without a network, download the CRLs named in the certificates and "
			"give them with --crl."),
		.letter = N_("The revocation list named in our certificate cannot be used: "
			"please check that it is reachable, current and signed by the issuing "
			"CA."),
		.reading = "",
	},
	[2] = {
		.number = 3,
		.id = "unreadable",
		.portal = "There was a problem while reading the certificate.",
		.severity = KVK_SEVERITY_FILE,
		.moment = KVK_MOMENT_READING,
		.place = 1,
		.since = "2026-11-22",
		.cite = "Java CertificateFactory.generateCertificates; RFC 5280 4.1; RFC 7468",
		.needs = 0,
		.check = kvk_check_readable,
		.hint = N_("upload only the certificates, each whole in a PEM block of its "
			"own; 'kvkcsr accept' makes such a file"),
		.meaning = N_("The file holds something that looks like a certificate, but "
			"cannot be read to its end."),
		.cause = N_("A file that was cut off or changed when copied, a byte order mark "
			"that an editor put in front, a private key or a certificate request "
			"in the same file, or a fault in the certificate itself."),
		.remedy = N_("Take the file again as the TSP delivered it, keep only the "
			"certificate blocks, and save it as plain text. Never upload or mail a "
			"private key."),
		.letter = N_("The certificate that we received cannot be read; please send it "
			"again as a PEM or DER file."),
		.reading = "",
	},
	[3] = {
		.number = 4,
		.id = "oin-missing",
		.portal = "The OIN is missing in the serial number (subject key).",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_OWN,
		.place = 6,
		.since = "2026-11-22",
		.cite = "OIN-Stelsel (Logius); RFC 5280 appendix A serialNumber (2.5.4.5)",
		.needs = LEAF,
		.check = kvk_check_subject_number,
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
	},
	[4] = {
		.number = 5,
		.id = "expired",
		.portal = "The certificate is expired.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_PATH,
		.place = 8,
		.since = "2026-11-22",
		.cite = "RFC 5280 6.1.3 (a)(2); BasicReason.EXPIRED",
		.needs = LEAF,
		.check = kvk_check_expired,
		.hint = N_("order a new certificate; 'kvkcsr new --like OLD' makes the request "
			"from the old one"),
		.meaning = N_("The last moment of a certificate in the chain has passed."),
		.cause = N_("Certificates live one to three years, public ones (EV) some "
			"months, and neither the portal nor every TSP sends a reminder. If it is a "
			"CA that expired, an old chain was used."),
		.remedy = N_("Order a new certificate in time: registration and checks at a "
			"TSP take days or weeks. 'kvkcsr track' and 'kvkcsr check' warn before "
			"the end."),
		.letter = N_("Our certificate has expired; please issue a new one for the "
			"enclosed request."),
		.reading = "",
	},
	[5] = {
		.number = 6,
		.id = "outside-validity",
		.portal = "The certificate is outside its validity period.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_OWN,
		.place = 1,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.1.2.5; Java X509Certificate.checkValidity",
		.needs = LEAF,
		.check = kvk_check_validity_period,
		.hint = N_("use a certificate that is valid now and ends no later than its "
			"issuer"),
		.meaning = N_("The certificate is used before its first or after its last "
			"moment, or it claims to be valid for longer than the CA that issued "
			"it."),
		.cause = N_("An expired certificate, one that starts in the future, or a TSP "
			"that gave it dates beyond those of its own CA."),
		.remedy = N_("Wait until it starts, or order a new one. One that outlasts its CA "
			"the TSP has to issue again."),
		.letter = N_("The validity period of our certificate does not lie within that "
			"of your CA; please issue it again."),
		.reading = N_("The portal has this message beside 5 and 24 and does not "
			"publish how it differs; a period that is not within the issuer's is "
			"read as this one."),
	},
	[6] = {
		.number = 7,
		.id = "key-usage",
		.portal = "The certificate's key usage is invalid.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_PATH,
		.place = 2,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.2.1.3, 6.1.4 (n); PKIXReason.INVALID_KEY_USAGE",
		.needs = LEAF,
		.check = kvk_check_key_usage,
		.hint = N_("order a server certificate (keyUsage digitalSignature and "
			"keyEncipherment), not one for signing documents or mail"),
		.meaning = N_("The keyUsage extension says what a key may do. An issuer's must "
			"allow signing certificates; yours must allow digital signatures, "
			"because that is how a TLS client proves who it is."),
		.cause = N_("A certificate for signing documents or for encryption was "
			"ordered, or a certificate that is no CA stands among the issuers."),
		.remedy = N_("Order the server certificate product of the TSP."),
		.letter = N_("Please issue a server certificate with keyUsage digitalSignature "
			"and keyEncipherment."),
		.reading = N_("Java looks at the issuers only; that the portal wants "
			"digitalSignature in yours is an assumption."),
	},
	[7] = {
		.number = 8,
		.id = "name-constraints",
		.portal = "The certificate's name constraints are violated.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_PATH,
		.place = 5,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.2.1.10, 6.1.3 (b), (c); PKIXReason.INVALID_NAME",
		.needs = LEAF,
		.check = kvk_check_names,
		.hint = N_("ask the TSP for a certificate from a CA that may issue for your "
			"domain name"),
		.meaning = N_("A CA in the chain may only issue for certain names, and this "
			"certificate has another."),
		.cause = N_("The certificate comes from a CA that was made for one "
			"organisation or one domain. The CAs of PKIoverheid carry no such "
			"limits."),
		.remedy = N_("Order from a CA that may issue for your name."),
		.letter = N_("Our certificate violates the name constraints of your CA; please "
			"issue it from a CA that may issue for our domain name."),
		.reading = "",
	},
	[8] = {
		.number = 9,
		.id = "policy-constraints",
		.portal = "The certificate's policy constraints are violated.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_PATH,
		.place = 6,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.2.1.4, 4.2.1.11, 6.1.5 (g); PKIXReason.INVALID_POLICY",
		.needs = LEAF,
		.check = kvk_check_policies,
		.hint = N_("ask the TSP for a certificate whose policy its CA may issue under"),
		.meaning = N_("A CA in the chain demands a certificate policy (a number that "
			"stands for the rules of issuance), and the chain does not carry it "
			"through."),
		.cause = N_("The certificate was issued under another policy than its CA has, "
			"or it has policy qualifiers in a critical extension, which Java "
			"refuses."),
		.remedy = N_("Ask the TSP to issue it again."),
		.letter = N_("The certificate policies of our certificate do not fit those of "
			"your CA (RFC 5280 section 6.1.5); please issue it again."),
		.reading = N_("Whether the portal asks for certain policies itself is not "
			"published; here it asks for none."),
	},
	[9] = {
		.number = 10,
		.id = "signature",
		.portal = "The certificate has an invalid signature.",
		.severity = KVK_SEVERITY_FILE,
		.moment = KVK_MOMENT_PATH,
		.place = 10,
		.since = "2026-11-22",
		.cite = "RFC 5280 6.1.3 (a)(1); BasicReason.INVALID_SIGNATURE",
		.needs = LEAF,
		.check = kvk_check_signatures,
		.hint = N_("take the certificate again as the TSP delivered it, with the CA "
			"that really issued it"),
		.meaning = N_("The signature on a certificate was not made with the key of the "
			"CA that stands above it."),
		.cause = N_("The file was damaged, the CA certificate in it has the right name "
			"but is of another generation, or somebody forged it."),
		.remedy = N_("Download the delivery again, and the CA certificates from the "
			"TSP or from cert.pkioverheid.nl."),
		.letter = N_("The signature of our certificate does not verify with your CA "
			"certificate; please send the certificate and its chain again."),
		.reading = "",
	},
	[10] = {
		.number = 11,
		.id = "subject-name",
		.portal = "The certificate's subject name is invalid.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_OWN,
		.place = 4,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.1.2.6; RFC 6125; the portal's 'single domain in the CN'",
		.needs = LEAF,
		.check = kvk_check_subject_name,
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
	},
};
