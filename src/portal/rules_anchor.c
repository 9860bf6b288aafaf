/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: whether the chain leads to a root, and which roots are in the file. */
#include "config.h"

#include "base/escape.h"
#include "portal/checks.h"
#include "portal/rules.h"

/* Room for a distinguished name within a finding. */
#define NAME_TEXT 200

static enum kvk_err name_text(const struct kvk_name *name, char text[static NAME_TEXT])
{
	struct kvk_blob blob = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_name_text(name, &blob));
	kvk_format(text, NAME_TEXT, "%s", kvk_blob_str(&blob));
out:
	kvk_blob_free(&blob);
	return err;
}

/* What to do where a CA certificate is missing that is known. */
static const char add_missing[] =
	N_("download the missing CA certificate, and add it to the file or with --chain FILE");

/* Says that the certificate of an issuer is missing and, where that is known, where it is. */
static void missing_from_file(
	const struct kvk_facts *facts, const char *name, struct kvk_finding *out)
{
	char url[NAME_TEXT];

	if (facts->missing == NULL) {
		KVK_FORMAT(out->found, _("the certificate of the issuer '%s' is not in the file"),
			name);
		return;
	}
	KVK_FORMAT(out->found,
		_("the certificate of the issuer '%s' is not in the file; it is published at %s"),
		name, kvk_escape_to(url, sizeof url, kvk_span_of(facts->missing->url)));
	out->hint = add_missing;
}

/* What to do where a chain ends early, and nothing is known of the issuer. */
static const char *hint_at_end(const struct kvk_facts *facts)
{
	if (facts->path.count == 1)
		return N_(
			"add the missing CA certificates, to the file or with --chain FILE: the "
			"TSP publishes them, and those of PKIoverheid are on cert.pkioverheid.nl");
	if (facts->trust_replaced)
		return N_("if that is a root, give its certificate with --trust; otherwise add it "
			  "to the file or with --chain FILE");
	return N_("if that is a root, the portal does not trust it: order a certificate from a "
		  "PKIoverheid TSP; otherwise add its certificate to the file or with --chain "
		  "FILE");
}

/* The same where it ends at a root. */
static const char *hint_at_root(const struct kvk_facts *facts)
{
	if (facts->path.count > 1 && facts->trust_replaced)
		return N_("if you trust that root, give its certificate with --trust; without "
			  "--trust, the roots of PKIoverheid are trusted");
	return N_("the portal does not trust it: order a certificate from a PKIoverheid TSP");
}

/* The same of the end of a chain. */
static void missing_at_end(const struct kvk_facts *facts, const char *name, struct kvk_finding *out)
{
	char url[NAME_TEXT];

	if (facts->missing == NULL) {
		KVK_FORMAT(out->found,
			_("the chain ends early: the certificate of '%s' is missing"), name);
		out->hint = hint_at_end(facts);
		return;
	}
	KVK_FORMAT(out->found,
		_("the chain ends early: the certificate of '%s' is missing; it is published at "
		  "%s"),
		name, kvk_escape_to(url, sizeof url, kvk_span_of(facts->missing->url)));
	out->hint = add_missing;
}

/* The end of a path that has a certificate. */
static const struct kvk_certificate *top_of(const struct kvk_path *path)
{
	return path->certs[path->count - 1].certificate;
}

static enum kvk_err check_chaining(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_path *path = &facts->path;
	char name[NAME_TEXT];
	enum kvk_err err = KVK_OK;

	kvk_checks_report(facts, KVK_REASON_NAME_CHAINING, out);
	if (out->result == KVK_RESULT_FAIL || path->anchor != NULL || path->count == 0)
		return KVK_OK;
	if (facts->link_missing && !path->exhausted) {
		KVK_TRY(name_text(&top_of(path)->issuer, name));
		kvk_finding_fail(out, (int)path->count - 1, KVK_REASON_NAME_CHAINING);
		missing_from_file(facts, name, out);
		KVK_FORMAT(out->wanted, "%s",
			_("the certificate of every issuer between yours and the root"));
	} else if (out->result == KVK_RESULT_UNKNOWN && kvk_certificate_self_issued(top_of(path))) {
		/* every link is there, up to a root; that nobody trusts it is message 22 */
		out->result = KVK_RESULT_PASS;
		out->why = KVK_WHY_NONE;
	}
out:
	return err;
}

const struct kvk_rule kvk_rule_chaining = {
	.number = 17,
	.id = "chaining",
	.portal = "The certificate does not chain correctly.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_PATH,
	.place = 9,
	.since = "2026-11-22",
	.cite = "RFC 5280 6.1.3 (a)(4); PKIXReason.NAME_CHAINING",
	.needs = KVK_NEEDS_LEAF,
	.check = check_chaining,
	.hint = N_("add every CA certificate between yours and the root, to the file or with "
		   "--chain FILE; the TSP publishes them"),
	.meaning = N_("The issuer named in a certificate is not the subject of the next "
		      "certificate: a link in the chain is missing or wrong."),
	.cause = N_(
		"The TSP's CA certificate was left out, or one from another generation was used."),
	.remedy = N_("Add the missing CA certificates. You can get them from the TSP and from "
		     "cert.pkioverheid.nl."),
	.letter = N_("Please send the complete chain of our certificate, up to but not including "
		     "the root."),
	.reading = N_("For a missing link the portal shows message 17 or 22, depending on whether "
		      "it sorts the file first. kvkcsr shows both where both are possible."),
};

/* Whether the delivery is of a kind whose roots are not among the known anchors (public EV). */
static bool no_anchors_for_it(const struct kvk_facts *facts)
{
	if (facts->anchor_count == 0)
		return true;
	return !facts->trust_replaced && !facts->has_public_anchors && facts->leaf_ev_policy &&
		!facts->leaf_pkio_policy;
}

static enum kvk_err describe_end(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_certificate *top = top_of(&facts->path);
	const bool self_issued = kvk_certificate_self_issued(top);
	char name[NAME_TEXT];
	enum kvk_err err;

	KVK_TRY(name_text(self_issued ? &top->subject : &top->issuer, name));
	if (self_issued) {
		KVK_FORMAT(out->found, _("the chain ends at '%s', which is not trusted"), name);
		out->hint = hint_at_root(facts);
	} else {
		missing_at_end(facts, name, out);
	}
	KVK_FORMAT(out->wanted,
		facts->trust_replaced ?
			kvk_ngettext("a chain up to the %zu root certificate supplied with --trust",
				"a chain up to one of the %zu root certificates supplied with "
				"--trust",
				facts->anchor_count) :
			kvk_ngettext("a chain up to the %zu root certificate that kvkcsr trusts",
				"a chain up to one of the %zu root certificates that kvkcsr "
				"trusts",
				facts->anchor_count),
		facts->anchor_count);
out:
	return err;
}

static enum kvk_err check_anchor(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const enum kvk_reason reason = KVK_REASON_NO_TRUST_ANCHOR;
	const struct kvk_path *path = &facts->path;
	enum kvk_err err;

	if (path->anchor != NULL && kvk_checks_failure(facts, reason, false) == NULL)
		return KVK_OK;
	if (path->exhausted || path->count == 0) {
		kvk_finding_unknown(out, facts->trust_limited ? KVK_WHY_LIMIT : KVK_WHY_WORK);
		return KVK_OK;
	}
	kvk_finding_fail(out, (int)path->count - 1, reason);
	KVK_TRY(describe_end(facts, out));
	if (no_anchors_for_it(facts)) {
		kvk_finding_unknown(out, KVK_WHY_NO_ANCHORS);
		out->hint = facts->missing != NULL ? add_missing : NULL;
	}
out:
	return err;
}

const struct kvk_rule kvk_rule_no_trust_anchor = {
	.number = 22,
	.id = "no-trust-anchor",
	.portal = "The certificate isn't issued by a trusted certificate issuer.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_PATH,
	.place = 0,
	.since = "2026-11-22",
	.cite = "RFC 5280 6.1.1 (d); PKIXReason.NO_TRUST_ANCHOR",
	.needs = KVK_NEEDS_LEAF,
	.check = check_anchor,
	.hint = N_("add the missing CA certificates, to the file or with --chain FILE; if none is "
		   "missing, order from a PKIoverheid TSP"),
	.meaning =
		N_("The chain of the certificate does not lead to a root that the portal trusts."),
	.cause = N_("Usually a CA certificate is missing from the file. Otherwise the certificate "
		    "is self-signed, or comes from a private CA or a test hierarchy (TRIAL, "
		    "ACCEPTATIE)."),
	.remedy = N_("First complete the chain. If it is complete, the portal does not accept this "
		     "issuer: order a certificate from a PKIoverheid TSP."),
	.letter = N_("Please send the complete chain of our certificate, and tell us which root it "
		     "ends at."),
	.reading = N_("The portal does not publish which roots it trusts, or whether it already "
		      "knows the G4 root. kvkcsr uses the private G1 and G4 roots of PKIoverheid, "
		      "those imported with 'kvkcsr trust' and, for EV certificates, those of the "
		      "system; --trust replaces them."),
};

static enum kvk_err check_stray_root(const struct kvk_facts *facts, struct kvk_finding *out)
{
	char name[NAME_TEXT];
	int where = KVK_WHERE_FILE;
	enum kvk_err err;

	if (facts->stray_root == NULL)
		return KVK_OK;
	for (size_t i = 0; i < facts->path.count; i++)
		if (facts->path.certs[i].certificate == facts->stray_root)
			where = (int)i;
	kvk_finding_assume(out, where, KVK_REASON_NONE);
	KVK_TRY(name_text(&facts->stray_root->subject, name));
	KVK_FORMAT(out->found, _("'%s' is self-signed and is not a trusted root"), name);
	KVK_FORMAT(out->wanted, "%s", _("CA certificates issued by a trusted root"));
out:
	return err;
}

const struct kvk_rule kvk_rule_stray_root = {
	.number = 29,
	.id = "stray-root",
	.portal = "The certificate identifies itself as a root ca but not as an "
		  "intermediate ca.",
	.severity = KVK_SEVERITY_FILE,
	.stage = KVK_STAGE_OWN,
	.place = 8,
	.since = "2026-11-22",
	.cite = "RFC 5280 3.2 self-issued certificates",
	.needs = KVK_NEEDS_LEAF,
	.check = check_stray_root,
	.hint = N_("remove the root from the file, and add the CA certificates that a trusted root "
		   "issued"),
	.meaning = N_("The file contains a self-signed CA certificate where one issued by a "
		      "trusted root is required."),
	.cause = N_("The file contains a root that the portal does not know, or the self-signed "
		    "version of a CA certificate that a root also issued to the TSP."),
	.remedy =
		N_("Remove the root from the file, and add the CA certificates that a trusted root "
		   "issued. The TSP and cert.pkioverheid.nl publish them."),
	.letter = N_("The chain that you sent contains a self-signed certificate. Please send the "
		     "certificate that the PKIoverheid root issued to that CA."),
	.reading = N_("The portal does not publish when it shows this message. kvkcsr reports it "
		      "if no path was found and the file contains a self-signed CA certificate "
		      "that is not a trusted root. The portal may show message 22 or 17 instead, "
		      "or this message for any root in the file."),
};
