/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: the path, as Java's validator sees it. */
#include "config.h"

#include "portal/checks.h"
#include "portal/rules.h"

/* Java looks at the CAs; that the leaf must be able to sign a TLS handshake is the portal's. */
static enum kvk_err check_key_usage(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_extensions *ext = &facts->leaf->ext;

	kvk_checks_report(facts, KVK_REASON_INVALID_KEY_USAGE, out);
	kvk_checks_blame_ca(facts, out);
	if (out->result == KVK_RESULT_FAIL || !ext->has_key_usage ||
		(ext->key_usage & KVK_KU_DIGITAL_SIGNATURE))
		return KVK_OK;
	kvk_finding_fail(out, 0, KVK_REASON_INVALID_KEY_USAGE);
	KVK_FORMAT(out->found, "%s", _("the key usage does not include digitalSignature"));
	KVK_FORMAT(out->wanted, "%s",
		_("digitalSignature in the key usage, which a TLS client requires"));
	return KVK_OK;
}

const struct kvk_rule kvk_rule_key_usage = {
	.number = 7,
	.id = "key-usage",
	.portal = "The certificate's key usage is invalid.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_PATH,
	.place = 2,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.2.1.3, 6.1.4 (n); PKIXReason.INVALID_KEY_USAGE",
	.needs = KVK_NEEDS_LEAF,
	.check = check_key_usage,
	.hint = N_("order a server certificate (key usage digitalSignature and keyEncipherment), "
		   "not one for signing documents or mail"),
	.meaning = N_("The key usage extension says what a key may be used for. A CA's key must be "
		      "allowed to sign certificates. Yours must be allowed to make digital "
		      "signatures, because that is how a TLS client proves its identity."),
	.cause = N_("The certificate is meant for signing documents or for encryption, or a "
		    "certificate that is not a CA certificate is used as an issuer in the chain."),
	.remedy = N_("Order a server certificate from the TSP."),
	.letter = N_("Please issue a server certificate with key usage digitalSignature and "
		     "keyEncipherment."),
	.reading = N_("Java checks only the issuers. It is an assumption that the portal requires "
		      "digitalSignature in your certificate."),
};

static enum kvk_err check_names(const struct kvk_facts *facts, struct kvk_finding *out)
{
	kvk_checks_report(facts, KVK_REASON_INVALID_NAME, out);
	if (out->result == KVK_RESULT_PASS && facts->report.names_open)
		kvk_finding_unknown(out, KVK_WHY_NOT_PROCESSED);
	return KVK_OK;
}

const struct kvk_rule kvk_rule_name_constraints = {
	.number = 8,
	.id = "name-constraints",
	.portal = "The certificate's name constraints are violated.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_PATH,
	.place = 5,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.2.1.10, 6.1.3 (b), (c); PKIXReason.INVALID_NAME",
	.needs = KVK_NEEDS_LEAF,
	.check = check_names,
	.hint = N_("ask the TSP for a certificate from a CA that may issue for your domain name"),
	.meaning = N_("A CA in the chain may issue certificates for certain names only, and this "
		      "certificate contains a different name."),
	.cause = N_("The certificate comes from a CA that is restricted to one organisation or "
		    "domain. The CAs of PKIoverheid have no such restrictions."),
	.remedy = N_("Order a certificate from a CA that may issue for your domain name."),
	.letter = N_("Our certificate violates the name constraints of your CA. Please issue it "
		     "from a CA that may issue for our domain name."),
	.reading = "",
};

static enum kvk_err check_policies(const struct kvk_facts *facts, struct kvk_finding *out)
{
	kvk_checks_report(facts, KVK_REASON_INVALID_POLICY, out);
	if (out->result == KVK_RESULT_PASS && facts->report.policies_open)
		kvk_finding_unknown(out, KVK_WHY_NOT_PROCESSED);
	return KVK_OK;
}

const struct kvk_rule kvk_rule_policy_constraints = {
	.number = 9,
	.id = "policy-constraints",
	.portal = "The certificate's policy constraints are violated.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_PATH,
	.place = 6,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.2.1.4, 4.2.1.11, 6.1.5 (g); PKIXReason.INVALID_POLICY",
	.needs = KVK_NEEDS_LEAF,
	.check = check_policies,
	.hint = N_("ask the TSP to reissue the certificate under a policy that its CA may use"),
	.meaning = N_("A CA in the chain requires a certificate policy (a number that identifies "
		      "the rules under which a certificate was issued), but no policy is valid for "
		      "the whole chain."),
	.cause = N_("The certificate was issued under a policy that its CA does not have, or it "
		    "has policy qualifiers (notes on a policy) in a critical extension, which Java "
		    "refuses."),
	.remedy = N_("Ask the TSP to reissue the certificate."),
	.letter = N_("The certificate policies of our certificate are not consistent with those of "
		     "your CA (RFC 5280, section 6.1.5). Please reissue it."),
	.reading = N_("The portal does not publish whether it requires particular policies. For "
		      "this message, kvkcsr requires none."),
};

static enum kvk_err check_signatures(const struct kvk_facts *facts, struct kvk_finding *out)
{
	kvk_checks_report(facts, KVK_REASON_INVALID_SIGNATURE, out);
	return KVK_OK;
}

const struct kvk_rule kvk_rule_signature = {
	.number = 10,
	.id = "signature",
	.portal = "The certificate has an invalid signature.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_PATH,
	.place = 10,
	.since = "2026-11-22",
	.cite = "RFC 5280 6.1.3 (a)(1); BasicReason.INVALID_SIGNATURE",
	.needs = KVK_NEEDS_LEAF,
	.check = check_signatures,
	.hint = N_("use the certificate exactly as the TSP sent it, with the CA certificate that "
		   "issued it"),
	.meaning = N_("The signature on a certificate was not made with the key of the CA above it "
		      "in the chain."),
	.cause = N_("The file is damaged, it contains a CA certificate with the right name but "
		    "from another generation, or the certificate is forged."),
	.remedy = N_("Download your certificate again, and the CA certificates from the TSP or "
		     "from cert.pkioverheid.nl."),
	.letter = N_("The signature on our certificate cannot be verified with your CA "
		     "certificate. Please send the certificate and its chain again."),
	.reading = "",
};

static enum kvk_err check_issuers(const struct kvk_facts *facts, struct kvk_finding *out)
{
	kvk_checks_report(facts, KVK_REASON_NOT_CA_CERT, out);
	return KVK_OK;
}

const struct kvk_rule kvk_rule_not_ca = {
	.number = 23,
	.id = "not-ca",
	.portal = "The certificate is not a CA certificate.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_PATH,
	.place = 3,
	.since = "2026-11-22",
	.cite = "RFC 5280 6.1.4 (k); PKIXReason.NOT_CA_CERT",
	.needs = KVK_NEEDS_LEAF,
	.check = check_issuers,
	.hint = N_("replace the certificate that is not a CA certificate with the TSP's CA "
		   "certificate"),
	.meaning = N_("A certificate is used as an issuer in the chain but may not issue "
		      "certificates: its basicConstraints extension does not say cA=TRUE."),
	.cause = N_("The wrong file was added to the chain, or the issuer is a private CA that "
		    "still uses X.509 version 1."),
	.remedy = N_("Use the CA certificates from the TSP."),
	.letter = N_("One of the certificates in the chain that you sent is not a CA certificate. "
		     "Please send the correct chain."),
	.reading = "",
};

static enum kvk_err check_path_length(const struct kvk_facts *facts, struct kvk_finding *out)
{
	kvk_checks_report(facts, KVK_REASON_PATH_TOO_LONG, out);
	return KVK_OK;
}

const struct kvk_rule kvk_rule_path_length = {
	.number = 27,
	.id = "path-length",
	.portal = "The certificate's path length constraint is violated.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_PATH,
	.place = 4,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.2.1.9, 6.1.4 (m); PKIXReason.PATH_TOO_LONG",
	.needs = KVK_NEEDS_LEAF,
	.check = check_path_length,
	.hint = N_("order a certificate from a PKIoverheid TSP, issued directly by one of its CAs"),
	.meaning = N_("A CA in the chain limits how many CAs may be below it, and there are more."),
	.cause = N_("The certificate comes from a CA that the TSP's CA was not allowed to create."),
	.remedy = N_("Order a certificate from a PKIoverheid TSP, issued directly by one of its "
		     "CAs."),
	.letter = N_("The chain of our certificate violates the path length constraint of your CA. "
		     "Please issue it from the correct CA."),
	.reading = "",
};

static enum kvk_err check_critical(const struct kvk_facts *facts, struct kvk_finding *out)
{
	kvk_checks_report(facts, KVK_REASON_UNRECOGNIZED_CRIT_EXT, out);
	kvk_checks_blame_ca(facts, out);
	return KVK_OK;
}

const struct kvk_rule kvk_rule_critical_extension = {
	.number = 30,
	.id = "critical-extension",
	.portal = "The certificate contains one or more unrecognized critical "
		  "extensions.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_PATH,
	.place = 13,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.2, 6.1.4 (o), 6.1.5 (f); PKIXReason.UNRECOGNIZED_CRIT_EXT",
	.needs = KVK_NEEDS_LEAF,
	.check = check_critical,
	.hint = N_("ask the TSP to reissue the certificate without marking this extension as "
		   "critical"),
	.meaning = N_("Software must refuse a certificate with a critical extension that it does "
		      "not know, and Java does not know this one."),
	.cause = N_("The certificate has a private extension, or one such as qcStatements that was "
		    "marked critical by mistake."),
	.remedy = N_("Ask the TSP for a certificate without this extension, or one in which it is "
		     "not marked as critical."),
	.letter = N_("Please reissue the certificate without marking the extension ... (fill in "
		     "its name or OID) as critical."),
	.reading = "",
};
