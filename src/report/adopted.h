/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `adopt` did, for people and as JSON. Everything is appended to a blob.
 */
#ifndef KVKCSR_REPORT_ADOPTED_H
#define KVKCSR_REPORT_ADOPTED_H

#include "inventory/inventory.h"
#include "report/page.h"

/* One dossier; borrows. */
struct kvk_report_adopted {
	const struct kvk_entry *entry;
	/* It had an entry before. */
	bool known;
	/* A renewal in it that was not known. */
	bool renewal;
};

/* KVK_ERR_MEMORY. */
enum kvk_err kvk_report_adopted_text(const struct kvk_report_adopted *adopted,
	const struct kvk_paper *paper, struct kvk_blob *out);
/* Begins the document, adds a dossier to it, and ends it. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_adopted_begin(struct kvk_blob *out);
enum kvk_err kvk_report_adopted_item(
	const struct kvk_report_adopted *adopted, bool first, struct kvk_blob *out);
enum kvk_err kvk_report_adopted_end(struct kvk_blob *out);

#endif
