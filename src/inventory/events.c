/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/events.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/format.h"
#include "inventory/sqlite.h"

static const char *const words[KVK_HAPPENED_COUNT] = {
#define KVK_HAPPENING_WORD(id, word) [id] = word,
	KVK_HAPPENINGS(KVK_HAPPENING_WORD)
#undef KVK_HAPPENING_WORD
};

/* "uid 0", and who used sudo. */
static void find_user(char out[static KVK_EVENT_USER_SIZE])
{
	const char *sudo = getenv("SUDO_USER");

	if (sudo != NULL && sudo[0] != '\0')
		kvk_format(out, KVK_EVENT_USER_SIZE, "uid %u (%s)", (unsigned)getuid(), sudo);
	else
		kvk_format(out, KVK_EVENT_USER_SIZE, "uid %u", (unsigned)getuid());
}

enum kvk_err kvk_inventory_note_event(struct kvk_inventory *inventory, const char *name,
	kvk_time at, const char *command, enum kvk_happening happening, const char *detail)
{
	char user[KVK_EVENT_USER_SIZE];
	sqlite3_stmt *statement;
	enum kvk_err err;

	find_user(user);
	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_EVENT_ADD, &statement));
	sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, at);
	sqlite3_bind_text(statement, 3, user, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 4, command, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 5, words[happening], -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 6, detail != NULL ? detail : "", -1, SQLITE_STATIC);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

enum kvk_err kvk_inventory_note_below(struct kvk_inventory *inventory, const char *folder,
	kvk_time at, const char *command, enum kvk_happening happening)
{
	char user[KVK_EVENT_USER_SIZE];
	sqlite3_stmt *statement;
	enum kvk_err err;

	find_user(user);
	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_EVENT_BELOW, &statement));
	sqlite3_bind_text(statement, 1, folder, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, at);
	sqlite3_bind_text(statement, 3, user, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 4, command, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 5, words[happening], -1, SQLITE_STATIC);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

/* The dossier with this certificate that waits until a server has it. */
static enum kvk_err find_undeployed(
	struct kvk_inventory *inventory, const uint8_t *sha256, struct kvk_entry *out)
{
	sqlite3_stmt *statement;

	if (!kvk_sqlite_has(inventory, 7))
		return KVK_ERR_NOT_FOUND;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_FIND_UNDEPLOYED);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_blob(statement, 1, sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	return kvk_sqlite_read_one(statement, out);
}

enum kvk_err kvk_inventory_note_deployed(struct kvk_inventory *inventory,
	const uint8_t sha256[static KVK_SHA256_SIZE], kvk_time at, const char *command)
{
	struct kvk_entry entry;
	enum kvk_err err = find_undeployed(inventory, sha256, &entry);

	if (err == KVK_ERR_NOT_FOUND)
		return KVK_OK;
	KVK_TRY(err);
	entry.deploy = false;
	KVK_TRY(kvk_inventory_update(inventory, &entry));
	KVK_TRY(kvk_inventory_note_event(inventory, entry.name, at, command, KVK_HAPPENED_DEPLOYED,
		entry.certificate.serial));
out:
	return err;
}

static void read_text(sqlite3_stmt *row, int column, char *out, size_t size)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	kvk_format(out, size, "%s", text != NULL ? text : "");
}

enum kvk_err kvk_inventory_next_event(
	struct kvk_inventory *inventory, const char *name, long long after, struct kvk_event *out)
{
	sqlite3_stmt *statement;
	int result;

	if (!kvk_sqlite_has(inventory, 7))
		return KVK_ERR_NOT_FOUND;
	statement = kvk_sqlite_statement(inventory, KVK_SQL_EVENT_NEXT);
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, after);
	result = sqlite3_step(statement);
	if (result == SQLITE_ROW) {
		out->id = sqlite3_column_int64(statement, 0);
		out->at = sqlite3_column_int64(statement, 1);
		read_text(statement, 2, out->user, sizeof out->user);
		read_text(statement, 3, out->command, sizeof out->command);
		read_text(statement, 4, out->what, sizeof out->what);
		read_text(statement, 5, out->detail, sizeof out->detail);
	}
	sqlite3_reset(statement);
	return result == SQLITE_DONE ? KVK_ERR_NOT_FOUND : kvk_sqlite_error(result);
}

enum kvk_err kvk_inventory_has_event(struct kvk_inventory *inventory, const char *name, kvk_time at,
	enum kvk_happening happening, const char *detail, bool *has)
{
	struct kvk_event event = { .id = 0 };
	enum kvk_err err = KVK_OK;

	*has = false;
	while (!*has && err == KVK_OK) {
		err = kvk_inventory_next_event(inventory, name, event.id, &event);
		*has = err == KVK_OK && event.at / KVK_SECOND == at / KVK_SECOND &&
			strcmp(event.what, words[happening]) == 0 &&
			strcmp(event.detail, detail) == 0;
	}
	return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
}

enum kvk_err kvk_inventory_renewal_open(
	struct kvk_inventory *inventory, const char *name, bool *open, kvk_time *since)
{
	struct kvk_event event = { .id = 0 };
	enum kvk_err err;

	*open = false;
	for (;;) {
		err = kvk_inventory_next_event(inventory, name, event.id, &event);
		if (err != KVK_OK)
			return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
		if (strcmp(event.what, words[KVK_HAPPENED_RENEWAL_REQUESTED]) == 0) {
			*open = true;
			if (since != NULL)
				*since = event.at;
		} else if (strcmp(event.what, words[KVK_HAPPENED_RENEWAL_UPLOADED]) == 0 ||
			strcmp(event.what, words[KVK_HAPPENED_RENEWAL_ABANDONED]) == 0 ||
			strcmp(event.what, words[KVK_HAPPENED_UNTRACKED]) == 0 ||
			strcmp(event.what, words[KVK_HAPPENED_REQUESTED]) == 0) {
			*open = false;
		}
	}
}
