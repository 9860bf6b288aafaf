/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names and OIDs as text for the found and wanted of a failure: escaped, and cut where they are too
 * long.
 */
#ifndef KVKCSR_PATH_WORDS_H
#define KVKCSR_PATH_WORDS_H

#include "cert/general_name.h"
#include "cert/name.h"

/* A distinguished name. KVK_ERR_MEMORY. */
enum kvk_err kvk_words_name(char *out, size_t size, const struct kvk_name *name);
/* A general name; of a form that has no text its octets. KVK_ERR_MEMORY. */
enum kvk_err kvk_words_general(char *out, size_t size, const struct kvk_general_name *name);

/* A list that becomes longer; it starts with text[0] = '\0' and used = 0. */
struct kvk_words {
	char *text;
	size_t size, used;
};

/* Adds an OID to a list of them; what does not fit whole is left out. */
void kvk_words_oid(struct kvk_words *words, struct kvk_span oid);

#endif
