/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one escaping function, through which everything from a certificate, a server or a file goes
 * before it reaches a terminal, a mail or a log.
 */
#ifndef KVKCSR_BASE_ESCAPE_H
#define KVKCSR_BASE_ESCAPE_H

#include <stdbool.h>

#include "base/blob.h"

/*
 * The one escaping function. Appends text so that it cannot move the cursor, start a line, hide or
 * reorder what is beside it: printable ASCII and harmless letters of other scripts stay;
 * ASCII control characters, bytes that are not UTF-8 and backslashes become \xHH; other control
 * characters, blanks other than the space, invisible, bidirectional, private, unassigned and format
 * characters, scripts of the past, and accents that have no letter before them or are piled up
 * become \u{HHHH}. The way back is unique. (hazards: terminal escapes, forged lines, Trojan
 * Source.) KVK_ERR_MEMORY, with nothing appended.
 */
enum kvk_err kvk_escape(struct kvk_blob *out, struct kvk_span text);
/*
 * The same into a caller's array, cut on a character boundary with "..." where it is too long;
 * returns the array. For messages; size at least 8.
 */
const char *kvk_escape_to(char *out, size_t size, struct kvk_span text);
/*
 * The same as one word of a command that people copy into a shell: in double quotes, unless it can
 * stand without. A word with what kvk_escape() changes is harmless there, but not what it was.
 * KVK_ERR_MEMORY, with what was appended so far.
 */
enum kvk_err kvk_escape_shell(struct kvk_blob *out, struct kvk_span text);
/* Whether a text holds a character that kvk_escape() would change other than a backslash. */
bool kvk_text_is_risky(struct kvk_span text);

#endif
