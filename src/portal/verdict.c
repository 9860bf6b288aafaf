/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/verdict.h"

#include "base/alloc.h"

/* Why a rule cannot be evaluated on these facts, or KVK_WHY_NONE. */
static enum kvk_why lacking(const struct kvk_facts *facts, const struct kvk_rule *rule)
{
	const bool readable =
		facts->contents->java == KVK_JAVA_READS && facts->certificate_count > 0;

	if ((rule->needs & KVK_NEEDS_READABLE) && !readable)
		return KVK_WHY_NEEDS_READABLE;
	if ((rule->needs & KVK_NEEDS_ONE_LEAF) && facts->leaf_count != 1)
		return KVK_WHY_NEEDS_ONE_LEAF;
	if ((rule->needs & KVK_NEEDS_REVOCATION) && facts->asked->no_revocation)
		return KVK_WHY_SWITCHED_OFF;
	if ((rule->needs & KVK_NEEDS_PATH) && facts->path.anchor == NULL)
		return KVK_WHY_NEEDS_PATH;
	if ((rule->needs & KVK_NEEDS_REVOCATION) && !facts->path.proven)
		return KVK_WHY_NEEDS_PATH;
	if ((rule->needs & KVK_NEEDS_HISTORY) && !facts->evidence->history_known)
		return KVK_WHY_NO_HISTORY;
	return KVK_WHY_NONE;
}

/* Of 2, 32 and 33 the portal has a message, too, where it could not find out. */
static bool is_message(const struct kvk_finding *finding)
{
	const unsigned number = finding->rule->number;

	if (finding->result == KVK_RESULT_FAIL)
		return true;
	return finding->result == KVK_RESULT_UNKNOWN &&
		(number == 2 || number == 32 || number == 33);
}

/*
 * Whether the portal comes to a before b (design section 3; domain G.1 for Java's order). What is
 * open here need not be open there: the portal can have the CRLs that are missing.
 */
static bool earlier(const struct kvk_finding *a, const struct kvk_finding *b)
{
	if ((a->result == KVK_RESULT_FAIL) != (b->result == KVK_RESULT_FAIL))
		return a->result == KVK_RESULT_FAIL;
	if (a->rule->stage != b->rule->stage)
		return a->rule->stage < b->rule->stage;
	if (a->rule->stage == KVK_STAGE_PATH && a->where != b->where)
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

/* Whether all that fail do so by assumed readings. */
static bool is_probable(const struct kvk_verdict *verdict)
{
	if (verdict->outcome != KVK_REJECT)
		return false;
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (verdict->findings[n - 1].result == KVK_RESULT_FAIL &&
			!verdict->findings[n - 1].assumed)
			return false;
	for (size_t i = 0; i < verdict->warning_count; i++)
		if (verdict->warnings[i].grave)
			return false;
	return true;
}

/* Not all of *out: the texts are large, and most stay unused. */
static void start(struct kvk_verdict *out)
{
	out->outcome = KVK_UNDETERMINED;
	out->probably = false;
	out->message_count = out->warning_count = 0;
	out->first = 0;
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		kvk_finding_start(&out->findings[n - 1], kvk_rule(n));
}

void kvk_verdict_without_file(struct kvk_verdict *out)
{
	start(out);
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		kvk_finding_skip(&out->findings[n - 1], KVK_WHY_NEEDS_FILE);
}

enum kvk_err kvk_portal_evaluate(const struct kvk_facts *facts, struct kvk_verdict *out)
{
	const unsigned long failures = kvk_alloc_failures();
	enum kvk_err err;

	start(out);
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++) {
		struct kvk_finding *finding = &out->findings[n - 1];
		const enum kvk_why why = lacking(facts, finding->rule);

		if (why != KVK_WHY_NONE)
			kvk_finding_skip(finding, why);
		else
			KVK_TRY(finding->rule->check(facts, finding));
	}
	KVK_TRY(kvk_warnings(facts, out->warnings, &out->warning_count));
	take_messages(out);
	out->outcome = outcome(out);
	out->probably = is_probable(out);
out:
	return kvk_alloc_checked(failures, err);
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

/* Whether everything that is open about revocation may be known once an address is reached. */
static bool waits_for_network(const struct kvk_facts *facts)
{
	for (size_t i = 0; i < facts->path.count; i++) {
		const struct kvk_status *status = &facts->certs[i].status;

		if (status->answer.state == KVK_REVOCATION_UNDETERMINED &&
			!kvk_status_lacks_network(status))
			return false;
	}
	return true;
}

bool kvk_verdict_lacks_network(const struct kvk_facts *facts, const struct kvk_verdict *verdict)
{
	if (verdict->outcome != KVK_UNDETERMINED || facts->offline)
		return false;
	for (unsigned n = 1; n <= KVK_RULE_COUNT; n++)
		if (verdict->findings[n - 1].result == KVK_RESULT_UNKNOWN && n != 2 && n != 28)
			return false;
	return waits_for_network(facts);
}

const char *kvk_verdict_outcome_word(enum kvk_outcome outcome)
{
#define KVK_OUTCOME_WORD(id, word) [id] = word,
	static const char *const words[] = { KVK_OUTCOMES(KVK_OUTCOME_WORD) };
#undef KVK_OUTCOME_WORD

	return words[outcome];
}
