/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of the portal, explained: one in full, or all in one line each; in text and in JSON.
 */
#ifndef KVKCSR_REPORT_EXPLAIN_H
#define KVKCSR_REPORT_EXPLAIN_H

#include "portal/sentence.h"
#include "report/page.h"

/* Appends the explanation of one rule. KVK_ERR_MEMORY. */
enum kvk_err kvk_explain_rule(
	const struct kvk_rule *rule, const struct kvk_paper *paper, struct kvk_blob *out);
/* Appends a list of rules (KVK_RULES_BIT() of each). KVK_ERR_MEMORY. */
enum kvk_err kvk_explain_list(uint64_t rules, const struct kvk_paper *paper, struct kvk_blob *out);
/* Appends a JSON document about them. KVK_ERR_MEMORY. */
enum kvk_err kvk_explain_json(uint64_t rules, struct kvk_blob *out);

#endif
