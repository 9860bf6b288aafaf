/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults of the encoding: a value of a DER tree is dropped, doubled, given another tag, length or
 * contents, with the lengths around it made right again, or octets are changed as they come.
 */
#ifndef KVKCSR_TESTS_DIFFERENTIAL_BYTES_H
#define KVKCSR_TESTS_DIFFERENTIAL_BYTES_H

#include "base/blob.h"
#include "tests/differential/dice.h"

/* Changes one value of der, and says how in *what (static). *out is emptied first. */
enum kvk_err bytes_mutate(
	struct kvk_span der, struct dice *dice, struct kvk_blob *out, const char **what);
/* Changes octets of a file as they come. */
enum kvk_err bytes_spoil(
	struct kvk_span file, struct dice *dice, struct kvk_blob *out, const char **what);
/* The first value inside a value (the signed part of a certificate), whole; empty where none. */
struct kvk_span bytes_first(struct kvk_span der);

#endif
