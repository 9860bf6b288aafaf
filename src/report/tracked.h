/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `track` recorded, for people and as JSON. Everything is appended to a blob.
 */
#ifndef KVKCSR_REPORT_TRACKED_H
#define KVKCSR_REPORT_TRACKED_H

#include "base/blob.h"
#include "base/time.h"
#include "report/page.h"
#include "report/passed.h"
#include "report/silenced.h"

/* A certificate that is tracked from now on; borrowed. */
struct kvk_tracked {
	/* Of the entry. */
	const char *name;
	/* Absolute; not escaped. */
	const char *path;
	kvk_time not_after;
	/* The earliest end on its path; and the name of the CA whose that is, "" where it is the
	 * certificate's own; not escaped. */
	kvk_time ends;
	const char *ends_by;
	/* It is the certificate of a CA: the file holds no other. */
	bool ca;
};

/* How many there were of each kind. */
struct kvk_tracked_counts {
	size_t recorded, known, unreadable;
	/* Files that hold a certificate whose entry has another path. */
	size_t copies;
	size_t passed[KVK_PASSED_COUNT];
};

/* "tracking 'x', valid until ...: '/path'". KVK_ERR_MEMORY. */
enum kvk_err kvk_report_tracked_line(
	const struct kvk_tracked *tracked, const struct kvk_paper *paper, struct kvk_blob *out);
/* One file that was tracked before, by the name of its entry; keep: no other replaces it.
 * KVK_ERR_MEMORY. */
enum kvk_err kvk_report_tracked_already(
	const char *name, bool keep, const struct kvk_paper *paper, struct kvk_blob *out);
/* How many, in one line. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_tracked_counts(const struct kvk_tracked_counts *counts,
	const struct kvk_paper *paper, struct kvk_blob *out);
/* One certificate as an item of a JSON list, which is the first where list is empty.
 * KVK_ERR_MEMORY. */
enum kvk_err kvk_report_tracked_item(const struct kvk_tracked *tracked, struct kvk_blob *list);
/* The whole document; list is what kvk_report_tracked_item() made, silenced a list of what was
 * replaced (report/silenced.h). KVK_ERR_MEMORY. */
enum kvk_err kvk_report_tracked_json(const struct kvk_blob *list,
	const struct kvk_tracked_counts *counts, const struct kvk_vec *silenced,
	struct kvk_blob *out);

#endif
