/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the table of warnings, by subject. For portal/warnings.c and its tests only.
 */
#ifndef KVKCSR_PORTAL_OPINIONS_H
#define KVKCSR_PORTAL_OPINIONS_H

#include "portal/warnings.h"

/* One opinion. check writes out->text where it applies; KVK_ERR_MEMORY. */
struct kvk_opinion {
	const char *id;
	enum kvk_err (*check)(const struct kvk_facts *facts, struct kvk_warning *out);
	/* What to do, N_() marked. */
	const char *hint;
	bool grave;
	/* It looks at the one leaf, and is passed over where there is none. */
	bool leaf;
};

/* Each part ends with a row whose id is NULL. */
extern const struct kvk_opinion kvk_opinions_run[];
extern const struct kvk_opinion kvk_opinions_file[];
extern const struct kvk_opinion kvk_opinions_holder[];
extern const struct kvk_opinion kvk_opinions_key[];
extern const struct kvk_opinion kvk_opinions_form[];

/* Writes the text of a warning; arguments from outside must be escaped. */
#define KVK_WARN(out, ...) kvk_format((out)->text, sizeof((out)->text), __VA_ARGS__)

#endif
