/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `track` passed over in a folder, and why: for people and as JSON. Everything is appended to
 * a blob.
 */
#ifndef KVKCSR_REPORT_PASSED_H
#define KVKCSR_REPORT_PASSED_H

#include <jansson.h>

#include "report/page.h"

/* Why something is passed over. One list for enum and the word in JSON. */
#define KVK_PASSED_KINDS(X) \
	X(KVK_PASSED_LINKED, "linked") \
	X(KVK_PASSED_EARLIER, "earlier") \
	X(KVK_PASSED_CA, "ca") \
	X(KVK_PASSED_NONE, "no-certificate") \
	X(KVK_PASSED_LOCKED, "pkcs12") \
	X(KVK_PASSED_BACKUP, "backup") \
	X(KVK_PASSED_DOTS, "dots") \
	X(KVK_PASSED_DANGLING, "dangling") \
	X(KVK_PASSED_LARGE, "large") \
	X(KVK_PASSED_SPECIAL, "special") \
	X(KVK_PASSED_SYSTEM, "system") \
	X(KVK_PASSED_OWN, "own")

#define KVK_PASSED_ENUM(id, word) id,
enum kvk_passed { KVK_PASSED_KINDS(KVK_PASSED_ENUM) KVK_PASSED_COUNT };
#undef KVK_PASSED_ENUM

/* How many of a kind, in one line. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_passed_count(
	enum kvk_passed kind, size_t count, const struct kvk_paper *paper, struct kvk_blob *out);
/* One of them by name, below that line. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_passed_name(
	const char *path, const struct kvk_paper *paper, struct kvk_blob *out);
/* The counts as a member "passed" of a JSON object: those that are not zero. */
void kvk_report_passed_json(const size_t counts[static KVK_PASSED_COUNT], json_t **object);

#endif
