/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A look at a text before libconfig reads it. It refuses what would make the library end the
 * process, read another file, use the stack without bound, lose memory, or change a value without
 * a word. It keeps no values and knows no grammar; the rest is libconfig's affair.
 */
#ifndef KVKCSR_CONF_GUARD_H
#define KVKCSR_CONF_GUARD_H

#include "base/blob.h"

/*
 * Anywhere: NUL bytes and what is not UTF-8. In a text in quotes: a backslash that is not an escape
 * of every libconfig, "\x00" (which libconfig drops), and a missing quote at the end. Outside of
 * texts and comments: "@include"; numbers that are not decimal, begin with 0 or have more than
 * KVK_LIMIT_CONF_DIGITS digits; texts where no value belongs (libconfig loses their memory) or
 * without a comma between them in a list (it joins them); and brackets without an end or deeper
 * than KVK_LIMIT_CONF_DEPTH. KVK_ERR_CONFIG, and why says file, line and what to do; file is the
 * name for messages, already escaped.
 */
enum kvk_err kvk_conf_guard(const struct kvk_blob *text, const char *file, struct kvk_error *why);

#endif
