/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The form that RFC 5280 wants of certificates (sections 4.1 and 4.2, and for keys RFC 3279, 4055,
 * 5480, 8410 and 8813) and of CRLs (section 5), as far as Java does not look at it: one row for
 * each form. portal/ makes warnings of what is found. What cannot be read at all is cert/'s
 * business, what is not strict DER is in the reader's log, and what a path must be is path/'s.
 */
#ifndef KVKCSR_LINT_LINT_H
#define KVKCSR_LINT_LINT_H

#include "cert/crl.h"

/* Of one sentence, with what it is about. */
#define KVK_LINT_TEXT 192

/*
 * Looks, from row *row on (start at 0), for a form that a certificate or a CRL does not have,
 * writes what is wrong, translated and escaped ("its serial number is not positive (4.1.2.2)"), and
 * moves *row after it. False where nothing more is wrong.
 */
bool kvk_lint_next(
	const struct kvk_certificate *cert, size_t *row, char text[static KVK_LINT_TEXT]);
bool kvk_lint_crl_next(const struct kvk_crl *crl, size_t *row, char text[static KVK_LINT_TEXT]);
/* The id of a row, NULL beyond the end; for tests. */
const char *kvk_lint_id(size_t row);
const char *kvk_lint_crl_id(size_t row);

#endif
