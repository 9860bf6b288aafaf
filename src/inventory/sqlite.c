/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/sqlite.h"

#include <stddef.h>

static const char *const statement_text[KVK_SQL_COUNT] = {
#define KVK_STATEMENT_TEXT(id, text) [id] = text,
	KVK_STATEMENTS(KVK_STATEMENT_TEXT)
#undef KVK_STATEMENT_TEXT
};

enum kvk_err kvk_sql_error(int result)
{
	switch (result & 0xff) {
	case SQLITE_OK:
	case SQLITE_DONE:
	case SQLITE_ROW:
		return KVK_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return KVK_ERR_BUSY;
	case SQLITE_NOMEM:
		return KVK_ERR_MEMORY;
	case SQLITE_CONSTRAINT:
		return KVK_ERR_EXISTS;
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_READONLY:
		return KVK_ERR_WRITE;
	case SQLITE_CANTOPEN:
		return KVK_ERR_OPEN;
	default:
		return KVK_ERR_DATABASE;
	}
}

enum kvk_err kvk_sql_fault(struct kvk_inventory *inventory)
{
	enum kvk_err err = kvk_sql_error(sqlite3_errcode(inventory->db));

	return err != KVK_OK ? err : KVK_ERR_DATABASE;
}

enum kvk_err kvk_sql_run(struct kvk_inventory *inventory, const char *text)
{
	return kvk_sql_error(sqlite3_exec(inventory->db, text, NULL, NULL, NULL));
}

sqlite3_stmt *kvk_sql_statement(struct kvk_inventory *inventory, enum kvk_statement which)
{
	sqlite3_stmt **slot = &inventory->statements[which];

	if (*slot == NULL &&
		sqlite3_prepare_v3(inventory->db, statement_text[which], -1,
			SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK)
		return NULL;
	sqlite3_reset(*slot);
	sqlite3_clear_bindings(*slot);
	return *slot;
}

enum kvk_err kvk_sql_step(struct kvk_inventory *inventory, sqlite3_stmt *statement, int *changed)
{
	int result = sqlite3_step(statement);

	if (changed != NULL)
		*changed = result == SQLITE_DONE ? sqlite3_changes(inventory->db) : 0;
	sqlite3_reset(statement);
	return kvk_sql_error(result);
}

enum kvk_err kvk_sql_begin(struct kvk_inventory *inventory)
{
	return inventory->joined ? KVK_OK : kvk_sql_run(inventory, "BEGIN IMMEDIATE");
}

enum kvk_err kvk_sql_begin_with(
	struct kvk_inventory *inventory, enum kvk_statement which, sqlite3_stmt **out)
{
	enum kvk_err err = kvk_sql_begin(inventory);

	if (err != KVK_OK)
		return err;
	*out = kvk_sql_statement(inventory, which);
	return *out != NULL ? KVK_OK : kvk_sql_end(inventory, kvk_sql_fault(inventory));
}

enum kvk_err kvk_sql_end(struct kvk_inventory *inventory, enum kvk_err err)
{
	if (inventory->joined)
		return err;
	if (err == KVK_OK)
		err = kvk_sql_run(inventory, "COMMIT");
	if (err != KVK_OK && sqlite3_get_autocommit(inventory->db) == 0)
		(void)kvk_sql_run(inventory, "ROLLBACK");
	return err;
}

enum kvk_err kvk_inventory_begin(struct kvk_inventory *inventory)
{
	enum kvk_err err =
		inventory->joined ? KVK_ERR_INTERNAL : kvk_sql_run(inventory, "BEGIN IMMEDIATE");

	if (err == KVK_OK)
		inventory->joined = true;
	return err;
}

enum kvk_err kvk_inventory_commit(struct kvk_inventory *inventory)
{
	if (!inventory->joined)
		return KVK_ERR_INTERNAL;
	inventory->joined = false;
	return kvk_sql_end(inventory, KVK_OK);
}

void kvk_inventory_rollback(struct kvk_inventory *inventory)
{
	if (!inventory->joined)
		return;
	inventory->joined = false;
	inventory->entries = -1;
	(void)kvk_sql_run(inventory, "ROLLBACK");
}
