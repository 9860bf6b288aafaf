/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verdict over a delivery, written for people (text that can be pasted into a ticket) and for
 * programs (JSON as the manual describes it). It writes what it is given and evaluates nothing.
 */
#ifndef KVKCSR_REPORT_VERDICT_H
#define KVKCSR_REPORT_VERDICT_H

#include "portal/verdict.h"
#include "report/page.h"

struct kvk_verdict_style {
	/* What the file is called: its path as given, or "-"; not escaped. */
	const char *file;
	/* What is in the file of that name, where something else was made of it and evaluated;
	 * NULL: it is what was evaluated. */
	const struct kvk_contents *contents;
	/* For text. */
	struct kvk_paper paper;
	/* Everything that is known, not just what matters; all: the passed rules one by one, too.
	 */
	bool verbose, all;
	/* What comes next is written by the caller. */
	bool open_end;
	/* Why the file could not be read, where there are no contents; else NULL. JSON only. */
	const char *error;
};

/* Appends the text. KVK_ERR_MEMORY. */
enum kvk_err kvk_verdict_text(const struct kvk_facts *facts, const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style, struct kvk_blob *out);
/* Appends a line: the verdict, the file, and the portal's sentence. KVK_ERR_MEMORY. */
enum kvk_err kvk_verdict_line(const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style, struct kvk_blob *out);
/*
 * Appends one JSON document with a line feed: on one line, or indented. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_verdict_json(const struct kvk_facts *facts, const struct kvk_verdict *verdict,
	const struct kvk_verdict_style *style, bool indented, struct kvk_blob *out);

#endif
