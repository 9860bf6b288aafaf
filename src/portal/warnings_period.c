/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/warnings.h: how long the certificate can be used. */
#include "config.h"

#include "base/escape.h"
#include "base/when.h"
#include "portal/checks.h"
#include "portal/warnings.h"

static enum kvk_err expires_soon(const struct kvk_facts *facts, struct kvk_warning *out)
{
	int64_t days = kvk_time_days(facts->asked->at, facts->leaf->not_after);

	if (facts->asked->at > facts->leaf->not_after)
		return KVK_OK;
	if (days == 0)
		KVK_FORMAT(out->text, "%s", _("the certificate expires in less than a day"));
	else if (days < 30)
		KVK_FORMAT(out->text,
			kvk_ngettext("the certificate expires in %lld day",
				"the certificate expires in %lld days", (unsigned long)days),
			(long long)days);
	return KVK_OK;
}

/* The CA that issued the leaf: its name, escaped, and its period, as far as it is known. */
struct issuer {
	char name[KVK_CHECKS_NAME];
	kvk_time not_before, not_after;
};

static enum kvk_err find_issuer(const struct kvk_facts *facts, struct issuer *out)
{
	const struct kvk_anchor *anchor = facts->path.anchor;
	const struct kvk_certificate *certificate = facts->path.count > 1 ?
		facts->path.certs[1].certificate :
		anchor != NULL ? anchor->certificate :
				 NULL;
	enum kvk_err err;

	out->not_before = certificate != NULL ? certificate->not_before : INT64_MIN;
	out->not_after = certificate != NULL		 ? certificate->not_after :
		anchor != NULL && anchor->not_after != 0 ? anchor->not_after :
							   INT64_MAX;
	KVK_TRY(kvk_checks_cert_name(facts, 1, out->name));
	if (facts->path.count == 1 && anchor != NULL && anchor->label != NULL)
		kvk_escape_to(out->name, sizeof out->name, kvk_span_of(anchor->label));
out:
	return err;
}

/* Java accepts it, and the portal's page does not ask for it. */
static enum kvk_err outlives_issuer(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_certificate *leaf = facts->leaf;
	struct issuer issuer;
	char mine[KVK_WHEN_SIZE], theirs[KVK_WHEN_SIZE];
	enum kvk_err err;

	KVK_TRY(find_issuer(facts, &issuer));
	if (leaf->not_after > issuer.not_after)
		KVK_FORMAT(out->text,
			_("the certificate ends on %s, but is valid only until %s, when the "
			  "certificate of its CA '%s' expires"),
			kvk_when_moment(leaf->not_after, mine),
			kvk_when_moment(issuer.not_after, theirs), issuer.name);
	else if (leaf->not_before < issuer.not_before)
		KVK_FORMAT(out->text,
			_("the certificate starts on %s, before its issuing CA '%s', which starts "
			  "on %s"),
			kvk_when_moment(leaf->not_before, mine), issuer.name,
			kvk_when_moment(issuer.not_before, theirs));
out:
	return err;
}

const struct kvk_warning_row kvk_warnings_period[] = {
	{
		.id = "outlives-issuer",
		.check = outlives_issuer,
		.hint = N_("ask the TSP whether it has a newer CA certificate"),
		.leaf = true,
	},
	{
		.id = "expires-soon",
		.check = expires_soon,
		.hint = N_("order the next one now; 'kvkcsr renew NAME' creates the request, or "
			   "'kvkcsr new --like FILE' if 'kvkcsr status' does not list the "
			   "certificate"),
		.leaf = true,
	},
	{ .id = NULL },
};
