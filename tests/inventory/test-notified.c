/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/inventory/scratch.h"

static const uint8_t ones[KVK_SHA256_SIZE] = { 1 };
static const uint8_t twos[KVK_SHA256_SIZE] = { 2 };

static bool pending(struct kvk_inventory *inventory, long long id, const uint8_t *sha256,
	const char *threshold, const char *channel)
{
	const struct kvk_notified what = { id, sha256, threshold, channel };
	bool out = false;

	assert_int_equal(kvk_inventory_notified_pending(inventory, &what, &out), KVK_OK);
	return out;
}

/* Remembers it; whether it was pending. */
static bool notify(struct kvk_inventory *inventory, long long id, const uint8_t *sha256,
	const char *threshold, const char *channel)
{
	const struct kvk_notified what = { id, sha256, threshold, channel };
	bool was_pending = pending(inventory, id, sha256, threshold, channel);

	assert_int_equal(kvk_inventory_notified_add(inventory, &what, 0), KVK_OK);
	assert_false(pending(inventory, id, sha256, threshold, channel));
	return was_pending;
}

static long long add(struct kvk_inventory *inventory, const char *name)
{
	struct kvk_entry entry = entry_of(name, 1);

	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	return entry.id;
}

static void each_is_pending_until_it_is_remembered(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_inventory *other = open_inventory();
	long long a = add(inventory, "a"), b = add(inventory, "b");

	(void)state;
	assert_true(notify(inventory, a, ones, "30d", "stdout"));
	assert_false(notify(inventory, a, ones, "30d", "stdout"));
	assert_false(notify(other, a, ones, "30d", "stdout"));
	/* Another threshold, channel, certificate or entry is another matter. */
	assert_true(notify(inventory, a, ones, "14d", "stdout"));
	assert_true(notify(inventory, a, ones, "30d", "mail"));
	assert_true(notify(inventory, a, twos, "30d", "stdout"));
	assert_true(notify(inventory, b, ones, "30d", "stdout"));
	kvk_inventory_close(other);
	kvk_inventory_close(inventory);
}

static void of_an_entry_that_is_gone_nothing_is_pending(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	long long a = add(inventory, "a");

	(void)state;
	assert_true(notify(inventory, a, ones, "30d", "stdout"));
	assert_int_equal(kvk_inventory_remove(inventory, "a"), KVK_OK);
	assert_false(notify(inventory, a, ones, "30d", "stdout"));
	assert_false(notify(inventory, a, ones, "14d", "stdout"));
	/* Its number is never given again, so that nothing old is taken for its own. */
	assert_true(add(inventory, "a") > a);
	kvk_inventory_close(inventory);
}

static void trouble_that_is_over_is_forgotten(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	long long a = add(inventory, "a");
	struct kvk_entry entry;

	(void)state;
	assert_true(notify(inventory, a, ones, KVK_EVENT_FILE, "stdout"));
	assert_true(notify(inventory, a, twos, KVK_EVENT_FILE, "mail"));
	assert_true(notify(inventory, a, ones, "30d", "stdout"));
	assert_int_equal(kvk_inventory_find(inventory, "a", &entry), KVK_OK);
	assert_true(entry.file_notified);
	assert_int_equal(kvk_inventory_notified_forget(inventory, a, KVK_EVENT_FILE), KVK_OK);
	assert_int_equal(kvk_inventory_find(inventory, "a", &entry), KVK_OK);
	assert_false(entry.file_notified);
	assert_true(pending(inventory, a, twos, KVK_EVENT_FILE, "mail"));
	assert_true(notify(inventory, a, ones, KVK_EVENT_FILE, "stdout"));
	assert_false(notify(inventory, a, ones, "30d", "stdout"));
	kvk_inventory_close(inventory);
}

/* How many of the thresholds one process gets on stdout, each as a run of its own; on mail all
 * write without waiting for each other. */
static void race(long long id, int out)
{
	struct kvk_inventory *inventory = open_inventory();
	uint8_t got = 0;

	for (char i = 'a'; i <= 't'; i++) {
		const char threshold[] = { i, '\0' };

		assert_int_equal(kvk_inventory_notified_begin(inventory), KVK_OK);
		got = (uint8_t)(got + notify(inventory, id, ones, threshold, "stdout"));
		kvk_inventory_notified_end(inventory);
		(void)notify(inventory, id, ones, threshold, "mail");
	}
	kvk_inventory_close(inventory);
	_exit(write(out, &got, 1) == 1 ? 0 : 1);
}

static void of_many_at_once_one_notifies(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	long long id = add(inventory, "a");
	int pipes[2];
	unsigned all = 0;
	uint8_t got;

	(void)state;
	kvk_inventory_close(inventory);
	assert_int_equal(pipe(pipes), 0);
	for (int i = 0; i < 8; i++) {
		pid_t child = fork();

		assert_true(child >= 0);
		if (child == 0)
			race(id, pipes[1]);
	}
	for (int i = 0; i < 8; i++) {
		int status = 1;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
		assert_int_equal(read(pipes[0], &got, 1), 1);
		all += got;
	}
	assert_int_equal(all, 20);
	close(pipes[0]);
	close(pipes[1]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(each_is_pending_until_it_is_remembered),
		TEST(of_an_entry_that_is_gone_nothing_is_pending),
		TEST(trouble_that_is_over_is_forgotten),
		TEST(of_many_at_once_one_notifies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
