/* SPDX-License-Identifier: Apache-2.0 */
/* Part of inventory/sqlite.h: who was notified of what, and the one run that notifies. */
#include "config.h"

#include "inventory/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds between two looks at whether the other run has ended. */
#define PAUSE_MS 20

/*
 * A lock of its own, not one of the database, which would keep everybody else out while a text is
 * written to somebody who does not read it.
 */
static enum kvk_err lock(int fd)
{
	const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };

	for (int waited = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; waited += PAUSE_MS) {
		/* A file system without such locks: two runs at one moment may both notify. */
		if (errno != EWOULDBLOCK && errno != EINTR)
			return KVK_OK;
		if (waited >= KVK_LIMIT_BUSY_MS)
			return KVK_ERR_BUSY;
		(void)nanosleep(&pause, NULL);
	}
	return KVK_OK;
}

enum kvk_err kvk_inventory_notified_begin(struct kvk_inventory *inventory)
{
	const char *file = kvk_blob_str(&inventory->lock_file);
	int fd = open(file, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	enum kvk_err err = fd >= 0 ? lock(fd) : KVK_ERR_OPEN;

	if (err == KVK_OK)
		inventory->lock = fd;
	else if (fd >= 0)
		close(fd);
	return err;
}

void kvk_inventory_notified_end(struct kvk_inventory *inventory)
{
	if (inventory->lock >= 0)
		close(inventory->lock);
	inventory->lock = -1;
}

/* Binds 1 to 4 of a statement. */
static void bind(sqlite3_stmt *statement, const struct kvk_notified *what)
{
	sqlite3_bind_int64(statement, 1, what->entry);
	sqlite3_bind_blob(statement, 2, what->sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_text(statement, 3, what->threshold, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 4, what->channel, -1, SQLITE_STATIC);
}

/* Whether a bound statement gives a row. */
static enum kvk_err has_row(sqlite3_stmt *statement, bool *out)
{
	const int result = sqlite3_step(statement);

	*out = result == SQLITE_ROW;
	sqlite3_reset(statement);
	return kvk_sqlite_error(result);
}

enum kvk_err kvk_inventory_notified_pending(
	struct kvk_inventory *inventory, const struct kvk_notified *what, bool *pending)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_NOTIFIED_PENDING);

	*pending = false;
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	bind(statement, what);
	return has_row(statement, pending);
}

enum kvk_err kvk_inventory_owner_pending(struct kvk_inventory *inventory, long long entry,
	const char *channel, kvk_time since, bool *pending)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_OWNER_PENDING);

	*pending = false;
	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_int64(statement, 1, entry);
	sqlite3_bind_text(statement, 2, channel, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, since);
	return has_row(statement, pending);
}

enum kvk_err kvk_inventory_notified_add(
	struct kvk_inventory *inventory, const struct kvk_notified *what, kvk_time at)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_NOTIFIED_ADD, &statement));
	bind(statement, what);
	sqlite3_bind_int64(statement, 5, at);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

enum kvk_err kvk_inventory_notified_forget(
	struct kvk_inventory *inventory, long long entry, const char *threshold)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_NOTIFIED_FORGET, &statement));
	sqlite3_bind_int64(statement, 1, entry);
	sqlite3_bind_text(statement, 2, threshold, -1, SQLITE_STATIC);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}

enum kvk_err kvk_inventory_notified_forget_ends(struct kvk_inventory *inventory, long long entry)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_NOTIFIED_FORGET_ENDS, &statement));
	sqlite3_bind_int64(statement, 1, entry);
	err = kvk_sqlite_end(inventory, kvk_sqlite_step(inventory, statement, NULL));
out:
	return err;
}
