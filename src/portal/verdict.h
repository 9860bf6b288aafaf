/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verdict over one delivery: all 33 findings, our own warnings, the messages that the portal
 * has for it and the one that it would give first. Pure: facts in, verdict out. What was not
 * evaluated never counts as passed.
 */
#ifndef KVKCSR_PORTAL_VERDICT_H
#define KVKCSR_PORTAL_VERDICT_H

#include "base/exit.h"
#include "portal/rule.h"
#include "portal/warnings.h"

/* The outcomes, with their words of JSON. */
#define KVK_OUTCOMES(X) \
	X(KVK_ACCEPT, "accept") \
	X(KVK_REJECT, "reject") \
	X(KVK_UNDETERMINED, "undetermined")

#define KVK_OUTCOME_ENUM(id, word) id,
enum kvk_outcome { KVK_OUTCOMES(KVK_OUTCOME_ENUM) };
#undef KVK_OUTCOME_ENUM

struct kvk_verdict {
	enum kvk_outcome outcome;
	/* Rejected, and all that fail do so by a reading that the portal does not publish. */
	bool probably;
	/* findings[n - 1] is that of rule n. */
	struct kvk_finding findings[KVK_RULE_COUNT];
	/* The messages that apply, ascending: what failed, and 2, 32, 33 where unknown. */
	size_t message_count;
	unsigned messages[KVK_RULE_COUNT];
	/* The one that the portal would show, 0 where none: of those that fail, if any does. */
	unsigned first;
	size_t warning_count;
	struct kvk_warning warnings[KVK_WARNINGS_MAX];
};

/* Evaluates the facts. KVK_ERR_MEMORY: then the verdict says nothing. */
enum kvk_err kvk_portal_evaluate(const struct kvk_facts *facts, struct kvk_verdict *out);
/* The verdict on a file that could not be read: undetermined, every rule skipped for that. */
void kvk_verdict_without_file(struct kvk_verdict *out);
/* The exit code of a verdict: one of KVK_EXIT_OK to KVK_EXIT_UNKNOWN; accepted with warnings is 1.
 */
enum kvk_exit kvk_verdict_exit(const struct kvk_verdict *verdict);
/*
 * Whether only the network is missing: nothing fails, and all that is open is whether certificates
 * are revoked, of which addresses that could not be reached may tell. Not so where nothing was to
 * be asked (--offline).
 */
bool kvk_verdict_lacks_network(const struct kvk_facts *facts, const struct kvk_verdict *verdict);
/* The word of an outcome; static. */
const char *kvk_verdict_outcome_word(enum kvk_outcome outcome);

#endif
