/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/path.h"
#include "dossier/folder.h"

static char scratch[64];

static const struct kvk_folder_file files[] = {
	{ "key.pem", 0600, { (const uint8_t *)"key", 3 } },
	{ "request.pem", 0644, { (const uint8_t *)"request", 7 } },
};

static int begin(void **state)
{
	(void)state;
	strcpy(scratch, "/tmp/test-folder-XXXXXX");
	return mkdtemp(scratch) == NULL;
}

static int end(void **state)
{
	(void)state;
	return kvk_dir_remove(scratch) != KVK_OK;
}

static const char *at(const char *name)
{
	static char paths[4][256];
	static unsigned next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof paths[0], "%s/%s", scratch, name);
	return path;
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

/* How many entries a folder has, hidden ones included. */
static unsigned count_in(const char *path)
{
	DIR *dir = opendir(path);
	unsigned count = 0;

	assert_non_null(dir);
	while (readdir(dir) != NULL)
		count++;
	closedir(dir);
	return count - 2;
}

static void a_folder_is_made_whole(void **state)
{
	mode_t before = umask(0);

	(void)state;
	assert_int_equal(kvk_folder_make(at("a/b/c"), files, 2, NULL), KVK_OK);
	umask(before);
	assert_int_equal(mode_of(at("a/b/c")), 0700);
	assert_int_equal(mode_of(at("a/b/c/key.pem")), 0600);
	assert_int_equal(mode_of(at("a/b/c/request.pem")), 0644);
	assert_int_equal(count_in(at("a/b")), 1);
	assert_int_equal(count_in(at("a/b/c")), 2);
}

static void nothing_is_written_over(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(kvk_dir_make(at("there"), 0700), KVK_OK);
	assert_int_equal(kvk_folder_make(at("there"), files, 2, &why), KVK_ERR_EXISTS);
	assert_non_null(strstr(why.text, "there"));
	assert_int_equal(symlink("/nonexistent", at("link")), 0);
	assert_int_equal(kvk_folder_make(at("link"), files, 2, NULL), KVK_ERR_EXISTS);
	assert_int_equal(count_in(scratch), 2);
	assert_int_equal(count_in(at("there")), 0);
}

static void a_folder_that_is_there_is_filled(void **state)
{
	(void)state;
	assert_int_equal(kvk_dir_make(at("there"), 0750), KVK_OK);
	assert_int_equal(kvk_file_create(at("there/note"), 0644, files[0].bytes), KVK_OK);
	assert_int_equal(kvk_folder_fill(at("there"), files, 2, NULL), KVK_OK);
	assert_int_equal(mode_of(at("there")), 0750);
	assert_int_equal(mode_of(at("there/key.pem")), 0600);
	assert_int_equal(count_in(at("there")), 3);
	assert_int_equal(kvk_folder_fill(at("new"), files, 2, NULL), KVK_OK);
	assert_int_equal(mode_of(at("new")), 0700);
}

static void filling_is_all_or_nothing(void **state)
{
	(void)state;
	assert_int_equal(kvk_dir_make(at("there"), 0700), KVK_OK);
	assert_int_equal(symlink("/nonexistent", at("there/request.pem")), 0);
	assert_int_equal(kvk_folder_fill(at("there"), files, 2, NULL), KVK_ERR_EXISTS);
	assert_int_equal(count_in(at("there")), 1);
}

static void folders_of_others_are_refused(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(kvk_dir_make(at("open"), 0777), KVK_OK);
	assert_int_equal(kvk_folder_fill(at("open"), files, 2, &why), KVK_ERR_UNSAFE);
	assert_int_equal(kvk_folder_make(at("open/x"), files, 2, &why), KVK_ERR_UNSAFE);
	assert_int_equal(count_in(at("open")), 0);
	/* As /tmp is: nobody moves what is another's. */
	assert_int_equal(chmod(at("open"), 01777), 0);
	assert_int_equal(kvk_folder_make(at("open/x"), files, 2, &why), KVK_OK);
}

static void a_file_in_the_way(void **state)
{
	(void)state;
	assert_int_equal(kvk_file_create(at("file"), 0600, files[0].bytes), KVK_OK);
	assert_int_not_equal(kvk_folder_make(at("file/x"), files, 2, NULL), KVK_OK);
	assert_int_not_equal(kvk_folder_fill(at("file"), files, 2, NULL), KVK_OK);
	assert_int_equal(count_in(scratch), 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

static void leave(const char *name)
{
	struct kvk_error why = { "" };

	assert_int_equal(kvk_folder_make(at(name), files, 2, &why), KVK_OK);
}

static void sweep(const char *name)
{
	static const char *const names[] = { "key.pem", "request.pem" };

	kvk_folder_sweep(at(name), names, 2);
}

static void what_a_crash_left_is_removed(void **state)
{
	static const char *const kept[] = { "w/.new-cccc", "w/.new-ddddddd", "w/xnew-eeeeee",
		"w/dossier" };

	(void)state;
	leave("w/.new-aaaaaa");
	assert_int_equal(kvk_file_create(at("w/.new-aaaaaa/.kvkcsr-0123456789abcdef.tmp"), 0600,
				 files[0].bytes),
		KVK_OK);
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		leave(kept[i]);
	assert_int_equal(symlink("dossier", at("w/.new-ffffff")), 0);
	sweep("w");
	assert_false(kvk_path_exists(at("w/.new-aaaaaa")));
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		assert_int_equal(count_in(at(kept[i])), 2);
	assert_true(kvk_path_exists(at("w/.new-ffffff")));
	/* No folder, nothing to do. */
	sweep("nowhere");
}

/* What another program made, or still works on, is none of ours. */
static void what_is_in_use_or_of_others_stays(void **state)
{
	int held;

	(void)state;
	leave("w/.new-gggggg");
	assert_int_equal(
		kvk_file_create(at("w/.new-gggggg/notes.txt"), 0600, files[0].bytes), KVK_OK);
	leave("w/.new-hhhhhh");
	held = open(at("w/.new-hhhhhh"), O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(held, LOCK_EX), 0);
	sweep("w");
	assert_int_equal(count_in(at("w/.new-gggggg")), 3);
	assert_int_equal(count_in(at("w/.new-hhhhhh")), 2);
	close(held);
	sweep("w");
	assert_false(kvk_path_exists(at("w/.new-hhhhhh")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_folder_is_made_whole),
		TEST(nothing_is_written_over),
		TEST(a_folder_that_is_there_is_filled),
		TEST(filling_is_all_or_nothing),
		TEST(folders_of_others_are_refused),
		TEST(a_file_in_the_way),
		TEST(what_a_crash_left_is_removed),
		TEST(what_is_in_use_or_of_others_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
