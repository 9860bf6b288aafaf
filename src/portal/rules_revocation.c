/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/rule.h: revocation. */
#include "config.h"

#include <string.h>

#include "base/escape.h"
#include "base/when.h"
#include "gather/status_text.h"
#include "portal/checks.h"
#include "portal/rules.h"

/* Room for addresses within a finding. */
#define ADDRESSES (KVK_FINDING_TEXT - 128)

static enum kvk_revocation state(const struct kvk_facts *facts, size_t cert)
{
	return facts->certs[cert].status.answer.state;
}

/* Whether an address of the certificate would have been asked but for --offline. */
static bool was_offline(const struct kvk_facts *facts, size_t cert)
{
	const struct kvk_attempt *last = kvk_status_last(&facts->certs[cert].status);

	return facts->offline && last != NULL && last->fetched->answer != NULL &&
		last->fetched->answer->reason == KVK_NET_NOT_ASKED;
}

/* Appends why the status of one certificate is not known, as far as there is room. */
static enum kvk_err add_certificate(
	const struct kvk_facts *facts, size_t cert, struct kvk_finding *out)
{
	const size_t used = strlen(out->found);
	char *end = out->found + used, name[KVK_CHECKS_NAME], url[200];
	struct kvk_error why;
	enum kvk_err err;

	kvk_status_error_set(&facts->certs[cert].status, &why);
	KVK_TRY(kvk_checks_cert_name(facts, cert, name));
	if (was_offline(facts, cert))
		KVK_FORMAT(why.text, _("'%s' was not downloaded, because of --offline"),
			kvk_escape_to(url, sizeof url,
				kvk_span_of(kvk_status_last(&facts->certs[cert].status)
						    ->fetched->url)));
	/* a list: the name of a certificate, and why */
	kvk_format(
		end, sizeof(out->found) - used, "%s%s: %s", used > 0 ? "; " : "", name, why.text);
out:
	return err;
}

/* Whether a file that was given is why: what is wrong with it says more. */
static bool is_of_given(const struct kvk_status *status)
{
	return kvk_status_last(status) == NULL &&
		(status->answer.why == KVK_WHY_CRL_UNREADABLE ||
			status->answer.why == KVK_WHY_CRL_STALE);
}

/* Where the CRLs that are missing can be had: as many whole addresses as there is room for. */
static void list_addresses(const struct kvk_facts *facts, char list[static ADDRESSES])
{
	char address[256];

	list[0] = '\0';
	for (size_t i = facts->path.count; i > 0; i--) {
		const struct kvk_extensions *e = &facts->path.certs[i - 1].certificate->ext;
		size_t used = strlen(list);

		if (state(facts, i - 1) != KVK_REVOCATION_UNDETERMINED || e->crl_point_count == 0 ||
			e->crl_points[0].uri.n == 0 || e->crl_points[0].uri.n >= sizeof(address))
			continue;
		kvk_escape_to(address, sizeof(address), e->crl_points[0].uri);
		if (used + strlen(", ") + strlen(address) >= ADDRESSES)
			return;
		kvk_format(list + used, ADDRESSES - used, "%s%s", used > 0 ? ", " : "", address);
	}
}

/* Whether the status of a certificate of the path is not known. */
static bool is_open(const struct kvk_facts *facts)
{
	for (size_t i = 0; i < facts->path.count; i++)
		if (state(facts, i) == KVK_REVOCATION_UNDETERMINED)
			return true;
	return false;
}

static enum kvk_err check_known(const struct kvk_facts *facts, struct kvk_finding *out)
{
	char addresses[ADDRESSES];
	enum kvk_err err = KVK_OK;
	bool named;

	if (is_open(facts))
		kvk_checks_describe_given(facts, out);
	named = out->found[0] != '\0';
	for (size_t i = facts->path.count; i > 0; i--) {
		const struct kvk_revocation_answer *answer = &facts->certs[i - 1].status.answer;

		if (answer->state != KVK_REVOCATION_UNDETERMINED)
			continue;
		if (out->result == KVK_RESULT_PASS) {
			kvk_finding_unknown(out, kvk_why_of_revocation(answer->why));
			out->where = (int)(i - 1);
			out->reason = KVK_REASON_UNDETERMINED_REVOCATION_STATUS;
		}
		if (!named || !is_of_given(&facts->certs[i - 1].status))
			KVK_TRY(add_certificate(facts, i - 1, out));
	}
	if (out->result == KVK_RESULT_PASS)
		goto out;
	list_addresses(facts, addresses);
	if (addresses[0] != '\0')
		KVK_FORMAT(out->wanted,
			_("a current revocation list (CRL) or OCSP response for each certificate; "
			  "you can download the lists from %s"),
			addresses);
	else
		KVK_FORMAT(out->wanted, "%s",
			_("a current revocation list (CRL) or OCSP response for each certificate"));
out:
	return err;
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
	.hint = N_("supply the revocation lists with --crl, or try again later; if the problem "
		   "persists, ask the TSP whether its revocation list can be reached"),
	.meaning = N_(
		"It is not known whether one of the certificates in the chain has been revoked "
		"(withdrawn before its end date). The portal requires an answer for each of them."),
	.cause = N_("A CRL (certificate revocation list) or OCSP response (the status of one "
		    "certificate) is missing, unreachable, out of date, or not signed by the "
		    "issuing CA."),
	.remedy = N_("Check that this machine can reach the addresses in the message, or download "
		     "the CRLs elsewhere and supply them with --crl. If that does not help, wait "
		     "an hour and try again: CAs publish new lists every few hours."),
	.letter = N_("We cannot use the revocation list named in our certificate. Please check "
		     "that it is reachable, up to date and signed by the issuing CA."),
	.reading = "",
};

static void describe_revoked(const struct kvk_revocation_answer *answer, struct kvk_finding *out)
{
	char date[KVK_WHEN_SIZE];

	kvk_when_day(answer->date, date);
	if (answer->has_reason)
		KVK_FORMAT(out->found, _("revoked on %s (reason: %s)"), date,
			kvk_crl_reason_name(answer->reason));
	else
		KVK_FORMAT(out->found, _("revoked on %s; no reason was given"), date);
	KVK_FORMAT(out->wanted, "%s", _("a certificate that has not been revoked"));
	if (answer->has_reason && answer->reason == KVK_REVOKED_HOLD)
		out->hint = N_("suspended (certificateHold): ask the TSP whether the hold can be "
			       "lifted; if not, order a new certificate with a new key");
}

/*
 * The revoked certificate nearest to the anchor; where none is, the first that is not known. Where
 * the search for paths was broken off, another one may avoid a CA that is revoked, but not the
 * leaf, which is on the list of the same CA in each.
 */
static enum kvk_err check_revoked(const struct kvk_facts *facts, struct kvk_finding *out)
{
	for (size_t i = facts->path.count; i > 0; i--) {
		if (state(facts, i - 1) != KVK_REVOCATION_REVOKED)
			continue;
		if (facts->path.exhausted && i > 1) {
			kvk_finding_unknown(out, KVK_WHY_WORK);
			out->where = (int)(i - 1);
			continue;
		}
		out->why = KVK_WHY_NONE;
		kvk_finding_fail(out, (int)(i - 1), KVK_REASON_REVOKED);
		describe_revoked(&facts->certs[i - 1].status.answer, out);
		return KVK_OK;
	}
	if (out->result == KVK_RESULT_UNKNOWN)
		return KVK_OK;
	for (size_t i = facts->path.count; i > 0; i--) {
		const struct kvk_revocation_answer *answer = &facts->certs[i - 1].status.answer;

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
	.meaning = N_("A certificate in the chain has been revoked: its CA withdrew it before its "
		      "end date."),
	.cause = N_("Your organisation or the TSP asked for this because a key was lost, details "
		    "changed, or a newer certificate replaced it. Only a "
		    "suspension (certificateHold) can be undone, by the TSP."),
	.remedy = N_("Order a new certificate with a new key. If the reason is certificateHold, "
		     "first ask the TSP whether the hold can be lifted."),
	.letter = N_("Our certificate has been revoked. Please tell us why, and issue a new one "
		     "for the enclosed request."),
	.reading = N_("As in Java, a revocation that is dated in the future does not count yet."),
};
