/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cmd/dialogue.h: what people type, as an answer is written. */
#ifndef KVKCSR_CMD_TYPED_H
#define KVKCSR_CMD_TYPED_H

#include <stdbool.h>

#include "request/answers.h"

/*
 * Appends what was typed for a field, as the answer has it: words of a choice in lower case and
 * Dutch ones in English, numbers without blanks, dots and dashes, the rest as it is.
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_typed_answer(enum kvk_field field, struct kvk_span typed, struct kvk_blob *out);
/* Whether it is a number where a name is asked. */
bool kvk_typed_is_odd(enum kvk_field field, struct kvk_span typed);

#endif
