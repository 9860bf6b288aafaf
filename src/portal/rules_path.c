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
	if (out->result == KVK_RESULT_FAIL || !ext->has_key_usage ||
		(ext->key_usage & KVK_KU_DIGITAL_SIGNATURE))
		return KVK_OK;
	kvk_finding_fail(out, 0, KVK_REASON_INVALID_KEY_USAGE);
	KVK_FORMAT(out->found, "%s", _("keyUsage without digitalSignature"));
	KVK_FORMAT(out->wanted, "%s",
		_("keyUsage with digitalSignature, which TLS clients sign with"));
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
	.hint = N_("use a certificate that the TSP's CA issued itself"),
	.meaning = N_("A CA in the chain may have no further CA below it, or only a "
		      "few, and there are more."),
	.cause = N_("The certificate was issued by a CA that a CA of the TSP should "
		    "not have made."),
	.remedy = N_("Order from a TSP of PKIoverheid."),
	.letter = N_("The chain of our certificate violates the path length constraint "
		     "of your CA; please issue it from the right CA."),
	.reading = "",
};

static enum kvk_err check_critical(const struct kvk_facts *facts, struct kvk_finding *out)
{
	kvk_checks_report(facts, KVK_REASON_UNRECOGNIZED_CRIT_EXT, out);
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
	.hint = N_("ask the TSP to issue it again with that extension not critical"),
	.meaning = N_("An extension that is marked critical must be understood by "
		      "whoever uses the certificate; Java does not understand this one."),
	.cause = N_("A private extension, or one such as qcStatements that was marked "
		    "critical by mistake."),
	.remedy = N_("Ask the TSP for a certificate without it."),
	.letter = N_("Please issue the certificate again with the extension named "
		     "below not marked critical."),
	.reading = "",
};
