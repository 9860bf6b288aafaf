/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/retry.h"

#include "base/limits.h"

bool kvk_net_retry_helps(const struct kvk_net_outcome *outcome)
{
	static const unsigned passing[] = { 429, 502, 503, 504 };

	if (outcome->reason == KVK_NET_OK)
		return outcome->temporary;
	if (outcome->reason == KVK_NET_CONNECTION)
		return outcome->connected;
	if (outcome->reason != KVK_NET_HTTP_STATUS)
		return false;
	for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++)
		if (outcome->status == passing[i])
			return true;
	return false;
}

bool kvk_net_retry_gives_up(const struct kvk_net_outcome *outcome)
{
	return outcome->reason == KVK_NET_NAME_NOT_FOUND || outcome->reason == KVK_NET_TIME_OUT ||
		(outcome->reason == KVK_NET_CONNECTION && !outcome->connected);
}

bool kvk_net_retry_at(
	unsigned attempts, kvk_time now, kvk_time deadline, uint32_t dice, kvk_time *at)
{
	static const kvk_time pauses[KVK_LIMIT_NET_RETRIES] = { KVK_SECOND, 3 * KVK_SECOND };
	kvk_time pause;

	if (attempts == 0 || attempts > KVK_LIMIT_NET_RETRIES)
		return false;
	pause = pauses[attempts - 1];
	*at = now + pause / 2 + (kvk_time)dice % (pause + 1);
	return *at < deadline;
}
