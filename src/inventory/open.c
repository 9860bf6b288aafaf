/* SPDX-License-Identifier: Apache-2.0 */
/* Part of inventory/sqlite.h: opening it, and closing. */
#include "config.h"

#include "inventory/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/dir.h"
#include "base/escape.h"
#include "base/format.h"
#include "base/path.h"

#define INVENTORY_FILE "inventory.db"
#define LOCK_FILE "notify.lock"

/* Milliseconds between two tries to lock the database. */
#define PAUSE_MS 10
/* Bytes of the smallest database: one page. */
#define SMALLEST 512

/* Makes an empty file of mode 0600, so that SQLite never makes one that others can read. */
static enum kvk_err make_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EEXIST ? KVK_OK : KVK_ERR_OPEN;
	if (fchmod(fd, 0600) != 0) {
		close(fd);
		return KVK_ERR_OPEN;
	}
	close(fd);
	return KVK_OK;
}

/* The file is a regular one, ours or root's, and writable by nobody else. */
static enum kvk_err check_file(const char *path, bool make)
{
	struct stat st;

	if (lstat(path, &st) != 0) {
		if (errno != ENOENT)
			return KVK_ERR_OPEN;
		return make ? make_file(path) : KVK_ERR_NOT_FOUND;
	}
	if (!S_ISREG(st.st_mode))
		return KVK_ERR_NOT_REGULAR;
	if ((st.st_uid != geteuid() && st.st_uid != 0) || (st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		return KVK_ERR_UNSAFE;
	/* SQLite takes less than a page for an empty database, and would write over it. */
	return st.st_size == 0 || st.st_size >= SMALLEST ? KVK_OK : KVK_ERR_DATABASE;
}

static enum kvk_err make_inventory(struct kvk_inventory **out)
{
	*out = kvk_calloc(1, sizeof **out);
	if (*out == NULL)
		return KVK_ERR_MEMORY;
	(*out)->entries = -1;
	(*out)->lock = -1;
	return KVK_OK;
}

/*
 * Called while somebody else keeps the database locked: waits a little, KVK_LIMIT_BUSY_MS in all of
 * a run, however many calls have to wait.
 */
static int wait_for_others(void *context, int turns)
{
	struct kvk_inventory *inventory = context;
	const kvk_time begin = kvk_time_monotonic();

	(void)turns;
	if (inventory->waited >= KVK_LIMIT_BUSY_MS)
		return 0;
	(void)sqlite3_sleep(PAUSE_MS);
	inventory->waited += kvk_time_monotonic() - begin;
	return 1;
}

static enum kvk_err open_database(const char *path, struct kvk_inventory *inventory, int *newer)
{
	enum kvk_err err;

	KVK_TRY(kvk_sqlite_error(sqlite3_open_v2(
		path, &inventory->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, NULL)));
	sqlite3_extended_result_codes(inventory->db, 1);
	sqlite3_busy_handler(inventory->db, wait_for_others, inventory);
	KVK_TRY(kvk_sqlite_run(inventory,
		"PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA synchronous = "
		"FULL;"));
	KVK_TRY(kvk_sqlite_settle(inventory, newer));
out:
	return err;
}

/* A database that opened but is none of ours, or one that cannot be read as a database at all. */
static enum kvk_err set_database_error(struct kvk_error *why, int newer, const char *file)
{
	if (newer > 0)
		return kvk_error_set(why, KVK_ERR_DATABASE,
			_("the inventory '%s' was created by a newer version of this program (its "
			  "format is %d, this program supports %d); use that version"),
			file, newer, KVK_SQL_VERSION);
	return kvk_error_set(why, KVK_ERR_DATABASE,
		_("the inventory '%s' is damaged or is not an inventory; restore a copy, or move "
		  "it away and run 'kvkcsr adopt' (dossiers are separate folders and are not "
		  "affected), and track other files again"),
		file);
}

static enum kvk_err set_open_error(
	struct kvk_error *why, enum kvk_err err, int newer, const char *folder)
{
	char home[KVK_ERROR_SIZE / 4];
	char file[KVK_ERROR_SIZE / 4 + sizeof INVENTORY_FILE];
	int cause = errno;

	kvk_escape_to(home, sizeof home, kvk_span_of(folder));
	KVK_FORMAT(file, "%s/%s", home, INVENTORY_FILE);
	switch (err) {
	case KVK_ERR_NOT_FOUND:
		return kvk_error_set(why, err,
			_("there is no inventory in '%s'; 'kvkcsr new' and 'kvkcsr track' create "
			  "one, or use --home DIR for another folder"),
			home);
	case KVK_ERR_DATABASE:
		return set_database_error(why, newer, file);
	case KVK_ERR_BUSY:
		return kvk_error_set(
			why, err, _("the inventory '%s' is locked by another program"), file);
	case KVK_ERR_UNSAFE:
		return kvk_error_set(why, err,
			_("the inventory '%s' or its folder belongs to another user or can be "
			  "written by others (chmod go-w)"),
			file);
	case KVK_ERR_OPEN:
		return kvk_error_set(why, err, _("the inventory '%s' cannot be opened: %s"), file,
			strerror(cause));
	default:
		return kvk_error_set(why, err, _("the inventory '%s' cannot be opened: %s"), file,
			kvk_error_text(err));
	}
}

/* The longest name of a home, without links: SQLite appends these to it (sqlite3PagerOpen()). */
static size_t longest_home(void)
{
	const sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	const size_t names = strlen("/" INVENTORY_FILE "-journal");

	return vfs != NULL && (size_t)vfs->mxPathname > names ? (size_t)vfs->mxPathname - names : 0;
}

enum kvk_err kvk_inventory_check_path(const char *home, struct kvk_error *why)
{
	struct kvk_blob real = { 0 };
	char safe[128];
	enum kvk_err err = kvk_path_resolve(&real, home);

	if (err == KVK_ERR_MEMORY || (err == KVK_OK && real.n <= longest_home()))
		goto out;
	err = kvk_error_set(why, KVK_ERR_CREATE,
		kvk_ngettext("the path of the home folder is longer than %zu byte: '%s'; use "
			     "another folder with --home DIR",
			"the path of the home folder is longer than %zu bytes: '%s'; use another "
			"folder with --home DIR",
			longest_home()),
		longest_home(), kvk_escape_to(safe, sizeof safe, kvk_span_of(home)));
out:
	kvk_blob_free(&real);
	return err;
}

/* The folder without links, because SQLite follows none. */
static enum kvk_err resolve_home(const char *home, char **out)
{
	*out = realpath(home, NULL);
	if (*out != NULL)
		return kvk_dir_check(*out);
	if (errno == ENOMEM)
		return KVK_ERR_MEMORY;
	return errno == ENOENT || errno == ENOTDIR ? KVK_ERR_NOT_FOUND : KVK_ERR_OPEN;
}

enum kvk_err kvk_inventory_open(
	const char *home, bool make, struct kvk_inventory **out, struct kvk_error *why)
{
	struct kvk_inventory *inventory = NULL;
	int newer = 0;
	struct kvk_blob path = { 0 };
	char *real = NULL;
	enum kvk_err err;

	*out = NULL;
	err = kvk_inventory_check_path(home, why);
	if (err != KVK_OK)
		return err == KVK_ERR_CREATE ? KVK_ERR_OPEN : err;
	KVK_TRY(resolve_home(home, &real));
	KVK_TRY(kvk_path_join(&path, real, INVENTORY_FILE));
	KVK_TRY(check_file(kvk_blob_str(&path), make));
	KVK_TRY(make_inventory(&inventory));
	KVK_TRY(kvk_path_join(&inventory->lock_file, real, LOCK_FILE));
	KVK_TRY(open_database(kvk_blob_str(&path), inventory, &newer));
	*out = inventory;
	inventory = NULL;
out:
	if (err != KVK_OK)
		(void)set_open_error(why, err, newer, real != NULL ? real : home);
	kvk_inventory_close(inventory);
	kvk_blob_free(&path);
	free(real);
	return err;
}

void kvk_inventory_close(struct kvk_inventory *inventory)
{
	if (inventory == NULL)
		return;
	for (size_t i = 0; i < KVK_SQL_COUNT; i++)
		sqlite3_finalize(inventory->statements[i]);
	sqlite3_close(inventory->db);
	kvk_inventory_notified_end(inventory);
	kvk_blob_free(&inventory->lock_file);
	kvk_free(inventory);
}
