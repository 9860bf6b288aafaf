/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What RFC 5280 demands of the form of certificates (sections 4.1 and 4.2, and for keys RFC 3279,
 * 4055, 5480, 8410 and 8813) and of CRLs (section 5), and Java does not ask for: one row a demand.
 * What cannot be read at all is cert/'s business, what is not strict DER is in the reader's log,
 * and what a path demands is path/'s.
 */
#ifndef KVKCSR_LINT_FORM_H
#define KVKCSR_LINT_FORM_H

#include "cert/crl.h"

/* Of one sentence, with what it is about. */
#define KVK_DEMAND_TEXT 192

/*
 * Writes the first demand, from row *row on (start at 0), that a certificate or a CRL does not
 * meet, translated and escaped: "its serial number is not positive (4.1.2.2)"; and moves *row
 * behind it. False where there is none.
 */
bool kvk_form_next(
	const struct kvk_certificate *cert, size_t *row, char text[static KVK_DEMAND_TEXT]);
bool kvk_form_crl_next(const struct kvk_crl *crl, size_t *row, char text[static KVK_DEMAND_TEXT]);
/* The id of a row, NULL beyond the end; for tests. */
const char *kvk_form_id(size_t row);
const char *kvk_form_crl_id(size_t row);

#endif
