/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/finds.h"

#include <string.h>

#include "base/alloc.h"
#include "inventory/sqlite.h"

/* Every statement; one list for enum and text. */
#define FIND_STATEMENTS(X) \
	X(SQL_ADD_TARGET, \
		"INSERT INTO targets (dev, ino, link) VALUES (?1, ?2, ?3)" \
		" ON CONFLICT DO UPDATE SET link = min(link, excluded.link)") \
	X(SQL_TARGET, "SELECT link FROM targets WHERE dev = ?1 AND ino = ?2") \
	X(SQL_FIRST, "INSERT OR IGNORE INTO done (dev, ino, what) VALUES (?1, ?2, ?3)") \
	X(SQL_NOTED, "SELECT 1 FROM done WHERE dev = ?1 AND ino = ?2 AND what = ?3") \
	X(SQL_POSTPONE, "INSERT OR IGNORE INTO postponed (dev, ino, path) VALUES (?1, ?2, ?3)") \
	X(SQL_POSTPONED, "SELECT dev, ino, path FROM postponed ORDER BY path LIMIT 1") \
	X(SQL_TAKE, "DELETE FROM postponed WHERE path = ?1") \
	X(SQL_ADD, \
		"INSERT INTO finds (round, depth, path, last, sha256, certificate, name)" \
		" VALUES (?1, ?7, ?2, ?3, ?4, ?5, ?6)") \
	X(SQL_NEXT, \
		"SELECT id, round, path, certificate, name FROM finds" \
		" WHERE (round, depth, path, last, sha256, id) > (?1, ?6, ?2, ?3, ?4, ?5)" \
		" ORDER BY round, depth, path, last, sha256, id LIMIT 1") \
	X(SQL_REMOVE, "DELETE FROM finds WHERE id = ?1") \
	X(SQL_MOVE, "UPDATE finds SET round = ?2 WHERE id = ?1") \
	X(SQL_NOTE, "INSERT OR IGNORE INTO notes (number, path) VALUES (?1, ?2)") \
	X(SQL_NEXT_NOTE, \
		"SELECT number, path FROM notes WHERE (number, path) > (?1, ?2)" \
		" ORDER BY number, path LIMIT 1") \
	X(SQL_HAS_NOTE, "SELECT 1 FROM notes WHERE number = ?1 AND path = ?2")

#define FIND_STATEMENT_ENUM(id, text) id,
enum find_statement { FIND_STATEMENTS(FIND_STATEMENT_ENUM) SQL_COUNT };
#undef FIND_STATEMENT_ENUM

static const char *const statement_text[SQL_COUNT] = {
#define FIND_STATEMENT_TEXT(id, text) [id] = text,
	FIND_STATEMENTS(FIND_STATEMENT_TEXT)
#undef FIND_STATEMENT_TEXT
};

/* One transaction that is never committed: nothing of it is to last. */
static const char schema[] =
	"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
	"CREATE TABLE targets (dev INTEGER, ino INTEGER, link TEXT, PRIMARY KEY (dev, ino))"
	" WITHOUT ROWID;"
	"CREATE TABLE done (dev INTEGER, ino INTEGER, what INTEGER, PRIMARY KEY (dev, ino, what))"
	" WITHOUT ROWID;"
	"CREATE TABLE postponed (path TEXT PRIMARY KEY, dev INTEGER, ino INTEGER)"
	" WITHOUT ROWID;"
	"CREATE TABLE finds (id INTEGER PRIMARY KEY, round INTEGER, depth INTEGER, path TEXT, last "
	"INTEGER,"
	" sha256 BLOB, certificate BLOB, name TEXT);"
	"CREATE INDEX finds_order ON finds (round, depth, path, last, sha256);"
	"CREATE TABLE notes (number INTEGER, path TEXT, PRIMARY KEY (number, path)) WITHOUT ROWID;"
	"BEGIN;";

struct kvk_finds {
	sqlite3 *db;
	sqlite3_stmt *statements[SQL_COUNT];
};

enum kvk_err kvk_finds_open(struct kvk_finds **out)
{
	struct kvk_finds *finds = kvk_calloc(1, sizeof *finds);
	enum kvk_err err;

	if (finds == NULL)
		return KVK_ERR_MEMORY;
	KVK_TRY(kvk_sqlite_error(
		sqlite3_open_v2("", &finds->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)));
	KVK_TRY(kvk_sqlite_error(sqlite3_exec(finds->db, schema, NULL, NULL, NULL)));
	*out = finds;
	finds = NULL;
out:
	kvk_finds_close(finds);
	return err;
}

void kvk_finds_close(struct kvk_finds *finds)
{
	if (finds == NULL)
		return;
	for (size_t i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(finds->statements[i]);
	sqlite3_close(finds->db);
	kvk_free(finds);
}

/* A statement, reset and ready to be bound. */
static enum kvk_err prepare(struct kvk_finds *finds, enum find_statement which, sqlite3_stmt **out)
{
	sqlite3_stmt **slot = &finds->statements[which];

	if (*slot == NULL &&
		sqlite3_prepare_v3(finds->db, statement_text[which], -1, SQLITE_PREPARE_PERSISTENT,
			slot, NULL) != SQLITE_OK)
		return kvk_sqlite_failure(finds->db);
	sqlite3_reset(*slot);
	sqlite3_clear_bindings(*slot);
	*out = *slot;
	return KVK_OK;
}

static enum kvk_err prepare_id(struct kvk_finds *finds, enum find_statement which,
	const struct kvk_file_id *id, sqlite3_stmt **out)
{
	enum kvk_err err;

	KVK_TRY(prepare(finds, which, out));
	sqlite3_bind_int64(*out, 1, (sqlite3_int64)id->dev);
	sqlite3_bind_int64(*out, 2, (sqlite3_int64)id->ino);
out:
	return err;
}

/* Steps a statement that gives no rows. */
static enum kvk_err run(sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);

	sqlite3_reset(statement);
	return kvk_sqlite_error(result);
}

/* Steps a statement to its one row, which stays until it is reset. KVK_ERR_NOT_FOUND. */
static enum kvk_err step(sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);

	if (result == SQLITE_ROW)
		return KVK_OK;
	sqlite3_reset(statement);
	return result == SQLITE_DONE ? KVK_ERR_NOT_FOUND : kvk_sqlite_error(result);
}

/* A text of a row into *out (emptied first). */
static enum kvk_err take_text(sqlite3_stmt *row, int column, struct kvk_blob *out)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	kvk_blob_clear(out);
	return text != NULL ? kvk_blob_append_text(out, text) : KVK_ERR_MEMORY;
}

enum kvk_err kvk_finds_add_target(
	struct kvk_finds *finds, const struct kvk_file_id *id, const char *link)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare_id(finds, SQL_ADD_TARGET, id, &statement));
	sqlite3_bind_text(statement, 3, link, -1, SQLITE_STATIC);
	err = run(statement);
out:
	return err;
}

enum kvk_err kvk_finds_target(
	struct kvk_finds *finds, const struct kvk_file_id *id, struct kvk_blob *out)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare_id(finds, SQL_TARGET, id, &statement));
	KVK_TRY(step(statement));
	err = take_text(statement, 0, out);
	sqlite3_reset(statement);
out:
	return err;
}

enum kvk_err kvk_finds_first(
	struct kvk_finds *finds, int what, const struct kvk_file_id *id, bool *first)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare_id(finds, SQL_FIRST, id, &statement));
	sqlite3_bind_int(statement, 3, what);
	KVK_TRY(run(statement));
	*first = sqlite3_changes(finds->db) > 0;
out:
	return err;
}

/* Whether a bound statement gives a row. */
static enum kvk_err any(sqlite3_stmt *statement, bool *out)
{
	enum kvk_err err = step(statement);

	*out = err == KVK_OK;
	sqlite3_reset(statement);
	return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
}

enum kvk_err kvk_finds_noted(
	struct kvk_finds *finds, int what, const struct kvk_file_id *id, bool *noted)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare_id(finds, SQL_NOTED, id, &statement));
	sqlite3_bind_int(statement, 3, what);
	err = any(statement, noted);
out:
	return err;
}

enum kvk_err kvk_finds_postpone(
	struct kvk_finds *finds, const struct kvk_file_id *id, const char *path)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare_id(finds, SQL_POSTPONE, id, &statement));
	sqlite3_bind_text(statement, 3, path, -1, SQLITE_STATIC);
	err = run(statement);
out:
	return err;
}

enum kvk_err kvk_finds_take_postponed(
	struct kvk_finds *finds, struct kvk_file_id *id, struct kvk_blob *path)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare(finds, SQL_POSTPONED, &statement));
	KVK_TRY(step(statement));
	id->dev = (dev_t)sqlite3_column_int64(statement, 0);
	id->ino = (ino_t)sqlite3_column_int64(statement, 1);
	err = take_text(statement, 2, path);
	sqlite3_reset(statement);
	KVK_TRY(err);
	KVK_TRY(prepare(finds, SQL_TAKE, &statement));
	sqlite3_bind_text(statement, 1, kvk_blob_str(path), -1, SQLITE_STATIC);
	err = run(statement);
out:
	return err;
}

/* Negative, so that the one that ends last comes first. */
static sqlite3_int64 last_of(const struct kvk_find *find)
{
	return -(sqlite3_int64)find->certificate.not_after;
}

/* The fewer folders a path goes through, the more likely it is the one that people mean. */
static int depth_of(const struct kvk_find *find)
{
	int depth = 0;

	for (size_t i = 0; i < find->path.n; i++)
		depth += find->path.p[i] == '/';
	return depth;
}

enum kvk_err kvk_finds_add(struct kvk_finds *finds, const struct kvk_find *find)
{
	const struct kvk_entry_certificate *certificate = &find->certificate;
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare(finds, SQL_ADD, &statement));
	sqlite3_bind_int(statement, 1, find->round);
	sqlite3_bind_text(statement, 2, kvk_blob_str(&find->path), -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, last_of(find));
	sqlite3_bind_blob(statement, 4, certificate->sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_blob(statement, 5, certificate, (int)sizeof *certificate, SQLITE_STATIC);
	sqlite3_bind_text(statement, 6, find->name, -1, SQLITE_STATIC);
	sqlite3_bind_int(statement, 7, depth_of(find));
	err = run(statement);
out:
	return err;
}

static enum kvk_err read_find(sqlite3_stmt *row, struct kvk_find *find)
{
	const void *certificate = sqlite3_column_blob(row, 3);
	const char *name = (const char *)sqlite3_column_text(row, 4);

	if (certificate == NULL || name == NULL || strlen(name) >= sizeof find->name ||
		(size_t)sqlite3_column_bytes(row, 3) != sizeof find->certificate)
		return KVK_ERR_DATABASE;
	find->id = sqlite3_column_int64(row, 0);
	find->round = sqlite3_column_int(row, 1);
	memcpy(&find->certificate, certificate, sizeof find->certificate);
	memcpy(find->name, name, strlen(name) + 1);
	return take_text(row, 2, &find->path);
}

enum kvk_err kvk_finds_next(struct kvk_finds *finds, struct kvk_find *find)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare(finds, SQL_NEXT, &statement));
	sqlite3_bind_int(statement, 1, find->round);
	sqlite3_bind_text(statement, 2, kvk_blob_str(&find->path), -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, last_of(find));
	sqlite3_bind_blob(statement, 4, find->certificate.sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 5, find->id);
	sqlite3_bind_int(statement, 6, depth_of(find));
	KVK_TRY(step(statement));
	err = read_find(statement, find);
	sqlite3_reset(statement);
out:
	return err;
}

enum kvk_err kvk_finds_remove(struct kvk_finds *finds, long long id)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare(finds, SQL_REMOVE, &statement));
	sqlite3_bind_int64(statement, 1, id);
	err = run(statement);
out:
	return err;
}

enum kvk_err kvk_finds_move(struct kvk_finds *finds, long long id, int round)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare(finds, SQL_MOVE, &statement));
	sqlite3_bind_int64(statement, 1, id);
	sqlite3_bind_int(statement, 2, round);
	err = run(statement);
out:
	return err;
}

static enum kvk_err prepare_note(struct kvk_finds *finds, enum find_statement which,
	long long number, const char *path, sqlite3_stmt **out)
{
	enum kvk_err err;

	KVK_TRY(prepare(finds, which, out));
	sqlite3_bind_int64(*out, 1, number);
	sqlite3_bind_text(*out, 2, path, -1, SQLITE_STATIC);
out:
	return err;
}

enum kvk_err kvk_finds_note(struct kvk_finds *finds, long long number, const char *path)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare_note(finds, SQL_NOTE, number, path, &statement));
	err = run(statement);
out:
	return err;
}

enum kvk_err kvk_finds_next_note(struct kvk_finds *finds, long long *number, struct kvk_blob *path)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare_note(finds, SQL_NEXT_NOTE, *number, kvk_blob_str(path), &statement));
	KVK_TRY(step(statement));
	*number = sqlite3_column_int64(statement, 0);
	err = take_text(statement, 1, path);
	sqlite3_reset(statement);
out:
	return err;
}

enum kvk_err kvk_finds_has_note(
	struct kvk_finds *finds, long long number, const char *path, bool *has)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(prepare_note(finds, SQL_HAS_NOTE, number, path, &statement));
	err = any(statement, has);
out:
	return err;
}
