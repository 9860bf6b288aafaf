/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "base/escape.h"
#include "portal/checks.h"

static enum kvk_revocation state(const struct kvk_facts *facts, size_t step)
{
	return facts->certs[step].revocation.state;
}

/* Appends to a text as far as there is room. */
static void add_step(struct kvk_finding *out, size_t step, const char *text)
{
	size_t used = strlen(out->found);
	char *end = out->found + used;

	if (step == 0)
		kvk_format(end, sizeof(out->found) - used, "%s%s: %s", used > 0 ? "; " : "",
			_("leaf"), text);
	else
		kvk_format(end, sizeof(out->found) - used, "%sCA %zu: %s", used > 0 ? "; " : "",
			step, text);
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
static bool is_moot(const struct kvk_facts *facts, size_t step)
{
	if (facts->certs[step].revocation.why != KVK_WHY_CRL_SIGNER)
		return false;
	for (size_t i = 0; i < facts->report.count; i++) {
		const struct kvk_path_failure *fault = &facts->report.failures[i];

		if (fault->reason == KVK_REASON_INVALID_SIGNATURE && fault->cert == step &&
			!fault->undetermined)
			return true;
	}
	return false;
}

void kvk_check_revocation_known(const struct kvk_facts *facts, struct kvk_finding *out)
{
	for (size_t i = facts->path.count; i > 0; i--) {
		const struct kvk_revocation_answer *answer = &facts->certs[i - 1].revocation;

		if (answer->state != KVK_REVOCATION_UNDETERMINED || is_moot(facts, i - 1))
			continue;
		if (out->result == KVK_RESULT_PASS) {
			kvk_unknown(out, kvk_revocation_why_id(answer->why));
			out->where = (int)(i - 1);
			out->reason = KVK_REASON_UNDETERMINED_REVOCATION_STATUS;
		}
		add_step(out, i - 1, kvk_revocation_why_text(answer->why));
	}
	if (out->result == KVK_RESULT_PASS)
		return;
	KVK_WANTED(out, "%s", _("for each certificate a current CRL or OCSP answer"));
	add_addresses(facts, out);
}

static void tell_revoked(const struct kvk_revocation_answer *answer, struct kvk_finding *out)
{
	char date[KVK_TIME_TEXT_SIZE];

	kvk_time_text(answer->date, date);
	if (answer->has_reason)
		KVK_FOUND(out, _("revoked on %s (%s)"), date, kvk_crl_reason_name(answer->reason));
	else
		KVK_FOUND(out, _("revoked on %s, no reason given"), date);
	KVK_WANTED(out, "%s", _("a certificate that is not revoked"));
}

void kvk_check_revoked(const struct kvk_facts *facts, struct kvk_finding *out)
{
	for (size_t i = facts->path.count; i > 0; i--) {
		if (state(facts, i - 1) != KVK_REVOCATION_REVOKED)
			continue;
		kvk_fail(out, (int)(i - 1), KVK_REASON_REVOKED);
		tell_revoked(&facts->certs[i - 1].revocation, out);
		return;
	}
	for (size_t i = facts->path.count; i > 0; i--)
		if (state(facts, i - 1) == KVK_REVOCATION_UNDETERMINED) {
			kvk_unknown(out, kvk_revocation_why_id(facts->certs[i - 1].revocation.why));
			out->where = (int)(i - 1);
			return;
		}
}
