/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing names of organisations as people would: without regard to case, to how an accent is
 * written (one character or two) and to how many blanks stand where. It knows nothing of legal
 * forms or abbreviations.
 */
#ifndef KVKCSR_NAMES_ORGANISATION_H
#define KVKCSR_NAMES_ORGANISATION_H

#include <stdbool.h>

#include "base/blob.h"

/*
 * Whether two names are the same but for case and white space; what is not UTF-8 is the same as its
 * own bytes only. Without memory (only long names need it) they are not the same.
 */
bool kvk_organisation_same(struct kvk_span a, struct kvk_span b);

#endif
