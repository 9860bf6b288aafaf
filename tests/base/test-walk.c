/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/walk.h"

static char scratch[64];

static int make_scratch(void **state)
{
	(void)state;
	strcpy(scratch, "/tmp/kvkcsr-walk-XXXXXX");
	return mkdtemp(scratch) ? 0 : -1;
}

static int remove_scratch(void **state)
{
	(void)state;
	return kvk_dir_remove(scratch) ? -1 : 0;
}

static const char *below(const char *name)
{
	static char paths[2][4096];
	static unsigned turn;

	(void)snprintf(paths[++turn % 2], sizeof(paths[0]), "%s/%s", scratch, name);
	return paths[turn % 2];
}

static void put(const char *name)
{
	assert_int_equal(kvk_file_create(below(name), 0644, kvk_span_of("x")), KVK_OK);
}

static void folder(const char *name)
{
	assert_int_equal(kvk_dir_make(below(name), 0755), KVK_OK);
}

static enum kvk_err note(void *context, const char *path, enum kvk_err err)
{
	struct kvk_blob *seen = context;

	assert_memory_equal(path, scratch, strlen(scratch));
	return kvk_blob_append_format(seen, "%s%s ", err ? "!" : "", path + strlen(scratch) + 1);
}

static const char *walked(const char *name)
{
	static struct kvk_blob seen;

	kvk_blob_clear(&seen);
	assert_int_equal(kvk_walk_folder(below(name), note, &seen), KVK_OK);
	return kvk_blob_str(&seen);
}

static void files_come_in_the_order_of_their_names(void **state)
{
	(void)state;
	folder("b/deep");
	put("c");
	put("a");
	put("B");
	put("b/2");
	put("b/.hidden");
	put("b/deep/1");
	assert_string_equal(walked("."), "./B ./a ./b/.hidden ./b/2 ./b/deep/1 ./c ");
	assert_string_equal(walked("b"), "b/.hidden b/2 b/deep/1 ");
	folder("empty");
	assert_string_equal(walked("empty"), "");
}

static void what_is_no_file_is_passed_over(void **state)
{
	(void)state;
	folder("b");
	assert_int_equal(mkfifo(below("b/pipe"), 0600), 0);
	assert_int_equal(symlink("/dev/zero", below("b/device")), 0);
	assert_int_equal(symlink("nowhere", below("b/dangling")), 0);
	assert_int_equal(symlink("loop", below("b/loop")), 0);
	assert_int_equal(symlink("..", below("b/up")), 0);
	assert_int_equal(symlink("/", below("b/root")), 0);
	assert_string_equal(walked("b"), "");
}

static void links_count_where_they_lead_outside(void **state)
{
	(void)state;
	folder("live");
	folder("live2");
	put("outside");
	put("live2/x");
	put("live/inside");
	assert_int_equal(symlink("../outside", below("live/link")), 0);
	assert_int_equal(symlink("../live2/x", below("live/beside")), 0);
	assert_int_equal(symlink("inside", below("live/same")), 0);
	assert_int_equal(symlink("live", below("way")), 0);
	assert_string_equal(walked("live"), "live/beside live/inside live/link ");
	/* The same through a link, which names the folder differently. */
	assert_string_equal(walked("way"), "way/beside way/inside way/link ");
	assert_string_equal(walked("."), "./live/inside ./live2/x ./outside ");
}

static enum kvk_err stop(void *context, const char *path, enum kvk_err err)
{
	(void)path;
	(void)err;
	return ++*(int *)context == 2 ? KVK_ERR_CANCELLED : KVK_OK;
}

static void the_walk_stops_when_told_to(void **state)
{
	int n = 0;

	(void)state;
	put("a");
	put("b");
	put("c");
	assert_int_equal(kvk_walk_folder(scratch, stop, &n), KVK_ERR_CANCELLED);
	assert_int_equal(n, 2);
}

static void depth_has_a_limit(void **state)
{
	struct kvk_blob path = { .n = 0 };
	char wanted[256];
	int n = -1000;

	(void)state;
	assert_int_equal(kvk_blob_append_text(&path, "d"), KVK_OK);
	for (unsigned i = 1; i < KVK_LIMIT_FOLDER_DEPTH - 1; i++)
		assert_int_equal(kvk_blob_append_text(&path, "/d"), KVK_OK);
	folder(kvk_blob_str(&path));
	assert_int_equal(kvk_walk_folder(scratch, stop, &n), KVK_OK);
	assert_int_equal(kvk_blob_append_text(&path, "/d"), KVK_OK);
	folder(kvk_blob_str(&path));
	assert_int_equal(kvk_walk_folder(scratch, stop, &n), KVK_OK);
	/* it is named, and the rest is walked all the same */
	put("z");
	(void)snprintf(wanted, sizeof(wanted), "!./%s ./z ", kvk_blob_str(&path));
	assert_string_equal(walked("."), wanted);
	kvk_blob_free(&path);
}

static void what_is_no_folder_is_an_error(void **state)
{
	int n = 0;

	(void)state;
	put("a");
	assert_int_equal(kvk_walk_folder(below("a"), stop, &n), KVK_ERR_OPEN);
	assert_int_equal(kvk_walk_folder(below("none"), stop, &n), KVK_ERR_OPEN);
	assert_false(kvk_path_is_folder(below("a")));
	assert_false(kvk_path_is_folder(below("none")));
	assert_true(kvk_path_is_folder(scratch));
}

/* In a child, because it gives up being root. */
static void a_folder_that_is_closed_is_reported(void **state)
{
	int status = 1;
	pid_t child;

	(void)state;
	folder("b");
	put("a");
	put("c");
	assert_int_equal(chmod(below("b"), 0), 0);
	assert_int_equal(chmod(scratch, 0755), 0);
	child = fork();
	if (child == 0) {
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(2);
		_exit(strcmp(walked("."), "./a !./b ./c ") != 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(chmod(below("b"), 0700), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_scratch, remove_scratch)
	const struct CMUnitTest tests[] = {
		TEST(files_come_in_the_order_of_their_names),
		TEST(what_is_no_file_is_passed_over),
		TEST(links_count_where_they_lead_outside),
		TEST(the_walk_stops_when_told_to),
		TEST(depth_has_a_limit),
		TEST(what_is_no_folder_is_an_error),
		TEST(a_folder_that_is_closed_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
