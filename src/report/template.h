/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts with places to fill in, from the data directory or a file of the user: {{name}} stands for
 * a value. There are no conditions and no loops.
 */
#ifndef KVKCSR_REPORT_TEMPLATE_H
#define KVKCSR_REPORT_TEMPLATE_H

#include "base/blob.h"

/* A place and what is there. */
struct kvk_template_value {
	const char *name;
	const char *value;
};

/* How values are written. */
enum kvk_template_form {
	KVK_TEMPLATE_TEXT,
	/* As the inside of a JSON string. */
	KVK_TEMPLATE_JSON,
};

/*
 * Appends the template with its places filled in; values end with a NULL name. KVK_ERR_CONFIG with
 * why where a place has no such name or no end; a part may be appended then. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_template_fill(struct kvk_span text, const struct kvk_template_value *values,
	enum kvk_template_form form, struct kvk_blob *out, struct kvk_error *why);

#endif
