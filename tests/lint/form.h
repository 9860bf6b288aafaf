/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Changes of certificates that break one demand of RFC 5280 on their form, or just not, and what
 * they share. For tests/portal/test-form.c.
 */
#ifndef KVKCSR_TESTS_LINT_FORM_H
#define KVKCSR_TESTS_LINT_FORM_H

#include "tests/portal/sample.h"

#define OCTETS(text) ((struct kvk_span){ (const uint8_t *)(text), sizeof(text) - 1 })
#define CHANGE(name) static void name(struct kvk_certificate *cert)

/* A change of a certificate of the good sample: of its leaf, or of its TSP CA. */
struct form_case {
	/* What it breaks; NULL: nothing. */
	const char *id;
	bool ca;
	void (*change)(struct kvk_certificate *cert);
	/* What the text has to name, or NULL. */
	const char *named;
};

/* Adds an extension, without contents. */
void form_add_extension(struct kvk_certificate *cert, enum kvk_oid type, bool critical);

/* The cases by subject, each list ended by a row whose change is NULL. */
extern const struct form_case form_cases_fields[];
extern const struct form_case form_cases_extensions[];

#endif
