/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of practice/issue.h, for src/practice and tests/support alone: lists of extensions, and what
 * certificates and CRLs have in common when they are written.
 */
#ifndef KVKCSR_PRACTICE_ISSUE_LIST_H
#define KVKCSR_PRACTICE_ISSUE_LIST_H

#include "der/writer.h"
#include "practice/issue.h"

/* Attributes, extensions or revoked certificates of one thing that is made. */
#define KVK_ISSUE_LIST_MAX 100000u

/*
 * Lists of struct kvk_issue_extension: finds one by its type, appends one, sets one in its place
 * (or appends it), removes all of a type, frees the list and what it owns.
 */
struct kvk_issue_extension *kvk_issue_list_find(const struct kvk_vec *list, struct kvk_span type);
enum kvk_err kvk_issue_list_append(
	struct kvk_vec *list, const char *dotted, bool critical, struct kvk_span value);
enum kvk_err kvk_issue_list_set(
	struct kvk_vec *list, const char *dotted, bool critical, struct kvk_span value);
void kvk_issue_list_remove(struct kvk_vec *list, struct kvk_span type);
void kvk_issue_list_free(struct kvk_vec *list);
/* Writes a list as Extensions. */
void kvk_issue_list_write(struct kvk_der_writer *w, const struct kvk_vec *list);
/* Writes one Extension. */
void kvk_issue_write_extension(
	struct kvk_der_writer *w, struct kvk_span type, bool critical, struct kvk_span value);
/* Writes a subject as Name. */
void kvk_issue_write_name(struct kvk_der_writer *w, const struct kvk_vec *subject);
/* Puts the three parts together: signed part, algorithm, signature. *out is freed first. */
enum kvk_err kvk_issue_seal(struct kvk_span tbs, struct kvk_span algorithm,
	struct kvk_span signature, struct kvk_blob *out);
/* The first attribute of a type from *i on, whose place *i becomes; NULL where there is none. */
struct kvk_issue_attribute *kvk_issue_name_find(
	const struct kvk_issue *issue, enum kvk_oid oid, size_t *i);
/* Keeps the first error in an issue. */
void kvk_issue_keep(struct kvk_issue *issue, enum kvk_err err);
/* Sets an extension to what was written, and frees the writer. */
void kvk_issue_set_written(
	struct kvk_issue *issue, enum kvk_oid oid, bool critical, struct kvk_der_writer *w);

#endif
