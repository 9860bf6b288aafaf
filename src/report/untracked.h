/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `untrack` did, for people and as JSON. Everything is appended to a blob.
 */
#ifndef KVKCSR_REPORT_UNTRACKED_H
#define KVKCSR_REPORT_UNTRACKED_H

#include <stdbool.h>

#include "report/page.h"

/* One name; borrowed. */
struct kvk_report_untracked {
	const char *name;
	/* Where the dossier went (not escaped), NULL where a file was only tracked. */
	const char *folder;
	/* It is about the renewal of that entry, which stays. */
	bool next;
	/* The name is that of a folder, with which so many entries went. */
	bool is_folder;
	size_t below;
	/* Why it could not be done; NULL where it was. */
	const char *error;
};

/* One name that was done. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_untracked_text(const struct kvk_report_untracked *untracked,
	const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_report_untracked_json(
	const struct kvk_report_untracked *untracked, struct kvk_blob *out);
/* One of several names, done or not, as a line of JSON. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_untracked_line(
	const struct kvk_report_untracked *untracked, struct kvk_blob *out);

#endif
