/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "inventory/events.h"
#include "tests/inventory/scratch.h"

static const uint8_t ones[KVK_SHA256_SIZE] = { 1 };

struct uploads {
	size_t count;
	kvk_time at;
	uint8_t last[KVK_SHA256_SIZE];
};

static enum kvk_err see(void *context, const uint8_t *sha256, kvk_time at)
{
	struct uploads *uploads = context;

	uploads->count++;
	uploads->at = at;
	memcpy(uploads->last, sha256, KVK_SHA256_SIZE);
	return KVK_OK;
}

static void uploads_outlive_their_entry(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_entry entry = entry_of("a", 1);
	struct uploads uploads = { 0 };

	(void)state;
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	assert_int_equal(kvk_inventory_note_upload(inventory, "a", ones, 5), KVK_OK);
	assert_int_equal(kvk_inventory_note_upload(inventory, "a", ones, 9), KVK_OK);
	assert_int_equal(kvk_inventory_remove(inventory, "a"), KVK_OK);
	assert_int_equal(kvk_inventory_each_upload(inventory, see, &uploads), KVK_OK);
	assert_int_equal(uploads.count, 1);
	assert_int_equal(uploads.at, 5);
	assert_memory_equal(uploads.last, ones, KVK_SHA256_SIZE);
	kvk_inventory_close(inventory);
}

static void many_uploads_are_walked(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct uploads uploads = { 0 };
	uint8_t sha256[KVK_SHA256_SIZE] = { 0 };

	(void)state;
	assert_int_equal(kvk_inventory_begin(inventory), KVK_OK);
	for (unsigned i = 0; i < 130; i++) {
		sha256[0] = (uint8_t)i;
		assert_int_equal(kvk_inventory_note_upload(inventory, "a", sha256, i), KVK_OK);
	}
	assert_int_equal(kvk_inventory_commit(inventory), KVK_OK);
	assert_int_equal(kvk_inventory_each_upload(inventory, see, &uploads), KVK_OK);
	assert_int_equal(uploads.count, 130);
	assert_int_equal(uploads.last[0], 129);
	kvk_inventory_close(inventory);
}

static void the_last_run_is_remembered(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	kvk_time at = 0;

	(void)state;
	assert_int_equal(kvk_inventory_last_run(inventory, &at), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_inventory_note_run(inventory, 10), KVK_OK);
	assert_int_equal(kvk_inventory_note_run(inventory, -20), KVK_OK);
	assert_int_equal(kvk_inventory_last_run(inventory, &at), KVK_OK);
	assert_int_equal(at, -20);
	kvk_inventory_close(inventory);
}

/* All at one time, as with --at: what differs from the last event is another one. */
static void a_renewal_may_be_requested_again(void **state)
{
	static const enum kvk_happening happenings[] = { KVK_HAPPENED_RENEWAL_REQUESTED,
		KVK_HAPPENED_RENEWAL_REQUESTED, KVK_HAPPENED_RENEWAL_ABANDONED,
		KVK_HAPPENED_RENEWAL_REQUESTED };
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_event event = { .id = 0 };
	unsigned count = 0;
	bool open;

	(void)state;
	for (size_t i = 0; i < sizeof happenings / sizeof happenings[0]; i++)
		assert_int_equal(
			kvk_inventory_note_event(inventory, "a", 5, "test", happenings[i], NULL),
			KVK_OK);
	assert_int_equal(kvk_inventory_renewal_open(inventory, "a", &open, NULL), KVK_OK);
	assert_true(open);
	while (kvk_inventory_next_event(inventory, "a", event.id, &event) == KVK_OK)
		count++;
	assert_int_equal(count, 3);
	kvk_inventory_close(inventory);
}

/* Not even another program can change what happened. */
static void the_history_says_who_and_only_grows(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_event event;
	sqlite3 *db = NULL;
	char user[64];

	(void)state;
	snprintf(user, sizeof user, "uid %u (alice)", (unsigned)getuid());
	assert_int_equal(setenv("SUDO_USER", "alice", 1), 0);
	assert_int_equal(kvk_inventory_note_event(
				 inventory, "a", 5, "uploaded", KVK_HAPPENED_UPLOADED, "01ab"),
		KVK_OK);
	assert_int_equal(unsetenv("SUDO_USER"), 0);
	assert_int_equal(kvk_inventory_next_event(inventory, "a", 0, &event), KVK_OK);
	assert_string_equal(event.user, user);
	assert_string_equal(event.command, "uploaded");
	kvk_inventory_close(inventory);
	assert_int_equal(sqlite3_open(below("inventory.db"), &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db, "DELETE FROM events", NULL, NULL, NULL), SQLITE_CONSTRAINT);
	assert_int_equal(sqlite3_exec(db, "UPDATE events SET user = 'bob'", NULL, NULL, NULL),
		SQLITE_CONSTRAINT);
	sqlite3_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(uploads_outlive_their_entry),
		TEST(many_uploads_are_walked),
		TEST(the_last_run_is_remembered),
		TEST(a_renewal_may_be_requested_again),
		TEST(the_history_says_who_and_only_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
