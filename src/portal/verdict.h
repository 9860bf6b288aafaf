/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verdict over one delivery: all 33 findings, our own warnings, the messages that the portal
 * has for it and the one that it would give first. Pure: facts in, verdict out. What was not judged
 * is never told as passed.
 */
#ifndef KVKCSR_PORTAL_VERDICT_H
#define KVKCSR_PORTAL_VERDICT_H

#include "base/exit.h"
#include "portal/rule.h"
#include "portal/warnings.h"

enum kvk_outcome { KVK_ACCEPT, KVK_REJECT, KVK_UNDETERMINED };

struct kvk_verdict {
	enum kvk_outcome outcome;
	/* findings[n - 1] is that of rule n. */
	struct kvk_finding findings[KVK_RULE_COUNT];
	/* The messages that apply, ascending: what failed, and 2, 32, 33 where unknown. */
	size_t message_count;
	unsigned messages[KVK_RULE_COUNT];
	/* The one that the portal would show, 0 where none. */
	unsigned first;
	size_t warning_count;
	struct kvk_warning warnings[KVK_WARNINGS_MAX];
};

/* Judges the facts. KVK_ERR_MEMORY. */
enum kvk_err kvk_portal_evaluate(const struct kvk_facts *facts, struct kvk_verdict *out);
/* The verdict on a file that could not be read: undetermined, every rule skipped ("needs-file"). */
void kvk_verdict_without_file(struct kvk_verdict *out);
/* The exit code of a verdict: 0, 1 (accepted with warnings), 2, 3. */
enum kvk_exit kvk_verdict_exit(const struct kvk_verdict *verdict);
/* "accept", "reject", "undetermined"; static. */
const char *kvk_outcome_name(enum kvk_outcome outcome);

#endif
