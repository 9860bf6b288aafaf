/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Also part of inventory/inventory.h: folders that are tracked, and what is no longer tracked in a
 * file that still holds it.
 */
#include "config.h"

#include "inventory/places.h"

#include <limits.h>

#include "base/path.h"
#include "inventory/sqlite.h"

/* Whether the tables are there: an inventory that is only read may be from before them. */
static bool has_tables(const struct kvk_inventory *inventory)
{
	return kvk_sqlite_has(inventory, 4);
}

/* Runs a statement that is bound already, in a transaction that was opened for it. */
static enum kvk_err change(struct kvk_inventory *inventory, sqlite3_stmt *statement, bool must)
{
	int changed = 0;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_step(inventory, statement, &changed));
	if (must && changed == 0)
		err = KVK_ERR_NOT_FOUND;
out:
	return kvk_sqlite_end(inventory, err);
}

static enum kvk_err change_place(struct kvk_inventory *inventory, enum kvk_statement which,
	long long entry, const char *path, bool must)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, which, &statement));
	sqlite3_bind_int64(statement, 1, entry);
	sqlite3_bind_text(statement, 2, path, -1, SQLITE_STATIC);
	err = change(inventory, statement, must);
out:
	return err;
}

enum kvk_err kvk_inventory_add_place(
	struct kvk_inventory *inventory, long long entry, const char *path)
{
	return change_place(inventory, KVK_SQL_ADD_PLACE, entry, path, false);
}

enum kvk_err kvk_inventory_remove_place(
	struct kvk_inventory *inventory, long long entry, const char *path)
{
	return change_place(inventory, KVK_SQL_REMOVE_PLACE, entry, path, true);
}

/* Steps a bound statement that gives one path, and resets it. */
static enum kvk_err take_path(sqlite3_stmt *statement, struct kvk_blob *out)
{
	int result = sqlite3_step(statement);
	const char *text =
		result == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
	enum kvk_err err = result == SQLITE_DONE ? KVK_ERR_NOT_FOUND : kvk_sqlite_error(result);

	if (text != NULL)
		err = kvk_blob_append_text(out, text);
	sqlite3_reset(statement);
	return err;
}

enum kvk_err kvk_inventory_next_place(
	struct kvk_inventory *inventory, long long entry, const char *after, struct kvk_blob *out)
{
	sqlite3_stmt *statement;

	kvk_blob_clear(out);
	if (!has_tables(inventory))
		return KVK_ERR_NOT_FOUND;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_NEXT_PLACE);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_int64(statement, 1, entry);
	sqlite3_bind_text(statement, 2, after, -1, SQLITE_TRANSIENT);
	return take_path(statement, out);
}

enum kvk_err kvk_inventory_first_with_places(
	struct kvk_inventory *inventory, long long from, long long *entry)
{
	sqlite3_stmt *statement;
	enum kvk_err err;
	int result;

	*entry = LLONG_MAX;
	if (!has_tables(inventory))
		return KVK_OK;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_FIRST_WITH_PLACES);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_int64(statement, 1, from);
	result = sqlite3_step(statement);
	if (result == SQLITE_ROW && sqlite3_column_type(statement, 0) == SQLITE_INTEGER)
		*entry = sqlite3_column_int64(statement, 0);
	err = result == SQLITE_ROW ? KVK_OK : kvk_sqlite_error(result);
	sqlite3_reset(statement);
	return err;
}

enum kvk_err kvk_inventory_each_place(struct kvk_inventory *inventory, long long entry,
	enum kvk_err (*visit)(void *context, const char *path), void *context)
{
	struct kvk_blob path = { 0 }, last = { 0 };
	enum kvk_err err;

	for (;;) {
		err = kvk_inventory_next_place(inventory, entry, kvk_blob_str(&last), &path);
		if (err == KVK_ERR_NOT_FOUND)
			break;
		KVK_TRY(err);
		kvk_blob_clear(&last);
		KVK_TRY(kvk_blob_append(&last, kvk_span_of_blob(&path)));
		KVK_TRY(visit(context, kvk_blob_str(&path)));
	}
	err = KVK_OK;
out:
	kvk_blob_free(&last);
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_inventory_next_placed(
	struct kvk_inventory *inventory, const char *path, long long after, struct kvk_entry *out)
{
	sqlite3_stmt *statement;

	if (!has_tables(inventory))
		return KVK_ERR_NOT_FOUND;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_NEXT_PLACED);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, after);
	return kvk_sqlite_read_one(statement, out);
}

static enum kvk_err change_path(
	struct kvk_inventory *inventory, enum kvk_statement which, const char *path, bool must)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, which, &statement));
	sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
	err = change(inventory, statement, must);
out:
	return err;
}

enum kvk_err kvk_inventory_add_folder(struct kvk_inventory *inventory, const char *path)
{
	return change_path(inventory, KVK_SQL_ADD_FOLDER, path, false);
}

enum kvk_err kvk_inventory_remove_folder(struct kvk_inventory *inventory, const char *path)
{
	return change_path(inventory, KVK_SQL_REMOVE_FOLDER, path, true);
}

enum kvk_err kvk_inventory_next_folder(
	struct kvk_inventory *inventory, const char *after, struct kvk_blob *out)
{
	sqlite3_stmt *statement;

	kvk_blob_clear(out);
	if (!has_tables(inventory))
		return KVK_ERR_NOT_FOUND;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_NEXT_FOLDER);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_text(statement, 1, after, -1, SQLITE_TRANSIENT);
	return take_path(statement, out);
}

/* Steps a bound statement that gives a row or none, and resets it. */
static enum kvk_err take_any(sqlite3_stmt *statement, bool *any)
{
	int result = sqlite3_step(statement);

	*any = result == SQLITE_ROW;
	sqlite3_reset(statement);
	return kvk_sqlite_error(result);
}

/* A folder with the slash that what is below it begins with. */
static enum kvk_err with_slash(const char *folder, struct kvk_blob *out)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(out, folder));
	if (out->n == 0 || out->p[out->n - 1] != '/')
		err = kvk_blob_append_byte(out, '/');
out:
	return err;
}

enum kvk_err kvk_inventory_remove_below(struct kvk_inventory *inventory, const char *folder)
{
	struct kvk_blob prefix = { 0 };
	enum kvk_err err;

	KVK_TRY(with_slash(folder, &prefix));
	inventory->entries = -1;
	/* What waits to be sent about these entries alone goes with them. */
	KVK_TRY(change_path(inventory, KVK_SQL_OUTBOX_DROP_BELOW, kvk_blob_str(&prefix), false));
	err = change_path(inventory, KVK_SQL_REMOVE_BELOW, kvk_blob_str(&prefix), false);
out:
	kvk_blob_free(&prefix);
	return err;
}

enum kvk_err kvk_inventory_has_later(struct kvk_inventory *inventory,
	const struct kvk_holder *holder, kvk_time not_after, const char *folder, bool *found)
{
	struct kvk_blob prefix = { 0 };
	sqlite3_stmt *statement;
	enum kvk_err err = KVK_OK;

	*found = false;
	if (!has_tables(inventory) || holder->cn[0] == '\0')
		return KVK_OK;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_HAS_LATER);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	KVK_TRY(with_slash(folder, &prefix));
	sqlite3_bind_text(statement, 1, holder->cn, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, holder->number, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, not_after);
	sqlite3_bind_text(statement, 4, kvk_blob_str(&prefix), -1, SQLITE_STATIC);
	err = take_any(statement, found);
out:
	kvk_blob_free(&prefix);
	return err;
}

static void bind_holder(sqlite3_stmt *statement, const char *path, const struct kvk_holder *holder)
{
	sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, holder->cn, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 3, holder->number, -1, SQLITE_STATIC);
}

enum kvk_err kvk_inventory_dismiss(
	struct kvk_inventory *inventory, const char *path, const struct kvk_holder *holder)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_DISMISS, &statement));
	bind_holder(statement, path, holder);
	err = change(inventory, statement, false);
out:
	return err;
}

enum kvk_err kvk_inventory_dismissed(struct kvk_inventory *inventory, const char *path,
	const struct kvk_holder *holder, bool *dismissed)
{
	sqlite3_stmt *statement;

	*dismissed = false;
	if (!has_tables(inventory))
		return KVK_OK;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_DISMISSED);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	bind_holder(statement, path, holder);
	return take_any(statement, dismissed);
}

enum kvk_err kvk_inventory_readmit(struct kvk_inventory *inventory, const char *path)
{
	struct kvk_blob prefix = { 0 };
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(with_slash(path, &prefix));
	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_READMIT, &statement));
	sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, kvk_blob_str(&prefix), -1, SQLITE_STATIC);
	err = change(inventory, statement, false);
out:
	kvk_blob_free(&prefix);
	return err;
}
