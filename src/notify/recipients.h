/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recipients of messages as text, a line each, taken as a set. It checks no addresses
 * (names/mailbox.h).
 */
#ifndef KVKCSR_NOTIFY_RECIPIENTS_H
#define KVKCSR_NOTIFY_RECIPIENTS_H

#include "base/blob.h"

/* Whether one of the lines is this one. */
bool kvk_recipients_has(const char *lines, struct kvk_span line);
/* Appends the lines that *out does not hold yet, in their order. KVK_ERR_MEMORY. */
enum kvk_err kvk_recipients_add(struct kvk_blob *out, const char *lines);
/* Appends the lines, sorted by octets: the same for the same set. KVK_ERR_LIMIT, KVK_ERR_MEMORY. */
enum kvk_err kvk_recipients_sort(struct kvk_blob *out, const char *lines);

#endif
