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
#include "tests/support/alloc.h"
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
	kvk_alloc_fail_after(-1);
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

static void add(int round, const char *path, kvk_time not_after, uint8_t octet)
{
	struct kvk_find find = { .round = round, .certificate = { .not_after = not_after } };

	memset(find.certificate.sha256, octet, KVK_SHA256_SIZE);
	snprintf(find.name, sizeof find.name, "n%u", octet);
	assert_int_equal(kvk_blob_append_text(&find.path, path), KVK_OK);
	assert_int_equal(kvk_finds_add(finds, &find), KVK_OK);
	kvk_blob_free(&find.path);
}

/* All that is found from the start on, by name, with a blank behind each. */
static const char *all(void)
{
	static char text[256];
	struct kvk_find find = { 0 };

	text[0] = '\0';
	while (kvk_finds_next(finds, &find) == KVK_OK)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s ", find.name);
	kvk_blob_free(&find.path);
	return text;
}

static void they_come_back_in_an_order_of_their_own(void **state)
{
	(void)state;
	add(1, "/a/x", 9, 1);
	add(0, "/b/c/x", 9, 2);
	add(0, "/b/y", 1, 3);
	add(0, "/b/y", 1, 0);
	add(0, "/b/y", 5, 4);
	add(0, "/a/z", 1, 5);
	/* By round, depth, path, end and fingerprint. */
	assert_string_equal(all(), "n5 n4 n0 n3 n2 n1 ");
}

static void one_that_is_moved_or_removed_is_met_accordingly(void **state)
{
	struct kvk_find find = { 0 };

	(void)state;
	add(0, "/a", 1, 1);
	add(0, "/b", 1, 2);
	add(0, "/c", 1, 3);
	assert_int_equal(kvk_finds_next(finds, &find), KVK_OK);
	assert_string_equal(find.name, "n1");
	assert_int_equal(kvk_finds_move(finds, find.id, 2), KVK_OK);
	assert_int_equal(kvk_finds_next(finds, &find), KVK_OK);
	assert_string_equal(find.name, "n2");
	assert_int_equal(kvk_finds_remove(finds, find.id), KVK_OK);
	assert_int_equal(kvk_finds_next(finds, &find), KVK_OK);
	assert_string_equal(find.name, "n3");
	assert_int_equal(kvk_finds_next(finds, &find), KVK_OK);
	assert_string_equal(find.name, "n1");
	assert_int_equal(find.round, 2);
	assert_string_equal(kvk_blob_str(&find.path), "/a");
	assert_int_equal(kvk_finds_next(finds, &find), KVK_ERR_NOT_FOUND);
	kvk_blob_free(&find.path);
}

static void of_several_links_the_first_by_name_counts(void **state)
{
	const struct kvk_file_id id = { 1, 2 }, other = { 2, 1 };
	struct kvk_blob link = { 0 };

	(void)state;
	assert_int_equal(kvk_finds_add_target(finds, &id, "/b"), KVK_OK);
	assert_int_equal(kvk_finds_add_target(finds, &id, "/a"), KVK_OK);
	assert_int_equal(kvk_finds_add_target(finds, &id, "/c"), KVK_OK);
	assert_int_equal(kvk_finds_target(finds, &id, &link), KVK_OK);
	assert_string_equal(kvk_blob_str(&link), "/a");
	assert_int_equal(kvk_finds_target(finds, &other, &link), KVK_ERR_NOT_FOUND);
	kvk_blob_free(&link);
}

static void what_is_done_is_done_once(void **state)
{
	const struct kvk_file_id id = { 1, 2 };
	bool is;

	(void)state;
	assert_int_equal(kvk_finds_noted(finds, 1, &id, &is), KVK_OK);
	assert_false(is);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(kvk_finds_first(finds, 1, &id, &is), KVK_OK);
		assert_int_equal(is, i == 0);
	}
	assert_int_equal(kvk_finds_noted(finds, 1, &id, &is), KVK_OK);
	assert_true(is);
	assert_int_equal(kvk_finds_noted(finds, 2, &id, &is), KVK_OK);
	assert_false(is);
}

static void notes_come_back_by_number_and_path(void **state)
{
	struct kvk_blob path = { 0 };
	long long number = 0;
	bool has;

	(void)state;
	assert_int_equal(kvk_finds_note(finds, 7, "/b"), KVK_OK);
	assert_int_equal(kvk_finds_note(finds, 7, "/a"), KVK_OK);
	assert_int_equal(kvk_finds_note(finds, 7, "/a"), KVK_OK);
	assert_int_equal(kvk_finds_note(finds, 3, "/z"), KVK_OK);
	assert_int_equal(kvk_finds_note(finds, -1, "/y"), KVK_OK);
	assert_int_equal(kvk_finds_next_note(finds, &number, &path), KVK_OK);
	assert_int_equal(number, 3);
	assert_int_equal(kvk_finds_next_note(finds, &number, &path), KVK_OK);
	assert_string_equal(kvk_blob_str(&path), "/a");
	assert_int_equal(kvk_finds_next_note(finds, &number, &path), KVK_OK);
	assert_string_equal(kvk_blob_str(&path), "/b");
	assert_int_equal(kvk_finds_next_note(finds, &number, &path), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_finds_has_note(finds, -1, "/y", &has), KVK_OK);
	assert_true(has);
	assert_int_equal(kvk_finds_has_note(finds, 3, "/y", &has), KVK_OK);
	assert_false(has);
	kvk_blob_free(&path);
}

static void without_memory_it_is_an_error(void **state)
{
	struct kvk_finds *none = NULL;

	(void)state;
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_finds_open(&none), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
	assert_null(none);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)
	const struct CMUnitTest tests[] = {
		TEST(what_was_postponed_comes_back_by_path),
		TEST(many_that_were_postponed_are_cheap),
		TEST(they_come_back_in_an_order_of_their_own),
		TEST(one_that_is_moved_or_removed_is_met_accordingly),
		TEST(of_several_links_the_first_by_name_counts),
		TEST(what_is_done_is_done_once),
		TEST(notes_come_back_by_number_and_path),
		TEST(without_memory_it_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
