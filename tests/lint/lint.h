/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes of certificates that one row of lint/ finds, or just does not, and what they share. For
 * tests/lint/test-lint.c.
 */
#ifndef KVKCSR_TESTS_LINT_LINT_H
#define KVKCSR_TESTS_LINT_LINT_H

#include "tests/portal/sample.h"

#define OCTETS(text) ((struct kvk_span){ (const uint8_t *)(text), sizeof(text) - 1 })
#define CHANGE(name) static void name(struct kvk_certificate *cert)

/* A change of a certificate of the good sample: of its leaf, or of its TSP CA. */
struct lint_case {
	/* The row that finds it; NULL: none. */
	const char *id;
	bool ca;
	void (*change)(struct kvk_certificate *cert);
	/* What the text has to name, or NULL. */
	const char *named;
};

/* Adds an extension, without contents. */
void lint_add_extension(struct kvk_certificate *cert, enum kvk_oid type, bool critical);

/* The cases by subject, each list ended by a row whose change is NULL. */
extern const struct lint_case lint_cases_fields[];
extern const struct lint_case lint_cases_extensions[];

#endif
