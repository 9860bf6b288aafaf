/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file with the whole OIN register, which answers without a network: a JSON array, or CSV with a
 * header line. Columns are found by their names; what is in others is not read.
 */
#ifndef KVKCSR_REGISTER_OIN_LIST_H
#define KVKCSR_REGISTER_OIN_LIST_H

#include "register/question.h"

struct kvk_oin_list;

/*
 * Reads a list from the octets of a file, which it takes over (*octets is empty afterwards).
 * KVK_ERR_FORMAT where it is no such file or has no column with OINs, KVK_ERR_TEXT where it is not
 * UTF-8, KVK_ERR_LIMIT, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_oin_list_read(struct kvk_blob *octets, struct kvk_oin_list **out);
/* Looks a number up; *out is all-zero before. KVK_ERR_MEMORY. */
enum kvk_err kvk_oin_list_ask(const struct kvk_oin_list *list,
	const struct kvk_register_question *question, struct kvk_register_reply *out);
/* Accepts NULL. */
void kvk_oin_list_free(struct kvk_oin_list *list);

#endif
