/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the portal's messages somebody means who has its sentence, or a part of it. */
#ifndef KVKCSR_PORTAL_SENTENCE_H
#define KVKCSR_PORTAL_SENTENCE_H

#include "base/blob.h"
#include "portal/rule.h"

/* Bit (1 << (n - 1)) for rule n; all of them. */
#define KVK_RULES_BIT(n) (UINT64_C(1) << ((n)-1))
#define KVK_RULES_ALL (KVK_RULES_BIT(KVK_RULE_COUNT + 1) - 1)

/*
 * The rules whose sentence contains the text, or is contained in it: letters of either case alike,
 * blanks counting as one, without quotation marks and the point at the end. A whole sentence is
 * that rule alone, and whole words come before parts of words. Where there is none, those whose
 * sentences share the most words with the text, rare words counting more, and a word may have a
 * slip in it; else those that are explained with the text; 0 where there are none either.
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_sentence_find(struct kvk_span text, uint64_t *out);

#endif
