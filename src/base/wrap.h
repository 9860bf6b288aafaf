/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text in lines of a bounded width: the columns that characters take, and the one word wrap. It
 * escapes nothing: what comes from outside was escaped before.
 */
#ifndef KVKCSR_BASE_WRAP_H
#define KVKCSR_BASE_WRAP_H

#include "base/blob.h"

/* The lines of a paragraph, in columns. */
struct kvk_wrap {
	/* What is written already of the first line, and how far the others are indented. */
	unsigned column, indent;
	/* What a line has at most; a word that is longer stands alone. */
	unsigned width;
};

/*
 * The columns that UTF-8 takes on a terminal: two for the wide characters of East Asia (Unicode
 * annex 11), none for marks that are drawn over a letter, one for all else.
 */
unsigned kvk_wrap_columns(struct kvk_span text);
/*
 * Appends text broken at its blanks, of several of which one is shown, without a line feed at the
 * end. What is in single quotes is there to be copied: it is broken only where it does not fit
 * in a line of its own, and a path or a command of this program never. KVK_ERR_MEMORY; a part may
 * be appended then.
 */
enum kvk_err kvk_wrap(struct kvk_blob *out, const struct kvk_wrap *lines, const char *text);
/*
 * Appends a text of several lines, each wrapped at width; one that begins with a blank stays as it
 * is. KVK_ERR_MEMORY; a part may be appended then.
 */
enum kvk_err kvk_wrap_lines(struct kvk_blob *out, unsigned width, const char *text);

#endif
