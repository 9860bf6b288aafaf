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

static bool claims(struct kvk_inventory *inventory, long long id, const uint8_t *sha256,
	const char *threshold, const char *channel)
{
	bool claimed = false;

	assert_int_equal(
		kvk_inventory_claim(inventory, id, sha256, threshold, channel, 0, &claimed),
		KVK_OK);
	return claimed;
}

static long long add(struct kvk_inventory *inventory, const char *name)
{
	struct kvk_entry entry = entry_of(name, 1);

	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	return entry.id;
}

static void a_claim_is_given_once(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_inventory *other = open_inventory();
	long long a = add(inventory, "a"), b = add(inventory, "b");
	bool told = true;

	(void)state;
	assert_int_equal(kvk_inventory_told(inventory, a, ones, "30d", "stdout", &told), KVK_OK);
	assert_false(told);
	assert_true(claims(inventory, a, ones, "30d", "stdout"));
	assert_false(claims(inventory, a, ones, "30d", "stdout"));
	assert_false(claims(other, a, ones, "30d", "stdout"));
	assert_int_equal(kvk_inventory_told(other, a, ones, "30d", "stdout", &told), KVK_OK);
	assert_true(told);
	/* Another threshold, channel, certificate or entry is another matter. */
	assert_true(claims(inventory, a, ones, "14d", "stdout"));
	assert_true(claims(inventory, a, ones, "30d", "mail"));
	assert_true(claims(inventory, a, twos, "30d", "stdout"));
	assert_true(claims(inventory, b, ones, "30d", "stdout"));
	kvk_inventory_close(other);
	kvk_inventory_close(inventory);
}

static void an_entry_that_is_gone_has_nothing_to_tell(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	long long a = add(inventory, "a");

	(void)state;
	assert_true(claims(inventory, a, ones, "30d", "stdout"));
	assert_int_equal(kvk_inventory_remove(inventory, "a"), KVK_OK);
	assert_false(claims(inventory, a, ones, "30d", "stdout"));
	assert_false(claims(inventory, a, ones, "14d", "stdout"));
	/* Its number is never given again, so that nothing old is taken for told. */
	assert_true(add(inventory, "a") > a);
	kvk_inventory_close(inventory);
}

static void trouble_that_is_over_is_forgotten(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	long long a = add(inventory, "a");
	struct kvk_entry entry;

	(void)state;
	assert_true(claims(inventory, a, ones, KVK_EVENT_FILE, "stdout"));
	assert_true(claims(inventory, a, twos, KVK_EVENT_FILE, "mail"));
	assert_true(claims(inventory, a, ones, "30d", "stdout"));
	assert_int_equal(kvk_inventory_find(inventory, "a", &entry), KVK_OK);
	assert_true(entry.file_told);
	assert_int_equal(kvk_inventory_forget(inventory, a, KVK_EVENT_FILE), KVK_OK);
	assert_int_equal(kvk_inventory_find(inventory, "a", &entry), KVK_OK);
	assert_false(entry.file_told);
	assert_true(claims(inventory, a, ones, KVK_EVENT_FILE, "stdout"));
	assert_false(claims(inventory, a, ones, "30d", "stdout"));
	kvk_inventory_close(inventory);
}

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
	struct uploads uploads = { 0 };

	(void)state;
	add(inventory, "a");
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

/* How many of the thresholds one process gets. */
static void race(long long id, int out)
{
	struct kvk_inventory *inventory = open_inventory();
	uint8_t got = 0;

	for (char i = 'a'; i <= 't'; i++)
		got = (uint8_t)(got + claims(inventory, id, ones, (char[]){ i, '\0' }, "stdout"));
	kvk_inventory_close(inventory);
	_exit(write(out, &got, 1) == 1 ? 0 : 1);
}

static void of_many_at_once_one_gets_the_claim(void **state)
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
		TEST(a_claim_is_given_once),
		TEST(an_entry_that_is_gone_has_nothing_to_tell),
		TEST(trouble_that_is_over_is_forgotten),
		TEST(uploads_outlive_their_entry),
		TEST(many_uploads_are_walked),
		TEST(the_last_run_is_remembered),
		TEST(of_many_at_once_one_gets_the_claim),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
