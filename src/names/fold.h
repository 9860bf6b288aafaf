/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folding of texts for the comparison of names, with libunistring: case and the ways to write one
 * character no longer count. No language has rules of its own, whatever the locale. What is white
 * space, and what counts for nothing, is the caller's affair.
 */
#ifndef KVKCSR_NAMES_FOLD_H
#define KVKCSR_NAMES_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Code points for which no memory is allocated; nearly every value of a name fits. */
#define KVK_FOLD_ROOM 256

/* A text in code points. p points into the struct itself, which therefore is never copied. */
struct kvk_fold {
	uint32_t room[2][KVK_FOLD_ROOM];
	uint32_t *p;
	/* How many there are, and how many fit. */
	size_t n, size;
};

/* Begins an empty text. Free with kvk_fold_free(), also after an error. */
void kvk_fold_start(struct kvk_fold *text);
/* Appends a code point. KVK_ERR_MEMORY. */
enum kvk_err kvk_fold_append(struct kvk_fold *text, uint32_t c);
/*
 * Folds the text. Java's way: upper case, lower case, then NFKD, as javax.security.auth.x500 does;
 * otherwise Unicode's case folding, then NFKD (RFC 4518 2.2 and 2.3). KVK_ERR_MEMORY.
 */
enum kvk_err kvk_fold(struct kvk_fold *text, bool java);
/* Makes one of each run of spaces (U+0020) and takes away those at the ends. */
void kvk_fold_squeeze(struct kvk_fold *text);
bool kvk_fold_same(const struct kvk_fold *a, const struct kvk_fold *b);
void kvk_fold_free(struct kvk_fold *text);

#endif
