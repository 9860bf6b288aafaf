/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/finding.h"

void kvk_finding_start(struct kvk_finding *finding, const struct kvk_rule *rule)
{
	finding->rule = rule;
	finding->result = KVK_RESULT_PASS;
	finding->why = KVK_WHY_NONE;
	finding->reason = KVK_REASON_NONE;
	finding->where = 0;
	finding->assumed = false;
	finding->of_ca = false;
	finding->hint = NULL;
	finding->instead_of = 0;
	finding->found[0] = finding->wanted[0] = finding->extension[0] = '\0';
}

void kvk_finding_fail(struct kvk_finding *finding, int where, enum kvk_reason reason)
{
	finding->result = KVK_RESULT_FAIL;
	finding->why = KVK_WHY_NONE;
	finding->where = where;
	finding->reason = reason;
	finding->assumed = false;
}

void kvk_finding_assume(struct kvk_finding *finding, int where, enum kvk_reason reason)
{
	kvk_finding_fail(finding, where, reason);
	finding->assumed = true;
}

void kvk_finding_unknown(struct kvk_finding *finding, enum kvk_why why)
{
	finding->result = KVK_RESULT_UNKNOWN;
	finding->assumed = false;
	finding->why = why;
}

void kvk_finding_skip(struct kvk_finding *finding, enum kvk_why why)
{
	finding->result = KVK_RESULT_SKIPPED;
	finding->why = why;
}

const char *kvk_finding_result_word(enum kvk_result result)
{
#define KVK_RESULT_WORD(id, word) [id] = word,
	static const char *const words[] = { KVK_RESULTS(KVK_RESULT_WORD) };
#undef KVK_RESULT_WORD

	return words[result];
}
