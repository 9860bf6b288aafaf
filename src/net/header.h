/* SPDX-License-Identifier: Apache-2.0 */
/* Values of HTTP header lines. */
#ifndef KVKCSR_NET_HEADER_H
#define KVKCSR_NET_HEADER_H

#include <stdbool.h>

/*
 * Whether a text can be sent as, or is kept from, the value of a header line: printable ASCII, at
 * least one and at most KVK_LIMIT_NET_HEADER_VALUE characters. NULL is none.
 */
bool kvk_net_header_is_value(const char *text);

#endif
