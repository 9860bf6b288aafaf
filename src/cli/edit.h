/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line that is edited while it is typed (libedit): arrow keys, Home, End, Backspace over whole
 * characters. Not for passphrases: what is typed is shown, and stays in memory.
 */
#ifndef KVKCSR_CLI_EDIT_H
#define KVKCSR_CLI_EDIT_H

#include <stdbool.h>

#include "base/blob.h"

/* Whether the terminal can do it: standard input is one, and TERM is set and not "dumb". */
bool kvk_edit_possible(void);
/*
 * Asks on stderr and appends the line to *out, without its line feed. KVK_ERR_CANCELLED at the end
 * of the input (Ctrl-D) and after an interrupt, KVK_ERR_LIMIT where KVK_LIMIT_LINE octets or more
 * are typed, KVK_ERR_TEXT where it holds NUL or what is not UTF-8, KVK_ERR_OPEN where the terminal
 * cannot be used so, KVK_ERR_MEMORY. The terminal is left as it was, whatever happens.
 */
enum kvk_err kvk_edit_line(const char *question, struct kvk_blob *out);

#endif
