/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What certificates and CRLs have in common when they are written. For src/practice alone.
 */
#ifndef KVKCSR_PRACTICE_WRITE_H
#define KVKCSR_PRACTICE_WRITE_H

#include "der/writer.h"
#include "practice/issue.h"

/* Writes the contents of a list of struct kvk_issue_extension, with its outer SEQUENCE. */
void kvk_write_extensions(struct kvk_der_writer *w, const struct kvk_vec *extensions);
/* Writes an extension; as it is, also twice. */
void kvk_write_extension(
	struct kvk_der_writer *w, struct kvk_span type, bool critical, struct kvk_span value);
/* Writes a time as GeneralizedTime, whatever its year. */
void kvk_write_generalized_time(struct kvk_der_writer *w, kvk_time t);
/* Gives a blob other contents. KVK_ERR_MEMORY. */
enum kvk_err kvk_blob_set(struct kvk_blob *blob, struct kvk_span bytes);
/* Signs tbs, damages the signature as asked, and writes all three parts. *out is emptied first. */
enum kvk_err kvk_write_signed(struct kvk_span tbs, struct kvk_span algorithm,
	enum kvk_signing signing, const struct kvk_key *key, enum kvk_damage damage,
	struct kvk_blob *out);
/* Finds, sets, appends, removes in a list of struct kvk_issue_extension. */
struct kvk_issue_extension *kvk_extension_find(const struct kvk_vec *list, struct kvk_span type);
enum kvk_err kvk_extension_append(
	struct kvk_vec *list, const char *dotted, bool critical, struct kvk_span value);
enum kvk_err kvk_extension_set(
	struct kvk_vec *list, const char *dotted, bool critical, struct kvk_span value);
void kvk_extension_remove(struct kvk_vec *list, struct kvk_span type);
/* Frees the list and what it owns. */
void kvk_extension_free(struct kvk_vec *list);

#endif
