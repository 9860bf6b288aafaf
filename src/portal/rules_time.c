/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/checks.h"

static void tell_period(const struct kvk_certificate *cert, struct kvk_finding *out)
{
	char from[KVK_TIME_TEXT_SIZE], until[KVK_TIME_TEXT_SIZE];

	KVK_FOUND(out, _("valid from %s until %s"), kvk_time_text(cert->not_before, from),
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
			kvk_unknown(out, "path-incomplete");
		return;
	}
	issuer = facts->path.certs[1].certificate;
	if (leaf->not_before >= issuer->not_before && leaf->not_after <= issuer->not_after)
		return;
	kvk_fail(out, 0, KVK_REASON_NONE);
	tell_period(leaf, out);
	KVK_WANTED(out, _("a period within that of its issuer: %s until %s"),
		kvk_time_text(issuer->not_before, from), kvk_time_text(issuer->not_after, until));
}

/* notAfter is inclusive, as in RFC 5280 4.1.2.5. */
void kvk_check_validity_period(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_certificate *leaf = facts->leaf;
	char now[KVK_TIME_TEXT_SIZE];

	if (facts->at >= leaf->not_before && facts->at <= leaf->not_after) {
		check_nested(facts, out);
		return;
	}
	kvk_fail(out, 0, KVK_REASON_NONE);
	tell_period(leaf, out);
	KVK_WANTED(out, _("a period that includes %s"), kvk_time_text(facts->at, now));
}
