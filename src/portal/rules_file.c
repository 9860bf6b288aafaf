/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: what is in the file. */
#include "config.h"

#include "portal/checks.h"
#include "portal/rules.h"

/* The remarks that can be why Java gives up, those that say most first. */
static const enum kvk_remark blame[] = {
	KVK_REMARK_BOM,
	KVK_REMARK_UTF16,
	KVK_REMARK_PRIVATE_KEY,
	KVK_REMARK_NO_END,
	KVK_REMARK_END_OTHER,
	KVK_REMARK_INDENTED,
	KVK_REMARK_BASE64,
	KVK_REMARK_TRUNCATED,
	KVK_REMARK_TRAILING,
	KVK_REMARK_CSR,
	KVK_REMARK_OTHER_BLOCK,
};

/* What to blame, for people, or NULL. */
static const char *blamed(const struct kvk_contents *contents)
{
	for (size_t i = 0; i < sizeof(blame) / sizeof(blame[0]); i++)
		if (contents->remarks & (1u << blame[i]))
			return kvk_remark_text(blame[i]);
	return NULL;
}

/* The block at which Java gives up, or NULL. */
static const struct kvk_block *bad_block(const struct kvk_contents *contents)
{
	if (contents->failed_block < 0)
		return NULL;
	return kvk_vec_at(&contents->blocks, (size_t)contents->failed_block);
}

/* What stands in the place of a certificate. */
static void describe_kind(const struct kvk_contents *contents, struct kvk_finding *out)
{
	const struct kvk_block *block = bad_block(contents);

	if (block == NULL && contents->blocks.count > 0)
		block = kvk_vec_at(&contents->blocks, 0);
	if (contents->size == 0)
		KVK_FORMAT(out->found, "%s", _("an empty file"));
	else if (block != NULL && block->kind == KVK_BLOCK_CSR)
		KVK_FORMAT(out->found, _("%s, from which the TSP makes the certificate"),
			kvk_kind_text(block->kind));
	else if (block != NULL)
		KVK_FORMAT(out->found, "%s", kvk_kind_text(block->kind));
	else if (contents->remarks & (1u << KVK_REMARK_UTF16))
		KVK_FORMAT(out->found, "%s", kvk_remark_text(KVK_REMARK_UTF16));
	else if (contents->form == KVK_FORM_ZIP)
		KVK_FORMAT(out->found, "%s", _("a ZIP archive"));
	else if (contents->form == KVK_FORM_PKCS12)
		KVK_FORMAT(out->found, "%s", _("a PKCS#12 file (.p12, .pfx)"));
	else if (contents->form == KVK_FORM_TEXT)
		KVK_FORMAT(out->found, "%s", _("text without a BEGIN CERTIFICATE line"));
	else
		KVK_FORMAT(out->found, "%s", _("bytes that are no certificate"));
	KVK_FORMAT(out->wanted, "%s", _("a certificate in PEM (text) or DER (binary)"));
}

/* Whether the portal gets a certificate out of the file; one message says why it does not. */
static bool is_read(const struct kvk_facts *facts)
{
	return facts->contents->java == KVK_JAVA_READS && facts->certificate_count > 0;
}

/* Why Java gives up in the middle of the file. */
static void describe_bad_block(const struct kvk_contents *contents, struct kvk_finding *out)
{
	const struct kvk_block *block = bad_block(contents);
	const char *text = blamed(contents);

	if (block != NULL && block->log.remark != KVK_DER_OK)
		KVK_FORMAT(out->found, _("block %d, line %u: %s (at byte %zu of it)%s%s"),
			contents->failed_block + 1, block->line,
			kvk_der_remark_text(block->log.remark), block->log.offset,
			text != NULL ? "; " : "", text != NULL ? text : "");
	else if (text != NULL && block != NULL && block->line > 0)
		KVK_FORMAT(out->found, _("line %u: %s"), block->line, text);
	else if (text != NULL)
		KVK_FORMAT(out->found, "%s", text);
	else if (block != NULL && block->certificate != NULL && block->line > 0)
		KVK_FORMAT(out->found,
			_("line %u: in or behind this block stands what is no part of it; "
			  "BEGIN and END need lines of their own, and no other line may "
			  "have five dashes"),
			block->line);
	else
		describe_kind(contents, out);
	KVK_FORMAT(out->wanted, "%s", _("only whole certificates, each in a block of its own"));
}

static enum kvk_err check_readable(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->contents->java == KVK_JAVA_FAILS) {
		kvk_finding_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
		describe_bad_block(facts->contents, out);
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
};

static enum kvk_err check_x509(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->contents->java == KVK_JAVA_NOT_X509) {
		kvk_finding_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
		describe_kind(facts->contents, out);
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
};

static enum kvk_err check_leaf_is_no_ca(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->leaf == NULL || !facts->leaf->ext.ca)
		return KVK_OK;
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	KVK_FORMAT(out->found, "%s",
		_("basicConstraints says cA=TRUE: a certificate of a CA (an issuer)"));
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
};

static enum kvk_err check_any_certificate(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const enum kvk_java_reading java = facts->contents->java;

	if (java == KVK_JAVA_NOTHING || (java == KVK_JAVA_READS && !is_read(facts))) {
		kvk_finding_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
		describe_kind(facts->contents, out);
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
	.hint = N_("upload the file with your certificate; in PEM it begins with "
		   "'-----BEGIN CERTIFICATE-----'"),
	.meaning = N_("There is no certificate in the file at all."),
	.cause = N_("The wrong file was chosen: an empty one, the mail of the TSP, a "
		    "zip archive or the request."),
	.remedy = N_("Unpack the delivery and choose the .pem, .cer, .crt or .der file."),
	.letter = N_("Please send us our certificate as a PEM or DER file."),
	.reading = "",
};

static enum kvk_err check_one_leaf(const struct kvk_facts *facts, struct kvk_finding *out)
{
	if (facts->leaf_count == 1)
		return KVK_OK;
	kvk_finding_fail(out, KVK_WHERE_FILE, KVK_REASON_NONE);
	if (facts->leaf_count == 0)
		KVK_FORMAT(out->found,
			kvk_ngettext("%zu certificate, and it is of a CA",
				"%zu certificates, all of CAs", facts->certificate_count),
			facts->certificate_count);
	else
		KVK_FORMAT(out->found, _("%zu client certificates"), facts->leaf_count);
	KVK_FORMAT(out->wanted, "%s", _("one client certificate, and the CAs that issued it"));
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
};
