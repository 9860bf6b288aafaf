/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A look over a text in libconfig's format before libconfig sees it: what would make the library
 * end the process, read another file, use the stack without bound, lose memory, or change a value
 * in silence is refused here, and so is what is not written as settings are, in words of our own.
 * Repeated names are left to libconfig.
 */
#ifndef KVKCSR_CONF_SCAN_H
#define KVKCSR_CONF_SCAN_H

#include "base/blob.h"

/*
 * Refuses NUL bytes, text that is no UTF-8, "@include", deep nesting, wrong grammar, "\x00" in a
 * string, and numbers that libconfig would not keep digit for digit. KVK_ERR_CONFIG, and why says
 * file, line and rule; name is what messages call the file, already escaped.
 */
enum kvk_err kvk_conf_scan(struct kvk_span text, const char *name, struct kvk_error *why);

#endif
