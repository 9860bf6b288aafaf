/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: when certificates are valid. */
#include "config.h"

#include "portal/checks.h"
#include "portal/rules.h"

static enum kvk_err check_expired(const struct kvk_facts *facts, struct kvk_finding *out)
{
	kvk_checks_report(facts, KVK_REASON_EXPIRED, out);
	return KVK_OK;
}

const struct kvk_rule kvk_rule_expired = {
	.number = 5,
	.id = "expired",
	.portal = "The certificate is expired.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_PATH,
	.place = 8,
	.since = "2026-11-22",
	.cite = "RFC 5280 6.1.3 (a)(2); BasicReason.EXPIRED",
	.needs = KVK_NEEDS_LEAF,
	.check = check_expired,
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
};

static void fail(const struct kvk_certificate *cert, struct kvk_finding *out)
{
	char from[KVK_TIME_TEXT_SIZE], until[KVK_TIME_TEXT_SIZE];

	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	KVK_FORMAT(out->found, _("valid from %s until %s"), kvk_time_text(cert->not_before, from),
		kvk_time_text(cert->not_after, until));
}

/* Whether the leaf's period lies within its issuer's; known only where the issuer is. */
static void check_nested(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_certificate *leaf = facts->leaf, *issuer;
	char from[KVK_TIME_TEXT_SIZE], until[KVK_TIME_TEXT_SIZE];

	if (facts->path.count < 2) {
		/* of a trust anchor Java does not look at the validity */
		if (facts->path.anchor == NULL)
			kvk_finding_unknown(out, KVK_WHY_PATH_INCOMPLETE);
		return;
	}
	issuer = facts->path.certs[1].certificate;
	if (leaf->not_before >= issuer->not_before && leaf->not_after <= issuer->not_after)
		return;
	fail(leaf, out);
	KVK_FORMAT(out->wanted, _("a period within that of its issuer: %s until %s"),
		kvk_time_text(issuer->not_before, from), kvk_time_text(issuer->not_after, until));
}

/* notAfter is inclusive, as in RFC 5280 4.1.2.5. */
static enum kvk_err check_period(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_certificate *leaf = facts->leaf;
	char now[KVK_TIME_TEXT_SIZE];

	if (facts->asked->at >= leaf->not_before && facts->asked->at <= leaf->not_after) {
		check_nested(facts, out);
		return KVK_OK;
	}
	fail(leaf, out);
	KVK_FORMAT(
		out->wanted, _("a period that includes %s"), kvk_time_text(facts->asked->at, now));
	return KVK_OK;
}

const struct kvk_rule kvk_rule_outside_validity = {
	.number = 6,
	.id = "outside-validity",
	.portal = "The certificate is outside its validity period.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_OWN,
	.place = 1,
	.since = "2026-11-22",
	.cite = "RFC 5280 4.1.2.5; Java X509Certificate.checkValidity",
	.needs = KVK_NEEDS_LEAF,
	.check = check_period,
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
};

static enum kvk_err check_not_yet_valid(const struct kvk_facts *facts, struct kvk_finding *out)
{
	kvk_checks_report(facts, KVK_REASON_NOT_YET_VALID, out);
	return KVK_OK;
}

const struct kvk_rule kvk_rule_not_yet_valid = {
	.number = 24,
	.id = "not-yet-valid",
	.portal = "The certificate is not yet valid.",
	.severity = KVK_SEVERITY_WAIT,
	.stage = KVK_STAGE_PATH,
	.place = 7,
	.since = "2026-11-22",
	.cite = "RFC 5280 6.1.3 (a)(2); BasicReason.NOT_YET_VALID",
	.needs = KVK_NEEDS_LEAF,
	.check = check_not_yet_valid,
	.hint = N_("wait until it starts, and check the clock of this computer"),
	.meaning = N_("The first moment of a certificate in the chain is still to come."),
	.cause = N_("The TSP gave it a start in the future, or the clock of this "
		    "computer is slow."),
	.remedy = N_("Upload it on the day on which it starts."),
	.letter = N_("Our certificate starts in the future; please tell us whether "
		     "that is intended."),
	.reading = "",
};
