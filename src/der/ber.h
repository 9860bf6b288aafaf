/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The door for uploads in BER: indefinite lengths (and, inside them, constructed strings) become
 * definite ones, as Java's reader does. Whatever else is not DER stays as it is, for the strict
 * reader to judge. Never used for anything but a file that a person hands in.
 */
#ifndef KVKCSR_DER_BER_H
#define KVKCSR_DER_BER_H

#include <stdbool.h>

#include "base/blob.h"

/* Whether the first value of the input has an indefinite length (0x80). */
bool kvk_ber_is_indefinite(struct kvk_span input);
/*
 * Converts the first value of the input; *used is how many bytes of the input it took. KVK_ERR_DER
 * (truncated, end-of-contents missing, nested too deeply), KVK_ERR_MEMORY.
 */
enum kvk_err kvk_ber_to_der(struct kvk_span input, struct kvk_blob *out, size_t *used);

#endif
