/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/verdict.h"

#include "portal/checks.h"

/* Why a rule cannot be judged on these facts, or NULL. */
static const char *lacking(const struct kvk_facts *facts, const struct kvk_rule *rule)
{
	const bool readable =
		facts->contents->java == KVK_JAVA_READS && facts->certificate_count > 0;

	if ((rule->needs & KVK_NEEDS_READABLE) && !readable)
		return "needs-readable";
	if ((rule->needs & KVK_NEEDS_ONE_LEAF) && facts->leaf_count != 1)
		return "needs-one-leaf";
	if ((rule->needs & KVK_NEEDS_REVOCATION) && facts->revocation_off)
		return "switched-off";
	if ((rule->needs & KVK_NEEDS_PATH) && facts->path.anchor == NULL)
		return "needs-path";
	if ((rule->needs & KVK_NEEDS_ACCOUNT) && facts->account.kvk == NULL &&
		facts->account.oin == NULL && facts->account.party != KVK_PARTY_MARKET)
		return "needs-account";
	if ((rule->needs & KVK_NEEDS_HISTORY) && !facts->history_known)
		return "no-history";
	return NULL;
}

static bool is_message(const struct kvk_finding *finding)
{
	const unsigned number = finding->rule->number;

	if (finding->result == KVK_RESULT_FAIL)
		return true;
	return finding->result == KVK_RESULT_UNKNOWN &&
		(number == 2 || number == 32 || number == 33);
}

/* Whether the portal comes to a before b (design section 3; domain G.1 for Java's order). */
static bool earlier(const struct kvk_finding *a, const struct kvk_finding *b)
{
	if (a->rule->moment != b->rule->moment)
		return a->rule->moment < b->rule->moment;
	if (a->rule->moment == KVK_MOMENT_PATH && a->where != b->where)
		return a->where > b->where;
	return a->rule->place < b->rule->place;
}

static void take_messages(struct kvk_verdict *out)
{
	const struct kvk_finding *first = NULL;

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		const struct kvk_finding *finding = &out->findings[n - 1];

		if (!is_message(finding))
			continue;
		out->messages[out->message_count++] = n;
		if (first == NULL || earlier(finding, first))
			first = finding;
	}
	if (first != NULL)
		out->first = first->rule->number;
}

static enum kvk_outcome outcome(const struct kvk_verdict *verdict)
{
	enum kvk_outcome worst = KVK_ACCEPT;

	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		if (verdict->findings[n - 1].result == KVK_RESULT_FAIL)
			return KVK_REJECT;
		if (verdict->findings[n - 1].result == KVK_RESULT_UNKNOWN)
			worst = KVK_UNDETERMINED;
	}
	for (size_t i = 0; i < verdict->warning_count; i++)
		if (verdict->warnings[i].grave)
			return KVK_REJECT;
	return worst;
}

static void start_finding(struct kvk_finding *finding, const struct kvk_rule *rule)
{
	finding->rule = rule;
	finding->result = KVK_RESULT_PASS;
	finding->why = "";
	finding->reason = KVK_REASON_NONE;
	finding->where = 0;
	finding->err = KVK_OK;
	finding->found[0] = finding->wanted[0] = '\0';
}

/* Field by field: the texts are large, and most stay unused. */
static void start_verdict(struct kvk_verdict *out)
{
	out->outcome = KVK_UNDETERMINED;
	out->message_count = out->warning_count = 0;
	out->first = 0;
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		start_finding(&out->findings[n - 1], kvk_rule(n));
}

void kvk_verdict_without_file(struct kvk_verdict *out)
{
	start_verdict(out);
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		kvk_skip(&out->findings[n - 1], "needs-file");
}

enum kvk_err kvk_portal_evaluate(const struct kvk_facts *facts, struct kvk_verdict *out)
{
	enum kvk_err err;

	start_verdict(out);
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		struct kvk_finding *finding = &out->findings[n - 1];
		const char *why = lacking(facts, finding->rule);

		if (why != NULL)
			kvk_skip(finding, why);
		else
			finding->rule->check(facts, finding);
		if (finding->err != KVK_OK)
			return finding->err;
	}
	err = kvk_warnings(facts, out->warnings, &out->warning_count);
	if (err != KVK_OK)
		return err;
	take_messages(out);
	out->outcome = outcome(out);
	return KVK_OK;
}

enum kvk_exit kvk_verdict_exit(const struct kvk_verdict *verdict)
{
	switch (verdict->outcome) {
	case KVK_ACCEPT:
		return verdict->warning_count > 0 ? KVK_EXIT_WARNING : KVK_EXIT_OK;
	case KVK_REJECT:
		return KVK_EXIT_CRITICAL;
	case KVK_UNDETERMINED:
		return KVK_EXIT_UNKNOWN;
	}
	return KVK_EXIT_UNKNOWN;
}

const char *kvk_outcome_name(enum kvk_outcome outcome)
{
	static const char *const names[] = {
		[KVK_ACCEPT] = "accept",
		[KVK_REJECT] = "reject",
		[KVK_UNDETERMINED] = "undetermined",
	};

	return names[outcome];
}
