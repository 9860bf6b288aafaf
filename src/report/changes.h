/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the subcommands that change the inventory say they did: track, untrack, uploaded, and
 * accept where nothing was judged. Everything is appended to a blob.
 */
#ifndef KVKCSR_REPORT_CHANGES_H
#define KVKCSR_REPORT_CHANGES_H

#include "inventory/inventory.h"

/* What `track` did. */
struct kvk_tracked_counts {
	size_t recorded, known, passed_over, unreadable;
};

/* "tracking 'x' (until ...): /path". KVK_ERR_MEMORY. */
enum kvk_err kvk_report_tracked(const struct kvk_entry *entry, struct kvk_blob *out);
/* How many, in one line. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_tracked_counts(
	const struct kvk_tracked_counts *counts, struct kvk_blob *out);
/* The same entry as an item of a JSON list. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_tracked_item(
	const struct kvk_entry *entry, bool first, struct kvk_blob *list);
/* The whole document; list is what kvk_report_tracked_item() made. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_tracked_json(
	const struct kvk_blob *list, const struct kvk_tracked_counts *counts, struct kvk_blob *out);
/* JSON of `untrack`; folder is where the dossier went, NULL for a file. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_untracked_json(const char *name, const char *folder, struct kvk_blob *out);
/* JSON of `uploaded`. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_uploaded_json(const struct kvk_entry *entry, struct kvk_blob *out);
/* JSON of an `accept` that found the certificate in the dossier already. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_held_json(const struct kvk_entry *entry, struct kvk_blob *out);
/*
 * JSON of an `accept` of certificates for another key; found is the SHA-256 of the public key of
 * one of them, NULL where all are of CAs. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_report_other_key_json(const char *name, const uint8_t *found,
	const uint8_t wanted[static KVK_SHA256_SIZE], struct kvk_blob *out);

#endif
