/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"
#include "tests/support/alloc.h"

static char scratch[64];
static char path[KVK_LIMIT_PATH + 200];

static int make_scratch(void **state)
{
	(void)state;
	strcpy(scratch, "/tmp/kvkcsr-dir-XXXXXX");
	return mkdtemp(scratch) ? 0 : -1;
}

static int remove_scratch(void **state)
{
	(void)state;
	umask(022);
	return kvk_dir_remove(scratch) ? -1 : 0;
}

static const char *below(const char *name)
{
	(void)snprintf(path, sizeof(path), "%s/%s", scratch, name);
	return path;
}

static mode_t mode_of(const char *name)
{
	struct stat st;

	assert_int_equal(lstat(below(name), &st), 0);
	return st.st_mode;
}

static void folders_are_made_down_to_the_last(void **state)
{
	(void)state;
	umask(077);
	assert_int_equal(kvk_dir_make(below("a//b/c/"), 0750), KVK_OK);
	assert_int_equal(mode_of("a"), S_IFDIR | 0750);
	assert_int_equal(mode_of("a/b"), S_IFDIR | 0750);
	assert_int_equal(mode_of("a/b/c"), S_IFDIR | 0750);
	/* What is there keeps its mode. */
	assert_int_equal(kvk_dir_make(below("a/b/d"), 0700), KVK_OK);
	assert_int_equal(mode_of("a/b"), S_IFDIR | 0750);
	assert_int_equal(mode_of("a/b/d"), S_IFDIR | 0700);
	assert_int_equal(kvk_dir_make(below("a/b/d"), 0755), KVK_OK);
	assert_int_equal(mode_of("a/b/d"), S_IFDIR | 0700);
	assert_int_equal(kvk_dir_make("/", 0755), KVK_OK);
	assert_int_equal(chdir(scratch), 0);
	assert_int_equal(kvk_dir_make("relative/x", 0700), KVK_OK);
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(mode_of("relative/x"), S_IFDIR | 0700);
}

static void folders_that_cannot_be_made(void **state)
{
	char too_long[KVK_LIMIT_PATH + 2];

	(void)state;
	assert_int_equal(kvk_file_create(below("file"), 0600, kvk_span_of("x")), KVK_OK);
	assert_int_equal(kvk_dir_make(below("file"), 0700), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_dir_make(below("file/x"), 0700), KVK_ERR_NOT_FOUND);
	assert_int_equal(symlink("nothing", below("dangling")), 0);
	assert_int_equal(kvk_dir_make(below("dangling/x"), 0700), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_dir_make("", 0700), KVK_ERR_NOT_FOUND);
	memset(too_long, 'a', sizeof(too_long));
	too_long[sizeof(too_long) - 1] = 0;
	assert_int_equal(kvk_dir_make(too_long, 0700), KVK_ERR_OPEN);
	assert_int_equal(errno, ENAMETOOLONG);
	assert_int_equal(kvk_dir_make("/proc/kvkcsr", 0700), KVK_ERR_NOT_FOUND);
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_dir_make(below("new"), 0700), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
	assert_false(kvk_path_exists(below("new")));
}

/* What a look says of a name is what making it says then. */
static void a_look_foretells(void **state)
{
	static const char *const names[] = { "a", "a//b/c/", "a/", "file", "file/x", "file/",
		"dangling", "dangling/", "dangling/x", "linked/x/y", "." };

	(void)state;
	assert_int_equal(kvk_file_create(below("file"), 0600, kvk_span_of("x")), KVK_OK);
	assert_int_equal(symlink("nothing", below("dangling")), 0);
	assert_int_equal(symlink("a", below("linked")), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		bool there = kvk_path_exists(below(names[i]));
		enum kvk_err foretold = kvk_dir_look(below(names[i]));

		assert_int_equal(kvk_path_exists(below(names[i])), there);
		if (kvk_dir_make(below(names[i]), 0700) != foretold)
			fail_msg("of '%s' it says: %s", names[i], kvk_error_text(foretold));
	}
	assert_int_equal(kvk_dir_look(""), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_dir_look("/"), KVK_OK);
	assert_int_equal(chdir(scratch), 0);
	assert_int_equal(kvk_dir_look("x"), KVK_OK);
	assert_int_equal(kvk_dir_look("file/x"), KVK_ERR_NOT_FOUND);
	assert_int_equal(chdir("/"), 0);
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_dir_look(below("new")), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
}

static int make_as_nobody(void)
{
	const struct passwd *nobody = getpwnam("nobody");

	if (!nobody || setgid(nobody->pw_gid) || setuid(nobody->pw_uid))
		return 1;
	if (kvk_dir_make(below("keep/new"), 0700) != KVK_ERR_OPEN || errno != EACCES)
		return 2;
	if (kvk_dir_look(below("keep/new/x")) != KVK_ERR_OPEN || errno != EACCES)
		return 4;
	/* A folder that is there is there, also where none can be made. */
	return kvk_dir_make(below("keep"), 0700) == KVK_OK &&
			kvk_dir_look(below("keep")) == KVK_OK ?
		0 :
		3;
}

static void folders_of_others_are_refused(void **state)
{
	int status;
	pid_t child;

	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(chmod(scratch, 0755), 0);
	assert_int_equal(kvk_dir_make(below("keep"), 0755), KVK_OK);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(make_as_nobody());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void folders_are_evaluated(void **state)
{
	(void)state;
	assert_int_equal(kvk_dir_make(below("d"), 0755), KVK_OK);
	assert_int_equal(kvk_dir_check(path), KVK_OK);
	assert_int_equal(chmod(path, 0775), 0);
	assert_int_equal(kvk_dir_check(path), KVK_ERR_UNSAFE);
	assert_int_equal(chmod(path, 01757), 0);
	assert_int_equal(kvk_dir_check(path), KVK_ERR_UNSAFE);
	assert_int_equal(chmod(path, 0700), 0);
	if (geteuid() == 0) {
		assert_int_equal(chown(path, 1234, 1234), 0);
		assert_int_equal(kvk_dir_check(path), KVK_ERR_UNSAFE);
	}
	assert_int_equal(kvk_dir_check(below("missing")), KVK_ERR_OPEN);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(kvk_file_create(below("file"), 0600, kvk_span_of("x")), KVK_OK);
	assert_int_equal(kvk_dir_check(path), KVK_ERR_OPEN);
	assert_int_equal(errno, ENOTDIR);
}

static void remove_takes_all_and_follows_nothing(void **state)
{
	(void)state;
	assert_int_equal(kvk_dir_make(below("keep"), 0700), KVK_OK);
	assert_int_equal(kvk_file_create(below("keep/file"), 0600, kvk_span_of("x")), KVK_OK);
	assert_int_equal(kvk_dir_make(below("d/e/f"), 0700), KVK_OK);
	assert_int_equal(kvk_file_create(below("d/e/file"), 0400, kvk_span_of("x")), KVK_OK);
	assert_int_equal(mkfifo(below("d/e/.pipe"), 0600), 0);
	assert_int_equal(symlink("../../keep", below("d/e/link")), 0);
	assert_int_equal(symlink("nothing", below("d/dangling")), 0);
	assert_int_equal(kvk_dir_remove(below("d")), KVK_OK);
	assert_false(kvk_path_exists(below("d")));
	assert_true(kvk_path_exists(below("keep/file")));
	/* Neither is a link itself taken for a folder. */
	assert_int_equal(symlink("keep", below("link")), 0);
	assert_int_equal(kvk_dir_remove(below("link")), KVK_ERR_WRITE);
	assert_int_equal(kvk_dir_remove(below("keep/file")), KVK_ERR_WRITE);
	assert_int_equal(kvk_dir_remove(below("missing")), KVK_ERR_WRITE);
	assert_int_equal(errno, ENOENT);
	assert_true(kvk_path_exists(below("keep/file")));
}

static void remove_stops_at_a_depth(void **state)
{
	char deep[3 * KVK_LIMIT_FOLDER_DEPTH] = "";

	(void)state;
	for (unsigned i = 0; i <= KVK_LIMIT_FOLDER_DEPTH; i++)
		strcat(deep, i ? "/d" : "d");
	assert_int_equal(kvk_dir_make(below(deep), 0700), KVK_OK);
	assert_int_equal(kvk_dir_remove(below("d")), KVK_OK);
	assert_int_equal(kvk_dir_make(below(deep), 0700), KVK_OK);
	strcat(deep, "/d");
	assert_int_equal(kvk_dir_make(below(deep), 0700), KVK_OK);
	assert_int_equal(kvk_dir_remove(below("d")), KVK_ERR_WRITE);
	assert_int_equal(errno, ELOOP);
	assert_true(kvk_path_exists(below(deep)));
	/* Take it away in two steps. */
	assert_int_equal(kvk_dir_remove(below("d/d")), KVK_OK);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, make_scratch, remove_scratch)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(folders_are_made_down_to_the_last),
		IN_SCRATCH(folders_that_cannot_be_made),
		IN_SCRATCH(a_look_foretells),
		IN_SCRATCH(folders_of_others_are_refused),
		IN_SCRATCH(folders_are_evaluated),
		IN_SCRATCH(remove_takes_all_and_follows_nothing),
		IN_SCRATCH(remove_stops_at_a_depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
