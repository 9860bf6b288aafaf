/* SPDX-License-Identifier: Apache-2.0 */
/* What the registers say of a number, as text and JSON. */
#ifndef KVKCSR_REPORT_LOOKUP_H
#define KVKCSR_REPORT_LOOKUP_H

#include "gather/fetcher.h"
#include "report/page.h"

/* The kinds of numbers; with an HRN is meant an OIN or HRN that is made from a KVK number. */
enum kvk_lookup_kind { KVK_LOOKUP_KVK, KVK_LOOKUP_RSIN, KVK_LOOKUP_OIN, KVK_LOOKUP_HRN };

/* All is borrowed. */
struct kvk_lookup {
	/* Digits. */
	const char *number;
	enum kvk_lookup_kind kind;
	/* Of each register; NULL: it cannot know the number. */
	const struct kvk_register_fetched *registers[KVK_REGISTER_COUNT];
	/* What the environment has to do with what could not be reached; "": nothing. */
	const char *hint;
};

/* The document for people; KVK_ERR_MEMORY. */
enum kvk_err kvk_report_lookup_text(
	const struct kvk_lookup *lookup, const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_report_lookup_json(const struct kvk_lookup *lookup, struct kvk_blob *out);

#endif
