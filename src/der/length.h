/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Length octets, for the two units that write DER (writer, ber). It knows nothing of tags, and no
 * other folder uses it.
 */
#ifndef KVKCSR_DER_LENGTH_H
#define KVKCSR_DER_LENGTH_H

#include "base/blob.h"

/* The most octets that a length takes: one that counts, and those of a size_t. */
#define KVK_DER_LENGTH_MAX (1 + sizeof(size_t))

/* Writes a length in its shortest form (X.690 10.1) and returns how many octets that took. */
size_t kvk_der_length_octets(size_t length, uint8_t octets[static KVK_DER_LENGTH_MAX]);
/*
 * Puts the length of what is from start on in front of it. Each byte moves once for each value
 * around it, which the limit on the depth bounds. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_der_insert_length(struct kvk_blob *out, size_t start);

#endif
