/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our own warnings: what the portal accepts, but is unwise, will end soon, or would be refused by a
 * strict reader of RFC 5280. Each has an id that never changes. They are never mixed with what the
 * portal says (portal/rule.h).
 */
#ifndef KVKCSR_PORTAL_WARNINGS_H
#define KVKCSR_PORTAL_WARNINGS_H

#include "base/format.h"
#include "gather/facts.h"

#define KVK_WARNING_TEXT 640
/* The most warnings of one delivery: more kinds than there are. */
#define KVK_WARNINGS_MAX 64u

struct kvk_warning {
	/* Lower case with dashes; static. */
	const char *id;
	/* Translated and escaped. */
	char text[KVK_WARNING_TEXT];
	/* Translated; static. */
	const char *hint;
	/* So grave that the certificate is of no use, whatever the portal says: exit 2. */
	bool grave;
};

/* Finds every warning that applies, and how many. KVK_ERR_MEMORY. */
enum kvk_err kvk_warnings(const struct kvk_facts *facts,
	struct kvk_warning out[static KVK_WARNINGS_MAX], size_t *count);
/* Warning number i of the table, from 0: its id, or NULL beyond the end. For tests. */
const char *kvk_warnings_id(size_t i);

/* A row of the table. For the files warnings*.c alone, as what follows. */
struct kvk_warning_row {
	const char *id;
	/*
	 * Writes out->text where it applies, and out->hint (N_() marked) where another one than
	 * that of the row serves. KVK_ERR_MEMORY.
	 */
	enum kvk_err (*check)(const struct kvk_facts *facts, struct kvk_warning *out);
	/* What to do, N_() marked. */
	const char *hint;
	bool grave;
	/* It looks at the one leaf, and is passed over where there is none. */
	bool leaf;
};

/* Appends to a warning, with what parts it from what is there; false where it is full. */
bool kvk_warning_append(struct kvk_warning *out, const char *parting, const char *text);

/* The rows by subject, beside their checks. Each part ends with a row whose id is NULL. */
extern const struct kvk_warning_row kvk_warnings_run[];
extern const struct kvk_warning_row kvk_warnings_register[];
extern const struct kvk_warning_row kvk_warnings_file[];
extern const struct kvk_warning_row kvk_warnings_hierarchy[];
extern const struct kvk_warning_row kvk_warnings_holder[];
extern const struct kvk_warning_row kvk_warnings_period[];
extern const struct kvk_warning_row kvk_warnings_key[];
extern const struct kvk_warning_row kvk_warnings_form[];
extern const struct kvk_warning_row kvk_warnings_anchor[];

#endif
