/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/exit.h"

enum kvk_exit kvk_exit_of(enum kvk_err err)
{
	switch (err) {
	case KVK_OK:
		return KVK_EXIT_OK;
	case KVK_ERR_USAGE:
	case KVK_ERR_ARGUMENT:
		return KVK_EXIT_USAGE;
	case KVK_ERR_INTERNAL:
		return KVK_EXIT_INTERNAL;
	case KVK_ERR_CREATE:
	case KVK_ERR_EXISTS:
		return KVK_EXIT_CREATE;
	case KVK_ERR_CONFIG:
		return KVK_EXIT_CONFIG;
	default:
		return KVK_EXIT_UNKNOWN;
	}
}

enum kvk_exit kvk_exit_graver(enum kvk_exit a, enum kvk_exit b)
{
	static const int rank[KVK_EXIT_STATES] = {
		[KVK_EXIT_OK] = 0,
		[KVK_EXIT_WARNING] = 1,
		[KVK_EXIT_UNKNOWN] = 2,
		[KVK_EXIT_CRITICAL] = 3,
	};

	if (a > KVK_EXIT_UNKNOWN || b > KVK_EXIT_UNKNOWN)
		return a > KVK_EXIT_UNKNOWN ? a : b;
	return rank[a] >= rank[b] ? a : b;
}
