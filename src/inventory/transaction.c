/* SPDX-License-Identifier: Apache-2.0 */
/* Part of inventory/sqlite.h: several calls as one transaction. */
#include "config.h"

#include "inventory/sqlite.h"

enum kvk_err kvk_inventory_begin(struct kvk_inventory *inventory)
{
	enum kvk_err err;

	if (inventory->joined)
		return KVK_ERR_INTERNAL;
	err = kvk_sqlite_begin(inventory);
	inventory->joined = err == KVK_OK;
	return err;
}

enum kvk_err kvk_inventory_commit(struct kvk_inventory *inventory)
{
	if (!inventory->joined)
		return KVK_ERR_INTERNAL;
	inventory->joined = false;
	return kvk_sqlite_end(inventory, KVK_OK);
}

void kvk_inventory_rollback(struct kvk_inventory *inventory)
{
	if (!inventory->joined)
		return;
	inventory->joined = false;
	inventory->entries = -1;
	(void)kvk_sqlite_run(inventory, "ROLLBACK");
}
