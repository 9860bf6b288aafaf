/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of few letters that people type: which one was meant, and which may be names of entries.
 */
#ifndef KVKCSR_BASE_WORD_H
#define KVKCSR_BASE_WORD_H

#include <stdbool.h>

#include "base/blob.h"

/*
 * Whether a word may have been meant by what was typed, more than one at *distance, for "did you
 * mean": it begins so (distance 0), or differs in at most a third of the letters and one. *distance
 * becomes its own then; start with UINT_MAX. Words over 64 bytes are never near.
 */
bool kvk_nearer_word(const char *typed, const char *word, unsigned *distance);
/* Which of count words it is; count where it is none of them, as NULL is. */
size_t kvk_word_index(const char *text, const char *const *words, size_t count);
/* Whether a name may be that of a dossier or entry: [a-z0-9][a-z0-9.-]{0,63} without "..". */
bool kvk_entry_name_valid(const char *name);

#endif
