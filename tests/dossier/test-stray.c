/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/dir.h"
#include "dossier/stray.h"
#include "inventory/events.h"
#include "tests/inventory/scratch.h"

/* Long after the folders of this test were made. */
static kvk_time later(void)
{
	kvk_time now;

	assert_int_equal(kvk_time_now(&now), KVK_OK);
	return now + KVK_HOUR;
}

static void add(struct kvk_inventory *inventory, const char *name, bool dossier)
{
	struct kvk_entry entry = entry_of(name, 1);

	entry.dossier = dossier;
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
}

static void make(const char *name)
{
	assert_int_equal(kvk_dir_make(below(name), 0700), KVK_OK);
}

static void expect(struct kvk_inventory *inventory, kvk_time now, size_t count, const char *name)
{
	struct kvk_strays strays;

	assert_int_equal(kvk_strays_find(inventory, below("dossiers"), now, &strays), KVK_OK);
	assert_int_equal(strays.count, count);
	assert_string_equal(strays.name, name);
}

static void what_has_an_entry_is_no_stray(void **state)
{
	struct kvk_inventory *inventory = open_inventory();

	(void)state;
	expect(inventory, later(), 0, "");
	make("dossiers/b");
	add(inventory, "b", true);
	/* That of a tracked file holds its renewal. */
	make("dossiers/c/next");
	add(inventory, "c", false);
	/* Its inventory was lost. */
	expect(inventory, later(), 1, "c");
	assert_int_equal(kvk_inventory_note_event(
				 inventory, "c", 1, "renew", KVK_HAPPENED_RENEWAL_REQUESTED, NULL),
		KVK_OK);
	expect(inventory, later(), 0, "");
	kvk_inventory_close(inventory);
}

static void strays_are_counted_and_the_first_is_named(void **state)
{
	struct kvk_inventory *inventory = open_inventory();

	(void)state;
	make("dossiers/a");
	add(inventory, "a", true);
	make("dossiers/d");
	make("dossiers/c");
	/* Watched is a file somewhere else, not this folder. */
	make("dossiers/e");
	add(inventory, "e", false);
	expect(inventory, later(), 3, "c");
	kvk_inventory_close(inventory);
}

/* A tracked file has a dossier of its name as long as its renewal is under way. */
static void strays_are_listed_in_order(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_vec names = KVK_STRAY_NAMES_INIT;

	(void)state;
	make("dossiers/c");
	make("dossiers/a");
	make("dossiers/d");
	make("dossiers/b");
	add(inventory, "b", true);
	assert_int_equal(kvk_strays_list(inventory, below("dossiers"), &names), KVK_OK);
	assert_int_equal(names.count, 3);
	assert_string_equal(kvk_vec_at(&names, 0), "a");
	assert_string_equal(kvk_vec_at(&names, 1), "c");
	assert_string_equal(kvk_vec_at(&names, 2), "d");
	kvk_vec_free(&names);
	kvk_inventory_close(inventory);
}

static void what_is_no_dossier_is_passed_over(void **state)
{
	struct kvk_inventory *inventory = open_inventory();

	(void)state;
	make("dossiers/.new-a1B2c3");
	make("dossiers/Upper");
	put_text("dossiers/file", "x");
	assert_int_equal(symlink("Upper", below("dossiers/link")), 0);
	expect(inventory, later(), 0, "");
	kvk_inventory_close(inventory);
}

static void what_is_in_the_making_is_passed_over(void **state)
{
	struct kvk_inventory *inventory = open_inventory();

	(void)state;
	make("dossiers/a");
	expect(inventory, later() - KVK_HOUR, 0, "");
	expect(inventory, later(), 1, "a");
	kvk_inventory_close(inventory);
}

static void a_folder_that_cannot_be_read_is_an_error(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_strays strays;

	(void)state;
	put_text("dossiers", "x");
	assert_int_equal(
		kvk_strays_find(inventory, below("dossiers"), later(), &strays), KVK_ERR_OPEN);
	assert_int_equal(strays.count, 0);
	kvk_inventory_close(inventory);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, scratch_make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_has_an_entry_is_no_stray),
		TEST(strays_are_counted_and_the_first_is_named),
		TEST(strays_are_listed_in_order),
		TEST(what_is_no_dossier_is_passed_over),
		TEST(what_is_in_the_making_is_passed_over),
		TEST(a_folder_that_cannot_be_read_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
