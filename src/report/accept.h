/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `accept` came to, for people and as JSON: the verdict on what would be uploaded and what to
 * do next; or that the dossier holds the certificate already; or that it is for another key.
 * Everything is appended to a blob.
 */
#ifndef KVKCSR_REPORT_ACCEPT_H
#define KVKCSR_REPORT_ACCEPT_H

#include "inventory/inventory.h"
#include "portal/verdict.h"
#include "report/page.h"

/* A file of the delivery that was repaired before it was read; borrowed. With KVK_GUISE_NONE, its
 * line ends alone. */
struct kvk_accept_repair {
	const char *path;
	enum kvk_guise guise;
};

/* A delivery that was evaluated; borrowed. */
struct kvk_accept_report {
	const struct kvk_facts *facts;
	const struct kvk_verdict *verdict;
	/* The files of the delivery as they were given, for the command that repeats the run. */
	const struct kvk_paths *delivered;
	/* What is in the first of them. */
	const struct kvk_contents *contents;
	/* What was given with --chain, for the same command. */
	const struct kvk_paths *chain;
	/* Further options of the run, for the same command; NULL, 0 and false where not given. */
	const char *home, *config;
	kvk_time at;
	bool refresh;
	/* What the file is called, the entry, and the folder of its dossier; not escaped. */
	const char *file, *name, *folder;
	const struct kvk_accept_repair *repairs;
	size_t repair_count;
	/* Everything that was checked is shown. */
	bool verbose;
	/* It is in force: files and inventory hold it. */
	bool stored;
	/* The files alone do. */
	bool in_force;
	/* Why it could not be put in force, or NULL. */
	const char *error;
	struct kvk_paper paper;
};

/* The verdict, and what comes next. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_accept_text(const struct kvk_accept_report *report, struct kvk_blob *out);
enum kvk_err kvk_report_accept_json(const struct kvk_accept_report *report, struct kvk_blob *out);
/* The dossier holds this certificate already. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_accept_held_text(
	const struct kvk_entry *entry, const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_report_accept_held_json(
	const struct kvk_entry *entry, const char *folder, struct kvk_blob *out);
/* Accepting failed before anything could be evaluated. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_accept_failed_json(
	const char *name, const char *error, struct kvk_blob *out);
/*
 * Refused: found is the SHA-256 of the public key of one of the certificates, NULL where all are of
 * CAs; wanted that of the dossier. Name and wanted are NULL where no dossier has a key of the
 * delivery. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_report_accept_other_key_json(
	const char *name, const uint8_t *found, const uint8_t *wanted, struct kvk_blob *out);

#endif
