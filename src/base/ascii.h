/* SPDX-License-Identifier: Apache-2.0 */
/* Classes and case of ASCII characters, in which the locale has no say. */
#ifndef KVKCSR_BASE_ASCII_H
#define KVKCSR_BASE_ASCII_H

#include <stdbool.h>

#include "base/blob.h"

/* These are asked of every octet of every file, and so are here. */
static inline bool kvk_is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static inline bool kvk_is_alpha(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool kvk_is_alnum(uint8_t c)
{
	return kvk_is_alpha(c) || kvk_is_digit(c);
}

static inline bool kvk_is_hex(uint8_t c)
{
	return kvk_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Space, tab, CR, LF, VT, FF. */
static inline bool kvk_is_space(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* 0x20 to 0x7e. */
static inline bool kvk_is_print(uint8_t c)
{
	return c >= 0x20 && c <= 0x7e;
}

static inline uint8_t kvk_to_lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

static inline uint8_t kvk_to_upper(uint8_t c)
{
	return c >= 'a' && c <= 'z' ? (uint8_t)(c - ('a' - 'A')) : c;
}

/* Whether all bytes of a span that is not empty are digits. */
bool kvk_all_digits(struct kvk_span text);
/* Compares without regard to ASCII case. */
bool kvk_equal_nocase(struct kvk_span a, struct kvk_span b);
/* A span without the white space at its ends. */
struct kvk_span kvk_trim(struct kvk_span text);

#endif
