/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "inventory/finds.h"
#include "tests/support/cost.h"

#define MANY 20000

static struct kvk_finds *finds;

static int make(void **state)
{
	(void)state;
	return kvk_finds_open(&finds) == KVK_OK ? 0 : -1;
}

static int unmake(void **state)
{
	(void)state;
	kvk_finds_close(finds);
	return 0;
}

static void postpone(ino_t ino, const char *path)
{
	const struct kvk_file_id id = { 1, ino };

	assert_int_equal(kvk_finds_postpone(finds, &id, path), KVK_OK);
}

static void expect_postponed(ino_t ino, const char *path)
{
	struct kvk_blob taken = { 0 };
	struct kvk_file_id id;

	assert_int_equal(kvk_finds_take_postponed(finds, &id, &taken), KVK_OK);
	assert_string_equal(kvk_blob_str(&taken), path);
	assert_int_equal(id.dev, 1);
	assert_int_equal(id.ino, ino);
	kvk_blob_free(&taken);
}

static void what_was_postponed_comes_back_by_path(void **state)
{
	struct kvk_blob path = { 0 };
	struct kvk_file_id id;

	(void)state;
	postpone(3, "/c");
	postpone(1, "/b");
	postpone(2, "/d");
	postpone(2, "/a");
	expect_postponed(2, "/a");
	expect_postponed(1, "/b");
	expect_postponed(3, "/c");
	expect_postponed(2, "/d");
	assert_int_equal(kvk_finds_take_postponed(finds, &id, &path), KVK_ERR_NOT_FOUND);
	kvk_blob_free(&path);
}

static void many_that_were_postponed_are_cheap(void **state)
{
	const double before = cost_now();
	char path[32];

	(void)state;
	for (int i = MANY; i > 0; i--) {
		snprintf(path, sizeof path, "/folder/%06d", i);
		postpone((ino_t)i, path);
	}
	for (int i = 1; i <= MANY; i++) {
		snprintf(path, sizeof path, "/folder/%06d", i);
		expect_postponed((ino_t)i, path);
	}
	assert_true(cost_now() - before < cost_limit(2000));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)
	const struct CMUnitTest tests[] = {
		TEST(what_was_postponed_comes_back_by_path),
		TEST(many_that_were_postponed_are_cheap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
