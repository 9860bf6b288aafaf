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

/* The columns of a page that was not told how many it has. */
#define KVK_PAGE_WIDTH 80u
/* The most that running text takes of them: longer lines are hard to read. */
#define KVK_PAGE_TEXT_WIDTH 100u

/* What text is written on: the columns of a line (0: KVK_PAGE_WIDTH), and whether in colour. */
struct kvk_paper {
	unsigned width;
	bool colour;
};

/* Text that is being written. Once err is set nothing more is appended. */
struct kvk_page {
	struct kvk_blob *out;
	struct kvk_paper paper;
	enum kvk_err err;
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
	KVK_PAGE_TRY((page), kvk_blob_append_format(try_page_->out, __VA_ARGS__))

/* The columns that a line may take, and those that a line of running text may. */
unsigned kvk_page_width(const struct kvk_page *page);
unsigned kvk_page_text_width(const struct kvk_page *page);
/* Appends a text as it is. */
void kvk_page_append_text(struct kvk_page *page, const char *text);
/* Appends so many blanks. */
void kvk_page_append_blanks(struct kvk_page *page, unsigned n);
/* Appends a text and blanks after it up to so many columns. */
void kvk_page_append_padded(struct kvk_page *page, const char *text, unsigned width);
/* Appends a text in a colour, or as it is where the page has none. */
void kvk_page_append_ink(struct kvk_page *page, enum kvk_ink ink, const char *text);
/* Appends text from outside, escaped. */
void kvk_page_append_escaped(struct kvk_page *page, struct kvk_span text);
/* Appends a time and how far it is away: "2026-11-27T12:00:00Z (in 5 days)". */
void kvk_page_append_time(struct kvk_page *page, kvk_time at, kvk_time t);
/* The same of a day, for those who need no more: "27 November 2026 (in 5 days)". */
void kvk_page_append_day(struct kvk_page *page, kvk_time at, kvk_time t);
/* Appends bytes in hex. */
void kvk_page_append_hex(struct kvk_page *page, struct kvk_span bytes);
/*
 * Appends a text as kvk_wrap() breaks it, and a line feed, where so many columns of the first line
 * are written already and the others are indented.
 */
void kvk_page_append_flow(
	struct kvk_page *page, unsigned indent, unsigned column, const char *text);
/* The same for a text that begins a line; and for a sentence of its own that printf makes. */
void kvk_page_append_paragraph(struct kvk_page *page, unsigned indent, const char *text);
#define kvk_page_append_sentence(page, ...) \
	do { \
		struct kvk_blob sentence_ = { 0 }; \
		KVK_PAGE_TRY((page), kvk_blob_append_format(&sentence_, __VA_ARGS__)); \
		kvk_page_append_paragraph((page), 0, kvk_blob_str(&sentence_)); \
		kvk_blob_free(&sentence_); \
	} while (0)

#endif
