/* SPDX-License-Identifier: Apache-2.0 */
/* Octets as text and back: hex and base64. */
#ifndef KVKCSR_BASE_ENCODE_H
#define KVKCSR_BASE_ENCODE_H

#include "base/blob.h"

/* Appends lower-case hex, with separator between octets where it is not NUL. KVK_ERR_MEMORY. */
enum kvk_err kvk_hex(struct kvk_blob *out, struct kvk_span bytes, char separator);
/* Reads hex (both cases, no separators). KVK_ERR_ARGUMENT, KVK_ERR_MEMORY. */
enum kvk_err kvk_unhex(struct kvk_span text, struct kvk_blob *out);
/*
 * Appends base64 (RFC 4648 section 4), a line feed after each width characters and at the end; 0:
 * one line without. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_base64(struct kvk_blob *out, struct kvk_span bytes, unsigned width);
/*
 * Reads base64 with white space between; padding is whole or left out. Bits of the last digit that
 * are left over are ignored. Both as Java does. KVK_ERR_ARGUMENT with nothing appended,
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_unbase64(struct kvk_span text, struct kvk_blob *out);

#endif
