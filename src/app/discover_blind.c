/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/discover.h: what cannot be looked through. */
#include "config.h"

#include "app/discover.h"

#include "base/file.h"

void kvk_discovery_blind(struct kvk_discovery *discovery, const struct kvk_error *why)
{
	if (!discovery->blind)
		discovery->first = *why;
	discovery->blind = true;
}

enum kvk_err kvk_discovery_pass(
	struct kvk_discovery *discovery, enum kvk_err err, const char *folder)
{
	struct kvk_error why = { "" };

	if (err != KVK_ERR_OPEN && err != KVK_ERR_ARGUMENT && err != KVK_ERR_LIMIT)
		return err;
	(void)kvk_error_set_file(&why, err, folder, 0);
	kvk_discovery_blind(discovery, &why);
	discovery->unreadable(&why);
	return KVK_OK;
}
