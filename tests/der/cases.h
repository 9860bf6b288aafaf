/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of encodings for the tests of the reader: each is read strictly and as Java reads, bare
 * and as the second member of a SEQUENCE, so that no offset is right by accident.
 */
#ifndef KVKCSR_TESTS_DER_CASES_H
#define KVKCSR_TESTS_DER_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "der/reader.h"

/* What an as_java cursor makes of the fault. */
enum java { JAVA_REFUSES, JAVA_READS };

struct bad_case {
	/* In hex; blanks are for the eye. */
	const char *hex;
	enum kvk_err (*read)(struct kvk_der *der);
	enum kvk_der_remark remark;
	size_t offset;
	enum java java;
};

/* Bytes of an exact size on the heap, so that a sanitizer sees one byte too far. Free .p. */
struct octets {
	uint8_t *p;
	size_t n;
};

struct octets octets_of(const char *hex);
struct kvk_span span_of_octets(struct octets octets);
/* That blob holds just these bytes. */
void assert_blob_hex(const struct kvk_blob *blob, const char *hex);
void assert_span_hex(struct kvk_span span, const char *hex);
/* Runs a table. */
void run_bad_cases(const struct bad_case *cases, size_t count);

#endif
