/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses of mail, as they are used in commands to a mail server, in header lines and as
 * arguments of sendmail: strict, so that none of these can be led astray. Quoted local parts,
 * comments and anything that is not ASCII are refused; a domain that has other letters is written
 * with its A-labels (xn--).
 */
#ifndef KVKCSR_NAMES_MAILBOX_H
#define KVKCSR_NAMES_MAILBOX_H

#include <stdbool.h>

#include "base/blob.h"

/* Characters of an address (RFC 5321 4.5.3.1.3, without the angle brackets). */
#define KVK_MAILBOX_LENGTH 254u

/*
 * Whether it is local@domain: a local part of the characters of RFC 5322's atoms and dots that
 * does not begin with a dash, and a domain of letters, digits, dots and dashes, or an IP address in
 * square brackets.
 */
bool kvk_mailbox_valid(const char *text);
/*
 * Appends the addresses of a list with commas, a line each; blanks around them do not matter.
 * KVK_ERR_TEXT where one is none, with *wrong as that one, which lies in text, or where there are
 * more than KVK_LIMIT_RECIPIENTS (*wrong is empty then); KVK_ERR_MEMORY.
 */
enum kvk_err kvk_mailbox_list(const char *text, struct kvk_blob *out, struct kvk_span *wrong);

#endif
