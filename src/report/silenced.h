/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries that another one replaces from now on, as `track` and `uploaded` name them: two machines
 * may have the same name and number, so nothing falls silent unsaid.
 */
#ifndef KVKCSR_REPORT_SILENCED_H
#define KVKCSR_REPORT_SILENCED_H

#include <jansson.h>

#include "base/limits.h"
#include "base/vec.h"
#include "crypto/hash.h"
#include "report/page.h"

struct kvk_silenced {
	/* The entry that falls silent. */
	long long id;
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	/* The one that replaces it. */
	char by[KVK_LIMIT_ENTRY_NAME + 1];
	/* The watched file of the former, absolute, not escaped; owned. */
	char *path;
	/* Of its certificate. */
	uint8_t sha256[KVK_SHA256_SIZE];
};

/* None yet; struct kvk_silenced. */
#define KVK_SILENCED_INIT KVK_VEC_INIT(struct kvk_silenced, KVK_LIMIT_ENTRIES)

/* A line for each, with how to undo it. KVK_ERR_MEMORY. */
enum kvk_err kvk_report_silenced_text(
	const struct kvk_vec *silenced, const struct kvk_paper *paper, struct kvk_blob *out);
/* A list of objects with name, by and path; NULL without memory. */
json_t *kvk_report_silenced_json(const struct kvk_vec *silenced);
/* Drops all but the first few items. */
void kvk_report_silenced_drop(struct kvk_vec *silenced, size_t from);
/* Frees the list and what its items own. */
void kvk_report_silenced_free(struct kvk_vec *silenced);

#endif
