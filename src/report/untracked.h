/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `untrack` did, for people and as JSON. folder is where the dossier went (not escaped), NULL
 * where a file was only tracked. Everything is appended to a blob.
 */
#ifndef KVKCSR_REPORT_UNTRACKED_H
#define KVKCSR_REPORT_UNTRACKED_H

#include "report/page.h"

/* KVK_ERR_MEMORY. */
enum kvk_err kvk_report_untracked_text(
	const char *name, const char *folder, const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_report_untracked_json(const char *name, const char *folder, struct kvk_blob *out);

#endif
