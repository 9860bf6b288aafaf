/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of report/verdict.h, for report/verdict*.c alone: the parts of the text.
 */
#ifndef KVKCSR_REPORT_VERDICT_TEXT_H
#define KVKCSR_REPORT_VERDICT_TEXT_H

#include "report/page.h"
#include "report/verdict.h"

/* What was evaluated: file, certificate, path, time, program, anchors, account. */
void kvk_verdict_append_head(
	struct kvk_page *page, const struct kvk_facts *facts, const char *file);
/* The verdict, in a line or two. */
void kvk_verdict_append_outcome(
	struct kvk_page *page, const struct kvk_facts *facts, const struct kvk_verdict *verdict);
/* Appends the certificate that a finding is about, for people: "issuing CA 'KPN ...'"; escaped. */
enum kvk_err kvk_verdict_where(const struct kvk_facts *facts, int where, struct kvk_blob *out);

#endif
