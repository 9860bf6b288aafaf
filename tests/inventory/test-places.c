/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "inventory/pass_files.h"
#include "inventory/places.h"
#include "tests/inventory/scratch.h"

static struct kvk_inventory *inventory;

static int make(void **state)
{
	if (scratch_make(state) != 0)
		return -1;
	inventory = open_inventory();
	return 0;
}

static int unmake(void **state)
{
	kvk_inventory_close(inventory);
	return scratch_remove(state);
}

static struct kvk_entry added(const char *name, const char *path, uint8_t octet)
{
	struct kvk_entry entry = entry_of(name, octet);

	snprintf(entry.path, sizeof entry.path, "%s", path);
	entry.certificate.holder.known = true;
	snprintf(entry.certificate.holder.cn, sizeof entry.certificate.holder.cn, "%s.nl", name);
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	return entry;
}

static long long first_from(long long id)
{
	long long entry;

	assert_int_equal(kvk_inventory_first_with_places(inventory, id, &entry), KVK_OK);
	return entry;
}

static void entries_with_places(void **state)
{
	struct kvk_entry a = added("a", "/x/a.pem", 1), b = added("b", "/x/b.pem", 2);

	(void)state;
	assert_true(first_from(0) == LLONG_MAX);
	assert_int_equal(kvk_inventory_add_place(inventory, b.id, "/y/b.pem"), KVK_OK);
	assert_int_equal(kvk_inventory_add_place(inventory, b.id, "/z/b.pem"), KVK_OK);
	assert_int_equal(first_from(a.id), b.id);
	assert_int_equal(first_from(b.id), b.id);
	assert_true(first_from(b.id + 1) == LLONG_MAX);
}

static void entries_of_one_file_are_found_one_by_one(void **state)
{
	struct kvk_entry a = added("a", "/x/a.pem", 1);
	struct kvk_entry b = added("b", "/x/a.pem", 2);
	struct kvk_entry found;

	(void)state;
	added("c", "/x/c.pem", 3);
	assert_int_equal(kvk_inventory_next_at(inventory, "/x/a.pem", 0, &found), KVK_OK);
	assert_int_equal(found.id, a.id);
	assert_int_equal(kvk_inventory_next_at(inventory, "/x/a.pem", a.id, &found), KVK_OK);
	assert_int_equal(found.id, b.id);
	assert_int_equal(
		kvk_inventory_next_at(inventory, "/x/a.pem", b.id, &found), KVK_ERR_NOT_FOUND);
}

static void a_certificate_is_found_but_not_that_of_a_dossier(void **state)
{
	struct kvk_entry dossier = entry_of("d", 1);
	struct kvk_entry found;

	(void)state;
	dossier.dossier = true;
	assert_int_equal(kvk_inventory_add(inventory, &dossier), KVK_OK);
	assert_int_equal(kvk_inventory_find_same(inventory, dossier.certificate.sha256, &found),
		KVK_ERR_NOT_FOUND);
	added("a", "/x/a.pem", 1);
	assert_int_equal(
		kvk_inventory_find_same(inventory, dossier.certificate.sha256, &found), KVK_OK);
	assert_string_equal(found.name, "a");
}

static void places_go_with_their_entry(void **state)
{
	struct kvk_entry a = added("a", "/x/a.pem", 1);
	struct kvk_blob path = { 0 };
	struct kvk_entry found;

	(void)state;
	assert_int_equal(kvk_inventory_add_place(inventory, a.id, "/x/c.pem"), KVK_OK);
	assert_int_equal(kvk_inventory_add_place(inventory, a.id, "/x/b.pem"), KVK_OK);
	assert_int_equal(kvk_inventory_add_place(inventory, a.id, "/x/b.pem"), KVK_OK);
	assert_int_equal(kvk_inventory_next_place(inventory, a.id, "", &path), KVK_OK);
	assert_string_equal(kvk_blob_str(&path), "/x/b.pem");
	assert_int_equal(kvk_inventory_next_place(inventory, a.id, "/x/b.pem", &path), KVK_OK);
	assert_string_equal(kvk_blob_str(&path), "/x/c.pem");
	assert_int_equal(
		kvk_inventory_next_place(inventory, a.id, "/x/c.pem", &path), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_inventory_next_placed(inventory, "/x/b.pem", 0, &found), KVK_OK);
	assert_int_equal(found.id, a.id);
	assert_int_equal(kvk_inventory_remove_place(inventory, a.id, "/x/b.pem"), KVK_OK);
	assert_int_equal(
		kvk_inventory_remove_place(inventory, a.id, "/x/b.pem"), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_inventory_remove(inventory, "a"), KVK_OK);
	assert_int_equal(
		kvk_inventory_next_placed(inventory, "/x/c.pem", 0, &found), KVK_ERR_NOT_FOUND);
	kvk_blob_free(&path);
}

/* The places that were visited, joined, and the one at which the walk ends. */
struct visit {
	long long entry;
	char seen[64];
	const char *last;
};

static enum kvk_err remove_place(void *context, const char *path)
{
	struct visit *visit = context;

	strcat(visit->seen, path);
	assert_int_equal(kvk_inventory_remove_place(inventory, visit->entry, path), KVK_OK);
	return strcmp(path, visit->last) == 0 ? KVK_ERR_LIMIT : KVK_OK;
}

static void each_place_is_visited_and_may_be_removed(void **state)
{
	struct kvk_entry a = added("a", "/x/a.pem", 1);
	struct kvk_entry other = added("b", "/x/b.pem", 2);
	struct visit visit = { .entry = a.id, .last = "/3" };

	(void)state;
	assert_int_equal(kvk_inventory_add_place(inventory, other.id, "/0"), KVK_OK);
	for (const char *const *p = (const char *const[]){ "/4", "/3", "/2", "/1", NULL };
		*p != NULL; p++)
		assert_int_equal(kvk_inventory_add_place(inventory, a.id, *p), KVK_OK);
	assert_int_equal(
		kvk_inventory_each_place(inventory, a.id, remove_place, &visit), KVK_ERR_LIMIT);
	assert_string_equal(visit.seen, "/1/2/3");
	assert_int_equal(kvk_inventory_each_place(inventory, a.id, remove_place, &visit), KVK_OK);
	assert_string_equal(visit.seen, "/1/2/3/4");
}

static void folders_are_remembered_until_they_are_removed(void **state)
{
	struct kvk_blob path = { 0 };

	(void)state;
	assert_int_equal(kvk_inventory_next_folder(inventory, "", &path), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_inventory_add_folder(inventory, "/y"), KVK_OK);
	assert_int_equal(kvk_inventory_add_folder(inventory, "/x"), KVK_OK);
	assert_int_equal(kvk_inventory_add_folder(inventory, "/x"), KVK_OK);
	assert_int_equal(kvk_inventory_next_folder(inventory, "", &path), KVK_OK);
	assert_string_equal(kvk_blob_str(&path), "/x");
	assert_int_equal(kvk_inventory_next_folder(inventory, "/x", &path), KVK_OK);
	assert_string_equal(kvk_blob_str(&path), "/y");
	assert_int_equal(kvk_inventory_remove_folder(inventory, "/x"), KVK_OK);
	assert_int_equal(kvk_inventory_remove_folder(inventory, "/x"), KVK_ERR_NOT_FOUND);
	kvk_blob_free(&path);
}

static void a_later_one_is_looked_for_below_the_folder(void **state)
{
	static const struct {
		const char *folder;
		kvk_time later_than;
		bool found;
	} cases[] = {
		{ "/x", 0, true },
		{ "/x/", 365 * KVK_DAY, true },
		{ "/", 0, true },
		{ "/x", 366 * KVK_DAY, false },
		{ "/x/a", 0, false },
		{ "/y", 0, false },
	};
	struct kvk_entry a = added("a", "/x/a.pem", 1);
	bool found;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_int_equal(kvk_inventory_has_later(inventory, &a.certificate.holder,
					 cases[i].later_than, cases[i].folder, &found),
			KVK_OK);
		assert_int_equal(found, cases[i].found);
	}
	strcpy(a.certificate.holder.number, "1");
	assert_int_equal(
		kvk_inventory_has_later(inventory, &a.certificate.holder, 0, "/x", &found), KVK_OK);
	assert_false(found);
}

static void what_is_dismissed_stays_so_until_it_is_readmitted(void **state)
{
	static const char *const readmitted[] = { "/x/a.pem", "/x", "/" };
	static const char *const others[] = { "/x/a.pe", "/x/a.pemm", "/y" };
	const struct kvk_entry a = entry_of("a", 1);
	bool dismissed = true;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(kvk_inventory_dismissed(
					 inventory, "/x/a.pem", &a.certificate.holder, &dismissed),
			KVK_OK);
		assert_false(dismissed);
		assert_int_equal(
			kvk_inventory_dismiss(inventory, "/x/a.pem", &a.certificate.holder),
			KVK_OK);
		for (size_t j = 0; j < 3; j++)
			assert_int_equal(kvk_inventory_readmit(inventory, others[j]), KVK_OK);
		assert_int_equal(kvk_inventory_dismissed(
					 inventory, "/x/a.pem", &a.certificate.holder, &dismissed),
			KVK_OK);
		assert_true(dismissed);
		assert_int_equal(kvk_inventory_readmit(inventory, readmitted[i]), KVK_OK);
	}
}

/* An inventory of version 3 that cannot be written is read without the tables of today. */
static void an_older_one_that_is_only_read_has_none(void **state)
{
	struct kvk_blob path = { 0 };
	struct kvk_entry found;
	struct kvk_entry a = added("a", "/x/a.pem", 1);
	struct kvk_error why = { "" };
	struct rlimit before, full;
	sqlite3 *db;
	bool any = true;

	(void)state;
	kvk_inventory_close(inventory);
	inventory = NULL;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	full = (struct rlimit){ 0, before.rlim_max };
	assert_int_equal(sqlite3_open(below("inventory.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				 "DROP TRIGGER pass_files_end; DROP TABLE pass_files;"
				 "DROP TABLE places; DROP TABLE folders; DROP TABLE dismissed;"
				 "DROP INDEX entries_sha256; ALTER TABLE entries DROP COLUMN found;"
				 "PRAGMA user_version = 3;",
				 NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
	assert_int_equal(kvk_inventory_open(scratch, false, &inventory, &why), KVK_OK);
	assert_int_equal(kvk_inventory_find(inventory, "a", &found), KVK_OK);
	assert_int_equal(found.certificate.ends, a.certificate.ends);
	assert_int_equal(found.found, KVK_FOUND_ASKED);
	assert_int_equal(kvk_inventory_next_place(inventory, a.id, "", &path), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_inventory_next_placed(inventory, "/x", 0, &found), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_inventory_next_folder(inventory, "", &path), KVK_ERR_NOT_FOUND);
	assert_int_equal(
		kvk_inventory_has_later(inventory, &a.certificate.holder, 0, "/", &any), KVK_OK);
	assert_false(any);
	assert_int_equal(
		kvk_inventory_dismissed(inventory, "/x", &a.certificate.holder, &any), KVK_OK);
	assert_false(any);
	assert_int_equal(kvk_inventory_add_folder(inventory, "/x"), KVK_ERR_WRITE);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	kvk_blob_free(&path);
}

/* Where a passphrase lies is known until nothing of its file is watched any more. */
static void a_pass_file_goes_with_the_last_entry(void **state)
{
	struct kvk_entry a = entry_of("p1", 1), b = entry_of("p2", 2);
	struct kvk_blob found = { 0 };

	(void)state;
	strcpy(a.path, "/s.p12");
	strcpy(b.path, "/s.p12");
	assert_int_equal(kvk_inventory_add(inventory, &a), KVK_OK);
	assert_int_equal(kvk_inventory_add(inventory, &b), KVK_OK);
	assert_int_equal(kvk_inventory_pass_file(inventory, "/s.p12", &found), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_inventory_set_pass_file(inventory, "/s.p12", "/old"), KVK_OK);
	assert_int_equal(kvk_inventory_set_pass_file(inventory, "/s.p12", "/pass"), KVK_OK);
	assert_int_equal(kvk_inventory_remove(inventory, "p1"), KVK_OK);
	assert_int_equal(kvk_inventory_pass_file(inventory, "/s.p12", &found), KVK_OK);
	assert_string_equal(kvk_blob_str(&found), "/pass");
	assert_int_equal(kvk_inventory_remove(inventory, "p2"), KVK_OK);
	assert_int_equal(kvk_inventory_pass_file(inventory, "/s.p12", &found), KVK_ERR_NOT_FOUND);
	kvk_blob_free(&found);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)
	const struct CMUnitTest tests[] = {
		TEST(entries_with_places),
		TEST(entries_of_one_file_are_found_one_by_one),
		TEST(a_certificate_is_found_but_not_that_of_a_dossier),
		TEST(places_go_with_their_entry),
		TEST(each_place_is_visited_and_may_be_removed),
		TEST(folders_are_remembered_until_they_are_removed),
		TEST(a_later_one_is_looked_for_below_the_folder),
		TEST(what_is_dismissed_stays_so_until_it_is_readmitted),
		TEST(an_older_one_that_is_only_read_has_none),
		TEST(a_pass_file_goes_with_the_last_entry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
