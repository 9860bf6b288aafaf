/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/checks.h: what path validation reports, as sentences. */
#include "config.h"

#include <string.h>

#include "base/when.h"
#include "portal/checks.h"

const struct kvk_path_failure *kvk_checks_failure(
	const struct kvk_facts *facts, enum kvk_reason reason, bool undetermined)
{
	for (size_t i = 0; i < facts->report.count; i++) {
		const struct kvk_path_failure *failure = &facts->report.failures[i];

		if (failure->reason == reason && failure->undetermined == undetermined)
			return failure;
	}
	return NULL;
}

/* The certificate of a failure; that of the anchor is shown at the top of the path. */
static size_t where_of(const struct kvk_facts *facts, size_t cert)
{
	if (cert >= facts->path.count)
		cert = facts->path.count > 0 ? facts->path.count - 1 : 0;
	return cert;
}

static void describe_end(kvk_time end, kvk_time at, struct kvk_finding *out)
{
	const int64_t days = kvk_time_days(end, at);
	char text[KVK_WHEN_SIZE];

	if (days < 1)
		KVK_FORMAT(out->found, _("ended on %s"), kvk_when_moment(end, text));
	else
		KVK_FORMAT(out->found,
			kvk_ngettext("ended on %s, %lld day ago", "ended on %s, %lld days ago",
				(unsigned long)days),
			kvk_when_day(end, text), (long long)days);
}

static void describe_start(kvk_time start, kvk_time at, struct kvk_finding *out)
{
	const int64_t days = kvk_time_days(at, start);
	char text[KVK_WHEN_SIZE];

	if (days < 1)
		KVK_FORMAT(out->found, _("starts on %s"), kvk_when_moment(start, text));
	else
		KVK_FORMAT(out->found,
			kvk_ngettext("starts on %s, in %lld day", "starts on %s, in %lld days",
				(unsigned long)days),
			kvk_when_day(start, text), (long long)days);
}

static void describe_issuer(const struct kvk_path_failure *failure, struct kvk_finding *out)
{
	if (failure->wanted[0] == '\0') {
		KVK_FORMAT(out->found, _("the certificate of the issuer '%s' is not in the file"),
			failure->found);
		return;
	}
	KVK_FORMAT(out->found, _("names '%s' as its issuer"), failure->found);
	KVK_FORMAT(out->wanted, _("'%s', the name of the CA above it"), failure->wanted);
}

static void describe_names(const struct kvk_path_failure *failure, struct kvk_finding *out)
{
	const char *field = failure->field;

	if (strcmp(field, "nameConstraints.excludedSubtrees") == 0)
		KVK_FORMAT(out->found,
			_("a CA in the chain is forbidden to issue for the name '%s'"),
			failure->found);
	else if (strcmp(field, "nameConstraints.permittedSubtrees") == 0)
		KVK_FORMAT(out->found,
			_("a CA in the chain is not allowed to issue for the name '%s'"),
			failure->found);
	else
		KVK_FORMAT(out->found,
			_("a CA in the chain restricts names such as '%s' in a way that cannot be "
			  "checked"),
			failure->found);
}

static void describe_policies(const struct kvk_path_failure *failure, struct kvk_finding *out)
{
	const char *field = failure->field;

	if (strcmp(field, "policyMappings") == 0) {
		KVK_FORMAT(out->found, "%s",
			_("the policy mappings include anyPolicy, which is not allowed"));
		return;
	}
	if (strcmp(field, "certificatePolicies.policyQualifiers") == 0) {
		KVK_FORMAT(out->found, "%s",
			_("the certificate policies are marked critical and have qualifiers, which "
			  "Java refuses"));
		return;
	}
	if (failure->found[0] != '\0')
		KVK_FORMAT(out->found, _("certificate policies: %s"), failure->found);
	else
		KVK_FORMAT(out->found, "%s", _("no certificate policies"));
	if (failure->wanted[0] != '\0')
		KVK_FORMAT(out->wanted, _("one of these policies: %s"), failure->wanted);
	else
		KVK_FORMAT(out->wanted, "%s", _("a policy that is valid for the whole chain"));
}

static void describe_no_ca(const struct kvk_certificate *cert, struct kvk_finding *out)
{
	if (cert->version != 3)
		KVK_FORMAT(out->found, _("X.509 version %u"), cert->version);
	else if (cert->ext.has_basic_constraints)
		KVK_FORMAT(out->found, "%s", _("basicConstraints says cA=FALSE"));
	else
		KVK_FORMAT(out->found, "%s", _("no basicConstraints extension"));
	KVK_FORMAT(out->wanted, "%s", _("an X.509 version 3 certificate with cA=TRUE"));
}

static void describe_algorithm(const struct kvk_path_failure *failure, struct kvk_finding *out)
{
	if (strcmp(failure->field, "signatureAlgorithm") == 0) {
		KVK_FORMAT(out->found, _("signed with %s"), failure->found);
		KVK_FORMAT(out->wanted, "%s", _("a signature with SHA-256 or stronger"));
		return;
	}
	if (strcmp(failure->field, "subjectPublicKey") == 0)
		KVK_FORMAT(out->found, _("the public key is %s"), failure->found);
	else
		KVK_FORMAT(out->found, _("the key of the trusted root certificate is %s"),
			failure->found);
	KVK_FORMAT(out->wanted, _("a key of at least %s bits"), failure->wanted);
}

/* By reason, where it is certain. */
static void describe(const struct kvk_facts *facts, const struct kvk_path_failure *failure,
	struct kvk_finding *out)
{
	const struct kvk_certificate *cert =
		facts->path.certs[where_of(facts, failure->cert)].certificate;

	switch (failure->reason) {
	case KVK_REASON_EXPIRED:
		describe_end(cert->not_after, facts->asked->at, out);
		break;
	case KVK_REASON_NOT_YET_VALID:
		describe_start(cert->not_before, facts->asked->at, out);
		break;
	case KVK_REASON_NAME_CHAINING:
		describe_issuer(failure, out);
		break;
	case KVK_REASON_INVALID_KEY_USAGE:
		KVK_FORMAT(out->found, _("the key usage does not include %s"), failure->wanted);
		break;
	case KVK_REASON_INVALID_NAME:
		describe_names(failure, out);
		break;
	case KVK_REASON_INVALID_POLICY:
		describe_policies(failure, out);
		break;
	case KVK_REASON_NOT_CA_CERT:
		describe_no_ca(cert, out);
		break;
	case KVK_REASON_PATH_TOO_LONG:
		KVK_FORMAT(out->found, "%s",
			_("lower in the chain than a CA above it allows (path length)"));
		break;
	case KVK_REASON_UNRECOGNIZED_CRIT_EXT:
		KVK_FORMAT(out->found, _("critical extension %s"), failure->found);
		KVK_FORMAT(out->extension, "%s", failure->found);
		break;
	case KVK_REASON_ALGORITHM_CONSTRAINED:
		describe_algorithm(failure, out);
		break;
	case KVK_REASON_INVALID_SIGNATURE:
		KVK_FORMAT(out->found, "%s",
			failure->found[0] != '\0' ?
				failure->found :
				_("the signature does not match the key of the CA above it"));
		break;
	default:
		KVK_FORMAT(out->found, "%s", failure->found);
	}
}

void kvk_checks_describe(const struct kvk_facts *facts, const struct kvk_path_failure *failure,
	struct kvk_finding *out)
{
	out->where = (int)where_of(facts, failure->cert);
	out->reason = failure->reason;
	if (failure->undetermined)
		KVK_FORMAT(out->found, "%s", failure->found);
	else
		describe(facts, failure, out);
}

/* Whether every path fails so: it is in the leaf, and no issuer has a part in it. */
static bool is_of_leaf(const struct kvk_facts *facts, const struct kvk_path_failure *failure)
{
	switch (failure->reason) {
	case KVK_REASON_ALGORITHM_CONSTRAINED:
		/* not the key of the anchor, which is reported at the top */
		return failure->cert == 0 && facts->path.count > 1;
	case KVK_REASON_EXPIRED:
	case KVK_REASON_NOT_YET_VALID:
	case KVK_REASON_UNRECOGNIZED_CRIT_EXT:
		return failure->cert == 0;
	default:
		return false;
	}
}

const struct kvk_path_failure *kvk_checks_sure_failure(
	const struct kvk_facts *facts, enum kvk_reason reason)
{
	for (size_t i = 0; i < facts->report.count; i++) {
		const struct kvk_path_failure *failure = &facts->report.failures[i];

		if (failure->reason == reason && !failure->undetermined &&
			(!facts->path.exhausted || is_of_leaf(facts, failure)))
			return failure;
	}
	return NULL;
}

void kvk_checks_blame_ca(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_path_failure *failure = kvk_checks_sure_failure(facts, out->reason);

	if (out->result != KVK_RESULT_FAIL || out->where <= 0 ||
		(failure != NULL && failure->cert >= facts->path.count))
		return;
	out->of_ca = true;
	out->hint = N_("replace this CA certificate with the one that the TSP publishes now; your "
		       "own certificate may be fine. If it is the same one, ask the TSP for a "
		       "correct chain");
}

void kvk_checks_report(
	const struct kvk_facts *facts, enum kvk_reason reason, struct kvk_finding *out)
{
	const struct kvk_path_failure *failure = kvk_checks_sure_failure(facts, reason);

	if (failure != NULL) {
		kvk_finding_fail(out, 0, reason);
		kvk_checks_describe(facts, failure, out);
		return;
	}
	failure = kvk_checks_failure(facts, reason, true);
	if (failure != NULL) {
		kvk_finding_unknown(out, failure->exhausted ? KVK_WHY_WORK : KVK_WHY_CANNOT_HANDLE);
		kvk_checks_describe(facts, failure, out);
	} else if (facts->report.exhausted || facts->path.exhausted) {
		kvk_finding_unknown(out, KVK_WHY_WORK);
	} else if (facts->path.anchor == NULL) {
		kvk_finding_unknown(out, KVK_WHY_PATH_INCOMPLETE);
	}
}
