/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/path.h"
#include "inventory/events.h"
#include "inventory/outbox.h"
#include "tests/inventory/scratch.h"
#include "tests/support/alloc.h"

static enum kvk_err open_err(const char *home, bool make, struct kvk_error *why)
{
	struct kvk_inventory *inventory = (struct kvk_inventory *)-1;
	enum kvk_err err = kvk_inventory_open(home, make, &inventory, why);

	if (err != KVK_OK)
		assert_null(inventory);
	kvk_inventory_close(inventory);
	return err;
}

static void tamper(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(below("inventory.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void nothing_is_made_unless_asked(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(open_err(below("none"), true, &why), KVK_ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, "/none'"));
	assert_int_equal(open_err(scratch, false, &why), KVK_ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, scratch));
	assert_false(kvk_path_exists(below("inventory.db")));
	assert_int_equal(open_err(scratch, true, &why), KVK_OK);
	assert_int_equal(open_err(scratch, false, &why), KVK_OK);
}

static void it_is_private_whatever_the_umask(void **state)
{
	struct stat st;

	(void)state;
	umask(0);
	kvk_inventory_close(open_inventory());
	umask(0777);
	assert_int_equal(unlink(below("inventory.db")), 0);
	kvk_inventory_close(open_inventory());
	umask(022);
	assert_int_equal(stat(below("inventory.db"), &st), 0);
	assert_int_equal(st.st_mode, S_IFREG | 0600);
}

/* What a process leaves that was killed between making the file and its tables. */
static void an_empty_file_becomes_an_inventory(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	put_text("inventory.db", "");
	assert_int_equal(open_err(scratch, false, &why), KVK_OK);
	assert_int_equal(open_err(scratch, false, &why), KVK_OK);
}

static void another_program_s_database_is_left_alone(void **state)
{
	struct kvk_blob before = { 0 }, after = { 0 };
	struct kvk_error why = { "" };

	(void)state;
	tamper("CREATE TABLE theirs (x)");
	get("inventory.db", &before);
	assert_int_equal(open_err(scratch, true, &why), KVK_ERR_DATABASE);
	assert_non_null(strstr(why.text, "is not an inventory"));
	get("inventory.db", &after);
	assert_true(kvk_span_equal(kvk_span_of_blob(&before), kvk_span_of_blob(&after)));
	kvk_blob_free(&before);
	kvk_blob_free(&after);
	tamper("PRAGMA application_id = 5; PRAGMA user_version = 1");
	assert_int_equal(open_err(scratch, true, &why), KVK_ERR_DATABASE);
}

static void a_newer_one_is_said_to_be_newer(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	kvk_inventory_close(open_inventory());
	tamper("PRAGMA user_version = 99");
	assert_int_equal(open_err(scratch, true, &why), KVK_ERR_DATABASE);
	assert_non_null(strstr(why.text, "newer version"));
	assert_non_null(strstr(why.text, "format is 99"));
}

/* The tables of version 1, as its program made them, with an entry. */
static const char first_version[] =
	"CREATE TABLE entries ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, dossier INTEGER NOT "
	"NULL,"
	" stage TEXT NOT NULL, path TEXT NOT NULL, since INTEGER NOT NULL,"
	" sha256 BLOB, serial TEXT, not_before INTEGER, not_after INTEGER);"
	"CREATE INDEX entries_path ON entries (path);"
	"CREATE TABLE uploads (sha256 BLOB NOT NULL UNIQUE, name TEXT NOT NULL, at INTEGER NOT "
	"NULL);"
	"CREATE TABLE told ("
	" entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE, sha256 BLOB NOT NULL,"
	" threshold TEXT NOT NULL, channel TEXT NOT NULL, at INTEGER NOT NULL,"
	" PRIMARY KEY (entry, sha256, threshold, channel)) WITHOUT ROWID;"
	"CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
	"PRAGMA application_id = 1802922851;"
	"PRAGMA user_version = 1;"
	"INSERT INTO entries (name, dossier, stage, path, since, sha256, serial, not_before, "
	"not_after) VALUES ('a', 0, 'tracked', '/a.pem', 5, zeroblob(32), '01', 6, 7);"
	"INSERT INTO told VALUES (1, zeroblob(32), '60d', 'stdout', 8);";

/* What an inventory knew is the beginning of its history, once. */
static void check_history(struct kvk_inventory *inventory)
{
	struct kvk_event event;

	assert_int_equal(kvk_inventory_next_event(inventory, "a", 0, &event), KVK_OK);
	assert_string_equal(event.what, "tracked");
	assert_string_equal(event.detail, "01");
	assert_int_equal(event.at, 5);
	assert_int_equal(
		kvk_inventory_next_event(inventory, "a", event.id, &event), KVK_ERR_NOT_FOUND);
}

/* A certificate may be in several files. */
static void what_was_uploaded_was_uploaded_once(void **state)
{
	struct kvk_inventory *inventory;
	struct kvk_event event;

	(void)state;
	put_text("inventory.db", "");
	assert_int_equal(chmod(below("inventory.db"), 0600), 0);
	tamper(first_version);
	tamper("INSERT INTO entries (name, dossier, stage, path, since, sha256, serial)"
	       " VALUES ('b', 0, 'tracked', '/b.pem', 5, zeroblob(32), '01');"
	       "INSERT INTO uploads VALUES (zeroblob(32), 'c', 9)");
	inventory = open_inventory();
	assert_int_equal(kvk_inventory_next_event(inventory, "c", 0, &event), KVK_OK);
	assert_string_equal(event.what, "uploaded");
	assert_string_equal(event.detail, "01");
	assert_int_equal(
		kvk_inventory_next_event(inventory, "c", event.id, &event), KVK_ERR_NOT_FOUND);
	kvk_inventory_close(inventory);
}

/* An inventory of an earlier version is brought up to this one, and holds what it held. */
static void an_older_one_is_migrated(void **state)
{
	const uint8_t zeros[KVK_SHA256_SIZE] = { 0 };
	const struct kvk_notified what = { 1, zeros, "60d", "stdout" };
	struct kvk_inventory *inventory;
	struct kvk_entry entry;
	bool pending = true;

	(void)state;
	put_text("inventory.db", "");
	assert_int_equal(chmod(below("inventory.db"), 0600), 0);
	tamper(first_version);
	for (int i = 0; i < 2; i++) {
		inventory = open_inventory();
		assert_int_equal(kvk_inventory_find(inventory, "a", &entry), KVK_OK);
		assert_int_equal(entry.certificate.not_after, 7);
		assert_int_equal(entry.certificate.ends, 7);
		assert_string_equal(entry.certificate.ends_by, KVK_ENDS_BY_LEAF);
		assert_false(entry.certificate.holder.known);
		assert_false(entry.kept);
		assert_int_equal(entry.lead_days, 0);
		assert_int_equal(entry.delivery, KVK_DELIVERY_NONE);
		assert_int_equal(
			kvk_inventory_notified_pending(inventory, &what, &pending), KVK_OK);
		assert_false(pending);
		kvk_inventory_close(inventory);
	}
	inventory = open_inventory();
	check_history(inventory);
	entry.certificate.ends = 4;
	strcpy(entry.certificate.ends_by, "A CA");
	entry.certificate.ca = true;
	memset(entry.certificate.file_sha256, 9, KVK_SHA256_SIZE);
	entry.certificate.holder = (struct kvk_holder){ true, "api.example.nl", "42" };
	entry.kept = true;
	entry.lead_days = 4;
	entry.delivery = KVK_DELIVERY_REJECTED;
	entry.delivery_at = 5;
	entry.switch_at = 6;
	entry.deploy = true;
	assert_int_equal(kvk_inventory_update(inventory, &entry), KVK_OK);
	memset(&entry, 0, sizeof entry);
	assert_int_equal(kvk_inventory_find(inventory, "a", &entry), KVK_OK);
	assert_int_equal(entry.certificate.ends, 4);
	assert_string_equal(entry.certificate.ends_by, "A CA");
	assert_true(entry.certificate.ca);
	assert_true(entry.certificate.holder.known);
	assert_string_equal(entry.certificate.holder.cn, "api.example.nl");
	assert_string_equal(entry.certificate.holder.number, "42");
	assert_true(entry.kept);
	assert_int_equal(entry.lead_days, 4);
	assert_int_equal(entry.delivery, KVK_DELIVERY_REJECTED);
	assert_int_equal(entry.delivery_at, 5);
	assert_int_equal(entry.switch_at, 6);
	assert_true(entry.deploy);
	assert_int_equal(kvk_inventory_set_recipients(inventory, entry.id, "a@x\n"), KVK_OK);
	kvk_inventory_close(inventory);
}

static void rubbish_is_damage(void **state)
{
	static const char long_text[] =
		"something that is much longer than the sixteen octets of the magic number of a "
		"database, and than its header of a hundred octets as well; "
		"0123456789012345678901234567890123456789012345678901234567890123456789012345"
		"0123456789012345678901234567890123456789012345678901234567890123456789012345"
		"0123456789012345678901234567890123456789012345678901234567890123456789012345"
		"0123456789012345678901234567890123456789012345678901234567890123456789012345"
		"0123456789012345678901234567890123456789012345678901234567890123456789012345";
	static const char *const texts[] = { "x", "SQLite format 3", long_text };
	struct kvk_error why = { "" };

	(void)state;
	assert_true(sizeof long_text > 512);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		put_text("inventory.db", texts[i]);
		assert_int_equal(open_err(scratch, true, &why), KVK_ERR_DATABASE);
		assert_non_null(strstr(why.text, "damaged"));
	}
}

static void links_pipes_and_folders_are_refused(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	kvk_inventory_close(open_inventory());
	assert_int_equal(rename(below("inventory.db"), below("other.db")), 0);
	assert_int_equal(symlink("other.db", below("inventory.db")), 0);
	assert_int_equal(open_err(scratch, true, &why), KVK_ERR_NOT_REGULAR);
	assert_int_equal(unlink(below("inventory.db")), 0);
	assert_int_equal(symlink("dangling", below("inventory.db")), 0);
	assert_int_equal(open_err(scratch, true, &why), KVK_ERR_NOT_REGULAR);
	assert_false(kvk_path_exists(below("dangling")));
	assert_int_equal(unlink(below("inventory.db")), 0);
	assert_int_equal(mkfifo(below("inventory.db"), 0600), 0);
	assert_int_equal(open_err(scratch, true, &why), KVK_ERR_NOT_REGULAR);
	assert_int_equal(unlink(below("inventory.db")), 0);
	assert_int_equal(mkdir(below("inventory.db"), 0700), 0);
	assert_int_equal(open_err(scratch, true, &why), KVK_ERR_NOT_REGULAR);
}

static void what_others_may_change_is_refused(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	kvk_inventory_close(open_inventory());
	assert_int_equal(chmod(below("inventory.db"), 0660), 0);
	assert_int_equal(open_err(scratch, true, &why), KVK_ERR_UNSAFE);
	assert_int_equal(chmod(below("inventory.db"), 0600), 0);
	assert_int_equal(chmod(scratch, 0770), 0);
	assert_int_equal(open_err(scratch, true, &why), KVK_ERR_UNSAFE);
	assert_non_null(strstr(why.text, "can be written by others"));
	assert_int_equal(chmod(scratch, 0700), 0);
	assert_int_equal(open_err(scratch, true, &why), KVK_OK);
}

static void a_strange_folder_name_cannot_forge_a_message(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(open_err(below("a\033[2J\nok"), false, &why), KVK_ERR_NOT_FOUND);
	assert_null(strchr(why.text, '\033'));
	assert_null(strchr(why.text, '\n'));
}

static void a_copy_amid_a_change_is_an_error_and_not_empty(void **state)
{
	struct kvk_inventory *inventory = open_inventory(), *copy = NULL;
	struct kvk_entry entry = entry_of("a", 1);

	(void)state;
	assert_int_equal(kvk_inventory_begin(inventory), KVK_OK);
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	assert_int_equal(kvk_inventory_copy(inventory, &copy), KVK_ERR_BUSY);
	assert_null(copy);
	assert_int_equal(kvk_inventory_commit(inventory), KVK_OK);
	assert_int_equal(kvk_inventory_copy(inventory, &copy), KVK_OK);
	assert_int_equal(kvk_inventory_find(copy, "a", &entry), KVK_OK);
	kvk_inventory_close(copy);
	kvk_inventory_close(inventory);
}

static void without_memory_it_is_an_error_and_nothing_is_lost(void **state)
{
	struct kvk_error why = { "" };
	enum kvk_err err = KVK_ERR_MEMORY;
	long n = 0;

	(void)state;
	kvk_inventory_close(open_inventory());
	while (err == KVK_ERR_MEMORY && n < 100) {
		kvk_alloc_fail_after(n++);
		err = open_err(scratch, false, &why);
	}
	kvk_alloc_fail_after(-1);
	assert_int_equal(err, KVK_OK);
	assert_true(n > 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_made_unless_asked),
		TEST(it_is_private_whatever_the_umask),
		TEST(an_empty_file_becomes_an_inventory),
		TEST(another_program_s_database_is_left_alone),
		TEST(a_newer_one_is_said_to_be_newer),
		TEST(an_older_one_is_migrated),
		TEST(what_was_uploaded_was_uploaded_once),
		TEST(rubbish_is_damage),
		TEST(links_pipes_and_folders_are_refused),
		TEST(what_others_may_change_is_refused),
		TEST(a_strange_folder_name_cannot_forge_a_message),
		TEST(a_copy_amid_a_change_is_an_error_and_not_empty),
		TEST(without_memory_it_is_an_error_and_nothing_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
