/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: whether the chain leads to a root, and which roots are in the file. */
#include "config.h"

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
		KVK_FORMAT(out->found, _("the issuer '%s' is not in the file"), name);
		KVK_FORMAT(out->wanted, "%s",
			_("each certificate followed by the one that issued it"));
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
	KVK_FORMAT(out->found,
		self_issued ? _("the chain ends at '%s', which is not trusted") :
			      _("the chain ends at a certificate of '%s', which is not at hand"),
		name);
	KVK_FORMAT(out->wanted,
		facts->trust_replaced ?
			_("a path to one of the %zu trust anchors given") :
			_("a path to one of the %zu trust anchors known to this program"),
		facts->anchor_count);
out:
	return err;
}

static enum kvk_err check_anchor(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const enum kvk_reason reason = KVK_REASON_NO_TRUST_ANCHOR;
	const struct kvk_path *path = &facts->path;

	if (path->anchor != NULL && kvk_checks_failure(facts, reason, false) == NULL)
		return KVK_OK;
	if (path->exhausted || path->count == 0) {
		kvk_finding_unknown(out, KVK_WHY_WORK);
		return KVK_OK;
	}
	kvk_finding_fail(out, (int)path->count - 1, reason);
	if (no_anchors_for_it(facts))
		kvk_finding_unknown(out, KVK_WHY_NO_ANCHORS);
	return describe_end(facts, out);
}

const struct kvk_rule kvk_rule_no_trust_anchor = {
	.number = 22,
	.id = "no-trust-anchor",
	.portal = "The certificate isn't issued by a trusted certificate issuer.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_PATH,
	.place = 0,
	.since = "2026-11-22",
	.cite = "RFC 5280 6.1.1 (d); PKIXReason.NO_TRUST_ANCHOR",
	.needs = KVK_NEEDS_LEAF,
	.check = check_anchor,
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
	kvk_finding_fail(out, where, KVK_REASON_NONE);
	KVK_TRY(name_text(&facts->stray_root->subject, name));
	KVK_FORMAT(out->found, _("'%s' is self-signed and not one of the trusted roots"), name);
	KVK_FORMAT(out->wanted, "%s", _("CA certificates that a trusted root issued"));
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
};
