/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a server got from the program: it appends a line for each message that it takes (see
 * receiver.py), "CHANNEL KEY SHA256", before it says so.
 */
#ifndef KVKCSR_TESTS_FAULT_RECEIVED_H
#define KVKCSR_TESTS_FAULT_RECEIVED_H

#include <stdbool.h>

#include "base/blob.h"

/* Empties the file; the server appends to it all the same. */
enum kvk_err received_clear(const char *path);
/* Reads the lines: sorted, those that are the same once. Free *out with kvk_blob_free(). */
enum kvk_err received_read(const char *path, struct kvk_blob *out);
/*
 * What is wrong with the messages of a run and its repetition, compared with those of a run that
 * nothing befell: NULL where each of these arrived, and only once or as the same message. Where
 * forgotten is set, a run could not record what it sent, and another message may say it again.
 */
const char *received_wrong(
	const struct kvk_blob *wanted, const struct kvk_blob *got, bool forgotten);

#endif
