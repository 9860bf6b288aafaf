/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/sqlite.h"

#include <string.h>

/* Uploads that are read at once while all are walked. */
#define PAGE 64

struct upload {
	long long id;
	uint8_t sha256[KVK_SHA256_SIZE];
	kvk_time at;
};

enum kvk_err kvk_inventory_note_upload(struct kvk_inventory *inventory, const char *name,
	const uint8_t sha256[static KVK_SHA256_SIZE], kvk_time at)
{
	sqlite3_stmt *statement;
	enum kvk_err err = kvk_sql_begin_with(inventory, KVK_SQL_NOTE_UPLOAD, &statement);

	if (err != KVK_OK)
		return err;
	sqlite3_bind_blob(statement, 1, sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, name, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, at);
	return kvk_sql_end(inventory, kvk_sql_step(inventory, statement, NULL));
}

static enum kvk_err read_page(
	struct kvk_inventory *inventory, long long after, struct upload *page, size_t *count)
{
	sqlite3_stmt *statement = kvk_sql_statement(inventory, KVK_SQL_PAGE_UPLOADS);
	int result;

	*count = 0;
	if (statement == NULL)
		return kvk_sql_fault(inventory);
	sqlite3_bind_int64(statement, 1, after);
	sqlite3_bind_int(statement, 2, PAGE);
	while ((result = sqlite3_step(statement)) == SQLITE_ROW && *count < PAGE) {
		struct upload *upload = &page[(*count)++];

		upload->id = sqlite3_column_int64(statement, 0);
		memset(upload->sha256, 0, sizeof upload->sha256);
		if (sqlite3_column_bytes(statement, 1) == KVK_SHA256_SIZE)
			memcpy(upload->sha256, sqlite3_column_blob(statement, 1), KVK_SHA256_SIZE);
		upload->at = sqlite3_column_int64(statement, 2);
	}
	sqlite3_reset(statement);
	return kvk_sql_error(result);
}

enum kvk_err kvk_inventory_each_upload(struct kvk_inventory *inventory,
	enum kvk_err (*visit)(void *context, const uint8_t *sha256, kvk_time at), void *context)
{
	struct upload page[PAGE];
	enum kvk_err err = KVK_OK;
	long long last = 0;
	size_t count = PAGE;

	while (err == KVK_OK && count == PAGE) {
		err = read_page(inventory, last, page, &count);
		for (size_t i = 0; err == KVK_OK && i < count; i++) {
			last = page[i].id;
			err = visit(context, page[i].sha256, page[i].at);
		}
	}
	return err;
}

static sqlite3_stmt *told_statement(struct kvk_inventory *inventory, enum kvk_statement which,
	long long entry, const uint8_t *sha256, const char *threshold, const char *channel)
{
	sqlite3_stmt *statement = kvk_sql_statement(inventory, which);

	if (statement == NULL)
		return NULL;
	sqlite3_bind_int64(statement, 1, entry);
	sqlite3_bind_blob(statement, 2, sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_text(statement, 3, threshold, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 4, channel, -1, SQLITE_STATIC);
	return statement;
}

enum kvk_err kvk_inventory_claim(struct kvk_inventory *inventory, long long entry,
	const uint8_t sha256[static KVK_SHA256_SIZE], const char *threshold, const char *channel,
	kvk_time at, bool *claimed)
{
	sqlite3_stmt *statement;
	int changed = 0;
	enum kvk_err err = kvk_sql_begin(inventory);

	*claimed = false;
	if (err != KVK_OK)
		return err;
	statement = told_statement(inventory, KVK_SQL_CLAIM, entry, sha256, threshold, channel);
	if (statement == NULL)
		return kvk_sql_end(inventory, kvk_sql_fault(inventory));
	sqlite3_bind_int64(statement, 5, at);
	err = kvk_sql_end(inventory, kvk_sql_step(inventory, statement, &changed));
	*claimed = err == KVK_OK && changed > 0;
	return err;
}

enum kvk_err kvk_inventory_forget(
	struct kvk_inventory *inventory, long long entry, const char *threshold)
{
	sqlite3_stmt *statement;
	enum kvk_err err = kvk_sql_begin_with(inventory, KVK_SQL_FORGET, &statement);

	if (err != KVK_OK)
		return err;
	sqlite3_bind_int64(statement, 1, entry);
	sqlite3_bind_text(statement, 2, threshold, -1, SQLITE_STATIC);
	return kvk_sql_end(inventory, kvk_sql_step(inventory, statement, NULL));
}

enum kvk_err kvk_inventory_told(struct kvk_inventory *inventory, long long entry,
	const uint8_t sha256[static KVK_SHA256_SIZE], const char *threshold, const char *channel,
	bool *told)
{
	sqlite3_stmt *statement =
		told_statement(inventory, KVK_SQL_TOLD, entry, sha256, threshold, channel);
	int result;

	*told = false;
	if (statement == NULL)
		return kvk_sql_fault(inventory);
	result = sqlite3_step(statement);
	*told = result == SQLITE_ROW;
	sqlite3_reset(statement);
	return kvk_sql_error(result);
}

enum kvk_err kvk_inventory_note_run(struct kvk_inventory *inventory, kvk_time at)
{
	sqlite3_stmt *statement;
	enum kvk_err err = kvk_sql_begin_with(inventory, KVK_SQL_SET_RUN, &statement);

	if (err != KVK_OK)
		return err;
	sqlite3_bind_int64(statement, 1, at);
	return kvk_sql_end(inventory, kvk_sql_step(inventory, statement, NULL));
}

enum kvk_err kvk_inventory_last_run(struct kvk_inventory *inventory, kvk_time *out)
{
	sqlite3_stmt *statement = kvk_sql_statement(inventory, KVK_SQL_GET_RUN);
	int result;

	if (statement == NULL)
		return kvk_sql_fault(inventory);
	result = sqlite3_step(statement);
	if (result == SQLITE_ROW)
		*out = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return result == SQLITE_DONE ? KVK_ERR_NOT_FOUND : kvk_sql_error(result);
}
