/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: when certificates are valid. */
#include "config.h"

#include "base/when.h"
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
	.hint = N_("order a new certificate; 'kvkcsr new --like OLD' creates the request from the "
		   "old one"),
	.meaning = N_("A certificate in the chain has expired."),
	.cause = N_("Certificates are valid for one to three years, public EV certificates for a "
		    "few months only; the portal sends no reminders, and not every TSP does. If a "
		    "CA certificate has expired, the file contains an old chain."),
	.remedy = N_("Order a new certificate in time: registration and checks at a TSP take days "
		     "or weeks. 'kvkcsr track' and 'kvkcsr check' warn you in advance."),
	.letter =
		N_("Our certificate has expired. Please issue a new one for the enclosed request."),
	.reading = "",
};

static void fail(const struct kvk_certificate *cert, struct kvk_finding *out)
{
	char from[KVK_WHEN_SIZE], until[KVK_WHEN_SIZE];

	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	KVK_FORMAT(out->found, _("valid from %s until %s"), kvk_when_moment(cert->not_before, from),
		kvk_when_moment(cert->not_after, until));
}

/* Whether the leaf's period lies within its issuer's; known only where the issuer is. */
static void check_nested(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_certificate *leaf = facts->leaf, *issuer;
	char from[KVK_WHEN_SIZE], until[KVK_WHEN_SIZE];

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
	KVK_FORMAT(out->wanted, _("a validity period within that of its issuer: %s until %s"),
		kvk_when_moment(issuer->not_before, from),
		kvk_when_moment(issuer->not_after, until));
}

/* notAfter is inclusive, as in RFC 5280 4.1.2.5. */
static enum kvk_err check_period(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_certificate *leaf = facts->leaf;
	char now[KVK_WHEN_SIZE];

	if (facts->asked->at >= leaf->not_before && facts->asked->at <= leaf->not_after) {
		check_nested(facts, out);
		return KVK_OK;
	}
	fail(leaf, out);
	KVK_FORMAT(out->wanted, _("a validity period that includes %s"),
		kvk_when_moment(facts->asked->at, now));
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
	.hint = N_("use a certificate that is valid now, and whose validity period is within that "
		   "of its issuer"),
	.meaning = N_("The certificate is not valid now, or its validity period is not within that "
		      "of the CA that issued it."),
	.cause = N_("The certificate has expired, is not valid yet, or was issued with dates "
		    "outside the validity period of the CA's own certificate."),
	.remedy = N_("Wait until the certificate becomes valid, or order a new one. If its dates "
		     "are outside those of its CA, ask the TSP to reissue it."),
	.letter = N_("The validity period of our certificate is not within that of your CA "
		     "certificate. Please reissue it."),
	.reading = N_("The portal also has messages 5 and 24 and does not publish how this one "
		      "differs. kvkcsr reports it if your certificate is not valid now, or if its "
		      "validity period is not within its issuer's."),
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
	.hint = N_(
		"wait until the certificate becomes valid, and check the clock of this computer"),
	.meaning = N_("A certificate in the chain is not valid yet."),
	.cause = N_("The TSP issued it with a start date in the future, or the clock of this "
		    "computer is slow."),
	.remedy = N_("Upload the certificate on or after its start date."),
	.letter = N_("Our certificate has a start date in the future. Please tell us whether this "
		     "is intended."),
	.reading = "",
};
