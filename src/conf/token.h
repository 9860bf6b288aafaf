/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of libconfig's format, one step at a time: blanks and comments, names, strings,
 * numbers. Stricter than libconfig where that changes a value in silence. It keeps no values;
 * libconfig reads them.
 */
#ifndef KVKCSR_CONF_TOKEN_H
#define KVKCSR_CONF_TOKEN_H

#include <stdbool.h>

#include "base/blob.h"

/* Where the reading stands. name: what messages call the file, already escaped. */
struct kvk_conf_scanner {
	struct kvk_span rest;
	const char *name;
	struct kvk_error *why;
	unsigned line;
	/* The setting whose value is being read; empty between settings. */
	struct kvk_span setting;
	/* The line of the last word, which is where a missing semicolon is missing. */
	unsigned last_line;
};

/* Explains a fault in the line that the scanner stands in; KVK_ERR_CONFIG. */
enum kvk_err kvk_conf_refuse(const struct kvk_conf_scanner *s, const char *what);
/* The byte that comes next, 0 at the end. */
uint8_t kvk_conf_peek(const struct kvk_conf_scanner *s);
/* Moves n bytes ahead and counts lines. */
void kvk_conf_skip(struct kvk_conf_scanner *s, size_t n);
/* Skips white space and comments. KVK_ERR_CONFIG for a comment without an end. */
enum kvk_err kvk_conf_skip_blank(struct kvk_conf_scanner *s);
/* Takes a name, true and false among them; empty where none stands here. */
struct kvk_span kvk_conf_take_name(struct kvk_conf_scanner *s);
/* Takes a string in quotes. KVK_ERR_CONFIG: no end, or an escape that is none. */
enum kvk_err kvk_conf_take_string(struct kvk_conf_scanner *s);
/*
 * Takes a whole decimal number with an optional L. KVK_ERR_CONFIG for others, for leading zeros,
 * and for what is beyond 32 bits without an L or has more than 18 digits.
 */
enum kvk_err kvk_conf_take_number(struct kvk_conf_scanner *s);

#endif
