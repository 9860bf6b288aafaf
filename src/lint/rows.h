/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of lint/lint.h: the rows of its table by subject, each beside its check.
 */
#ifndef KVKCSR_LINT_ROWS_H
#define KVKCSR_LINT_ROWS_H

#include "lint/lint.h"

/* What a sentence is about, such as the name of an extension. */
#define KVK_LINT_DETAIL 96

/* A form that certificates must have. It has one of the two functions. */
struct kvk_lint_row {
	const char *id;
	/* What is said of a certificate without it, N_() marked. */
	const char *text;
	/* Whether a certificate lacks it. */
	bool (*check)(const struct kvk_certificate *cert);
	/* The same, and *detail names, escaped, the first place where. */
	bool (*find)(const struct kvk_certificate *cert, char detail[static KVK_LINT_DETAIL]);
};

/* Each part ends with a row whose id is NULL. */
extern const struct kvk_lint_row kvk_lint_fields[];
extern const struct kvk_lint_row kvk_lint_names[];
extern const struct kvk_lint_row kvk_lint_keys[];
extern const struct kvk_lint_row kvk_lint_extensions[];
extern const struct kvk_lint_row kvk_lint_contents[];

#endif
