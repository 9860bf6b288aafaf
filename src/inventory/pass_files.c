/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/pass_files.h"

#include "inventory/sqlite.h"

enum kvk_err kvk_inventory_set_pass_file(
	struct kvk_inventory *inventory, const char *path, const char *pass_file)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_SET_PASS_FILE, &statement));
	sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, pass_file, -1, SQLITE_STATIC);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

enum kvk_err kvk_inventory_pass_file(
	struct kvk_inventory *inventory, const char *path, struct kvk_blob *out)
{
	enum kvk_err err = KVK_ERR_NOT_FOUND;
	sqlite3_stmt *statement;
	int result;

	kvk_blob_clear(out);
	if (!kvk_sqlite_has(inventory, 8))
		return err;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_GET_PASS_FILE);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
	result = sqlite3_step(statement);
	if (result == SQLITE_ROW)
		err = kvk_blob_append_text(out, (const char *)sqlite3_column_text(statement, 0));
	else if (result != SQLITE_DONE)
		err = kvk_sqlite_error(result);
	sqlite3_reset(statement);
	return err;
}
