/* SPDX-License-Identifier: Apache-2.0 */
/* Part of inventory/sqlite.h: a copy of an inventory, for what is not to be remembered. */
#include "config.h"

#include "inventory/sqlite.h"

#include "base/alloc.h"

/* Copies the whole database, in one go: nobody sees half of a change. */
static enum kvk_err copy_pages(struct kvk_inventory *from, sqlite3 *to)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from->db, "main");
	int step, result;

	if (backup == NULL)
		return kvk_sqlite_error(sqlite3_errcode(to));
	step = sqlite3_backup_step(backup, -1);
	/* By its documentation this may say nothing of a lock that was not got. */
	result = sqlite3_backup_finish(backup);
	return kvk_sqlite_error(step == SQLITE_DONE ? result : step);
}

enum kvk_err kvk_inventory_copy(struct kvk_inventory *from, struct kvk_inventory **out)
{
	struct kvk_inventory *copy = kvk_calloc(1, sizeof *copy);
	int newer;
	enum kvk_err err;

	if (copy == NULL)
		return KVK_ERR_MEMORY;
	copy->entries = -1;
	copy->lock = -1;
	KVK_TRY(kvk_blob_append(&copy->lock_file, kvk_span_of_blob(&from->lock_file)));
	KVK_TRY(kvk_sqlite_error(
		sqlite3_open_v2("", &copy->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)));
	sqlite3_extended_result_codes(copy->db, 1);
	KVK_TRY(copy_pages(from, copy->db));
	KVK_TRY(kvk_sqlite_run(copy, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"));
	KVK_TRY(kvk_sqlite_settle(copy, &newer));
	*out = copy;
	copy = NULL;
out:
	kvk_inventory_close(copy);
	return err;
}
