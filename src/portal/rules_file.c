/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: what is in the file. */
#include "config.h"

#include "portal/checks.h"
#include "portal/rules.h"

/* Whether the portal gets a certificate out of the file; one message says why it does not. */
static bool is_read(const struct kvk_facts *facts)
{
	return facts->contents->java == KVK_JAVA_READS && facts->certificate_count > 0;
}

static enum kvk_err check_readable(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->contents->java == KVK_JAVA_FAILS) {
		kvk_finding_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
		kvk_checks_bad_block(facts->contents, out);
	} else if (facts->contents->java == KVK_JAVA_UNSURE) {
		kvk_finding_unknown(out, KVK_WHY_LIMIT);
		out->where = KVK_WHERE_FILE;
		kvk_checks_large_block(facts->contents, out);
	} else if (!is_read(facts)) {
		kvk_finding_skip(out, KVK_WHY_NEEDS_READABLE);
	}
	return KVK_OK;
}

const struct kvk_rule kvk_rule_unreadable = {
	.number = 3,
	.id = "unreadable",
	.portal = "There was a problem while reading the certificate.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_READING,
	.place = 1,
	.since = "2026-11-22",
	.cite = "Java CertificateFactory.generateCertificates; RFC 5280 4.1; RFC 7468",
	.needs = 0,
	.check = check_readable,
	.hint = N_("upload only certificates, each complete and in its own PEM block"),
	.meaning = N_("The file contains something that looks like a certificate but cannot be "
		      "read completely."),
	.cause = N_("The file was cut off or changed when it was copied, an editor added a byte "
		    "order mark (invisible bytes at the start), the file also contains a private "
		    "key or a certificate request, or the certificate itself is malformed."),
	.remedy = N_("Go back to the file that the TSP sent, keep only the certificate blocks, and "
		     "save it as plain text. Never upload or mail a private key."),
	.letter = N_("We cannot read the certificate that we received. Please send it again as a "
		     "PEM or DER file."),
	.reading = N_("For a PKCS#12 file (.p12, .pfx) or a certificate request (CSR), kvkcsr "
		      "reports message 18; the portal may show message 3 or 12 instead."),
};

static enum kvk_err check_x509(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->contents->java == KVK_JAVA_NOT_X509) {
		kvk_finding_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
		kvk_checks_kind_of_file(facts->contents, out);
	} else if (!is_read(facts)) {
		kvk_finding_skip(out, KVK_WHY_NEEDS_READABLE);
	} else if (facts->leaf != NULL && facts->leaf->version != 3) {
		kvk_finding_fail(out, 0, KVK_REASON_NONE);
		KVK_FORMAT(out->found, _("X.509 version %u"), facts->leaf->version);
		KVK_FORMAT(out->wanted, "%s", _("X.509 version 3"));
	}
	return KVK_OK;
}

const struct kvk_rule kvk_rule_not_x509 = {
	.number = 12,
	.id = "not-x509",
	.portal = "Certificate is not of type X.509.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_READING,
	.place = 3,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.1.2.1; Java Certificate.getType",
	.needs = 0,
	.check = check_x509,
	.hint = N_("upload the certificate itself (X.509 version 3) as PEM or DER"),
	.meaning = N_("The uploaded file is not an X.509 version 3 certificate, the only kind that "
		      "the portal accepts."),
	.cause = N_("The file is a version 1 certificate, which some private CAs still issue, or "
		    "an attribute certificate, which has no public key."),
	.remedy = N_("Upload the certificate file that the TSP sent."),
	.letter =
		N_("Please send our certificate as an X.509 version 3 certificate in PEM format."),
	.reading = N_("For a PKCS#12 file (.p12, .pfx) or a certificate request (CSR), kvkcsr "
		      "reports message 18; the portal may show message 3 or 12 instead."),
};

static enum kvk_err check_leaf_is_no_ca(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->leaf == NULL || !facts->leaf->ext.ca)
		return KVK_OK;
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	KVK_FORMAT(out->found, "%s", _("a CA certificate (basicConstraints says cA=TRUE)"));
	KVK_FORMAT(out->wanted, "%s", _("the certificate of your own organisation"));
	return KVK_OK;
}

const struct kvk_rule kvk_rule_leaf_is_ca = {
	.number = 13,
	.id = "leaf-is-ca",
	.portal = "The certificate is a CA which is not allowed.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_READING,
	.place = 5,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.2.1.9 basicConstraints",
	.needs = KVK_NEEDS_READABLE,
	.check = check_leaf_is_no_ca,
	.hint = N_("upload your own certificate, not just the TSP's CA certificates"),
	.meaning = N_("The certificate that would be registered belongs to an issuer (CA), not to "
		      "your organisation."),
	.cause = N_("The TSP sent several files, and only the one with its CA certificates was "
		    "uploaded."),
	.remedy = N_("Upload the file with your own certificate; its subject names your "
		     "organisation and domain."),
	.letter =
		N_("We received your CA certificate but not our own certificate. Please send it."),
	.reading = "",
};

static enum kvk_err check_any_certificate(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const enum kvk_java_reading java = facts->contents->java;

	if (java == KVK_JAVA_NOTHING || (java == KVK_JAVA_READS && !is_read(facts))) {
		kvk_finding_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
		kvk_checks_kind_of_file(facts->contents, out);
	} else if (!is_read(facts)) {
		kvk_finding_skip(out, KVK_WHY_NEEDS_READABLE);
	}
	return KVK_OK;
}

const struct kvk_rule kvk_rule_no_certificate = {
	.number = 18,
	.id = "no-certificate",
	.portal = "No X.509 certificate could be found.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_READING,
	.place = 2,
	.since = "2026-11-22",
	.cite = "RFC 7468; Java CertificateFactory.generateCertificates",
	.needs = 0,
	.check = check_any_certificate,
	.hint = N_("upload the file with your certificate; in PEM format it begins with "
		   "'-----BEGIN CERTIFICATE-----'"),
	.meaning = N_("The file does not contain a certificate."),
	.cause = N_("The wrong file was uploaded: an empty file, the email from the TSP, a ZIP "
		    "archive, a PKCS#12 file (.p12, .pfx) or the certificate request."),
	.remedy = N_("Unpack what the TSP sent and upload the .pem, .cer, .crt or .der file."),
	.letter = N_("Please send us our certificate as a PEM or DER file."),
	.reading = N_("For a PKCS#12 file (.p12, .pfx) or a certificate request (CSR), kvkcsr "
		      "reports message 18; the portal may show message 3 or 12 instead."),
};

static enum kvk_err check_one_leaf(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->leaf_count == 1)
		return KVK_OK;
	kvk_finding_assume(out, KVK_WHERE_FILE, KVK_REASON_NONE);
	if (facts->leaf_count == 0)
		KVK_FORMAT(out->found,
			kvk_ngettext("%zu certificate, which is a CA certificate",
				"%zu certificates, all of them CA certificates",
				facts->certificate_count),
			facts->certificate_count);
	else
		KVK_FORMAT(out->found,
			kvk_ngettext("%zu client certificate", "%zu client certificates",
				facts->leaf_count),
			facts->leaf_count);
	KVK_FORMAT(out->wanted, "%s", _("one client certificate and the CA certificates above it"));
	return KVK_OK;
}

const struct kvk_rule kvk_rule_not_one_leaf = {
	.number = 21,
	.id = "not-one-leaf",
	.portal = "The certificate chain does not contain a single client certificate.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_READING,
	.place = 4,
	.since = "2026-11-22",
	.cite = "the portal's upload",
	.needs = KVK_NEEDS_READABLE,
	.check = check_one_leaf,
	.hint = N_("put only your certificate and the CA certificates above it in the file"),
	.meaning = N_("The file must contain exactly one certificate of an organisation. All "
		      "others in it must be CA certificates."),
	.cause = N_("The file contains only the chain, or both the old and the new certificate."),
	.remedy = N_("Create a file with your new certificate and its CA certificates; 'kvkcsr "
		     "accept' does this."),
	.letter =
		N_("Please send us only our certificate and the certificates of the CAs above it."),
	.reading = N_("kvkcsr takes a client certificate to be one that is not a CA certificate "
		      "and has not issued any other certificate in the file. The portal may "
		      "instead count the certificates with the purpose \"client authentication\", "
		      "or use the first one and ignore the others."),
};
