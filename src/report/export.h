/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The forms in which `export` hands out a dossier, and what it says of the file that it wrote, for
 * people and as JSON.
 */
#ifndef KVKCSR_REPORT_EXPORT_H
#define KVKCSR_REPORT_EXPORT_H

#include <stdbool.h>

#include "base/blob.h"
#include "report/page.h"

/* The forms. One list for enum and word; the words are options and are in JSON. */
#define KVK_EXPORT_FORMATS(X) \
	X(KVK_EXPORT_UPLOAD, "upload") \
	X(KVK_EXPORT_DER, "der") \
	X(KVK_EXPORT_FULLCHAIN, "fullchain") \
	X(KVK_EXPORT_P12, "p12") \
	X(KVK_EXPORT_KEY, "key")

#define KVK_EXPORT_FORMAT_ENUM(id, word) id,
enum kvk_export_format { KVK_EXPORT_FORMATS(KVK_EXPORT_FORMAT_ENUM) KVK_EXPORT_FORMAT_COUNT };
#undef KVK_EXPORT_FORMAT_ENUM

/* What is known of the certificate that is handed out. */
enum kvk_export_check {
	/* It was accepted, with the roots of the portal. */
	KVK_EXPORT_ACCEPTED,
	/* It was accepted with others, which were given. */
	KVK_EXPORT_PRACTICE,
	/* Some checks could not be completed. */
	KVK_EXPORT_INCOMPLETE,
	/* The portal probably refuses it. */
	KVK_EXPORT_DOUBTFUL,
	/* Nobody knows what was checked. */
	KVK_EXPORT_ADOPTED,
	/* It was accepted, and a delivery was refused since. */
	KVK_EXPORT_REFUSED_SINCE,
};

/* A file that was written; borrows. */
struct kvk_report_export {
	/* Of the entry. */
	const char *name;
	enum kvk_export_format format;
	enum kvk_export_check check;
	/* It is that of the renewal. */
	bool next;
	const char *file;
	/* SHA-256 of the certificate; NULL where there is none yet. */
	const uint8_t *sha256;
};

/* The form of a word, KVK_EXPORT_FORMAT_COUNT where it is none. */
enum kvk_export_format kvk_export_format_find(const char *word);
/* Says which program reads a file of this form, and how; of one for the portal also what is known
 * of it, and what to do first. Translated, static. */
const char *kvk_export_use(enum kvk_export_format format, enum kvk_export_check check);
/* KVK_ERR_MEMORY. */
enum kvk_err kvk_report_export_text(const struct kvk_report_export *written,
	const struct kvk_paper *paper, struct kvk_blob *out);
enum kvk_err kvk_report_export_json(const struct kvk_report_export *written, struct kvk_blob *out);

#endif
