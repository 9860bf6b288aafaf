/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All that is known of one entry, for people and as JSON, appended to a blob: how it is and what is
 * to be done, what it is, its files, and then its history, a line for each event.
 */
#ifndef KVKCSR_REPORT_LIFE_H
#define KVKCSR_REPORT_LIFE_H

#include "base/vec.h"
#include "inventory/events.h"
#include "report/page.h"
#include "watch/view.h"

/* One entry; borrows. */
struct kvk_report_life {
	const struct kvk_entry *entry;
	/* The same, assessed. */
	const struct kvk_entry_view *view;
	/* A renewal is under way. */
	bool renewal;
	/* struct kvk_event, in the order in which they were noted, and how many there are before
	 * them. */
	const struct kvk_vec *events;
	size_t earlier;
	/* What it was requested with; NULL where that is not known. */
	const char *organisation, *kvk, *oin, *tsp;
	/* SHA-256 of its public key, or NULL. */
	const uint8_t *spki_sha256;
	/* char *: the files of its dossier that are there. */
	const struct kvk_vec *files;
};

/* KVK_ERR_MEMORY. */
enum kvk_err kvk_report_life_text(
	const struct kvk_report_life *life, const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_report_life_json(const struct kvk_report_life *life, struct kvk_blob *out);

#endif
