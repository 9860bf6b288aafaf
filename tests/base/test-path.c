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

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/limits.h"
#include "base/path.h"
#include "tests/support/alloc.h"

/* A folder without links above it, and a path below it. */
static char scratch[64];
static char path[KVK_LIMIT_PATH + 200];

/* Each test starts in the scratch folder, where "a/b" is a folder and "link" leads to it. */
static int make_scratch(void **state)
{
	char made[] = "/tmp/kvkcsr-path-XXXXXX";
	char real[PATH_MAX];

	(void)state;
	if (mkdtemp(made) == NULL || realpath(made, real) == NULL ||
		strlen(real) >= sizeof(scratch))
		return -1;
	strcpy(scratch, real);
	if (chdir(scratch) != 0 || kvk_dir_make("a/b", 0700) != KVK_OK)
		return -1;
	return symlink("a/b", "link");
}

static int remove_scratch(void **state)
{
	(void)state;
	return chdir("/") != 0 || kvk_dir_remove(scratch) != KVK_OK ? -1 : 0;
}

static const char *below(const char *name)
{
	(void)snprintf(path, sizeof(path), "%s/%s", scratch, name);
	return path;
}

static void names_of_any_kind_exist(void **state)
{
	(void)state;
	assert_true(kvk_path_exists(scratch));
	assert_false(kvk_path_exists(below("x")));
	assert_int_equal(symlink("nothing", path), 0);
	assert_true(kvk_path_exists(path));
	assert_false(kvk_path_is_folder(path));
	assert_true(kvk_path_is_folder(scratch));
}

static void paths_have_one_slash(void **state)
{
	static const char *const cases[][3] = {
		{ "a", "b", "a/b" },
		{ "a/", "b", "a/b" },
		{ "a//", "/b", "a/b" },
		{ "/", "b", "/b" },
		{ "", "b", "b" },
		{ ".", "b/c", "./b/c" },
		{ "a", "", "a/" },
	};
	char folder[KVK_LIMIT_PATH + 1];
	struct kvk_blob out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(kvk_path_join(&out, cases[i][0], cases[i][1]), KVK_OK);
		assert_string_equal(kvk_blob_str(&out), cases[i][2]);
	}
	memset(folder, 'a', sizeof(folder) - 1);
	folder[sizeof(folder) - 1] = 0;
	assert_int_equal(kvk_path_join(&out, folder, "b"), KVK_ERR_LIMIT);
	assert_int_equal(out.n, 0);
	assert_int_equal(kvk_path_join(&out, folder + 2, "b"), KVK_OK);
	assert_int_equal(out.n, KVK_LIMIT_PATH);
	assert_int_equal(kvk_path_join(&out, folder + 1, "b"), KVK_ERR_LIMIT);
	kvk_blob_free(&out);
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_path_join(&out, "a", "b"), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
}

static void a_path_has_a_parent(void **state)
{
	static const char *const cases[][2] = {
		{ "", "." },
		{ "a", "." },
		{ "a/", "." },
		{ "a//b/", "a" },
		{ "a/b/c", "a/b" },
		{ "./a", "." },
		{ "/a", "/" },
		{ "//a//", "/" },
		{ "/", "/" },
		{ "///", "/" },
		{ ".", "." },
		{ "..", "." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct kvk_span parent = kvk_path_parent(kvk_span_of(cases[i][0]));

		if (!kvk_span_is(parent, cases[i][1]))
			fail_msg("above '%s' is '%.*s'", cases[i][0], (int)parent.n,
				(const char *)parent.p);
	}
	assert_true(kvk_span_is(kvk_path_trim(kvk_span_of("a//")), "a"));
	assert_true(kvk_span_is(kvk_path_trim(kvk_span_of("//")), "/"));
	assert_int_equal(kvk_path_trim(kvk_span_of("")).n, 0);
}

/* What one path becomes in each of the three ways, NULL where it is refused; a result that does
 * not begin with a slash is in the scratch folder. */
static const struct path_case {
	const char *typed;
	const char *absolute;
	const char *plain;
	const char *resolved;
} path_cases[] = {
	{ "x", "x", "x", "x" },
	{ "./x", "./x", "x", "x" },
	{ "a//b/x/", "a//b/x/", "a/b/x", "a/b/x" },
	{ "link/x", "link/x", "link/x", "a/b/x" },
	{ "link/../x", "link/../x", "a/x", "a/x" },
	{ "none/../x", "none/../x", NULL, "none/../x" },
	{ "none/x//y/", "none/x//y/", "none/x/y", "none/x//y" },
	{ "..", "..", NULL, "/tmp" },
	{ "a..b/..c", "a..b/..c", "a..b/..c", "a..b/..c" },
	{ "/", "/", "", "/" },
	{ "/none//x/./y", "/none//x/./y", "/none/x/y", "/none//x/./y" },
	{ "/../none", "/../none", "/none", "/none" },
};

typedef enum kvk_err way(struct kvk_blob *out, const char *path);

static void assert_becomes(way *make, const char *typed, const char *expected)
{
	struct kvk_blob out = { 0 };
	enum kvk_err err = make(&out, typed);

	if (expected == NULL) {
		assert_int_not_equal(err, KVK_OK);
	} else {
		assert_int_equal(err, KVK_OK);
		assert_string_equal(kvk_blob_str(&out),
			expected[0] == '/' || typed[0] == '/' ? expected : below(expected));
	}
	kvk_blob_free(&out);
}

static void paths_become_absolute(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(path_cases) / sizeof(path_cases[0]); i++) {
		const struct path_case *c = &path_cases[i];

		assert_becomes(kvk_path_absolute, c->typed, c->absolute);
		assert_becomes(kvk_path_plain, c->typed, c->plain);
		assert_becomes(kvk_path_resolve, c->typed, c->resolved);
	}
}

static void paths_that_cannot_become_absolute(void **state)
{
	static way *const ways[] = { kvk_path_absolute, kvk_path_plain, kvk_path_resolve };
	char too_long[PATH_MAX + 1];
	struct kvk_blob out = { 0 };

	(void)state;
	memset(too_long, 'a', sizeof(too_long));
	too_long[sizeof(too_long) - 1] = 0;
	assert_int_equal(kvk_path_absolute(&out, too_long), KVK_ERR_LIMIT);
	assert_int_equal(kvk_path_plain(&out, too_long), KVK_ERR_LIMIT);
	assert_int_equal(kvk_path_resolve(&out, too_long), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_path_resolve(&out, ""), KVK_ERR_ARGUMENT);
	assert_int_equal(kvk_path_plain(&out, "none/../x"), KVK_ERR_OPEN);
	kvk_alloc_fail_after(0);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		assert_int_equal(ways[i](&out, "x"), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
	assert_int_equal(chdir("a/b"), 0);
	assert_int_equal(rmdir(below("a/b")), 0);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		assert_int_equal(ways[i](&out, "x"), KVK_ERR_NOT_FOUND);
	kvk_blob_free(&out);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, make_scratch, remove_scratch)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(names_of_any_kind_exist),
		cmocka_unit_test(paths_have_one_slash),
		cmocka_unit_test(a_path_has_a_parent),
		IN_SCRATCH(paths_become_absolute),
		IN_SCRATCH(paths_that_cannot_become_absolute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
