/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What happened to one entry, for people and as JSON, appended to a blob: what is known of it
 * first, then a line for each event.
 */
#ifndef KVKCSR_REPORT_LIFE_H
#define KVKCSR_REPORT_LIFE_H

#include "base/vec.h"
#include "inventory/events.h"
#include "report/page.h"

/* One entry; borrows. */
struct kvk_report_life {
	const struct kvk_entry *entry;
	/* A renewal is under way. */
	bool renewal;
	/* struct kvk_event, in the order in which they were noted. */
	const struct kvk_vec *events;
};

/* KVK_ERR_MEMORY. */
enum kvk_err kvk_report_life_text(
	const struct kvk_report_life *life, const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_report_life_json(const struct kvk_report_life *life, struct kvk_blob *out);

#endif
