/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file that a test puts together from text, DER and PEM, and looks into. One at a time.
 */
#ifndef KVKCSR_TESTS_CERT_FILE_H
#define KVKCSR_TESTS_CERT_FILE_H

#include "cert/contents.h"

extern struct kvk_blob file;
extern struct kvk_contents contents;

/* Each appends to the file; der is for made_of(). */
void add_text(const char *text);
void add_der(const char *der);
void add_pem(const char *label, const char *der);
/* Reads the file into contents; that has to succeed. */
void look(void);
/* Frees both; a teardown for cmocka. */
int forget(void **state);

#endif
