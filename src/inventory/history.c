/* SPDX-License-Identifier: Apache-2.0 */
/* Part of inventory/sqlite.h: what was uploaded, and when `check` last ran. */
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
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_NOTE_UPLOAD, &statement));
	sqlite3_bind_blob(statement, 1, sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, name, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, at);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

static enum kvk_err read_page(
	struct kvk_inventory *inventory, long long after, struct upload *page, size_t *count)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_PAGE_UPLOADS);
	int result;

	*count = 0;
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
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
	return kvk_sqlite_error(result);
}

enum kvk_err kvk_inventory_each_upload(struct kvk_inventory *inventory,
	enum kvk_err (*visit)(void *context, const uint8_t *sha256, kvk_time at), void *context)
{
	struct upload page[PAGE];
	enum kvk_err err = KVK_OK;
	long long last = 0;
	size_t count = PAGE;

	while (count == PAGE) {
		KVK_TRY(read_page(inventory, last, page, &count));
		for (size_t i = 0; i < count; i++) {
			last = page[i].id;
			KVK_TRY(visit(context, page[i].sha256, page[i].at));
		}
	}
out:
	return err;
}

enum kvk_err kvk_inventory_note_run(struct kvk_inventory *inventory, kvk_time at)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_SET_RUN, &statement));
	sqlite3_bind_int64(statement, 1, at);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

enum kvk_err kvk_inventory_last_run(struct kvk_inventory *inventory, kvk_time *out)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_GET_RUN);
	int result;

	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	result = sqlite3_step(statement);
	if (result == SQLITE_ROW)
		*out = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return result == SQLITE_DONE ? KVK_ERR_NOT_FOUND : kvk_sqlite_error(result);
}
