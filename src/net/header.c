/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/header.h"

#include <string.h>

#include "base/ascii.h"
#include "base/limits.h"

bool kvk_net_header_is_value(const char *text)
{
	size_t n = text != NULL ? strnlen(text, KVK_LIMIT_NET_HEADER_VALUE + 1) : 0;

	for (size_t i = 0; i < n; i++)
		if (!kvk_is_print((uint8_t)text[i]))
			return false;
	return n > 0 && n <= KVK_LIMIT_NET_HEADER_VALUE;
}
