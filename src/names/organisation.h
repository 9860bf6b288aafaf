/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comparing names of organisations as people would: without regard to case, to how an accent is
 * written (one character or two) and to where blanks are, and how many. Beyond that it says how two
 * names differ, because a difference in punctuation, diacritics or legal form may be one for the
 * portal, or not. It knows nothing of abbreviations and of former names.
 */
#ifndef KVKCSR_NAMES_ORGANISATION_H
#define KVKCSR_NAMES_ORGANISATION_H

#include <stdbool.h>

#include "base/blob.h"

/* How two names differ, from no difference to a real one. */
enum kvk_name_difference {
	/* But for case and white space. */
	KVK_NAME_SAME,
	/* Only in punctuation, in diacritics, in the legal form, or in several of these. */
	KVK_NAME_PUNCTUATION,
	KVK_NAME_DIACRITICS,
	KVK_NAME_FORM,
	KVK_NAME_SEVERAL,
	KVK_NAME_OTHER,
};

/*
 * Whether two names are the same but for case and white space; what is not UTF-8 is the same as its
 * own bytes only. Without memory (only long names need it) they are not the same.
 */
bool kvk_organisation_same(struct kvk_span a, struct kvk_span b);
/*
 * How two names differ; the order of the two does not matter. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_organisation_compare(
	struct kvk_span a, struct kvk_span b, enum kvk_name_difference *out);

#endif
