/* SPDX-License-Identifier: Apache-2.0 */
/* Part of inventory/sqlite.h: the tables, made where they are missing and brought up to date. */
#include "config.h"

#include "inventory/sqlite.h"

/* "kvkc": lets file(1) and this program tell the inventory from other databases. */
#define APPLICATION_ID 0x6b766b63

/*
 * What came with version 4: further places of a certificate, folders that are tracked, and what is
 * no longer tracked in a file that still holds it.
 */
#define FOURTH_TABLES \
	"CREATE INDEX entries_sha256 ON entries (sha256);" \
	"CREATE TABLE places (entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE," \
	" path TEXT NOT NULL, PRIMARY KEY (entry, path)) WITHOUT ROWID;" \
	"CREATE INDEX places_path ON places (path);" \
	"CREATE TABLE folders (path TEXT PRIMARY KEY) WITHOUT ROWID;" \
	"CREATE TABLE dismissed (path TEXT NOT NULL, cn TEXT NOT NULL, number TEXT NOT NULL," \
	" PRIMARY KEY (path, cn, number)) WITHOUT ROWID;"

/*
 * What came with version 5: what was learnt of revocation. When a certificate was last asked about
 * is never NULL, because those that were never asked come first.
 */
#define FIFTH_COLUMNS(X) \
	X("asked INTEGER NOT NULL DEFAULT 0") \
	X("revocation TEXT") \
	X("revocation_since INTEGER") \
	X("revocation_why TEXT") \
	X("revocation_url TEXT") \
	X("revocation_by TEXT")
#define FIFTH_INDEX "CREATE INDEX entries_asked ON entries (asked);"
/*
 * What came with version 6: who is notified of an entry, and messages that are recorded before they
 * are sent, with the entries that they are about.
 */
#define SIXTH_TABLES \
	"CREATE TABLE recipients (entry INTEGER PRIMARY KEY REFERENCES entries (id)" \
	" ON DELETE CASCADE, addresses TEXT NOT NULL);" \
	"CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL," \
	" key TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, body BLOB NOT NULL," \
	" recipients TEXT NOT NULL, begun INTEGER NOT NULL DEFAULT 0);" \
	"CREATE TABLE message_entries (message INTEGER NOT NULL REFERENCES messages (id)" \
	" ON DELETE CASCADE, entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE," \
	" PRIMARY KEY (message, entry)) WITHOUT ROWID;" \
	"CREATE INDEX message_entries_entry ON message_entries (entry);"
/*
 * What came with version 7: when a renewal takes over, whether a certificate is still to be put on
 * its server, and what happened to each name, which nothing changes or removes.
 */
#define SEVENTH_COLUMNS(X) \
	X("switch_at INTEGER") \
	X("deploy INTEGER")
#define SEVENTH_TABLES \
	"CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL," \
	" at INTEGER NOT NULL, user TEXT NOT NULL, command TEXT NOT NULL, what TEXT NOT NULL," \
	" detail TEXT NOT NULL);" \
	"CREATE INDEX events_name ON events (name, id);"
#define SEVENTH_TRIGGERS \
	"CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN" \
	" SELECT RAISE(ABORT, 'the history only grows'); END;" \
	"CREATE TRIGGER events_last BEFORE UPDATE ON events BEGIN" \
	" SELECT RAISE(ABORT, 'the history only grows'); END;"
/* What an inventory knew before: the stage of each entry, and what was uploaded. */
#define SEVENTH_EVENTS \
	"INSERT INTO events (name, at, user, command, what, detail)" \
	" SELECT name, at, '', '', what, detail FROM (" \
	"SELECT name, since AS at, stage AS what, COALESCE(serial, '') AS detail FROM entries" \
	" WHERE stage <> 'uploaded' UNION ALL " \
	"SELECT name, at, 'uploaded', COALESCE((SELECT serial FROM entries" \
	" WHERE entries.sha256 = uploads.sha256 ORDER BY id LIMIT 1), '') FROM uploads)" \
	" ORDER BY at;"
/* What came with version 8: where the passphrases of watched files lie, as long as these are
 * watched. */
#define EIGHTH_TABLES \
	"CREATE TABLE pass_files (path TEXT PRIMARY KEY, pass_file TEXT NOT NULL) WITHOUT ROWID;" \
	"CREATE TRIGGER pass_files_end AFTER DELETE ON entries" \
	" WHEN NOT EXISTS (SELECT 1 FROM entries WHERE path = OLD.path)" \
	" BEGIN DELETE FROM pass_files WHERE path = OLD.path; END;"
#define IN_TABLE(column) ", " column
#define ADDED(column) "ALTER TABLE entries ADD COLUMN " column ";"

/*
 * One file and a rollback journal: it is written a few times a day, may lie on a network share,
 * where a write-ahead log must not, and a copy of the one file is a whole backup.
 */
static const char schema[] =
	"CREATE TABLE entries ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, dossier INTEGER NOT "
	"NULL,"
	" stage TEXT NOT NULL, path TEXT NOT NULL, since INTEGER NOT NULL,"
	" sha256 BLOB, serial TEXT, not_before INTEGER, not_after INTEGER,"
	" ends INTEGER, ends_by TEXT, ca INTEGER, file_sha256 BLOB, cn TEXT, number TEXT,"
	" kept INTEGER, lead_days INTEGER, delivery TEXT, delivery_at INTEGER, found INTEGER,"
	" practice INTEGER" FIFTH_COLUMNS(IN_TABLE) SEVENTH_COLUMNS(
		IN_TABLE) ");"
			  "CREATE INDEX entries_path ON entries (path);"
			  "CREATE INDEX entries_holder ON entries (cn, number, not_after);"
			  "CREATE TABLE uploads (sha256 BLOB NOT NULL UNIQUE, name TEXT NOT NULL, "
			  "at INTEGER NOT "
			  "NULL);"
			  "CREATE TABLE told ("
			  " entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE, "
			  "sha256 BLOB NOT NULL,"
			  " threshold TEXT NOT NULL, channel TEXT NOT NULL, at INTEGER NOT NULL,"
			  " PRIMARY KEY (entry, sha256, threshold, channel)) WITHOUT ROWID;"
			  "CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) "
			  "WITHOUT "
			  "ROWID;" FOURTH_TABLES FIFTH_INDEX SIXTH_TABLES SEVENTH_TABLES
				  SEVENTH_TRIGGERS EIGHTH_TABLES
			  "PRAGMA application_id = 1802922851;"
			  "PRAGMA user_version = 8;";

_Static_assert(APPLICATION_ID == 1802922851, "the schema's application id");
_Static_assert(KVK_SQL_VERSION == 8, "the schema's version");

/* From each version to the next. Nothing is ever dropped: a copy of the file is made by nobody. */
static const char *const migrations[KVK_SQL_VERSION] = {
	[1] = "ALTER TABLE entries ADD COLUMN ends INTEGER;"
	      "ALTER TABLE entries ADD COLUMN ends_by TEXT;"
	      "ALTER TABLE entries ADD COLUMN ca INTEGER;"
	      "ALTER TABLE entries ADD COLUMN file_sha256 BLOB;"
	      "PRAGMA user_version = 2;",
	[2] = "ALTER TABLE entries ADD COLUMN cn TEXT;"
	      "ALTER TABLE entries ADD COLUMN number TEXT;"
	      "ALTER TABLE entries ADD COLUMN kept INTEGER;"
	      "ALTER TABLE entries ADD COLUMN lead_days INTEGER;"
	      "ALTER TABLE entries ADD COLUMN delivery TEXT;"
	      "ALTER TABLE entries ADD COLUMN delivery_at INTEGER;"
	      "CREATE INDEX entries_holder ON entries (cn, number, not_after);"
	      "PRAGMA user_version = 3;",
	[3] = "ALTER TABLE entries ADD COLUMN found INTEGER;"
	      "ALTER TABLE entries ADD COLUMN practice INTEGER;" FOURTH_TABLES
	      "PRAGMA user_version = 4;",
	[4] = FIFTH_COLUMNS(ADDED) FIFTH_INDEX "PRAGMA user_version = 5;",
	[5] = SIXTH_TABLES "PRAGMA user_version = 6;",
	[6] = SEVENTH_COLUMNS(ADDED) SEVENTH_TABLES SEVENTH_EVENTS SEVENTH_TRIGGERS
	"PRAGMA user_version = 7;",
	[7] = EIGHTH_TABLES "PRAGMA user_version = 8;",
};

static enum kvk_err read_pragma(struct kvk_inventory *inventory, const char *text, int *out)
{
	sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(inventory->db, text, -1, &statement, NULL);

	if (result == SQLITE_OK)
		result = sqlite3_step(statement);
	if (result == SQLITE_ROW)
		*out = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return result == SQLITE_ROW ? KVK_OK : kvk_sqlite_error(result);
}

/* What a database says of itself. */
struct identity {
	int application, version, tables;
};

static enum kvk_err read_identity(struct kvk_inventory *inventory, struct identity *out)
{
	enum kvk_err err;

	KVK_TRY(read_pragma(inventory, "PRAGMA user_version", &out->version));
	KVK_TRY(read_pragma(inventory, "PRAGMA application_id", &out->application));
	KVK_TRY(read_pragma(inventory, "SELECT count(*) FROM sqlite_master", &out->tables));
out:
	return err;
}

/* A file of no length, or one that was left so by a program that was stopped. */
static bool is_blank(const struct identity *identity)
{
	return identity->application == 0 && identity->version == 0 && identity->tables == 0;
}

/* Makes the tables where there still are none, in a transaction that the caller opened. */
static enum kvk_err make_tables(struct kvk_inventory *inventory, struct identity *identity)
{
	enum kvk_err err;

	KVK_TRY(read_identity(inventory, identity));
	if (is_blank(identity))
		KVK_TRY(kvk_sqlite_run(inventory, schema));
	KVK_TRY(read_identity(inventory, identity));
out:
	return err;
}

/* Whether it is ours, and of a version that can be brought up to this one. */
static bool is_older(const struct identity *identity)
{
	return identity->application == APPLICATION_ID && identity->version > 0 &&
		identity->version < KVK_SQL_VERSION;
}

/* Brings the tables up to this version, in a transaction that the caller opened. */
static enum kvk_err migrate(struct kvk_inventory *inventory, struct identity *identity)
{
	enum kvk_err err;

	KVK_TRY(read_identity(inventory, identity));
	while (is_older(identity)) {
		KVK_TRY(kvk_sqlite_run(inventory, migrations[identity->version]));
		KVK_TRY(read_identity(inventory, identity));
	}
out:
	return err;
}

/* Where it cannot be written now, it is read as it is: who watches must not fall silent. */
static enum kvk_err bring_up(struct kvk_inventory *inventory, struct identity *identity)
{
	const int before = identity->version;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin(inventory));
	err = kvk_sqlite_end(inventory, migrate(inventory, identity));
out:
	if (err != KVK_ERR_WRITE && err != KVK_ERR_OPEN && err != KVK_ERR_BUSY)
		return err;
	inventory->older = before;
	identity->version = KVK_SQL_VERSION;
	return KVK_OK;
}

/*
 * In a transaction, because another program could make the tables between two of the questions,
 * and half of the answers would be of the time before.
 */
static enum kvk_err look_at_identity(struct kvk_inventory *inventory, struct identity *identity)
{
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_run(inventory, "BEGIN"));
	err = kvk_sqlite_end(inventory, read_identity(inventory, identity));
out:
	return err;
}

enum kvk_err kvk_sqlite_settle(struct kvk_inventory *inventory, int *newer)
{
	struct identity identity = { 0 };
	enum kvk_err err;

	*newer = 0;
	KVK_TRY(look_at_identity(inventory, &identity));
	if (is_blank(&identity)) {
		/* Under the write lock, because two may start at once. */
		KVK_TRY(kvk_sqlite_begin(inventory));
		KVK_TRY(kvk_sqlite_end(inventory, make_tables(inventory, &identity)));
	}
	if (is_older(&identity))
		KVK_TRY(bring_up(inventory, &identity));
	if (identity.application == APPLICATION_ID && identity.version > KVK_SQL_VERSION)
		*newer = identity.version;
	if (identity.application != APPLICATION_ID || identity.version != KVK_SQL_VERSION)
		err = KVK_ERR_DATABASE;
out:
	return err;
}
