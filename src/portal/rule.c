/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "portal/checks.h"

/* Why a rule was not judged: id and what it means. Those of revocation are in revocation/. */
static const struct {
	const char *id;
	const char *text;
} whys[] = {
	{ "switched-off", N_("switched off with --no-revocation") },
	{ "needs-readable", N_("the portal cannot read the file") },
	{ "needs-one-leaf", N_("there is not just one client certificate in the file") },
	{ "needs-path", N_("no path to a trust anchor was found") },
	{ "needs-account", N_("it needs the number of the account: --kvk or --oin") },
	{ "needs-kvk", N_("it needs the KVK number of the account: --kvk") },
	{ "needs-oin", N_("it needs the OIN of the account: --oin") },
	{ "no-history", N_("it is not known what was uploaded before: --uploaded") },
	{ "offline", N_("nothing was asked over the network") },
	{ "no-api-key", N_("no API key of the KVK is configured") },
	{ "not-government", N_("it is for government bodies: --party government") },
	{ "rule-4", N_("message 4 stands before it") },
	{ "rule-25", N_("message 25 stands before it") },
	{ "path-incomplete", N_("the path does not reach a trust anchor, so not all was seen") },
	{ "cannot-handle", N_("an algorithm or a key cannot be handled") },
	{ "budget", N_("the delivery asks for more work than this program does") },
	{ "not-processed", N_("constraints of this kind are not processed") },
	{ "no-anchors", N_("no trust anchor for this kind of certificate is at hand: --trust") },
	{ "service-down", N_("the service did not answer as it should") },
};

const struct kvk_rule *kvk_rule(unsigned number)
{
	if (number < 1 || number > KVK_RULE_COUNT)
		return NULL;
	if (number <= 11)
		return &kvk_rules_first[number - 1];
	if (number <= 22)
		return &kvk_rules_second[number - 12];
	return &kvk_rules_third[number - 23];
}

const struct kvk_rule *kvk_rule_by_id(const char *id)
{
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (strcmp(kvk_rule(n)->id, id) == 0)
			return kvk_rule(n);
	return NULL;
}

const char *kvk_result_name(enum kvk_result result)
{
	static const char *const names[] = {
		[KVK_RESULT_PASS] = "pass",
		[KVK_RESULT_FAIL] = "fail",
		[KVK_RESULT_UNKNOWN] = "unknown",
		[KVK_RESULT_SKIPPED] = "skipped",
	};

	return names[result];
}

const char *kvk_why_text(const char *why)
{
	for (size_t i = 0; i < sizeof(whys) / sizeof(whys[0]); i++)
		if (strcmp(whys[i].id, why) == 0)
			return _(whys[i].text);
	for (int i = KVK_WHY_DETERMINED + 1; i < KVK_REVOCATION_WHY_COUNT; i++)
		if (strcmp(kvk_revocation_why_id((enum kvk_revocation_why)i), why) == 0)
			return kvk_revocation_why_text((enum kvk_revocation_why)i);
	return why;
}

const char *kvk_severity_text(enum kvk_severity severity)
{
	switch (severity) {
	case KVK_SEVERITY_FILE:
		return _("the file has to be mended; the certificate may be good");
	case KVK_SEVERITY_CERTIFICATE:
		return _("a new certificate is needed");
	case KVK_SEVERITY_ACCOUNT:
		return _("the account or a registration has to be put in order");
	case KVK_SEVERITY_WAIT:
		return _("it may pass with time");
	}
	return "";
}
