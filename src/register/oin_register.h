/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the OIN register of Logius says, as an answer to a question or in a file with all of its
 * entries. The names of members differ between its versions and its web site, so each is accepted.
 */
#ifndef KVKCSR_REGISTER_OIN_REGISTER_H
#define KVKCSR_REGISTER_OIN_REGISTER_H

#include <jansson.h>

#include "register/question.h"

/* One entry, borrowed; NULL: it does not say. */
struct kvk_oin_entry {
	const char *oin, *kvk, *name, *status;
};

/* What the columns are called. */
enum kvk_oin_column { KVK_OIN_NUMBER, KVK_OIN_KVK_NUMBER, KVK_OIN_NAME, KVK_OIN_STATUS };
#define KVK_OIN_COLUMNS 4

/* The column of a name, as members of JSON and headings of CSV have it; -1 for another one. */
int kvk_oin_column_of(struct kvk_span name);
/* An entry as JSON has it. Borrows. */
void kvk_oin_entry_read(const json_t *object, struct kvk_oin_entry *out);
/*
 * Takes an entry into the answer where the question is about it. Where some of several are active,
 * those count. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_oin_entry_take(const struct kvk_oin_entry *entry,
	const struct kvk_register_question *question, struct kvk_register_reply *out);
/*
 * Reads an answer with its HTTP status into *out, which is all-zero. What cannot be read is
 * unknown, and so is a 404 whose body is not JSON. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_oin_register_read(const struct kvk_register_question *question, unsigned status,
	struct kvk_span octets, struct kvk_register_reply *out);

#endif
