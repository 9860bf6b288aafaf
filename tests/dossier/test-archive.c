/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/dir.h"
#include "base/path.h"
#include "dossier/archive.h"
#include "tests/inventory/scratch.h"

static const char *const files[] = { "chain.pem", "certificate.pem" };

static enum kvk_err archive(const char *name)
{
	return kvk_archive_put(scratch, files, 2, below("archive"), name);
}

static void a_folder_is_moved_whole(void **state)
{
	struct kvk_blob to = { 0 };
	struct stat st;

	(void)state;
	for (int i = 1; i <= 3; i++) {
		assert_int_equal(kvk_dir_make(below("a"), 0700), KVK_OK);
		put_text("a/key.pem", "key");
		assert_int_equal(kvk_archive_move(below("a"), below("archive"), "a", &to), KVK_OK);
		assert_false(kvk_path_exists(below("a")));
	}
	assert_string_equal(kvk_blob_str(&to), below("archive/a-3"));
	assert_string_equal(list_below("archive"), "a a-2 a-3");
	assert_string_equal(list_below("archive/a-2"), "key.pem");
	assert_int_equal(stat(below("archive"), &st), 0);
	assert_int_equal(st.st_mode, S_IFDIR | 0700);
	kvk_blob_free(&to);
}

static void files_are_moved(void **state)
{
	struct kvk_blob kept = { 0 };

	(void)state;
	put_text("certificate.pem", "one");
	put_text("key.pem", "key");
	assert_int_equal(archive("01"), KVK_OK);
	assert_string_equal(list_below(""), "archive key.pem");
	put_text("certificate.pem", "two");
	put_text("chain.pem", "chain");
	assert_int_equal(archive("01"), KVK_OK);
	assert_string_equal(list_below("archive"), "01 01-2");
	assert_string_equal(list_below("archive/01"), "certificate.pem");
	assert_string_equal(list_below("archive/01-2"), "certificate.pem chain.pem");
	get("archive/01/certificate.pem", &kept);
	assert_string_equal(kvk_blob_str(&kept), "one");
	kvk_blob_free(&kept);
}

/* What is there already, whole or in part, needs no second folder. */
static void the_same_files_share_a_folder(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		put_text("certificate.pem", "one");
		assert_int_equal(archive("01"), KVK_OK);
	}
	put_text("certificate.pem", "one");
	put_text("chain.pem", "chain");
	assert_int_equal(archive("01"), KVK_OK);
	assert_string_equal(list_below("archive"), "01");
	assert_string_equal(list_below("archive/01"), "certificate.pem chain.pem");
	/* One of several that is no longer there is another delivery. */
	put_text("certificate.pem", "one");
	assert_int_equal(archive("01"), KVK_OK);
	assert_string_equal(list_below("archive"), "01 01-2");
}

static void names_that_are_taken_do_not_block(void **state)
{
	struct kvk_blob to = { 0 };
	char name[32];

	(void)state;
	assert_int_equal(kvk_dir_make(below("a"), 0700), KVK_OK);
	assert_int_equal(kvk_dir_make(below("archive"), 0700), KVK_OK);
	/* Also a link to nowhere is a name that is taken. */
	assert_int_equal(symlink("nowhere", below("archive/a")), 0);
	for (unsigned i = 2; i < 1001; i++) {
		snprintf(name, sizeof name, "archive/a-%u", i);
		put_text(name, "");
	}
	assert_int_equal(kvk_archive_move(below("a"), below("archive"), "a", &to), KVK_OK);
	assert_string_equal(kvk_blob_str(&to), below("archive/a-1001"));
	put_text("archive/a-1001/other.pem", "");
	put_text("certificate.pem", "one");
	assert_int_equal(archive("a"), KVK_OK);
	assert_string_equal(list_below("archive/a-1002"), "certificate.pem");
	kvk_blob_free(&to);
}

/* Nothing is lost where there can be no archive. */
static void an_archive_that_is_no_folder_is_an_error(void **state)
{
	struct kvk_blob to = { 0 };

	(void)state;
	put_text("archive", "a file");
	put_text("certificate.pem", "one");
	assert_int_equal(archive("01"), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_dir_make(below("a"), 0700), KVK_OK);
	assert_int_equal(
		kvk_archive_move(below("a"), below("archive"), "a", &to), KVK_ERR_NOT_FOUND);
	assert_true(kvk_path_exists(below("a")));
	kvk_blob_free(&to);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(a_folder_is_moved_whole),
		TEST(files_are_moved),
		TEST(the_same_files_share_a_folder),
		TEST(names_that_are_taken_do_not_block),
		TEST(an_archive_that_is_no_folder_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
