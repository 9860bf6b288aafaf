/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inventory (inventory/inventory.h) in SQLite: what its files share, which are the connection,
 * statements that are prepared once, and transactions. Included by src/inventory only.
 */
#ifndef KVKCSR_INVENTORY_SQLITE_H
#define KVKCSR_INVENTORY_SQLITE_H

#include <sqlite3.h>

#include "inventory/inventory.h"

/* The version of the tables that this program writes. */
#define KVK_SQL_VERSION 8
/* The columns of an entry that came with the versions from 2 on, and what is read in their place
 * before. */
#define KVK_SQL_SECOND_COLUMNS "ends, ends_by, ca, file_sha256"
#define KVK_SQL_SECOND_ABSENT "NULL, NULL, NULL, NULL"
#define KVK_SQL_THIRD_COLUMNS "cn, number, kept, lead_days, delivery, delivery_at"
#define KVK_SQL_THIRD_ABSENT "NULL, NULL, NULL, NULL, NULL, NULL"
#define KVK_SQL_FOURTH_COLUMNS "found, practice"
#define KVK_SQL_FOURTH_ABSENT "NULL, NULL"
#define KVK_SQL_FIFTH_COLUMNS \
	"asked, revocation, revocation_since, revocation_why, revocation_url, revocation_by"
#define KVK_SQL_FIFTH_ABSENT "0, NULL, NULL, NULL, NULL, NULL"
#define KVK_SQL_SEVENTH_COLUMNS "switch_at, deploy"
#define KVK_SQL_SEVENTH_ABSENT "NULL, NULL"
/* The columns of an entry, in the order in which they are read; the last two are made. */
enum kvk_sql_column {
	KVK_COLUMN_ID,
	KVK_COLUMN_NAME,
	KVK_COLUMN_DOSSIER,
	KVK_COLUMN_STAGE,
	KVK_COLUMN_PATH,
	KVK_COLUMN_SINCE,
	KVK_COLUMN_SHA256,
	KVK_COLUMN_SERIAL,
	KVK_COLUMN_NOT_BEFORE,
	KVK_COLUMN_NOT_AFTER,
	KVK_COLUMN_ENDS,
	KVK_COLUMN_ENDS_BY,
	KVK_COLUMN_CA,
	KVK_COLUMN_FILE_SHA256,
	KVK_COLUMN_CN,
	KVK_COLUMN_NUMBER,
	KVK_COLUMN_KEPT,
	KVK_COLUMN_LEAD_DAYS,
	KVK_COLUMN_DELIVERY,
	KVK_COLUMN_DELIVERY_AT,
	KVK_COLUMN_FOUND,
	KVK_COLUMN_PRACTICE,
	KVK_COLUMN_ASKED,
	KVK_COLUMN_REVOCATION,
	KVK_COLUMN_REVOCATION_SINCE,
	KVK_COLUMN_REVOCATION_WHY,
	KVK_COLUMN_REVOCATION_URL,
	KVK_COLUMN_REVOCATION_BY,
	KVK_COLUMN_SWITCH_AT,
	KVK_COLUMN_DEPLOY,
	KVK_COLUMN_FILE_NOTIFIED,
	KVK_COLUMN_KEY_NOTIFIED,
};
#define KVK_SQL_ENTRY \
	"SELECT id, name, dossier, stage, path, since, sha256, serial, not_before, not_after," \
	" " KVK_SQL_SECOND_COLUMNS ", " KVK_SQL_THIRD_COLUMNS ", " KVK_SQL_FOURTH_COLUMNS \
	", " KVK_SQL_FIFTH_COLUMNS ", " KVK_SQL_SEVENTH_COLUMNS \
	", EXISTS (SELECT 1 FROM told WHERE entry = entries.id AND threshold = '" KVK_EVENT_FILE \
	"'), EXISTS (SELECT 1 FROM told WHERE entry = entries.id AND threshold = '" KVK_EVENT_KEY \
	"') FROM entries"

/* Every statement of the inventory; one list for enum and text. The table `told` holds what was
 * notified. */
#define KVK_STATEMENTS(X) \
	X(KVK_SQL_COUNT_ENTRIES, "SELECT count(*) FROM entries") \
	X(KVK_SQL_ADD, \
		"INSERT INTO entries (name, dossier, stage, path, since, sha256, serial, " \
		"not_before, not_after, ends, ends_by, ca, file_sha256, cn, number, kept, " \
		"lead_days, delivery, delivery_at, practice, switch_at, deploy, found)" \
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, " \
		"?17, ?18, ?19, ?20, ?21, ?22, ?23)") \
	X(KVK_SQL_FIND, KVK_SQL_ENTRY " WHERE name = ?1") \
	X(KVK_SQL_NEXT_AT, KVK_SQL_ENTRY " WHERE path = ?1 AND id > ?2 ORDER BY id LIMIT 1") \
	X(KVK_SQL_FIND_SAME, \
		KVK_SQL_ENTRY " WHERE sha256 = ?1 AND dossier = 0 ORDER BY id LIMIT 1") \
	X(KVK_SQL_FIND_UNDEPLOYED, \
		KVK_SQL_ENTRY " WHERE sha256 = ?1 AND dossier = 1 AND deploy = 1 ORDER BY id" \
			      " LIMIT 1") \
	X(KVK_SQL_HAS_LATER, \
		"SELECT 1 FROM entries WHERE cn = ?1 AND number = ?2 AND not_after >= ?3" \
		" AND substr(path, 1, length(?4)) = ?4 LIMIT 1") \
	X(KVK_SQL_FIND_ID, KVK_SQL_ENTRY " WHERE id = ?1") \
	X(KVK_SQL_FIND_DOMAIN, \
		KVK_SQL_ENTRY " WHERE cn = ?1 OR (cn IS NULL AND name = ?1) ORDER BY id LIMIT 1") \
	X(KVK_SQL_PAGE_BEFORE, \
		KVK_SQL_ENTRY " WHERE cn = ?1 AND number = ?2 AND (not_after, id) < (?3, ?4)" \
			      " ORDER BY not_after DESC, id DESC LIMIT ?5") \
	X(KVK_SQL_PAGE, KVK_SQL_ENTRY " WHERE id > ?1 ORDER BY id LIMIT ?2") \
	X(KVK_SQL_UPDATE, \
		"UPDATE entries SET stage = ?3, path = ?4, since = ?5, sha256 = ?6, serial = ?7, " \
		"not_before = ?8, not_after = ?9, ends = ?10, ends_by = ?11, ca = ?12, " \
		"file_sha256 = ?13, cn = ?14, number = ?15, kept = ?16, lead_days = ?17, " \
		"delivery = ?18, delivery_at = ?19, practice = ?20, switch_at = ?21, " \
		"deploy = ?22, " \
		"asked = CASE WHEN sha256 IS ?6 THEN asked ELSE 0 END, " \
		"revocation = CASE WHEN sha256 IS ?6 THEN revocation END WHERE id = ?1") \
	X(KVK_SQL_PAGE_UNASKED, \
		KVK_SQL_ENTRY " WHERE (asked, id) > (?1, ?2) AND (asked <= ?3 OR asked > ?4)" \
			      " AND ends >= ?4 ORDER BY asked, id LIMIT ?5") \
	X(KVK_SQL_NOTE_REVOCATION, \
		"UPDATE entries SET asked = ?3, revocation = ?4, revocation_since = ?5," \
		" revocation_why = ?6, revocation_url = ?7, revocation_by = ?8" \
		" WHERE id = ?1 AND sha256 = ?2") \
	X(KVK_SQL_IS_REPLACED, \
		"SELECT 1 FROM entries WHERE cn = ?1 AND number = ?2 AND not_after > ?3" \
		" AND ends >= ?4 AND ends >= ?5 AND stage IN ('uploaded', 'tracked')" \
		" AND revocation IS NOT 'revoked' AND (number <> '' OR path = ?6) LIMIT 1") \
	X(KVK_SQL_MAKE_DOSSIER, "UPDATE entries SET dossier = 1 WHERE id = ?1") \
	X(KVK_SQL_SET_PASS_FILE, \
		"INSERT OR REPLACE INTO pass_files (path, pass_file) VALUES (?1, ?2)") \
	X(KVK_SQL_GET_PASS_FILE, "SELECT pass_file FROM pass_files WHERE path = ?1") \
	X(KVK_SQL_REMOVE, "DELETE FROM entries WHERE name = ?1") \
	X(KVK_SQL_ADD_PLACE, "INSERT OR IGNORE INTO places (entry, path) VALUES (?1, ?2)") \
	X(KVK_SQL_REMOVE_PLACE, "DELETE FROM places WHERE entry = ?1 AND path = ?2") \
	X(KVK_SQL_NEXT_PLACE, \
		"SELECT path FROM places WHERE entry = ?1 AND path > ?2 ORDER BY path LIMIT 1") \
	X(KVK_SQL_FIRST_WITH_PLACES, "SELECT min(entry) FROM places WHERE entry >= ?1") \
	X(KVK_SQL_NEXT_PLACED, \
		KVK_SQL_ENTRY \
		" WHERE id > ?2 AND id IN (SELECT entry FROM places WHERE path = ?1)" \
		" ORDER BY id LIMIT 1") \
	X(KVK_SQL_ADD_FOLDER, "INSERT OR IGNORE INTO folders (path) VALUES (?1)") \
	X(KVK_SQL_REMOVE_FOLDER, "DELETE FROM folders WHERE path = ?1") \
	X(KVK_SQL_REMOVE_BELOW, \
		"DELETE FROM entries WHERE dossier = 0 AND substr(path, 1, length(?1)) = ?1") \
	X(KVK_SQL_NEXT_FOLDER, "SELECT path FROM folders WHERE path > ?1 ORDER BY path LIMIT 1") \
	X(KVK_SQL_DISMISS, \
		"INSERT OR IGNORE INTO dismissed (path, cn, number) VALUES (?1, ?2, ?3)") \
	X(KVK_SQL_DISMISSED, \
		"SELECT 1 FROM dismissed WHERE path = ?1 AND cn = ?2 AND number = ?3") \
	X(KVK_SQL_READMIT, \
		"DELETE FROM dismissed WHERE path = ?1 OR substr(path, 1, length(?2)) = ?2") \
	X(KVK_SQL_NOTE_UPLOAD, \
		"INSERT OR IGNORE INTO uploads (sha256, name, at) VALUES (?1, ?2, ?3)") \
	X(KVK_SQL_PAGE_UPLOADS, \
		"SELECT rowid, sha256, at FROM uploads WHERE rowid > ?1 ORDER BY rowid LIMIT ?2") \
	X(KVK_SQL_NOTIFIED_ADD, \
		"INSERT OR IGNORE INTO told (entry, sha256, threshold, channel, at)" \
		" SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM entries WHERE id = ?1)") \
	X(KVK_SQL_NOTIFIED_FORGET, "DELETE FROM told WHERE entry = ?1 AND threshold = ?2") \
	X(KVK_SQL_NOTIFIED_FORGET_ENDS, \
		"DELETE FROM told WHERE entry = ?1 AND threshold NOT IN ('" KVK_EVENT_FILE \
		"', '" KVK_EVENT_FOUND "', '" KVK_EVENT_KEY "', '" KVK_EVENT_REVOKED \
		"', '" KVK_EVENT_UNDETERMINED "') AND threshold NOT LIKE '" KVK_EVENT_OWNER "%'") \
	X(KVK_SQL_NOTIFIED_PENDING, \
		"SELECT 1 FROM entries WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM told" \
		" WHERE entry = ?1 AND sha256 = ?2 AND threshold = ?3 AND channel = ?4)") \
	X(KVK_SQL_OWNER_PENDING, \
		"SELECT 1 FROM entries WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM told" \
		" WHERE entry = ?1 AND threshold LIKE '" KVK_EVENT_OWNER "%' AND channel = ?2" \
		" AND at > ?3)") \
	X(KVK_SQL_SET_RUN, "INSERT OR REPLACE INTO state (name, value) VALUES ('last-run', ?1)") \
	X(KVK_SQL_GET_RUN, "SELECT value FROM state WHERE name = 'last-run'") \
	X(KVK_SQL_SET_CHANNEL, \
		"INSERT OR REPLACE INTO state (name, value) VALUES (?1 || ' ' || ?2, ?3)") \
	X(KVK_SQL_GET_CHANNEL, "SELECT value FROM state WHERE name = ?1 || ' ' || ?2") \
	X(KVK_SQL_SET_RECIPIENTS, \
		"INSERT OR REPLACE INTO recipients (entry, addresses) VALUES (?1, ?2)") \
	X(KVK_SQL_GET_RECIPIENTS, "SELECT addresses FROM recipients WHERE entry = ?1") \
	X(KVK_SQL_OUTBOX_ADD, \
		"INSERT INTO messages (channel, key, at, body, recipients)" \
		" VALUES (?1, ?2, ?3, ?4, ?5)") \
	X(KVK_SQL_OUTBOX_ADD_ENTRY, \
		"INSERT OR IGNORE INTO message_entries (message, entry)" \
		" SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM entries WHERE id = ?2)") \
	X(KVK_SQL_OUTBOX_NEXT, \
		"SELECT id, channel, key, at, body, recipients, begun FROM messages" \
		" WHERE id > ?1 ORDER BY id LIMIT 1") \
	X(KVK_SQL_OUTBOX_ENTRIES, \
		"SELECT entry FROM message_entries WHERE message = ?1 AND entry > ?2" \
		" ORDER BY entry LIMIT 1") \
	X(KVK_SQL_OUTBOX_KEEP, \
		"UPDATE messages SET recipients = ?2, begun = begun OR ?3 WHERE id = ?1") \
	X(KVK_SQL_OUTBOX_FORGET, \
		"DELETE FROM told WHERE channel = (SELECT channel FROM messages WHERE id = ?1)" \
		" AND entry IN (SELECT entry FROM message_entries WHERE message = ?1)") \
	X(KVK_SQL_OUTBOX_REMOVE, "DELETE FROM messages WHERE id = ?1") \
	X(KVK_SQL_OUTBOX_DROP, \
		"DELETE FROM messages WHERE id IN (SELECT message FROM message_entries" \
		" JOIN entries ON id = entry WHERE name = ?1)" \
		" AND NOT EXISTS (SELECT 1 FROM message_entries" \
		" JOIN entries AS other ON other.id = entry" \
		" WHERE message = messages.id AND other.name <> ?1)") \
	X(KVK_SQL_OUTBOX_DROP_BELOW, \
		"DELETE FROM messages WHERE id IN (SELECT message FROM message_entries)" \
		" AND NOT EXISTS (SELECT 1 FROM message_entries" \
		" JOIN entries AS other ON other.id = entry WHERE message = messages.id" \
		" AND NOT (other.dossier = 0 AND substr(other.path, 1, length(?1)) = ?1))") \
	X(KVK_SQL_EVENT_ADD, \
		"INSERT INTO events (name, at, user, command, what, detail)" \
		" SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM" \
		" (SELECT at, what, detail FROM events WHERE name = ?1 ORDER BY id DESC LIMIT 1)" \
		" WHERE at = ?2 AND what = ?5 AND detail = ?6)") \
	X(KVK_SQL_EVENT_BELOW, \
		"INSERT INTO events (name, at, user, command, what, detail)" \
		" SELECT name, ?2, ?3, ?4, ?5, COALESCE(serial, '') FROM entries" \
		" WHERE dossier = 0 AND" \
		" substr(path, 1, length(rtrim(?1, '/')) + 1) = rtrim(?1, '/') || '/'") \
	X(KVK_SQL_EVENT_NEXT, \
		"SELECT id, at, user, command, what, detail FROM events" \
		" WHERE name = ?1 AND id > ?2 ORDER BY id LIMIT 1")

#define KVK_STATEMENT_ENUM(id, text) id,
enum kvk_statement { KVK_STATEMENTS(KVK_STATEMENT_ENUM) KVK_SQL_COUNT };
#undef KVK_STATEMENT_ENUM

struct kvk_inventory {
	sqlite3 *db;
	sqlite3_stmt *statements[KVK_SQL_COUNT];
	/* The version of the tables, where they are of an earlier one and cannot be written now:
	 * they are only read. Else 0. */
	int older;
	/* kvk_inventory_begin() was called. */
	bool joined;
	/* What is locked while this run notifies, and its descriptor; below 0: not locked. */
	struct kvk_blob lock_file;
	int lock;
	/* Milliseconds that were spent waiting for others, over all calls. */
	kvk_time waited;
	/* How many entries there are, as far as this connection knows; below 0: not asked yet. */
	long long entries;
};

/*
 * Whether the database is an inventory of this version: makes its tables where it is blank, and
 * brings an older one up, or leaves it as it is where it cannot be written (older).
 * KVK_ERR_DATABASE, with *newer its version where that is newer and else 0; KVK_ERR_BUSY.
 */
enum kvk_err kvk_sqlite_settle(struct kvk_inventory *inventory, int *newer);

/* Whether the tables have what came with a version, and are not from before it. */
bool kvk_sqlite_has(const struct kvk_inventory *inventory, int version);
/* The error for a result of SQLite. */
enum kvk_err kvk_sqlite_error(int result);
/* Why a statement cannot be prepared. Never KVK_OK. */
enum kvk_err kvk_sqlite_failure(sqlite3 *db);
/* Runs text that gives no rows. */
enum kvk_err kvk_sqlite_run(struct kvk_inventory *inventory, const char *text);
/* A statement, reset and ready to be bound; NULL where it cannot be prepared. */
sqlite3_stmt *kvk_sqlite_statement(struct kvk_inventory *inventory, enum kvk_statement which);
/* Steps a bound statement that gives no rows, and resets it; *changed says how many rows changed
 * (may be NULL). */
enum kvk_err kvk_sqlite_step(
	struct kvk_inventory *inventory, sqlite3_stmt *statement, int *changed);
/* Reads a row of KVK_SQL_ENTRY. KVK_ERR_DATABASE where this program did not write it. */
enum kvk_err kvk_sqlite_read_entry(sqlite3_stmt *row, struct kvk_entry *out);
/* Reads the one entry that a bound statement of KVK_SQL_ENTRY gives. KVK_ERR_NOT_FOUND. */
enum kvk_err kvk_sqlite_read_one(sqlite3_stmt *statement, struct kvk_entry *out);
/* Binds 3 to 20: what an entry that exists may change. */
void kvk_sqlite_bind_entry(sqlite3_stmt *statement, const struct kvk_entry *entry);
/* Opens a transaction that may write, unless the caller holds one. KVK_ERR_WRITE where the
 * inventory is only read. */
enum kvk_err kvk_sqlite_begin(struct kvk_inventory *inventory);
/* The same, and a statement for it, ready to be bound; nothing is open after an error. */
enum kvk_err kvk_sqlite_begin_with(
	struct kvk_inventory *inventory, enum kvk_statement which, sqlite3_stmt **out);
/* Ends it: commits where err is KVK_OK, else undoes it. Returns err, or the error of the commit. */
enum kvk_err kvk_sqlite_end(struct kvk_inventory *inventory, enum kvk_err err);

#endif
