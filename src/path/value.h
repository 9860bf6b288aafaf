/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The values of attributes as texts that are compared: decoded by their string type, mapped and
 * folded as RFC 4518 or Java does. It compares nothing.
 */
#ifndef KVKCSR_PATH_VALUE_H
#define KVKCSR_PATH_VALUE_H

#include "cert/name.h"
#include "names/fold.h"

/* The characters of a string as they are written. */
struct kvk_value {
	unsigned tag;
	/* What is still to be read. */
	struct kvk_span rest;
	/* The bytes are no text of this type. */
	bool bad;
};

/* Appends the text of a value, folded, to an empty one; value->bad where it is none.
 * KVK_ERR_MEMORY. */
enum kvk_err kvk_value_fold(struct kvk_value *value, bool java, struct kvk_fold *out);

/*
 * Appends the value of an attribute as RFC 5280 compares it, in UTF-8: two texts that are the same
 * give the same. A value that is no text, or not of its type, appends nothing. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_attribute_fold(const struct kvk_attribute *attribute, struct kvk_blob *out);

#endif
