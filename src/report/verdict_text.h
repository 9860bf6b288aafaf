/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of report/verdict.h, for report/verdict*.c alone: the parts of the text.
 */
#ifndef KVKCSR_REPORT_VERDICT_TEXT_H
#define KVKCSR_REPORT_VERDICT_TEXT_H

#include "report/page.h"
#include "report/rows.h"
#include "report/verdict.h"

/* What was evaluated: file, certificate, path, time, program, anchors, account. */
void kvk_verdict_append_head(
	struct kvk_page *page, const struct kvk_facts *facts, const char *file);
/* Rows that say how the revocation of each certificate is known, and what was in the way. */
void kvk_verdict_add_revocation(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts);
/* Commands that fetch the CRLs that were not reached, to be run elsewhere. */
void kvk_verdict_append_wanted(struct kvk_page *page, const struct kvk_facts *facts);
/* The verdict, in a line or two. */
void kvk_verdict_append_outcome(
	struct kvk_page *page, const struct kvk_facts *facts, const struct kvk_verdict *verdict);
/* Appends the certificate that a finding is about, for people: "issuing CA 'KPN ...'"; escaped. */
enum kvk_err kvk_verdict_where(const struct kvk_facts *facts, int where, struct kvk_blob *out);

#endif
