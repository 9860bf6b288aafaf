/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading CSV (RFC 4180) line by line, in place: fields in quotes may hold separators, line ends
 * and doubled quotes. The separator is a comma or, as Dutch spreadsheets write it, a semicolon.
 */
#ifndef KVKCSR_REGISTER_CSV_H
#define KVKCSR_REGISTER_CSV_H

#include "base/blob.h"

/* The fields of a line that are read; further ones are passed over. */
#define KVK_CSV_FIELDS 64

struct kvk_csv {
	/* What has not been read yet; the octets change, and are followed by a NUL. */
	uint8_t *p, *end;
	char separator;
};

/* Begins: skips a byte order mark and finds the separator in the first line. Borrows the octets. */
void kvk_csv_start(struct kvk_blob *octets, struct kvk_csv *out);
/*
 * The next line that is not empty: its fields, as strings in the octets, and how many; 0 at the
 * end. KVK_ERR_FORMAT where a quote is not closed, or something stands after a closed one.
 */
enum kvk_err kvk_csv_next(struct kvk_csv *csv, char *fields[static KVK_CSV_FIELDS], size_t *count);

#endif
