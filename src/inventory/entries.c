/* SPDX-License-Identifier: Apache-2.0 */
/* Part of inventory/sqlite.h: the entries. */
#include "config.h"

#include "inventory/sqlite.h"

#include "base/alloc.h"
#include "base/word.h"

/* Entries that are read at once while all are walked: no statement stays open while visit() runs.
 */
#define PAGE 64
/* The same for those of one holder, of whom the first few say all, as a rule. */
#define PAGE_OF_HOLDER 4

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
			return kvk_sqlite_failure(inventory->db);
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
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_text(statement, 1, entry->name, -1, SQLITE_STATIC);
	sqlite3_bind_int(statement, 2, entry->dossier ? 1 : 0);
	kvk_sqlite_bind_entry(statement, entry);
	sqlite3_bind_int(statement, 23, (int)entry->found);
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

enum kvk_err kvk_sqlite_read_one(sqlite3_stmt *statement, struct kvk_entry *out)
{
	int result = sqlite3_step(statement);
	enum kvk_err err = result == SQLITE_DONE ? KVK_ERR_NOT_FOUND : kvk_sqlite_error(result);

	if (result == SQLITE_ROW)
		err = kvk_sqlite_read_entry(statement, out);
	sqlite3_reset(statement);
	return err;
}

static enum kvk_err find(struct kvk_inventory *inventory, enum kvk_statement which, const char *key,
	struct kvk_entry *out)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, which);

	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
	return kvk_sqlite_read_one(statement, out);
}

enum kvk_err kvk_inventory_find(
	struct kvk_inventory *inventory, const char *name, struct kvk_entry *out)
{
	return find(inventory, KVK_SQL_FIND, name, out);
}

enum kvk_err kvk_inventory_find_same(struct kvk_inventory *inventory,
	const uint8_t sha256[static KVK_SHA256_SIZE], struct kvk_entry *out)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_FIND_SAME);

	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_blob(statement, 1, sha256, KVK_SHA256_SIZE, SQLITE_STATIC);
	return kvk_sqlite_read_one(statement, out);
}

enum kvk_err kvk_inventory_next_at(
	struct kvk_inventory *inventory, const char *path, long long after, struct kvk_entry *out)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_NEXT_AT);

	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, after);
	return kvk_sqlite_read_one(statement, out);
}

enum kvk_err kvk_inventory_find_domain(
	struct kvk_inventory *inventory, const char *domain, struct kvk_entry *out)
{
	/* Its tables do not have that column. */
	if (!kvk_sqlite_has(inventory, 3))
		return KVK_ERR_NOT_FOUND;
	return find(inventory, KVK_SQL_FIND_DOMAIN, domain, out);
}

enum kvk_err kvk_inventory_find_id(
	struct kvk_inventory *inventory, long long id, struct kvk_entry *out)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(inventory, KVK_SQL_FIND_ID);

	if (statement == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_int64(statement, 1, id);
	return kvk_sqlite_read_one(statement, out);
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
	kvk_sqlite_bind_entry(statement, entry);
	sqlite3_bind_int64(statement, 1, entry->id);
	err = kvk_sqlite_end(inventory, change_one(inventory, statement));
out:
	return err;
}

enum kvk_err kvk_inventory_make_dossier(struct kvk_inventory *inventory, long long entry)
{
	sqlite3_stmt *statement;
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin_with(inventory, KVK_SQL_MAKE_DOSSIER, &statement));
	sqlite3_bind_int64(statement, 1, entry);
	err = kvk_sqlite_end(inventory, change_one(inventory, statement));
out:
	return err;
}

/* What waits to be sent about this entry alone goes with it. */
static enum kvk_err remove_named(struct kvk_inventory *inventory, const char *name)
{
	sqlite3_stmt *waiting = kvk_sqlite_statement(inventory, KVK_SQL_OUTBOX_DROP);
	sqlite3_stmt *entry = kvk_sqlite_statement(inventory, KVK_SQL_REMOVE);
	enum kvk_err err;

	if (waiting == NULL || entry == NULL)
		return kvk_sqlite_failure(inventory->db);
	sqlite3_bind_text(waiting, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_text(entry, 1, name, -1, SQLITE_STATIC);
	KVK_TRY(kvk_sqlite_step(inventory, waiting, NULL));
	err = change_one(inventory, entry);
out:
	return err;
}

enum kvk_err kvk_inventory_remove(struct kvk_inventory *inventory, const char *name)
{
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_begin(inventory));
	err = kvk_sqlite_end(inventory, remove_named(inventory, name));
out:
	return err;
}

/* Reads what a bound statement gives, at most a page. */
static enum kvk_err read_rows(sqlite3_stmt *statement, struct kvk_entry *page, size_t *count)
{
	enum kvk_err err;
	int result;

	*count = 0;
	while ((result = sqlite3_step(statement)) == SQLITE_ROW)
		KVK_TRY(kvk_sqlite_read_entry(statement, &page[(*count)++]));
	err = kvk_sqlite_error(result);
out:
	sqlite3_reset(statement);
	return err;
}

/* One walk, a page at a time. */
struct walk {
	struct kvk_inventory *inventory;
	/* Reads the page that comes after an entry; NULL: the first. */
	enum kvk_err (*read)(const struct walk *walk, const struct kvk_entry *after,
		struct kvk_entry *page, size_t *count);
	size_t page;
	/* Of kvk_inventory_each_before(). */
	const struct kvk_holder *holder;
	kvk_time not_after;
	/* Of kvk_inventory_each_unasked(). */
	kvk_time before, now;
	enum kvk_err (*visit)(void *context, const struct kvk_entry *entry);
	void *context;
};

static enum kvk_err read_any(const struct walk *walk, const struct kvk_entry *after,
	struct kvk_entry *page, size_t *count)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(walk->inventory, KVK_SQL_PAGE);

	if (statement == NULL)
		return kvk_sqlite_failure(walk->inventory->db);
	sqlite3_bind_int64(statement, 1, after != NULL ? after->id : 0);
	sqlite3_bind_int(statement, 2, PAGE);
	return read_rows(statement, page, count);
}

static enum kvk_err read_before(const struct walk *walk, const struct kvk_entry *after,
	struct kvk_entry *page, size_t *count)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(walk->inventory, KVK_SQL_PAGE_BEFORE);

	if (statement == NULL)
		return kvk_sqlite_failure(walk->inventory->db);
	sqlite3_bind_text(statement, 1, walk->holder->cn, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, walk->holder->number, -1, SQLITE_STATIC);
	sqlite3_bind_int64(
		statement, 3, after != NULL ? after->certificate.not_after : walk->not_after);
	sqlite3_bind_int64(statement, 4, after != NULL ? after->id : 0);
	sqlite3_bind_int(statement, 5, PAGE_OF_HOLDER);
	return read_rows(statement, page, count);
}

static enum kvk_err read_unasked(const struct walk *walk, const struct kvk_entry *after,
	struct kvk_entry *page, size_t *count)
{
	sqlite3_stmt *statement = kvk_sqlite_statement(walk->inventory, KVK_SQL_PAGE_UNASKED);

	if (statement == NULL)
		return kvk_sqlite_failure(walk->inventory->db);
	sqlite3_bind_int64(statement, 1, after != NULL ? after->revocation.asked : 0);
	sqlite3_bind_int64(statement, 2, after != NULL ? after->id : 0);
	sqlite3_bind_int64(statement, 3, walk->before);
	sqlite3_bind_int64(statement, 4, walk->now);
	sqlite3_bind_int(statement, 5, PAGE);
	return read_rows(statement, page, count);
}

static enum kvk_err walk_entries(const struct walk *walk)
{
	struct kvk_entry *page = kvk_calloc(walk->page + 1, sizeof *page);
	enum kvk_err err = KVK_OK;
	size_t count = walk->page;
	bool first = true;

	if (page == NULL)
		return KVK_ERR_MEMORY;
	for (; count == walk->page; first = false) {
		/* The last one of the page before is kept in front of the next. */
		page[0] = page[count];
		KVK_TRY(walk->read(walk, first ? NULL : &page[0], &page[1], &count));
		for (size_t i = 1; i <= count; i++)
			KVK_TRY(walk->visit(walk->context, &page[i]));
	}
out:
	kvk_free(page);
	return err;
}

enum kvk_err kvk_inventory_each(struct kvk_inventory *inventory,
	enum kvk_err (*visit)(void *context, const struct kvk_entry *entry), void *context)
{
	const struct walk walk = { .inventory = inventory,
		.read = read_any,
		.page = PAGE,
		.visit = visit,
		.context = context };

	return walk_entries(&walk);
}

enum kvk_err kvk_inventory_each_before(struct kvk_inventory *inventory,
	const struct kvk_holder *holder, kvk_time not_after,
	enum kvk_err (*visit)(void *context, const struct kvk_entry *entry), void *context)
{
	const struct walk walk = { .inventory = inventory,
		.read = read_before,
		.page = PAGE_OF_HOLDER,
		.holder = holder,
		.not_after = not_after,
		.visit = visit,
		.context = context };

	if (holder->cn[0] == '\0' || holder->number[0] == '\0' || !kvk_sqlite_has(inventory, 3))
		return KVK_OK;
	return walk_entries(&walk);
}

enum kvk_err kvk_inventory_each_unasked(struct kvk_inventory *inventory, kvk_time before,
	kvk_time now, enum kvk_err (*visit)(void *context, const struct kvk_entry *entry),
	void *context)
{
	const struct walk walk = { .inventory = inventory,
		.read = read_unasked,
		.page = PAGE,
		.before = before,
		.now = now,
		.visit = visit,
		.context = context };

	return kvk_sqlite_has(inventory, 5) ? walk_entries(&walk) : KVK_OK;
}
