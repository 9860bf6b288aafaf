/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/reason.h"

const char *kvk_net_reason_id(enum kvk_net_reason reason)
{
#define KVK_NET_REASON_ID(id, name) name,
	static const char *const ids[] = { KVK_NET_REASONS(KVK_NET_REASON_ID) };
#undef KVK_NET_REASON_ID

	return (unsigned)reason < KVK_NET_REASON_COUNT ? ids[reason] : "";
}
