/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What went wrong in the validation of a path, with Java's reason. It does not say what a portal
 * makes of that.
 */
#ifndef KVKCSR_PATH_FAILURE_H
#define KVKCSR_PATH_FAILURE_H

#include <stdbool.h>
#include <stddef.h>

#include "path/reason.h"

/* One reason against a path. */
struct kvk_path_failure {
	enum kvk_reason reason;
	/* Index into path.certs; path.count means the anchor (no trust anchor found). */
	size_t cert;
	/* The field or extension that is wrong, in the RFC's words: "notAfter"; static. */
	const char *field;
	/*
	 * What was found and what is wanted, escaped; "" where the field says enough: the value of
	 * the field, or, of what is not determined, a sentence for people.
	 */
	char found[160];
	char wanted[160];
	/*
	 * Could not be determined (algorithm that cannot be handled, out of budget): no verdict
	 * either way.
	 */
	bool undetermined;
	/* It is not determined because a budget ran out. */
	bool exhausted;
	/*
	 * Java lets this pass as it is shipped; the cautious reading of the portal refuses it
	 * (SHA-1, RSA below 2048 bits). Only in KVK_MANNER_JAVA, only with
	 * KVK_REASON_ALGORITHM_CONSTRAINED.
	 */
	bool beyond_java;
};

/* The most failures that one report holds; more say nothing new. */
#define KVK_PATH_FAILURES 64

/* Of the failures only those that are counted mean anything. */
struct kvk_path_report {
	size_t count;
	struct kvk_path_failure failures[KVK_PATH_FAILURES];
	/*
	 * The path carries name constraints, or policy constraints of any kind, that were not
	 * processed.
	 */
	bool names_open, policies_open;
	/* A budget ran out. */
	bool exhausted;
};

/* Makes a report empty. Its failures are not touched: there is room for many, and mostly none. */
void kvk_path_report_start(struct kvk_path_report *report);
/* The first failure with this reason, or NULL. */
const struct kvk_path_failure *kvk_path_failure_find(
	const struct kvk_path_report *report, enum kvk_reason reason);
/* Whether a report holds a failure of this reason at this certificate. */
bool kvk_path_failure_known(
	const struct kvk_path_report *report, const struct kvk_path_failure *failure);
/* How many failures Java itself finds, without those of the cautious reading. */
unsigned kvk_path_failure_count(const struct kvk_path_report *report);

#endif
