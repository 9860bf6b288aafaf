/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `uploaded` recorded, for people and as JSON, appended to a blob.
 */
#ifndef KVKCSR_REPORT_UPLOADED_H
#define KVKCSR_REPORT_UPLOADED_H

#include "inventory/inventory.h"
#include "report/page.h"

/* KVK_ERR_MEMORY. */
enum kvk_err kvk_report_uploaded_text(
	const struct kvk_entry *entry, const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_report_uploaded_json(const struct kvk_entry *entry, struct kvk_blob *out);

#endif
