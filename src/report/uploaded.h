/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `uploaded` recorded, for people and as JSON, appended to a blob.
 */
#ifndef KVKCSR_REPORT_UPLOADED_H
#define KVKCSR_REPORT_UPLOADED_H

#include "inventory/inventory.h"
#include "report/page.h"
#include "report/silenced.h"

/* What was recorded; borrows. */
struct kvk_report_uploaded {
	const struct kvk_entry *entry;
	/* A renewal took the place of its predecessor. */
	bool promoted;
	/* The upload was recorded before, and that the server has the certificate. */
	bool again, had;
	/* What it replaces (report/silenced.h). */
	const struct kvk_vec *silenced;
};

/* KVK_ERR_MEMORY. */
enum kvk_err kvk_report_uploaded_text(const struct kvk_report_uploaded *uploaded,
	const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_report_uploaded_json(
	const struct kvk_report_uploaded *uploaded, struct kvk_blob *out);

#endif
