/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "app/store.h"
#include "base/path.h"
#include "tests/inventory/scratch.h"

static void looking_makes_nothing(void **state)
{
	struct kvk_store store;
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(kvk_store_look(below("home"), &store, &why), KVK_OK);
	assert_null(store.inventory);
	assert_string_equal(why.text, "");
	kvk_store_close(&store);
	assert_int_equal(kvk_store_open(below("home"), false, &store, &why), KVK_ERR_NOT_FOUND);
	assert_string_not_equal(why.text, "");
	kvk_store_close(&store);
	assert_string_equal(list_below(""), "");
}

static void home_and_inventory_are_made_where_that_is_asked(void **state)
{
	struct kvk_store store;
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(kvk_store_open(below("home"), true, &store, &why), KVK_OK);
	assert_non_null(store.inventory);
	assert_string_equal(kvk_home_text(&store.home), below("home"));
	kvk_store_close(&store);
	assert_true(kvk_path_exists(below("home/inventory.db")));
	assert_int_equal(kvk_store_look(below("home"), &store, &why), KVK_OK);
	assert_non_null(store.inventory);
	kvk_store_close(&store);
}

static void a_file_is_no_home(void **state)
{
	struct kvk_store store;
	struct kvk_error why = { "" };

	(void)state;
	put_text("file", "");
	assert_int_equal(kvk_store_open(below("file/home"), true, &store, &why), KVK_ERR_CREATE);
	assert_non_null(strstr(why.text, below("file/home")));
	kvk_store_close(&store);
}

static void others_may_not_write_in_it(void **state)
{
	struct kvk_store store;
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(mkdir(below("open"), 0700), 0);
	assert_int_equal(chmod(below("open"), 0777), 0);
	assert_int_equal(kvk_store_open(below("open"), true, &store, &why), KVK_ERR_UNSAFE);
	assert_non_null(strstr(why.text, below("open")));
	kvk_store_close(&store);
	assert_int_equal(kvk_store_look(below("open"), &store, &why), KVK_ERR_UNSAFE);
	kvk_store_close(&store);
}

static void an_entry_is_found_by_its_name(void **state)
{
	struct kvk_entry entry = entry_of("mijn", 7), found;
	struct kvk_store store;
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(kvk_store_open(below("home"), true, &store, &why), KVK_OK);
	assert_int_equal(kvk_inventory_add(store.inventory, &entry), KVK_OK);
	assert_int_equal(kvk_store_find(&store, "mijn", &found, &why), KVK_OK);
	assert_string_equal(found.path, entry.path);
	assert_int_equal(kvk_store_find(&store, "jouw", &found, &why), KVK_ERR_USAGE);
	assert_non_null(strstr(why.text, "'jouw'"));
	assert_non_null(strstr(why.text, below("home")));
	kvk_store_close(&store);
}

static void each_error_of_the_inventory_is_explained(void **state)
{
	static const enum kvk_err errors[] = { KVK_ERR_WRITE, KVK_ERR_DATABASE, KVK_ERR_LIMIT,
		KVK_ERR_BUSY, KVK_ERR_MEMORY };
	struct kvk_error last = { "" };

	(void)state;
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
		struct kvk_error why = { "" };

		assert_int_equal(kvk_store_error(errors[i], &why), errors[i]);
		assert_string_not_equal(why.text, "");
		assert_string_not_equal(why.text, last.text);
		last = why;
	}
	assert_int_equal(kvk_store_error(KVK_OK, &last), KVK_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(looking_makes_nothing),
		TEST(home_and_inventory_are_made_where_that_is_asked),
		TEST(a_file_is_no_home),
		TEST(others_may_not_write_in_it),
		TEST(an_entry_is_found_by_its_name),
		TEST(each_error_of_the_inventory_is_explained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
