/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of report/verdict.h and report/accept.h: the last lines of a verdict: why it is so, and what
 * comes next. Their texts begin in one column, after the longest of their labels in the language in
 * use, and not before the column in which the text after "verdict: " begins.
 */
#ifndef KVKCSR_REPORT_ADVICE_H
#define KVKCSR_REPORT_ADVICE_H

#include "report/page.h"
#include "report/verdict.h"

/*
 * Appends a line with a label, broken where it is too long. The label is one that advice.c lists,
 * translated, or "" where the line before goes on; one that would take more than half of the line
 * is written above the text.
 */
void kvk_advice_append(struct kvk_page *page, const char *label, const char *text);
/* The same, of what printf makes. */
#define kvk_advice_format(page, label, ...) \
	do { \
		struct kvk_blob advice_ = { 0 }; \
		KVK_PAGE_TRY((page), kvk_blob_append_format(&advice_, __VA_ARGS__)); \
		kvk_advice_append((page), (label), kvk_blob_str(&advice_)); \
		kvk_blob_free(&advice_); \
	} while (0)
/* Appends a command or a path below, never broken. */
void kvk_advice_append_exact(struct kvk_page *page, const char *text);

/*
 * The finding that decides a verdict: of the message that the portal would show first, else the
 * first that is open and says what is; NULL where there is none.
 */
const struct kvk_finding *kvk_advice_finding(const struct kvk_verdict *verdict);
/* The warning that makes a certificate useless, or NULL. */
const struct kvk_warning *kvk_advice_grave_warning(const struct kvk_verdict *verdict);
/* Why the verdict is as it is, in a line. */
void kvk_advice_append_why(
	struct kvk_page *page, const struct kvk_facts *facts, const struct kvk_verdict *verdict);
/*
 * What to do about a file that is refused, by cause: repair the file, or send a sentence to the
 * TSP where only a new certificate helps.
 */
void kvk_advice_append_remedy(struct kvk_page *page, const struct kvk_verdict *verdict);
/* What comes next for `verify`, with the command; file is its path, not escaped. */
void kvk_advice_append_next(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, const char *file);

#endif
