/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of portal/form.h by subject; for portal/form*.c alone.
 */
#ifndef KVKCSR_LINT_FORM_ROWS_H
#define KVKCSR_LINT_FORM_ROWS_H

#include "lint/form.h"

/* What a sentence is about, such as the name of an extension. */
#define KVK_FORM_DETAIL 96

/* One demand: whether it is broken, and by what (*detail, escaped, "" where nothing is to add). */
struct kvk_form_row {
	const char *id;
	/* N_() marked. */
	const char *text;
	bool (*broken)(const struct kvk_certificate *cert, char detail[static KVK_FORM_DETAIL]);
};

/* Each part ends with a row whose id is NULL. */
extern const struct kvk_form_row kvk_form_fields[];
extern const struct kvk_form_row kvk_form_names[];
extern const struct kvk_form_row kvk_form_keys[];
extern const struct kvk_form_row kvk_form_extensions[];
extern const struct kvk_form_row kvk_form_contents[];

#endif
