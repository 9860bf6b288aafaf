/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fault/state.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/encode.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"
#include "crypto/hash.h"
#include "dossier/files.h"

#define INVENTORY "inventory.db"

/* Columns that differ from run to run. */
static const char *const times[] = { "since", "at", "value", "id", "asked" };

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* Calls visit for each name in a folder, in order. */
static enum kvk_err each(const char *folder,
	enum kvk_err (*visit)(void *context, const char *folder, const char *name), void *context)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_entry, by_name);
	enum kvk_err err = count < 0 ? KVK_ERR_OPEN : KVK_OK;

	for (int i = 0; i < count; i++) {
		if (err == KVK_OK)
			err = visit(context, folder, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return err;
}

/* One walk through a home. */
struct walk {
	struct state *state;
	/* Octets of the path of the home. */
	size_t above;
	/* Below a name with a dot. */
	bool unfinished;
};

static enum kvk_err note_wrong(struct state *state, const char *what, const char *path)
{
	return state->wrong.n > 0 ? KVK_OK :
				    kvk_blob_append_format(&state->wrong, "%s: %s", what, path);
}

static enum kvk_err append_hash(struct kvk_span bytes, struct kvk_blob *out)
{
	uint8_t sha256[KVK_SHA256_SIZE];
	enum kvk_err err;

	KVK_TRY(kvk_sha256(bytes, sha256));
	KVK_TRY(kvk_hex(out, (struct kvk_span){ sha256, sizeof sha256 }, '\0'));
	KVK_TRY(kvk_blob_append_byte(out, '\n'));
out:
	return err;
}

static enum kvk_err read_key(
	const struct walk *walk, const char *path, mode_t mode, struct kvk_span bytes)
{
	enum kvk_err err;

	if (mode != 0600)
		return note_wrong(walk->state, "a key that others can read", path);
	if (walk->unfinished)
		return KVK_OK;
	KVK_TRY(kvk_blob_append_format(&walk->state->keys, "%s ", path + walk->above));
	KVK_TRY(append_hash(bytes, &walk->state->keys));
out:
	return err;
}

static enum kvk_err read_file(
	const struct walk *walk, const char *path, const char *name, mode_t mode)
{
	struct kvk_blob *out = walk->unfinished ? &walk->state->unfinished : &walk->state->kept;
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes));
	KVK_TRY(kvk_blob_append_format(out, "%s %o ", path + walk->above, (unsigned)mode));
	KVK_TRY(append_hash(kvk_span_of_blob(&bytes), out));
	if (strcmp(name, KVK_DOSSIER_KEY) == 0)
		KVK_TRY(read_key(walk, path, mode, kvk_span_of_blob(&bytes)));
out:
	kvk_blob_free(&bytes);
	return err;
}

/* The inventory is read as a database, and locks hold nothing. */
static bool passed_over(const char *name)
{
	const char *dot = strrchr(name, '.');

	return strncmp(name, INVENTORY, strlen(INVENTORY)) == 0 ||
		(dot != NULL && strcmp(dot, ".lock") == 0);
}

static enum kvk_err read_entry(void *context, const char *folder, const char *name)
{
	struct walk walk = *(struct walk *)context;
	struct kvk_blob path = { 0 };
	struct stat st;
	enum kvk_err err;

	walk.unfinished = walk.unfinished || name[0] == '.';
	KVK_TRY(kvk_path_join(&path, folder, name));
	KVK_TRY(lstat(kvk_blob_str(&path), &st) == 0 ? KVK_OK : KVK_ERR_OPEN);
	if (S_ISDIR(st.st_mode)) {
		KVK_TRY(kvk_blob_append_format(
			walk.unfinished ? &walk.state->unfinished : &walk.state->kept, "%s %o\n",
			kvk_blob_str(&path) + walk.above, st.st_mode & 07777u));
		KVK_TRY(each(kvk_blob_str(&path), read_entry, &walk));
	} else if (!passed_over(name)) {
		KVK_TRY(read_file(&walk, kvk_blob_str(&path), name, st.st_mode & 07777u));
	}
out:
	kvk_blob_free(&path);
	return err;
}

static bool is_time(const char *column)
{
	for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
		if (strcmp(times[i], column) == 0)
			return true;
	return false;
}

static enum kvk_err append_row(sqlite3_stmt *row, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (int i = 0; i < sqlite3_column_count(row); i++) {
		const char *column = sqlite3_column_name(row, i);
		const uint8_t *p = sqlite3_column_blob(row, i);
		const size_t n = (size_t)sqlite3_column_bytes(row, i);

		if (is_time(column))
			continue;
		KVK_TRY(kvk_blob_append_format(out, " %s=", column));
		KVK_TRY(sqlite3_column_type(row, i) == SQLITE_BLOB ?
				kvk_hex(out, (struct kvk_span){ p, n }, '\0') :
				kvk_blob_append(out, (struct kvk_span){ p, n }));
	}
	KVK_TRY(kvk_blob_append_byte(out, '\n'));
out:
	return err;
}

/* Appends the rows that a statement gives. */
static enum kvk_err append_rows(
	sqlite3 *db, const char *text, const char *head, struct kvk_blob *out)
{
	sqlite3_stmt *rows = NULL;
	enum kvk_err err;
	int result;

	KVK_TRY(sqlite3_prepare_v2(db, text, -1, &rows, NULL) == SQLITE_OK ? KVK_OK :
									     KVK_ERR_DATABASE);
	while ((result = sqlite3_step(rows)) == SQLITE_ROW) {
		KVK_TRY(kvk_blob_append_text(out, head));
		KVK_TRY(append_row(rows, out));
	}
	if (result != SQLITE_DONE)
		err = KVK_ERR_DATABASE;
out:
	sqlite3_finalize(rows);
	return err;
}

/* Every table, whatever the version of the schema: the statements are made of the schema itself. */
static enum kvk_err append_tables(sqlite3 *db, struct kvk_blob *out)
{
	/* In order for each name; what failed at its last step and was repeated is there twice, and
	 * may be said to have failed. */
	static const char history[] =
		"SELECT name, user, command, what, detail FROM events "
		"WHERE what <> 'failed' GROUP BY name, user, command, what, detail "
		"ORDER BY name, MIN(id)";
	static const char names[] = "SELECT name FROM sqlite_master WHERE type = 'table' AND name "
				    "NOT LIKE 'sqlite%' ORDER BY name";
	struct kvk_blob text = { 0 };
	sqlite3_stmt *tables = NULL;
	enum kvk_err err;

	KVK_TRY(sqlite3_prepare_v2(db, names, -1, &tables, NULL) == SQLITE_OK ? KVK_OK :
										KVK_ERR_DATABASE);
	while (sqlite3_step(tables) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(tables, 0);

		kvk_blob_clear(&text);
		KVK_TRY(strcmp(name, "events") == 0 ?
				kvk_blob_append_text(&text, history) :
				kvk_blob_append_format(&text, "SELECT * FROM %s ORDER BY 1", name));
		KVK_TRY(append_rows(db, kvk_blob_str(&text), name, out));
	}
out:
	sqlite3_finalize(tables);
	kvk_blob_free(&text);
	return err;
}

/* A request in the history has an entry, unless the history says what became of it. */
static enum kvk_err check_claims(sqlite3 *db, struct state *state)
{
	static const char claims[] =
		"SELECT name FROM events AS claim WHERE what = 'requested' AND"
		" NOT EXISTS (SELECT 1 FROM entries WHERE entries.name = claim.name) AND"
		" NOT EXISTS (SELECT 1 FROM events WHERE events.name = claim.name AND"
		" events.id > claim.id AND events.what IN ('failed', 'untracked'))";
	struct kvk_blob found = { 0 };
	enum kvk_err err;

	/* An inventory in the making has no tables yet. */
	if (sqlite3_table_column_metadata(db, NULL, "events", NULL, NULL, NULL, NULL, NULL, NULL) !=
		SQLITE_OK)
		return KVK_OK;
	KVK_TRY(append_rows(db, claims, "", &found));
	if (found.n > 0)
		KVK_TRY(note_wrong(state, "the history claims a request", kvk_blob_str(&found)));
out:
	kvk_blob_free(&found);
	return err;
}

/* The rows, and whether the database is whole. Opening it undoes what was left half done. */
static enum kvk_err read_inventory(const char *home, struct state *state)
{
	struct kvk_blob path = { 0 }, check = { 0 };
	sqlite3 *db = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, home, INVENTORY));
	if (!kvk_path_exists(kvk_blob_str(&path)))
		goto out;
	KVK_TRY(sqlite3_open_v2(kvk_blob_str(&path), &db, SQLITE_OPEN_READWRITE, NULL) ==
				SQLITE_OK ?
			KVK_OK :
			KVK_ERR_DATABASE);
	KVK_TRY(append_rows(db, "PRAGMA integrity_check", "", &check));
	if (strcmp(kvk_blob_str(&check), " integrity_check=ok\n") != 0)
		KVK_TRY(note_wrong(state, "a damaged inventory", kvk_blob_str(&check)));
	KVK_TRY(append_tables(db, &state->kept));
	KVK_TRY(check_claims(db, state));
out:
	if (err == KVK_ERR_DATABASE)
		err = note_wrong(state, "an inventory that cannot be read",
			db != NULL ? sqlite3_errmsg(db) : "");
	sqlite3_close(db);
	kvk_blob_free(&check);
	kvk_blob_free(&path);
	return err;
}

enum kvk_err state_read(const char *home, struct state *state)
{
	struct walk walk = { .state = state, .above = strlen(home) + 1 };
	enum kvk_err err;

	KVK_TRY(read_inventory(home, state));
	KVK_TRY(each(home, read_entry, &walk));
out:
	return err;
}

void state_free(struct state *state)
{
	kvk_blob_free(&state->kept);
	kvk_blob_free(&state->unfinished);
	kvk_blob_free(&state->keys);
	kvk_blob_free(&state->wrong);
}

/* Without a sync: a copy need not outlive the test. */
static enum kvk_err write_copy(const char *path, mode_t mode, const struct kvk_blob *bytes)
{
	FILE *file = fopen(path, "wx");
	size_t n;

	if (file == NULL)
		return KVK_ERR_OPEN;
	n = fwrite(kvk_blob_str(bytes), 1, bytes->n, file);
	if (fclose(file) != 0 || n != bytes->n || chmod(path, mode) != 0)
		return KVK_ERR_WRITE;
	return KVK_OK;
}

static enum kvk_err copy_entry(void *context, const char *folder, const char *name)
{
	struct kvk_blob from = { 0 }, to = { 0 }, bytes = { 0 };
	struct stat st;
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&from, folder, name));
	KVK_TRY(kvk_path_join(&to, *(const char *const *)context, name));
	KVK_TRY(lstat(kvk_blob_str(&from), &st) == 0 ? KVK_OK : KVK_ERR_OPEN);
	if (S_ISDIR(st.st_mode)) {
		KVK_TRY(state_copy(kvk_blob_str(&from), kvk_blob_str(&to)));
		goto out;
	}
	KVK_TRY(kvk_file_read(kvk_blob_str(&from), KVK_LIMIT_FILE, 0, &bytes));
	KVK_TRY(write_copy(kvk_blob_str(&to), st.st_mode & 07777u, &bytes));
out:
	kvk_blob_free(&bytes);
	kvk_blob_free(&to);
	kvk_blob_free(&from);
	return err;
}

enum kvk_err state_copy(const char *from, const char *to)
{
	struct stat st;
	enum kvk_err err;

	KVK_TRY(stat(from, &st) == 0 && mkdir(to, st.st_mode & 07777u) == 0 ? KVK_OK :
									      KVK_ERR_OPEN);
	KVK_TRY(each(from, copy_entry, &to));
out:
	return err;
}
