/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The door for uploads in BER: indefinite lengths become definite ones, as Java's reader does, and
 * constructed OCTET STRINGs primitive ones. Whatever else is not DER stays as it is, for the strict
 * reader to report. Used only for a file that a person supplies.
 */
#ifndef KVKCSR_DER_BER_H
#define KVKCSR_DER_BER_H

#include <stdbool.h>

#include "base/blob.h"

/* Whether the first value of the input has an indefinite length (0x80). */
bool kvk_ber_is_indefinite(struct kvk_span input);
/*
 * Converts the first value of the input, at every level (also inside values of definite length);
 * *used is how many bytes of the input it took. *out is emptied first. KVK_ERR_DER (truncated,
 * end-of-contents missing, nested more deeply than KVK_LIMIT_DER_DEPTH), KVK_ERR_LIMIT (over
 * KVK_LIMIT_CRL_FILE), KVK_ERR_MEMORY; *out is empty then.
 */
enum kvk_err kvk_ber_to_der(struct kvk_span input, struct kvk_blob *out, size_t *used);

#endif
