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
	tamper("PRAGMA user_version = 2");
	assert_int_equal(open_err(scratch, true, &why), KVK_ERR_DATABASE);
	assert_non_null(strstr(why.text, "newer version"));
	assert_non_null(strstr(why.text, "format is 2"));
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
		TEST(rubbish_is_damage),
		TEST(links_pipes_and_folders_are_refused),
		TEST(what_others_may_change_is_refused),
		TEST(a_strange_folder_name_cannot_forge_a_message),
		TEST(without_memory_it_is_an_error_and_nothing_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
