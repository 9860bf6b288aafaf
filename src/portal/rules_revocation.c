/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: revocation. */
#include "config.h"

#include <string.h>

#include "base/escape.h"
#include "portal/checks.h"
#include "portal/rules.h"

static enum kvk_revocation state(const struct kvk_facts *facts, size_t cert)
{
	return facts->certs[cert].revocation.state;
}

/* Appends what is said of one certificate, as far as there is room. */
static void add_certificate(struct kvk_finding *out, size_t cert, const char *text)
{
	size_t used = strlen(out->found);
	char *end = out->found + used;

	if (cert == 0)
		kvk_format(end, sizeof(out->found) - used, "%s%s: %s", used > 0 ? "; " : "",
			_("leaf"), text);
	else
		kvk_format(end, sizeof(out->found) - used, "%sCA %zu: %s", used > 0 ? "; " : "",
			cert, text);
}

/* Where the CRLs that are missing can be had, as far as there is room for whole addresses. */
static void add_addresses(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const char *before = _("; the CRLs are at ");
	char address[256];

	for (size_t i = facts->path.count; i > 0; i--) {
		const struct kvk_extensions *e = &facts->path.certs[i - 1].certificate->ext;
		size_t used = strlen(out->wanted);

		if (state(facts, i - 1) != KVK_REVOCATION_UNDETERMINED || e->crl_point_count == 0 ||
			e->crl_points[0].uri.n == 0 || e->crl_points[0].uri.n >= sizeof(address))
			continue;
		kvk_escape_to(address, sizeof(address), e->crl_points[0].uri);
		if (strlen(before) + strlen(address) >= sizeof(out->wanted) - used)
			return;
		kvk_format(out->wanted + used, sizeof(out->wanted) - used, "%s%s", before, address);
		before = ", ";
	}
}

/*
 * What was not signed by the CA that it names cannot be on the CRLs of that CA: where these are for
 * another key, message 10 has said it.
 */
static bool is_moot(const struct kvk_facts *facts, size_t cert)
{
	if (facts->certs[cert].revocation.why != KVK_WHY_CRL_SIGNER)
		return false;
	for (size_t i = 0; i < facts->report.count; i++) {
		const struct kvk_path_failure *failure = &facts->report.failures[i];

		if (failure->reason == KVK_REASON_INVALID_SIGNATURE && failure->cert == cert &&
			!failure->undetermined)
			return true;
	}
	return false;
}

static enum kvk_err check_known(const struct kvk_facts *facts, struct kvk_finding *out)
{
	for (size_t i = facts->path.count; i > 0; i--) {
		const struct kvk_revocation_answer *answer = &facts->certs[i - 1].revocation;

		if (answer->state != KVK_REVOCATION_UNDETERMINED || is_moot(facts, i - 1))
			continue;
		if (out->result == KVK_RESULT_PASS) {
			kvk_finding_unknown(out, kvk_why_of_revocation(answer->why));
			out->where = (int)(i - 1);
			out->reason = KVK_REASON_UNDETERMINED_REVOCATION_STATUS;
		}
		add_certificate(out, i - 1, kvk_revocation_why_text(answer->why));
	}
	if (out->result == KVK_RESULT_PASS)
		return KVK_OK;
	KVK_FORMAT(out->wanted, "%s", _("for each certificate a current CRL or OCSP answer"));
	add_addresses(facts, out);
	return KVK_OK;
}

const struct kvk_rule kvk_rule_revocation_undetermined = {
	.number = 2,
	.id = "revocation-undetermined",
	.portal = "It could not be determined if the certificate is revoked.",
	.severity = KVK_SEVERITY_WAIT,
	.stage = KVK_STAGE_PATH,
	.place = 12,
	.since = "2026-11-22",
	.cite = "RFC 5280 6.3; BasicReason.UNDETERMINED_REVOCATION_STATUS",
	.needs = KVK_NEEDS_LEAF | KVK_NEEDS_PATH | KVK_NEEDS_REVOCATION,
	.check = check_known,
	.hint = N_("give the revocation lists with --crl, or ask again later; if it "
		   "stays, ask the TSP whether its CRL is reachable"),
	.meaning = N_("For one of the certificates nobody could say whether it was "
		      "revoked (withdrawn before its end). The portal wants to be sure of "
		      "every one."),
	.cause = N_("The CRL (certificate revocation list) or the OCSP service (which "
		    "answers for one certificate) of an issuer is missing, unreachable, "
		    "out of date or not signed by that issuer."),
	.remedy = N_("Wait an hour and try again: lists are renewed every few hours. "
		     "Without a network, download the CRLs named in the certificates and "
		     "give them with --crl."),
	.letter = N_("The revocation list named in our certificate cannot be used: "
		     "please check that it is reachable, current and signed by the issuing "
		     "CA."),
	.reading = "",
};

static void describe_revoked(const struct kvk_revocation_answer *answer, struct kvk_finding *out)
{
	char date[KVK_TIME_TEXT_SIZE];

	kvk_time_text(answer->date, date);
	if (answer->has_reason)
		KVK_FORMAT(out->found, _("revoked on %s (%s)"), date,
			kvk_crl_reason_name(answer->reason));
	else
		KVK_FORMAT(out->found, _("revoked on %s, no reason given"), date);
	KVK_FORMAT(out->wanted, "%s", _("a certificate that is not revoked"));
}

/* The revoked certificate nearest to the anchor; where none is, the first that is not known. */
static enum kvk_err check_revoked(const struct kvk_facts *facts, struct kvk_finding *out)
{
	for (size_t i = facts->path.count; i > 0; i--) {
		if (state(facts, i - 1) != KVK_REVOCATION_REVOKED)
			continue;
		kvk_finding_fail(out, (int)(i - 1), KVK_REASON_REVOKED);
		describe_revoked(&facts->certs[i - 1].revocation, out);
		return KVK_OK;
	}
	for (size_t i = facts->path.count; i > 0; i--) {
		const struct kvk_revocation_answer *answer = &facts->certs[i - 1].revocation;

		if (answer->state != KVK_REVOCATION_UNDETERMINED)
			continue;
		kvk_finding_unknown(out, kvk_why_of_revocation(answer->why));
		out->where = (int)(i - 1);
		break;
	}
	return KVK_OK;
}

const struct kvk_rule kvk_rule_revoked = {
	.number = 28,
	.id = "revoked",
	.portal = "The certificate is revoked.",
	.severity = KVK_SEVERITY_CERTIFICATE,
	.stage = KVK_STAGE_PATH,
	.place = 11,
	.since = "2026-11-22",
	.cite = "RFC 5280 6.3; RFC 6960; BasicReason.REVOKED",
	.needs = KVK_NEEDS_LEAF | KVK_NEEDS_PATH | KVK_NEEDS_REVOCATION,
	.check = check_revoked,
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
};
