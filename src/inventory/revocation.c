/* SPDX-License-Identifier: Apache-2.0 */
/* Part of inventory/sqlite.h: what was learnt of the revocation of a certificate. */
#include "config.h"

#include "inventory/sqlite.h"

static void bind(sqlite3_stmt *statement, const struct kvk_entry_revocation *revocation)
{
	sqlite3_bind_int64(statement, 3, revocation->asked);
	sqlite3_bind_text(
		statement, 4, kvk_entry_status_word(revocation->status), -1, SQLITE_STATIC);
	if (revocation->status != KVK_STATUS_REVOKED && revocation->status != KVK_STATUS_UNKNOWN)
		return;
	sqlite3_bind_int64(statement, 5, revocation->since);
	sqlite3_bind_text(statement, 6, revocation->why, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 7, revocation->url, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 8, revocation->by, -1, SQLITE_STATIC);
}

/* Forgets what was said of a status that has ended. */
static enum kvk_err forget(
	struct kvk_inventory *inventory, long long entry, enum kvk_entry_status status)
{
	enum kvk_err err = KVK_OK;

	if (status == KVK_STATUS_GOOD || status == KVK_STATUS_REVOKED)
		KVK_TRY(kvk_inventory_notified_forget(inventory, entry, KVK_EVENT_UNDETERMINED));
	if (status == KVK_STATUS_GOOD)
		KVK_TRY(kvk_inventory_notified_forget(inventory, entry, KVK_EVENT_REVOKED));
out:
	return err;
}

/* In a transaction that the caller opened. */
static enum kvk_err note(struct kvk_inventory *inventory, sqlite3_stmt *statement, long long entry,
	const struct kvk_entry_revocation *revocation)
{
	int changed = 0;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_step(inventory, statement, &changed));
	if (changed > 0)
		KVK_TRY(forget(inventory, entry, revocation->status));
out:
	return err;
}

enum kvk_err kvk_inventory_note_revocation(struct kvk_inventory *inventory, long long entry,
	const uint8_t sha256[static KVK_SHA256_SIZE], const struct kvk_entry_revocation *revocation)
{
	const bool joined = inventory->joined;
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_NOTE_REVOCATION, &statement));
	sqlite3_bind_int64(statement, 1, entry);
	sqlite3_bind_blob(statement, 2, sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	bind(statement, revocation);
	/* What is forgotten belongs to the same transaction. */
	inventory->joined = true;
	err = note(inventory, statement, entry, revocation);
	inventory->joined = joined;
	err = kvk_sqlite_end(inventory, err);
out:
	return err;
}

enum kvk_err kvk_inventory_is_replaced(
	struct kvk_inventory *inventory, const struct kvk_entry *entry, kvk_time at, bool *replaced)
{
	const struct kvk_entry_certificate *certificate = &entry->certificate;
	sqlite3_stmt *statement;
	int result;

	*replaced = false;
	if (entry->kept || certificate->holder.cn[0] == '\0' || !kvk_sqlite_has(inventory, 5))
		return KVK_OK;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_IS_REPLACED);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_text(statement, 1, certificate->holder.cn, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, certificate->holder.number, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, certificate->not_after);
	sqlite3_bind_int64(statement, 4, certificate->ends);
	sqlite3_bind_int64(statement, 5, at);
	sqlite3_bind_text(statement, 6, entry->path, -1, SQLITE_STATIC);
	result = sqlite3_step(statement);
	*replaced = result == SQLITE_ROW;
	sqlite3_reset(statement);
	return kvk_sqlite_error(result);
}
