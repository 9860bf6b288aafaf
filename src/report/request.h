/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request for people and for programs: what is asked for, before and after it was made, and
 * what to do with it next. It writes what it is given, decides nothing, and sees no key.
 */
#ifndef KVKCSR_REPORT_REQUEST_H
#define KVKCSR_REPORT_REQUEST_H

#include "report/page.h"
#include "request/csr_make.h"
#include "request/review.h"

/* What there is to write. All members are borrowed. */
struct kvk_request_report {
	const struct kvk_order *order;
	const struct kvk_review *review;
	/* The request, decoded, and in PEM; NULL and empty while there is none (--dry-run). */
	const struct kvk_csr *csr;
	struct kvk_span pem;
	/* Made elsewhere and evaluated here; whether something would refuse it. */
	bool evaluated, refused;
	/* Files, absolute or as given; NULL where there is none. */
	const char *folder, *key_file, *request_file, *answers_file;
	/* The key stays where it is, in a token: its URI. */
	const char *key_uri;
	/* The key was given: key_file is a copy of this file. NULL where it was made. */
	const char *key_copied_from;
	/* The inventory knows it under this name; NULL where it does not (--out). */
	const char *entry;
	/* It is to replace a certificate that is in use, on this day; 0 where nobody said. */
	bool renewal;
	kvk_time switch_at;
};

/*
 * Appends subject and extensions that an order asks for, before a request exists. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_request_order_text(
	const struct kvk_order *order, const struct kvk_paper *paper, struct kvk_blob *out);
/* Appends everything: the request decoded, its PEM, the next steps, the files. KVK_ERR_MEMORY. */
enum kvk_err kvk_request_text(const struct kvk_request_report *report,
	const struct kvk_paper *paper, struct kvk_blob *out);
/* The verdict on a request that was made elsewhere; it never contradicts the advice above it. */
const char *kvk_request_verdict(const struct kvk_request_report *report);
/*
 * Whether to send it. One with example values in it is nobody's, though no TSP is known to refuse
 * it.
 */
bool kvk_request_is_to_be_sent(const struct kvk_request_report *report);
/* Appends one JSON document with a line feed. KVK_ERR_MEMORY. */
enum kvk_err kvk_request_json(const struct kvk_request_report *report, struct kvk_blob *out);

#endif
