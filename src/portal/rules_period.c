/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: when certificates are valid. */
#include "config.h"

#include "base/when.h"
#include "portal/checks.h"
#include "portal/rules.h"

static enum kvk_err check_expired(const struct kvk_facts *facts, struct kvk_finding *out)
{
	kvk_checks_report(facts, KVK_REASON_EXPIRED, out);
	kvk_checks_blame_ca(facts, out);
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
	.hint = N_(
		"order a new certificate; 'kvkcsr renew NAME' creates the request, or 'kvkcsr new "
		"--like FILE' if 'kvkcsr status' does not list the certificate"),
	.meaning = N_("A certificate in the chain has expired."),
	.cause = N_("Certificates are valid for one to three years, public EV certificates for a "
		    "few months only; the portal sends no reminders, and not every TSP does. If a "
		    "CA certificate has expired, the file contains an old chain."),
	.remedy =
		N_("Order a new certificate. 'kvkcsr renew NAME' creates the request, or 'kvkcsr "
		   "new --like FILE' if 'kvkcsr status' does not list the certificate. Do so in "
		   "time: registration and checks at a TSP take days or weeks. 'kvkcsr track' and "
		   "'kvkcsr check' warn you in advance."),
	.letter =
		N_("Our certificate has expired. Please issue a new one for the enclosed request."),
	.reading = "",
};

/*
 * notAfter is inclusive, as in RFC 5280 4.1.2.5. Java's validator says the same in messages 5 and
 * 24, with the same remedy.
 */
static enum kvk_err check_period(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_certificate *leaf = facts->leaf;
	const bool early = facts->asked->at < leaf->not_before;
	const struct kvk_rule *same = early ? &kvk_rule_not_yet_valid : &kvk_rule_expired;
	char from[KVK_WHEN_SIZE], until[KVK_WHEN_SIZE], now[KVK_WHEN_SIZE];
	const struct kvk_path_failure *failure;

	if (!early && facts->asked->at <= leaf->not_after)
		return KVK_OK;
	kvk_finding_fail(out, 0, KVK_REASON_NONE);
	KVK_FORMAT(out->found, _("valid from %s until %s"), kvk_when_moment(leaf->not_before, from),
		kvk_when_moment(leaf->not_after, until));
	KVK_FORMAT(out->wanted, _("a validity period that includes %s"),
		kvk_when_moment(facts->asked->at, now));
	out->hint = same->hint;
	failure = kvk_checks_failure(
		facts, early ? KVK_REASON_NOT_YET_VALID : KVK_REASON_EXPIRED, false);
	if (failure != NULL && failure->cert == 0)
		out->instead_of = same->number;
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
	.hint = N_("if the certificate is not valid yet, wait until its start date; if it has "
		   "expired, order a new one"),
	.meaning = N_("Your certificate is not valid at the moment of the upload."),
	.cause = N_("The certificate has expired, or is not valid yet."),
	.remedy = N_("If the certificate is not valid yet, upload it on or after its start date. "
		     "If it has expired, order a new one; 'kvkcsr renew NAME' creates the "
		     "request."),
	.letter = N_("Our certificate is not valid today. Please issue a new one for the enclosed "
		     "request."),
	.reading = N_("The portal also has messages 5 and 24 and does not publish how this one "
		      "differs; it may show either. kvkcsr reports it beside 5 or 24 if your own "
		      "certificate is not valid now. A certificate that ends after its CA, or "
		      "starts before it, only gets a warning, because Java accepts it."),
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
