/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of report/verdict.h, for report/verdict*.c alone: the parts of the text.
 */
#ifndef KVKCSR_REPORT_VERDICT_TEXT_H
#define KVKCSR_REPORT_VERDICT_TEXT_H

#include "report/page.h"
#include "report/rows.h"
#include "report/verdict.h"

/*
 * Whether there is a certificate to speak of. The CA certificates that can be read in a file that
 * the portal cannot read are none: that of the user is in what cannot be read.
 */
bool kvk_verdict_has_leaf(const struct kvk_facts *facts);
/* What was evaluated: file, certificate, path, time, program, anchors, account. */
void kvk_verdict_append_head(
	struct kvk_page *page, const struct kvk_facts *facts, const char *file);
/* Whose decision it was to trust a root that does not come with this program; nothing else. */
void kvk_verdict_add_import(struct kvk_page *page, struct kvk_rows *rows,
	const struct kvk_facts *facts, const char *label);
/* Rows that say how the revocation of each certificate is known, and what was in the way. */
void kvk_verdict_add_revocation(
	struct kvk_page *page, struct kvk_rows *rows, const struct kvk_facts *facts);
/* A row about a proxy of the environment, where an address was out of reach and there is one. */
void kvk_verdict_add_proxy(struct kvk_page *page, struct kvk_rows *rows,
	const struct kvk_facts *facts, const char *label);
/* Commands that fetch the CRLs that were not reached, to be run elsewhere. */
void kvk_verdict_append_wanted(struct kvk_page *page, const struct kvk_facts *facts);
/* What failed, and what is open; brief: headed by the portal's sentence, the number after it. */
void kvk_verdict_append_findings(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, bool brief);
void kvk_verdict_append_warning(struct kvk_page *page, const struct kvk_warning *warning);
/* What is before the verdict itself in the short form. */
void kvk_verdict_append_brief(struct kvk_page *page, const struct kvk_facts *facts,
	const struct kvk_verdict *verdict, const struct kvk_verdict_style *style);
/* The word of the verdict, in its colour. */
void kvk_verdict_append_word(struct kvk_page *page, const struct kvk_verdict *verdict);
/* The verdict, in a line or two. */
void kvk_verdict_append_outcome(
	struct kvk_page *page, const struct kvk_facts *facts, const struct kvk_verdict *verdict);
/* Appends the certificate that a finding is about, for people: "issuing CA 'KPN ...'"; escaped. */
enum kvk_err kvk_verdict_where(const struct kvk_facts *facts, int where, struct kvk_blob *out);

#endif
