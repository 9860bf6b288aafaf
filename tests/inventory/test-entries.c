/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "tests/inventory/scratch.h"

static void what_is_added_is_found(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_entry entry = entry_of("a", 1);
	struct kvk_entry found;

	(void)state;
	entry.dossier = true;
	entry.stage = KVK_STAGE_VERIFIED;
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	assert_true(entry.id > 0);
	assert_int_equal(kvk_inventory_find(inventory, "a", &found), KVK_OK);
	assert_int_equal(found.id, entry.id);
	assert_string_equal(found.path, "/watched/a.pem");
	assert_true(found.dossier);
	assert_int_equal(found.stage, KVK_STAGE_VERIFIED);
	assert_int_equal(found.since, 7 * KVK_DAY);
	assert_true(found.certificate.present);
	assert_memory_equal(found.certificate.sha256, entry.certificate.sha256, KVK_SHA256_SIZE);
	assert_string_equal(found.certificate.serial, "0102");
	assert_int_equal(found.certificate.not_after, 365 * KVK_DAY);
	assert_false(found.file_notified);
	assert_int_equal(kvk_inventory_next_at(inventory, "/watched/a.pem", 0, &found), KVK_OK);
	assert_string_equal(found.name, "a");
	assert_int_equal(kvk_inventory_find(inventory, "A", &found), KVK_ERR_NOT_FOUND);
	assert_int_equal(
		kvk_inventory_next_at(inventory, "/watched", 0, &found), KVK_ERR_NOT_FOUND);
	kvk_inventory_close(inventory);
}

static void names_are_taken_once_and_checked(void **state)
{
	static const char *const wrong[] = { "", "../a", "a..b", ".a", "-a", "A", "a/b", "a b" };
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_entry entry = entry_of("a", 1);

	(void)state;
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_ERR_EXISTS);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		snprintf(entry.name, sizeof entry.name, "%s", wrong[i]);
		assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_ERR_ARGUMENT);
	}
	kvk_inventory_close(inventory);
}

static void a_certificate_can_come_and_go(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_entry entry = entry_of("a", 1);
	struct kvk_entry found;

	(void)state;
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	entry.certificate.present = false;
	entry.stage = KVK_STAGE_REQUESTED;
	assert_int_equal(kvk_inventory_update(inventory, &entry), KVK_OK);
	assert_int_equal(kvk_inventory_find(inventory, "a", &found), KVK_OK);
	assert_false(found.certificate.present);
	assert_int_equal(found.stage, KVK_STAGE_REQUESTED);
	assert_int_equal(kvk_inventory_remove(inventory, "a"), KVK_OK);
	assert_int_equal(kvk_inventory_remove(inventory, "a"), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_inventory_update(inventory, &entry), KVK_ERR_NOT_FOUND);
	kvk_inventory_close(inventory);
}

struct walk {
	struct kvk_inventory *inventory;
	size_t seen;
	size_t stop_at;
};

/* Removes each second entry while it walks. */
static enum kvk_err visit(void *context, const struct kvk_entry *entry)
{
	struct walk *walk = context;
	char name[KVK_LIMIT_ENTRY_NAME + 1];

	snprintf(name, sizeof name, "e%zu", walk->seen);
	assert_string_equal(entry->name, name);
	if (++walk->seen == walk->stop_at)
		return KVK_ERR_CANCELLED;
	return walk->seen % 2 == 0 ? kvk_inventory_remove(walk->inventory, entry->name) : KVK_OK;
}

static enum kvk_err count(void *context, const struct kvk_entry *entry)
{
	(void)entry;
	++*(size_t *)context;
	return KVK_OK;
}

static void all_are_walked_in_order_while_they_change(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct walk walk = { inventory, 0, 0 };
	size_t left = 0;
	char name[32];

	(void)state;
	assert_int_equal(kvk_inventory_begin(inventory), KVK_OK);
	for (unsigned i = 0; i < 200; i++) {
		struct kvk_entry entry;

		snprintf(name, sizeof name, "e%u", i);
		entry = entry_of(name, (uint8_t)i);
		assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	}
	assert_int_equal(kvk_inventory_commit(inventory), KVK_OK);
	walk.stop_at = 1;
	assert_int_equal(kvk_inventory_each(inventory, visit, &walk), KVK_ERR_CANCELLED);
	walk = (struct walk){ inventory, 0, 0 };
	assert_int_equal(kvk_inventory_each(inventory, visit, &walk), KVK_OK);
	assert_int_equal(walk.seen, 200);
	assert_int_equal(kvk_inventory_each(inventory, count, &left), KVK_OK);
	assert_int_equal(left, 100);
	kvk_inventory_close(inventory);
}

static void a_transaction_happens_whole_or_not_at_all(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_inventory *other = open_inventory();
	struct kvk_entry a = entry_of("a", 1), b = entry_of("b", 2);
	size_t n = 0;

	(void)state;
	assert_int_equal(kvk_inventory_begin(inventory), KVK_OK);
	assert_int_equal(kvk_inventory_begin(inventory), KVK_ERR_INTERNAL);
	assert_int_equal(kvk_inventory_add(inventory, &a), KVK_OK);
	assert_int_equal(kvk_inventory_add(inventory, &a), KVK_ERR_EXISTS);
	assert_int_equal(kvk_inventory_add(inventory, &b), KVK_OK);
	assert_int_equal(kvk_inventory_each(other, count, &n), KVK_OK);
	assert_int_equal(n, 0);
	kvk_inventory_rollback(inventory);
	kvk_inventory_rollback(inventory);
	assert_int_equal(kvk_inventory_commit(inventory), KVK_ERR_INTERNAL);
	assert_int_equal(kvk_inventory_begin(inventory), KVK_OK);
	assert_int_equal(kvk_inventory_add(inventory, &b), KVK_OK);
	assert_int_equal(kvk_inventory_commit(inventory), KVK_OK);
	assert_int_equal(kvk_inventory_each(other, count, &n), KVK_OK);
	assert_int_equal(n, 1);
	/* Closing undoes what was not committed. */
	assert_int_equal(kvk_inventory_begin(inventory), KVK_OK);
	assert_int_equal(kvk_inventory_add(inventory, &a), KVK_OK);
	kvk_inventory_close(inventory);
	n = 0;
	assert_int_equal(kvk_inventory_each(other, count, &n), KVK_OK);
	assert_int_equal(n, 1);
	kvk_inventory_close(other);
}

/* Changes a row behind the back of the inventory. */
static void tamper(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(below("inventory.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void a_row_that_we_never_wrote_is_damage(void **state)
{
	static const char *const changes[] = {
		"UPDATE entries SET name = '../../etc'",
		"UPDATE entries SET name = 'a' || char(27)",
		"UPDATE entries SET name = replace(hex(zeroblob(40)), '00', 'aa')",
		"UPDATE entries SET name = x'6100ff'",
		"UPDATE entries SET stage = 'forged'",
		"UPDATE entries SET path = hex(zeroblob(5000))",
		"UPDATE entries SET serial = hex(zeroblob(100))",
	};
	struct kvk_entry entry = entry_of("a", 1);
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		struct kvk_inventory *inventory = open_inventory();

		assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
		tamper(changes[i]);
		assert_int_equal(kvk_inventory_each(inventory, count, &n), KVK_ERR_DATABASE);
		assert_int_equal(n, 0);
		tamper("DELETE FROM entries");
		kvk_inventory_close(inventory);
	}
}

/* Counts, and stops after as many as *context says. */
static enum kvk_err count_down(void *context, const struct kvk_entry *entry)
{
	static kvk_time last;
	int *left = context;

	assert_string_equal(entry->certificate.holder.cn, "api.example.nl");
	assert_true(*left == 200 || entry->certificate.not_after <= last);
	last = entry->certificate.not_after;
	return --*left == 0 ? KVK_ERR_CANCELLED : KVK_OK;
}

static void those_of_a_holder_are_found_by_their_end(void **state)
{
	const struct kvk_holder holder = { true, "api.example.nl", "42" };
	const struct kvk_holder other = { true, "api.example.nl", "43" };
	const struct kvk_holder nobody = { true, "api.example.nl", "" };
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_entry entry = entry_of("other", 1);
	int left = 200;
	char name[16];

	(void)state;
	entry.certificate.holder = nobody;
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	for (int i = 0; i < 190; i++) {
		snprintf(name, sizeof name, "e%d", i);
		entry = entry_of(name, 1);
		entry.certificate.holder = i == 5 ? other : holder;
		entry.certificate.holder.known = i != 5;
		entry.certificate.not_after = i / 2;
		assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	}
	assert_int_equal(
		kvk_inventory_each_before(inventory, &holder, 95, count_down, &left), KVK_OK);
	assert_int_equal(left, 200 - 189);
	left = 200;
	assert_int_equal(
		kvk_inventory_each_before(inventory, &holder, 50, count_down, &left), KVK_OK);
	assert_int_equal(left, 200 - 99);
	left = 200;
	assert_int_equal(
		kvk_inventory_each_before(inventory, &nobody, 95, count_down, &left), KVK_OK);
	assert_int_equal(left, 200);
	left = 2;
	assert_int_equal(
		kvk_inventory_each_before(inventory, &holder, 0, count_down, &left), KVK_OK);
	assert_int_equal(left, 2);
	assert_int_equal(kvk_inventory_find_domain(inventory, "api.example.nl", &entry), KVK_OK);
	assert_string_equal(entry.name, "other");
	assert_int_equal(kvk_inventory_find_domain(inventory, "e5", &entry), KVK_OK);
	assert_string_equal(entry.name, "e5");
	assert_int_equal(kvk_inventory_find_domain(inventory, "e7", &entry), KVK_ERR_NOT_FOUND);
	assert_int_equal(
		kvk_inventory_find_domain(inventory, "b.example.nl", &entry), KVK_ERR_NOT_FOUND);
	kvk_inventory_close(inventory);
}

/* Without a name that both have, only where the files are can say more. */
static void holders_are_as_same_as_their_names_say(void **state)
{
	const struct kvk_holder whole = { true, "api.example.nl", "42" };
	const struct kvk_holder other = { true, "b.example.nl", "42" };
	const struct kvk_holder no_number = { true, "api.example.nl", "" };
	const struct kvk_holder no_cn = { true, "", "42" };
	const struct kvk_holder nothing = { true, "", "" };

	(void)state;
	assert_int_equal(kvk_holder_compare(&whole, &whole), KVK_HOLDER_SAME);
	assert_int_equal(kvk_holder_compare(&whole, &other), KVK_HOLDER_DIFFERS);
	assert_int_equal(kvk_holder_compare(&no_number, &no_number), KVK_HOLDER_SAME_CN);
	assert_int_equal(kvk_holder_compare(&whole, &no_number), KVK_HOLDER_DIFFERS);
	assert_int_equal(kvk_holder_compare(&no_cn, &whole), KVK_HOLDER_DIFFERS);
	assert_int_equal(kvk_holder_compare(&no_cn, &no_cn), KVK_HOLDER_NO_CN);
	assert_int_equal(kvk_holder_compare(&nothing, &nothing), KVK_HOLDER_NO_CN);
	assert_int_equal(kvk_holder_compare(&nothing, &no_cn), KVK_HOLDER_DIFFERS);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(what_is_added_is_found),
		TEST(names_are_taken_once_and_checked),
		TEST(a_certificate_can_come_and_go),
		TEST(all_are_walked_in_order_while_they_change),
		TEST(a_transaction_happens_whole_or_not_at_all),
		TEST(those_of_a_holder_are_found_by_their_end),
		TEST(holders_are_as_same_as_their_names_say),
		TEST(a_row_that_we_never_wrote_is_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
