/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/reason.h"

const char *kvk_reason_name(enum kvk_reason reason)
{
#define KVK_REASON_NAME(id, name) name,
	static const char *const names[] = { KVK_REASONS(KVK_REASON_NAME) };
#undef KVK_REASON_NAME

	return (unsigned)reason < KVK_REASON_COUNT ? names[reason] : "";
}
