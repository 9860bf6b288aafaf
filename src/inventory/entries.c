/* SPDX-License-Identifier: Apache-2.0 */
/* Part of inventory/sqlite.h: the entries. */
#include "config.h"

#include "inventory/sqlite.h"

#include <string.h>

#include "base/alloc.h"
#include "base/format.h"
#include "base/word.h"

/* Entries that are read at once while all are walked: no statement stays open while visit() runs.
 */
#define PAGE 64

static const char *const stage_words[KVK_STAGE_COUNT] = {
#define KVK_STAGE_WORD(id, word) [id] = word,
	KVK_ENTRY_STAGES(KVK_STAGE_WORD)
#undef KVK_STAGE_WORD
};

const char *kvk_entry_stage_word(enum kvk_entry_stage stage)
{
	return (unsigned)stage < KVK_STAGE_COUNT ? stage_words[stage] : "";
}

static bool read_stage(sqlite3_stmt *row, int column, enum kvk_entry_stage *out)
{
	const char *word = (const char *)sqlite3_column_text(row, column);

	for (unsigned i = 0; i < KVK_STAGE_COUNT; i++) {
		if (word != NULL && strcmp(word, stage_words[i]) == 0) {
			*out = (enum kvk_entry_stage)i;
			return true;
		}
	}
	return false;
}

/* A text that does not fit whole was not written by this program. */
static bool read_text(sqlite3_stmt *row, int column, char *out, size_t size)
{
	const char *text = (const char *)sqlite3_column_text(row, column);
	size_t n = (size_t)sqlite3_column_bytes(row, column);

	out[0] = '\0';
	if (text == NULL)
		return true;
	if (n >= size || strlen(text) != n)
		return false;
	memcpy(out, text, n + 1);
	return true;
}

/* What was read of the file; an inventory of version 1 did not know it. */
static bool read_file_facts(sqlite3_stmt *row, struct kvk_entry_certificate *out)
{
	out->ends = out->not_after;
	out->ends_by[0] = '\0';
	out->ca = sqlite3_column_int(row, 12) != 0;
	if (sqlite3_column_bytes(row, 13) != KVK_SHA256_SIZE)
		return true;
	memcpy(out->file_sha256, sqlite3_column_blob(row, 13), KVK_SHA256_SIZE);
	out->ends = sqlite3_column_int64(row, 10);
	return read_text(row, 11, out->ends_by, sizeof out->ends_by);
}

static bool read_certificate(sqlite3_stmt *row, struct kvk_entry_certificate *out)
{
	const void *sha256 = sqlite3_column_blob(row, 6);

	memset(out, 0, sizeof *out);
	out->present = sha256 != NULL && sqlite3_column_bytes(row, 6) == KVK_SHA256_SIZE;
	if (!out->present)
		return true;
	memcpy(out->sha256, sha256, KVK_SHA256_SIZE);
	out->not_before = sqlite3_column_int64(row, 8);
	out->not_after = sqlite3_column_int64(row, 9);
	return read_text(row, 7, out->serial, sizeof out->serial) && read_file_facts(row, out);
}

/* The name becomes part of paths: one that is none is a damaged inventory. */
static enum kvk_err read_entry(sqlite3_stmt *row, struct kvk_entry *out)
{
	out->id = sqlite3_column_int64(row, 0);
	out->dossier = sqlite3_column_int(row, 2) != 0;
	out->since = sqlite3_column_int64(row, 5);
	out->file_notified = sqlite3_column_int(row, 14) != 0;
	if (!read_text(row, 1, out->name, sizeof out->name) || !kvk_entry_name_valid(out->name) ||
		!read_stage(row, 3, &out->stage) ||
		!read_text(row, 4, out->path, sizeof out->path) ||
		!read_certificate(row, &out->certificate))
		return KVK_ERR_DATABASE;
	return KVK_OK;
}

/* Binds 3 to 13: what an entry that exists may change. */
static void bind_changing(sqlite3_stmt *statement, const struct kvk_entry *entry)
{
	const struct kvk_entry_certificate *certificate = &entry->certificate;

	sqlite3_bind_text(statement, 3, kvk_entry_stage_word(entry->stage), -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 4, entry->path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 5, entry->since);
	if (!certificate->present)
		return;
	sqlite3_bind_blob(statement, 6, certificate->sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_text(statement, 7, certificate->serial, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 8, certificate->not_before);
	sqlite3_bind_int64(statement, 9, certificate->not_after);
	sqlite3_bind_int64(statement, 10, certificate->ends);
	sqlite3_bind_text(statement, 11, certificate->ends_by, -1, SQLITE_STATIC);
	sqlite3_bind_int(statement, 12, certificate->ca ? 1 : 0);
	sqlite3_bind_blob(statement, 13, certificate->file_sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
}

/* What cannot be shown and checked is not taken in. */
static enum kvk_err check_room(struct kvk_inventory *inventory)
{
	if (inventory->entries < 0) {
		sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_COUNT_ENTRIES);
		int result = statement != NULL ? sqlite3_step(statement) : SQLITE_ERROR;

		if (result == SQLITE_ROW)
			inventory->entries = sqlite3_column_int64(statement, 0);
		sqlite3_reset(statement);
		if (result != SQLITE_ROW)
			return kvk_sqlite_failure(inventory);
	}
	return inventory->entries < KVK_LIMIT_ENTRIES ? KVK_OK : KVK_ERR_LIMIT;
}

/* In a transaction that the caller opened. */
static enum kvk_err add(struct kvk_inventory *inventory, struct kvk_entry *entry)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(check_room(inventory));
	statement = kvk_sqlite_statement(inventory, KVK_SQL_ADD);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory);
	sqlite3_bind_text(statement, 1, entry->name, -1, SQLITE_STATIC);
	sqlite3_bind_int(statement, 2, entry->dossier ? 1 : 0);
	bind_changing(statement, entry);
	KVK_TRY(kvk_sqlite_step(inventory, statement, NULL));
	entry->id = sqlite3_last_insert_rowid(inventory->db);
	inventory->entries++;
out:
	return err;
}

enum kvk_err kvk_inventory_add(struct kvk_inventory *inventory, struct kvk_entry *entry)
{
	enum kvk_err err;

	if (!kvk_entry_name_valid(entry->name))
		return KVK_ERR_ARGUMENT;
	KVK_TRY(kvk_sqlite_begin(inventory));
	err = kvk_sqlite_end(inventory, add(inventory, entry));
out:
	return err;
}

static enum kvk_err find(struct kvk_inventory *inventory, enum kvk_statement which, const char *key,
	struct kvk_entry *out)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, which);
	enum kvk_err err;
	int result;

	if (statement == NULL)
		return kvk_sqlite_failure(inventory);
	sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
	result = sqlite3_step(statement);
	err = result == SQLITE_DONE ? KVK_ERR_NOT_FOUND : kvk_sqlite_error(result);
	if (result == SQLITE_ROW)
		err = read_entry(statement, out);
	sqlite3_reset(statement);
	return err;
}

enum kvk_err kvk_inventory_find(
	struct kvk_inventory *inventory, const char *name, struct kvk_entry *out)
{
	return find(inventory, KVK_SQL_FIND, name, out);
}

enum kvk_err kvk_inventory_find_path(
	struct kvk_inventory *inventory, const char *path, struct kvk_entry *out)
{
	return find(inventory, KVK_SQL_FIND_PATH, path, out);
}

/* Runs a statement that is to change one entry. KVK_ERR_NOT_FOUND where there is none. */
static enum kvk_err change_one(struct kvk_inventory *inventory, sqlite3_stmt *statement)
{
	int changed = 0;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_step(inventory, statement, &changed));
	if (changed == 0)
		err = KVK_ERR_NOT_FOUND;
out:
	return err;
}

enum kvk_err kvk_inventory_update(struct kvk_inventory *inventory, const struct kvk_entry *entry)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_UPDATE, &statement));
	bind_changing(statement, entry);
	sqlite3_bind_int64(statement, 1, entry->id);
	err = kvk_sqlite_end(inventory, change_one(inventory, statement));
out:
	return err;
}

enum kvk_err kvk_inventory_remove(struct kvk_inventory *inventory, const char *name)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_REMOVE, &statement));
	sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
	err = kvk_sqlite_end(inventory, change_one(inventory, statement));
out:
	return err;
}

static enum kvk_err read_page(
	struct kvk_inventory *inventory, long long after, struct kvk_entry *page, size_t *count)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_PAGE);
	enum kvk_err err;
	int result;

	*count = 0;
	if (statement == NULL)
		return kvk_sqlite_failure(inventory);
	sqlite3_bind_int64(statement, 1, after);
	sqlite3_bind_int(statement, 2, PAGE);
	while ((result = sqlite3_step(statement)) == SQLITE_ROW)
		KVK_TRY(read_entry(statement, &page[(*count)++]));
	err = kvk_sqlite_error(result);
out:
	sqlite3_reset(statement);
	return err;
}

enum kvk_err kvk_inventory_each(struct kvk_inventory *inventory,
	enum kvk_err (*visit)(void *context, const struct kvk_entry *entry), void *context)
{
	struct kvk_entry *page = kvk_calloc(PAGE, sizeof *page);
	enum kvk_err err = KVK_OK;
	long long last = 0;
	size_t count = PAGE;

	if (page == NULL)
		return KVK_ERR_MEMORY;
	while (count == PAGE) {
		KVK_TRY(read_page(inventory, last, page, &count));
		for (size_t i = 0; i < count; i++) {
			last = page[i].id;
			KVK_TRY(visit(context, &page[i]));
		}
	}
out:
	kvk_free(page);
	return err;
}
