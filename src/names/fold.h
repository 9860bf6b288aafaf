/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folding of characters for the comparison of names: case is dropped (Unicode full case folding)
 * and characters are taken apart (NFKD), in the scripts that occur in European names: Latin, Greek,
 * Cyrillic, and the full-width forms of ASCII. Other characters stay as they are: they compare
 * equal to themselves only. It does not reorder marks.
 */
#ifndef KVKCSR_NAMES_FOLD_H
#define KVKCSR_NAMES_FOLD_H

#include <stdint.h>

/* The most characters that one becomes. */
#define KVK_FOLD_MAX 3

/* Folds a code point into out and returns how many it became, at least 1. */
unsigned kvk_fold(uint32_t code_point, uint32_t out[static KVK_FOLD_MAX]);

#endif
