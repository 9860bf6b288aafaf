/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/sqlite.h"

#include <stddef.h>
#include <string.h>

#include "base/format.h"

/* Octets of a statement for tables of an earlier version. */
#define OLDER_SIZE 1024

/* What is read in the place of columns that came with a version. */
static const struct {
	int version;
	const char *columns, *absent;
} later_columns[] = {
	{ 2, KVK_SQL_SECOND_COLUMNS, KVK_SQL_SECOND_ABSENT },
	{ 3, KVK_SQL_THIRD_COLUMNS, KVK_SQL_THIRD_ABSENT },
	{ 4, KVK_SQL_FOURTH_COLUMNS, KVK_SQL_FOURTH_ABSENT },
	{ 5, KVK_SQL_FIFTH_COLUMNS, KVK_SQL_FIFTH_ABSENT },
	{ 7, KVK_SQL_SEVENTH_COLUMNS, KVK_SQL_SEVENTH_ABSENT },
};

static const char *const statement_text[KVK_SQL_COUNT] = {
#define KVK_STATEMENT_TEXT(id, text) [id] = text,
	KVK_STATEMENTS(KVK_STATEMENT_TEXT)
#undef KVK_STATEMENT_TEXT
};

bool kvk_sqlite_has(const struct kvk_inventory *inventory, int version)
{
	return inventory->older == 0 || inventory->older >= version;
}

enum kvk_err kvk_sqlite_error(int result)
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

enum kvk_err kvk_sqlite_failure(sqlite3 *db)
{
	enum kvk_err err = kvk_sqlite_error(sqlite3_errcode(db));

	return err != KVK_OK ? err : KVK_ERR_DATABASE;
}

enum kvk_err kvk_sqlite_run(struct kvk_inventory *inventory, const char *text)
{
	return kvk_sqlite_error(sqlite3_exec(inventory->db, text, NULL, NULL, NULL));
}

/* Puts what is read for absent columns in the place of these. */
static void replace_columns(char text[static OLDER_SIZE], const char *columns, const char *absent)
{
	const char *found = strstr(text, columns);
	char before[OLDER_SIZE];

	if (found == NULL)
		return;
	memcpy(before, text, OLDER_SIZE);
	kvk_format(text, OLDER_SIZE, "%.*s%s%s", (int)(found - text), before, absent,
		before + (found - text) + strlen(columns));
}

/* The text of a statement for the tables that there are. */
static const char *text_of(const struct kvk_inventory *inventory, enum kvk_statement which,
	char older[static OLDER_SIZE])
{
	if (inventory->older == 0)
		return statement_text[which];
	kvk_format(older, OLDER_SIZE, "%s", statement_text[which]);
	for (size_t i = 0; i < sizeof later_columns / sizeof later_columns[0]; i++)
		if (inventory->older < later_columns[i].version)
			replace_columns(older, later_columns[i].columns, later_columns[i].absent);
	return older;
}

sqlite3_stmt *kvk_sqlite_statement(struct kvk_inventory *inventory, enum kvk_statement which)
{
	sqlite3_stmt **slot = &inventory->statements[which];
	char older[OLDER_SIZE];

	if (*slot == NULL &&
		sqlite3_prepare_v3(inventory->db, text_of(inventory, which, older), -1,
			SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK)
		return NULL;
	sqlite3_reset(*slot);
	sqlite3_clear_bindings(*slot);
	return *slot;
}

enum kvk_err kvk_sqlite_step(struct kvk_inventory *inventory, sqlite3_stmt *statement, int *changed)
{
	int result = sqlite3_step(statement);

	if (changed != NULL)
		*changed = result == SQLITE_DONE ? sqlite3_changes(inventory->db) : 0;
	sqlite3_reset(statement);
	return kvk_sqlite_error(result);
}

enum kvk_err kvk_sqlite_begin(struct kvk_inventory *inventory)
{
	if (inventory->older != 0)
		return KVK_ERR_WRITE;
	return inventory->joined ? KVK_OK : kvk_sqlite_run(inventory, "BEGIN IMMEDIATE");
}

enum kvk_err kvk_sqlite_begin_with(
	struct kvk_inventory *inventory, enum kvk_statement which, sqlite3_stmt **out)
{
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin(inventory));
	*out = kvk_sqlite_statement(inventory, which);
	if (*out == NULL)
		err = kvk_sqlite_end(inventory, kvk_sqlite_failure(inventory->db));
out:
	return err;
}

enum kvk_err kvk_sqlite_end(struct kvk_inventory *inventory, enum kvk_err err)
{
	enum kvk_err ended;

	if (inventory->joined)
		return err;
	ended = err == KVK_OK ? kvk_sqlite_run(inventory, "COMMIT") : err;
	if (ended != KVK_OK && sqlite3_get_autocommit(inventory->db) == 0)
		(void)kvk_sqlite_run(inventory, "ROLLBACK");
	return ended;
}
