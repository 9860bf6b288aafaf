/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8, read and written one code point at a time. */
#ifndef KVKCSR_BASE_UTF8_H
#define KVKCSR_BASE_UTF8_H

#include <stdbool.h>

#include "base/blob.h"

/*
 * Takes one code point from the front of *text. Overlong forms, surrogates and values beyond
 * U+10FFFF are refused (RFC 3629): false, and *text is moved by one byte. An empty span gives false
 * and is not moved.
 */
bool kvk_utf8_next(struct kvk_span *text, uint32_t *code_point);
/* Whether the whole span is UTF-8. An empty one is. */
bool kvk_utf8_valid(struct kvk_span text);
/* Appends a code point as UTF-8. KVK_ERR_TEXT where it is none, KVK_ERR_MEMORY. */
enum kvk_err kvk_utf8_append(struct kvk_blob *out, uint32_t code_point);

#endif
