/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Laying out text for people: indented paragraphs of a bounded width, and printing where the first
 * error stays. It escapes nothing: what comes from outside was escaped before.
 */
#ifndef KVKCSR_REPORT_LAYOUT_H
#define KVKCSR_REPORT_LAYOUT_H

#include "base/blob.h"
#include "base/time.h"

/* Columns of a paragraph. */
#define KVK_LAYOUT_WIDTH 96u

/* Text that is being written. Once err is set nothing more is appended. */
struct kvk_page {
	struct kvk_blob *out;
	enum kvk_err err;
	bool colour;
};

enum kvk_ink { KVK_INK_PLAIN, KVK_INK_GOOD, KVK_INK_BAD, KVK_INK_CARE, KVK_INK_STRONG };

/* Appends as printf does. */
#define kvk_put(page, ...) \
	do { \
		struct kvk_page *put_page_ = (page); \
		if (put_page_->err == KVK_OK) \
			put_page_->err = kvk_blob_format(put_page_->out, __VA_ARGS__); \
	} while (0)

/* Appends a text as it is; quicker than kvk_put(). */
void kvk_put_text(struct kvk_page *page, const char *text);
/* Appends a number; quicker than kvk_put(). */
void kvk_put_number(struct kvk_page *page, unsigned number);
/* Appends a text and blanks behind it up to so many columns. */
void kvk_put_padded(struct kvk_page *page, const char *text, unsigned width);
/* Appends a text in a colour, or as it is where the page has none. */
void kvk_put_ink(struct kvk_page *page, enum kvk_ink ink, const char *text);
/* Appends text from outside, escaped. */
void kvk_put_safe(struct kvk_page *page, struct kvk_span text);
/* Appends how far a time is away: "(in 5 days)", "(1 day ago)", "(in less than a day)". */
void kvk_put_distance(struct kvk_page *page, kvk_time at, kvk_time t);
/* Appends bytes in hex. */
void kvk_put_hex(struct kvk_page *page, struct kvk_span bytes);
/*
 * Appends a paragraph: a label of its own, padded to indent columns, then the text broken at blanks
 * so that no line is over KVK_LAYOUT_WIDTH, each indented alike; a line feed at the end. A word
 * that is longer stands alone. Columns are counted as code points.
 */
void kvk_put_paragraph(struct kvk_page *page, unsigned indent, const char *label, const char *text);
/* The text of a paragraph alone, where so many columns of its first line are written already. */
void kvk_put_flow(struct kvk_page *page, unsigned indent, unsigned column, const char *text);

#endif
