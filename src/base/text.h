/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text: own ASCII classes (the locale has no say), UTF-8, and the one escaping function through
 * which everything from a certificate, a server or a file goes before it reaches a terminal, a mail
 * or a log.
 */
#ifndef KVKCSR_BASE_TEXT_H
#define KVKCSR_BASE_TEXT_H

#include <stdbool.h>

#include "base/blob.h"

/* These are asked of every octet of every file, and so stand here. */
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

/*
 * The one escaping function. Appends text so that it cannot move the cursor, start a line, hide or
 * reorder what stands beside it: printable ASCII and harmless letters of other scripts stay;
 * ASCII control characters, bytes that are no UTF-8 and backslashes become \xHH; other control
 * characters, blanks other than the space, invisible, bidirectional, private and format characters,
 * the large unassigned ranges, and accents that have no letter before them or are piled up become
 * \u{HHHH}. The way back is unique. (hazards: terminal escapes, forged lines, Trojan Source.)
 * KVK_ERR_MEMORY, with nothing appended.
 */
enum kvk_err kvk_escape(struct kvk_blob *out, struct kvk_span text);
/*
 * The same into a caller's array, cut on a character boundary with "..." where it is too long;
 * returns the array. For messages; size at least 8.
 */
const char *kvk_escape_to(char *out, size_t size, struct kvk_span text);
/* Whether a text holds a character that kvk_escape() would change other than a backslash. */
bool kvk_text_is_risky(struct kvk_span text);

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
/*
 * Whether a word may have been meant by what was typed, more than one at *distance, for "did you
 * mean": it begins so (distance 0), or differs in at most a third of the letters and one. *distance
 * becomes its own then; start with UINT_MAX. Words over 64 bytes are never near.
 */
bool kvk_nearer_word(const char *typed, const char *word, unsigned *distance);
/*
 * How many labels a domain name has, and the last of them; 0 where one is not letters, digits and
 * inner hyphens (RFC 1123 2.1), or something is too long.
 */
size_t kvk_domain_labels(struct kvk_span name, struct kvk_span *last);
/* Whether a name may be that of a dossier or entry: [a-z0-9][a-z0-9.-]{0,63} without "..". */
bool kvk_entry_name_valid(const char *name);

#endif
