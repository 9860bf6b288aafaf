/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one writer of text for people. What is written is appended to a blob, and the first error
 * stays in the page, so that a text is written downwards and looked at once, at its end. Only
 * kvk_page_append_escaped() escapes: what else comes from outside was escaped before.
 */
#ifndef KVKCSR_REPORT_PAGE_H
#define KVKCSR_REPORT_PAGE_H

#include "base/blob.h"
#include "base/time.h"

/* Columns of a paragraph. */
#define KVK_PAGE_WIDTH 96u

/* Text that is being written. Once err is set nothing more is appended. */
struct kvk_page {
	struct kvk_blob *out;
	enum kvk_err err;
	bool colour;
};

enum kvk_ink { KVK_INK_PLAIN, KVK_INK_GOOD, KVK_INK_BAD, KVK_INK_CARE, KVK_INK_STRONG };

/* Makes a call that returns an error, and keeps it; nothing where the page has one already. */
#define KVK_PAGE_TRY(page, call) \
	do { \
		struct kvk_page *try_page_ = (page); \
		if (try_page_->err == KVK_OK) \
			try_page_->err = (call); \
	} while (0)

/* Appends as printf does. */
#define kvk_page_append(page, ...) \
	KVK_PAGE_TRY((page), kvk_blob_format(try_page_->out, __VA_ARGS__))

/* Appends a text as it is; quicker than kvk_page_append(). */
void kvk_page_append_text(struct kvk_page *page, const char *text);
/* Appends a number; quicker than kvk_page_append(). */
void kvk_page_append_number(struct kvk_page *page, unsigned number);
/* Appends a text and blanks behind it up to so many columns. */
void kvk_page_append_padded(struct kvk_page *page, const char *text, unsigned width);
/* Appends a text in a colour, or as it is where the page has none. */
void kvk_page_append_ink(struct kvk_page *page, enum kvk_ink ink, const char *text);
/* Appends text from outside, escaped. */
void kvk_page_append_escaped(struct kvk_page *page, struct kvk_span text);
/* Appends how far a time is away: "(in 5 days)", "(1 day ago)", "(in less than a day)". */
void kvk_page_append_distance(struct kvk_page *page, kvk_time at, kvk_time t);
/* Appends bytes in hex. */
void kvk_page_append_hex(struct kvk_page *page, struct kvk_span bytes);
/*
 * Appends a paragraph: a label of its own, padded to indent columns, then the text as kvk_wrap()
 * breaks it, with KVK_PAGE_WIDTH columns in a line; a line feed at the end. A label that fills its
 * columns stands on a line of its own.
 */
void kvk_page_append_paragraph(
	struct kvk_page *page, unsigned indent, const char *label, const char *text);
/* The text of a paragraph alone, where so many columns of its first line are written already. */
void kvk_page_append_flow(
	struct kvk_page *page, unsigned indent, unsigned column, const char *text);

#endif
