/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a register is asked: a number, classified. What no register can know (the number of a test)
 * is no question, so that "not found" is never said of it.
 */
#ifndef KVKCSR_REGISTER_QUESTION_H
#define KVKCSR_REGISTER_QUESTION_H

#include "names/oin.h"
#include "register/reply.h"

/* What kind of number is asked for. */
enum kvk_register_by { KVK_REGISTER_BY_KVK, KVK_REGISTER_BY_RSIN, KVK_REGISTER_BY_OIN };

struct kvk_register_question {
	enum kvk_register which;
	enum kvk_register_by by;
	/* 8, 9 or 20 digits. */
	char number[KVK_OIN_DIGITS + 1];
};

bool kvk_register_question_same(
	const struct kvk_register_question *a, const struct kvk_register_question *b);
/*
 * The question to a register about a number of 8 (KVK), 9 (RSIN) or 20 digits (OIN or HRN). False
 * where this register cannot know the number, or it is no such number.
 */
bool kvk_register_question_of(
	enum kvk_register which, const char *number, struct kvk_register_question *out);
/*
 * Appends the address at which it is asked; base is that of the configuration, version that of the
 * KVK API's search, such as "v2". KVK_ERR_MEMORY.
 */
enum kvk_err kvk_register_question_url(const struct kvk_register_question *question,
	const char *base, const char *version, struct kvk_blob *out);

#endif
