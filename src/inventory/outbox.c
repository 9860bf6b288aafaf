/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/outbox.h"

#include "base/format.h"
#include "inventory/sqlite.h"

void kvk_outgoing_free(struct kvk_outgoing *message)
{
	kvk_blob_free(&message->body);
	kvk_blob_free(&message->recipients);
	*message = (struct kvk_outgoing){ .id = 0 };
}

static struct kvk_span column(sqlite3_stmt *row, int i)
{
	const uint8_t *p = sqlite3_column_blob(row, i);

	return (struct kvk_span){ p, (size_t)sqlite3_column_bytes(row, i) };
}

enum kvk_err kvk_outbox_add(struct kvk_inventory *inventory, struct kvk_outgoing *message)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_OUTBOX_ADD, &statement));
	sqlite3_bind_text(statement, 1, message->channel, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, message->key, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, message->at);
	sqlite3_bind_blob64(
		statement, 4, kvk_blob_str(&message->body), message->body.n, SQLITE_STATIC);
	sqlite3_bind_text(statement, 5, kvk_blob_str(&message->recipients), -1, SQLITE_STATIC);
	err = kvk_sqlite_step(inventory, statement, NULL);
	if (err == KVK_OK)
		message->id = sqlite3_last_insert_rowid(inventory->db);
	err = kvk_sqlite_end(inventory, err);
out:
	return err;
}

enum kvk_err kvk_outbox_add_entry(
	struct kvk_inventory *inventory, long long message, long long entry)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_OUTBOX_ADD_ENTRY, &statement));
	sqlite3_bind_int64(statement, 1, message);
	sqlite3_bind_int64(statement, 2, entry);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

static enum kvk_err read_message(sqlite3_stmt *row, struct kvk_outgoing *out)
{
	const char *channel = (const char *)sqlite3_column_text(row, 1);
	const char *key = (const char *)sqlite3_column_text(row, 2);
	enum kvk_err err;

	if (channel == NULL || key == NULL || !KVK_FORMAT(out->channel, "%s", channel) ||
		!KVK_FORMAT(out->key, "%s", key))
		return KVK_ERR_DATABASE;
	out->id = sqlite3_column_int64(row, 0);
	out->at = sqlite3_column_int64(row, 3);
	out->begun = sqlite3_column_int(row, 6) != 0;
	KVK_TRY(kvk_blob_set(&out->body, column(row, 4)));
	KVK_TRY(kvk_blob_set(&out->recipients, column(row, 5)));
out:
	return err;
}

enum kvk_err kvk_outbox_next(
	struct kvk_inventory *inventory, long long after, struct kvk_outgoing *out)
{
	sqlite3_stmt *statement;
	enum kvk_err err;
	int result;

	if (!kvk_sqlite_has(inventory, 6))
		return KVK_ERR_NOT_FOUND;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_OUTBOX_NEXT);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_int64(statement, 1, after);
	result = sqlite3_step(statement);
	if (result == SQLITE_ROW)
		err = read_message(statement, out);
	else
		err = result == SQLITE_DONE ? KVK_ERR_NOT_FOUND : kvk_sqlite_error(result);
	sqlite3_reset(statement);
	return err;
}

/* Steps a bound statement that gives one number. KVK_ERR_NOT_FOUND. */
static enum kvk_err read_number(sqlite3_stmt *statement, long long *out)
{
	const int result = sqlite3_step(statement);

	if (result == SQLITE_ROW)
		*out = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return result == SQLITE_DONE ? KVK_ERR_NOT_FOUND : kvk_sqlite_error(result);
}

enum kvk_err kvk_outbox_next_entry(
	struct kvk_inventory *inventory, long long message, long long *entry)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_OUTBOX_ENTRIES);

	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_int64(statement, 1, message);
	sqlite3_bind_int64(statement, 2, *entry);
	return read_number(statement, entry);
}

enum kvk_err kvk_outbox_keep(struct kvk_inventory *inventory, const struct kvk_outgoing *message)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_OUTBOX_KEEP, &statement));
	sqlite3_bind_int64(statement, 1, message->id);
	sqlite3_bind_text(statement, 2, kvk_blob_str(&message->recipients), -1, SQLITE_STATIC);
	sqlite3_bind_int(statement, 3, message->begun);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

/* Runs a statement that takes the id of a message alone. */
static enum kvk_err run(
	struct kvk_inventory *inventory, enum kvk_statement which, long long message)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, which, &statement));
	sqlite3_bind_int64(statement, 1, message);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

enum kvk_err kvk_outbox_remove(struct kvk_inventory *inventory, long long message)
{
	return run(inventory, KVK_SQL_OUTBOX_REMOVE, message);
}

/* In a transaction that the caller opened. */
static enum kvk_err withdraw(struct kvk_inventory *inventory, long long message)
{
	enum kvk_err err;

	KVK_TRY(run(inventory, KVK_SQL_OUTBOX_FORGET, message));
	KVK_TRY(run(inventory, KVK_SQL_OUTBOX_REMOVE, message));
out:
	return err;
}

enum kvk_err kvk_outbox_withdraw(struct kvk_inventory *inventory, long long message)
{
	const bool joined = inventory->joined;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin(inventory));
	inventory->joined = true;
	err = withdraw(inventory, message);
	inventory->joined = joined;
	err = kvk_sqlite_end(inventory, err);
out:
	return err;
}

enum kvk_err kvk_inventory_note_channel(
	struct kvk_inventory *inventory, const char *what, const char *channel, kvk_time at)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_SET_CHANNEL, &statement));
	sqlite3_bind_text(statement, 1, what, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, channel, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, at);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

enum kvk_err kvk_inventory_channel_noted(
	struct kvk_inventory *inventory, const char *what, const char *channel, kvk_time *out)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_GET_CHANNEL);
	long long at = 0;
	enum kvk_err err;

	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_text(statement, 1, what, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, channel, -1, SQLITE_STATIC);
	err = read_number(statement, &at);
	*out = at;
	return err;
}

enum kvk_err kvk_inventory_set_recipients(
	struct kvk_inventory *inventory, long long entry, const char *addresses)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_SET_RECIPIENTS, &statement));
	sqlite3_bind_int64(statement, 1, entry);
	sqlite3_bind_text(statement, 2, addresses, -1, SQLITE_STATIC);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

enum kvk_err kvk_inventory_recipients(
	struct kvk_inventory *inventory, long long entry, struct kvk_blob *out)
{
	sqlite3_stmt *statement;
	enum kvk_err err;
	int result;

	kvk_blob_clear(out);
	if (!kvk_sqlite_has(inventory, 6))
		return KVK_OK;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_GET_RECIPIENTS);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_int64(statement, 1, entry);
	result = sqlite3_step(statement);
	err = result == SQLITE_ROW ? kvk_blob_append(out, column(statement, 0)) :
				     kvk_sqlite_error(result);
	sqlite3_reset(statement);
	return err;
}
