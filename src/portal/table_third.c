/* SPDX-License-Identifier: Apache-2.0 */
/* Rules 23 to 33. The portal's sentences stand here to the letter. */
#include "config.h"

#include "portal/checks.h"

#define LEAF (KVK_NEEDS_READABLE | KVK_NEEDS_ONE_LEAF)

const struct kvk_rule kvk_rules_third[11] = {
	[0] = {
		.number = 23,
		.id = "not-ca",
		.portal = "The certificate is not a CA certificate.",
		.severity = KVK_SEVERITY_FILE,
		.moment = KVK_MOMENT_PATH,
		.place = 3,
		.since = "2026-11-22",
		.cite = "RFC 5280 6.1.4 (k); PKIXReason.NOT_CA_CERT",
		.needs = LEAF,
		.check = kvk_check_issuers_are_cas,
		.hint = N_("replace the certificate that is no CA by the TSP's own CA "
			"certificate"),
		.meaning = N_("A certificate that stands in the chain as an issuer may not "
			"issue: it does not say cA=TRUE in its basicConstraints extension."),
		.cause = N_("A wrong file was put in the chain, or the issuer is a home-made "
			"CA of X.509 version 1."),
		.remedy = N_("Take the CA certificates from the TSP."),
		.letter = N_("A certificate of the chain that you sent is no CA certificate; "
			"please send the right chain."),
		.reading = "",
	},
	[1] = {
		.number = 24,
		.id = "not-yet-valid",
		.portal = "The certificate is not yet valid.",
		.severity = KVK_SEVERITY_WAIT,
		.moment = KVK_MOMENT_PATH,
		.place = 7,
		.since = "2026-11-22",
		.cite = "RFC 5280 6.1.3 (a)(2); BasicReason.NOT_YET_VALID",
		.needs = LEAF,
		.check = kvk_check_not_yet_valid,
		.hint = N_("wait until it starts, and check the clock of this computer"),
		.meaning = N_("The first moment of a certificate in the chain is still to come."),
		.cause = N_("The TSP gave it a start in the future, or the clock of this "
			"computer is slow."),
		.remedy = N_("Upload it on the day on which it starts."),
		.letter = N_("Our certificate starts in the future; please tell us whether "
			"that is intended."),
		.reading = "",
	},
	[2] = {
		.number = 25,
		.id = "oin-unknown",
		.portal = "The OIN register could not find an organisation based on the KVK "
			"number.",
		.severity = KVK_SEVERITY_ACCOUNT,
		.moment = KVK_MOMENT_SERVICE,
		.place = 3,
		.since = "2026-11-22",
		.cite = "OIN register (COR) of Logius",
		.needs = LEAF | KVK_NEEDS_REGISTER,
		.check = kvk_check_oin_known,
		.hint = N_("check your entry in the OIN register at oinregister.logius.nl, and "
			"have it mended by Logius"),
		.meaning = N_("The register of OINs (identification numbers of government "
			"bodies) has no organisation with this KVK number."),
		.cause = N_("The body is not entered, or under another KVK number. Since 2025 "
			"only special bodies and holders of SubOINs are entered."),
		.remedy = N_("Ask Logius to enter the organisation or to mend its entry."),
		.letter = N_("Please tell us under which KVK number and name you found our OIN "
			"in the OIN register."),
		.reading = N_("Companies are not looked up here; how the portal decides is not "
			"published."),
	},
	[3] = {
		.number = 26,
		.id = "oin-inactive",
		.portal = "The OIN register could not find an active organisation with a "
			"matching trade name.",
		.severity = KVK_SEVERITY_ACCOUNT,
		.moment = KVK_MOMENT_SERVICE,
		.place = 4,
		.since = "2026-11-22",
		.cite = "OIN register (COR) of Logius",
		.needs = LEAF | KVK_NEEDS_REGISTER,
		.check = kvk_check_oin_active,
		.hint = N_("order the certificate with the organisation name as the OIN "
			"register has it"),
		.meaning = N_("The register has the organisation, but withdrawn or under "
			"another name than the certificate."),
		.cause = N_("The organisation was merged or renamed, or the TSP wrote the name "
			"in another way."),
		.remedy = N_("Compare the organisation (O) of the certificate with the "
			"register; have the one that is wrong mended."),
		.letter = N_("Please issue the certificate with our name as the OIN register "
			"has it in the subject attribute O."),
		.reading = N_("Names are compared without regard to case and spacing; how the "
			"portal compares them is not published."),
	},
	[4] = {
		.number = 27,
		.id = "path-length",
		.portal = "The certificate's path length constraint is violated.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_PATH,
		.place = 4,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.2.1.9, 6.1.4 (m); PKIXReason.PATH_TOO_LONG",
		.needs = LEAF,
		.check = kvk_check_path_length,
		.hint = N_("use a certificate that the TSP's CA issued itself"),
		.meaning = N_("A CA in the chain may have no further CA below it, or only a "
			"few, and there are more."),
		.cause = N_("The certificate was issued by a CA that a CA of the TSP should "
			"not have made."),
		.remedy = N_("Order from a TSP of PKIoverheid."),
		.letter = N_("The chain of our certificate violates the path length constraint "
			"of your CA; please issue it from the right CA."),
		.reading = "",
	},
	[5] = {
		.number = 28,
		.id = "revoked",
		.portal = "The certificate is revoked.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_PATH,
		.place = 11,
		.since = "2026-11-22",
		.cite = "RFC 5280 6.3; RFC 6960; BasicReason.REVOKED",
		.needs = LEAF | KVK_NEEDS_PATH | KVK_NEEDS_REVOCATION,
		.check = kvk_check_revoked,
		.hint = N_("order a new certificate with a new key, and find out why this one "
			"was revoked"),
		.meaning = N_("A certificate of the chain was withdrawn before its end."),
		.cause = N_("You or the TSP asked for it: a key got lost, data changed, or a "
			"newer certificate took its place. A revocation cannot be undone."),
		.remedy = N_("Order a new certificate with a new key."),
		.letter = N_("Our certificate is revoked; please tell us why, and issue a new "
			"one for the enclosed request."),
		.reading = N_("As in Java, an entry whose date lies in the future does not "
			"count yet."),
	},
	[6] = {
		.number = 29,
		.id = "stray-root",
		.portal = "The certificate identifies itself as a root ca but not as an "
			"intermediate ca.",
		.severity = KVK_SEVERITY_FILE,
		.moment = KVK_MOMENT_OWN,
		.place = 8,
		.since = "2026-11-22",
		.cite = "RFC 5280 3.2 self-issued certificates",
		.needs = LEAF,
		.check = kvk_check_stray_root,
		.hint = N_("leave the root out of the file, and put the CA certificates in it "
			"that a trusted root issued"),
		.meaning = N_("A self-signed CA certificate stands where one issued by a "
			"trusted root is needed."),
		.cause = N_("A root that the portal does not know is in the file, or the TSP's "
			"CA certificate exists in a self-signed form too and that one was "
			"taken."),
		.remedy = N_("Take the chain from the TSP again."),
		.letter = N_("The chain that you sent holds a self-signed certificate; please "
			"send that of the CA as issued by the root of PKIoverheid."),
		.reading = N_("The portal does not publish when it says this; a self-signed CA "
			"of the file that is no trusted root, where no path was found, is read "
			"so."),
	},
	[7] = {
		.number = 30,
		.id = "critical-extension",
		.portal = "The certificate contains one or more unrecognized critical "
			"extensions.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_PATH,
		.place = 13,
		.since = "2026-11-22",
		.cite = "RFC 5280 4.2, 6.1.4 (o), 6.1.5 (f); PKIXReason.UNRECOGNIZED_CRIT_EXT",
		.needs = LEAF,
		.check = kvk_check_critical_extensions,
		.hint = N_("ask the TSP to issue it again with that extension not critical"),
		.meaning = N_("An extension that is marked critical must be understood by "
			"whoever uses the certificate; Java does not understand this one."),
		.cause = N_("A private extension, or one such as qcStatements that was marked "
			"critical by mistake."),
		.remedy = N_("Ask the TSP for a certificate without it."),
		.letter = N_("Please issue the certificate again with the extension named "
			"below not marked critical."),
		.reading = "",
	},
	[8] = {
		.number = 31,
		.id = "wildcard",
		.portal = "The certificate has a wildcard in the domain.",
		.severity = KVK_SEVERITY_CERTIFICATE,
		.moment = KVK_MOMENT_OWN,
		.place = 5,
		.since = "2026-11-22",
		.cite = "RFC 6125 6.4.3; CA/Browser Forum EV Guidelines 7.1.4.2",
		.needs = LEAF,
		.check = kvk_check_wildcard,
		.hint = N_("order a certificate for one domain name without '*'"),
		.meaning = N_("The certificate is for all names below a domain (*.example.nl), "
			"which the portal does not take."),
		.cause = N_("The wildcard certificate of a web site was used."),
		.remedy = N_("Order a certificate for one name, such as api.example.nl."),
		.letter = N_("Please issue the certificate for the one domain name in the "
			"enclosed request, without wildcard names."),
		.reading = N_("Where the portal looks is not published; here it is every "
			"commonName and every domain name of the subjectAltNames."),
	},
	[9] = {
		.number = 32,
		.id = "try-later",
		.portal = "Please try again later.",
		.severity = KVK_SEVERITY_WAIT,
		.moment = KVK_MOMENT_SERVICE,
		.place = 2,
		.since = "2026-11-22",
		.cite = "the services behind the portal",
		.needs = LEAF | KVK_NEEDS_REGISTER,
		.check = kvk_check_services,
		.hint = N_("try again in an hour; the certificate is not at fault"),
		.meaning = N_("A service that the portal asks does not answer."),
		.cause = N_("The trade register, the OIN register or the portal is down or "
			"being maintained."),
		.remedy = N_("Try again later. If it lasts a day, ask the KVK."),
		.letter = N_("No action is needed on our certificate yet: KVK's portal cannot "
			"check it at present, and we shall try again."),
		.reading = N_("Whether a service answers this program says little about the "
			"portal."),
	},
	[10] = {
		.number = 33,
		.id = "company-details",
		.portal = "The details of the company based on the KVK number can not be "
			"retrieved.",
		.severity = KVK_SEVERITY_ACCOUNT,
		.moment = KVK_MOMENT_SERVICE,
		.place = 1,
		.since = "2026-11-22",
		.cite = "KVK API Basisprofiel",
		.needs = LEAF | KVK_NEEDS_REGISTER,
		.check = kvk_check_company,
		.hint = N_("check the KVK number at kvk.nl; if the registration is in order, "
			"ask the KVK"),
		.meaning = N_("The trade register gives no details for the KVK number in the "
			"certificate."),
		.cause = N_("The number is wrong, the registration has ended, or the register "
			"is down."),
		.remedy = N_("Look the number up at kvk.nl, and order the certificate with the "
			"right one."),
		.letter = N_("Please issue the certificate with our present KVK number in the "
			"subject attribute serialNumber."),
		.reading = N_("Which of the details the portal asks for is not published; "
			"here a number that the trade register does not know, or whose "
			"registration has ended, fails."),
	},
};
