/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/hold.h"

#include "base/limits.h"
#include "inventory/sqlite.h"

enum kvk_err kvk_inventory_hold(struct kvk_inventory *inventory)
{
	enum kvk_err err = KVK_OK;

	if (inventory->joined)
		return KVK_OK;
	if (inventory->held == KVK_LIMIT_HELD)
		kvk_inventory_release(inventory);
	if (inventory->held == 0)
		KVK_TRY(kvk_sqlite_run(inventory, "BEGIN"));
	inventory->held++;
out:
	return err;
}

void kvk_inventory_release(struct kvk_inventory *inventory)
{
	if (inventory->held > 0)
		(void)kvk_sqlite_run(inventory, "COMMIT");
	inventory->held = 0;
}
