/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compares, field by field, what kvk_certificate_read() says of a certificate with what GnuTLS
 * says.
 */
#ifndef KVKCSR_TESTS_CERT_COMPARE_H
#define KVKCSR_TESTS_CERT_COMPARE_H

#include "cert/certificate.h"

/* The last one that was read, or why it was not, and how many were compared. */
extern struct kvk_certificate compared_certificate;
extern unsigned compared;

/*
 * Compares one certificate where both read it; a difference ends the test and names it. False where
 * only GnuTLS reads it.
 */
bool compare_certificate(const char *of, struct kvk_span der);

#endif
