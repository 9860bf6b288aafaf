/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/format.h"
#include "inventory/outbox.h"
#include "tests/inventory/scratch.h"

static const uint8_t ones[KVK_SHA256_SIZE] = { 1 };

static long long add(struct kvk_inventory *inventory, const char *name)
{
	struct kvk_entry entry = entry_of(name, 1);

	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	return entry.id;
}

/* Records a message for a channel, with a NUL in its body; its id. */
static long long record(struct kvk_inventory *inventory, const char *channel, const char *key)
{
	struct kvk_outgoing message = { .at = 7 };
	long long id;

	KVK_FORMAT(message.channel, "%s", channel);
	KVK_FORMAT(message.key, "%s", key);
	assert_int_equal(
		kvk_blob_append(&message.body, (struct kvk_span){ (const uint8_t *)"a\0b", 3 }),
		KVK_OK);
	assert_int_equal(kvk_blob_append_text(&message.recipients, "a@x\nb@x\n"), KVK_OK);
	assert_int_equal(kvk_outbox_add(inventory, &message), KVK_OK);
	id = message.id;
	kvk_outgoing_free(&message);
	return id;
}

static void a_message_comes_back_as_it_was_until_it_is_removed(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	const long long first = record(inventory, "mail", "k1");
	const long long second = record(inventory, "webhook", "k2");
	struct kvk_outgoing message = { .id = 0 };

	(void)state;
	kvk_inventory_close(inventory);
	inventory = open_inventory();
	assert_int_equal(kvk_outbox_next(inventory, 0, &message), KVK_OK);
	assert_int_equal(message.id, first);
	assert_string_equal(message.channel, "mail");
	assert_string_equal(message.key, "k1");
	assert_int_equal(message.at, 7);
	assert_int_equal(message.body.n, 3);
	assert_memory_equal(message.body.p, "a\0b", 3);
	assert_string_equal(kvk_blob_str(&message.recipients), "a@x\nb@x\n");
	assert_false(message.begun);
	assert_int_equal(kvk_blob_set(&message.recipients, kvk_span_of("b@x\n")), KVK_OK);
	message.begun = true;
	assert_int_equal(kvk_outbox_keep(inventory, &message), KVK_OK);
	kvk_outgoing_free(&message);
	assert_int_equal(kvk_outbox_next(inventory, 0, &message), KVK_OK);
	assert_string_equal(kvk_blob_str(&message.recipients), "b@x\n");
	assert_true(message.begun);
	kvk_outgoing_free(&message);
	assert_int_equal(kvk_outbox_remove(inventory, first), KVK_OK);
	assert_int_equal(kvk_outbox_next(inventory, 0, &message), KVK_OK);
	assert_int_equal(message.id, second);
	kvk_outgoing_free(&message);
	assert_int_equal(kvk_outbox_next(inventory, second, &message), KVK_ERR_NOT_FOUND);
	kvk_inventory_close(inventory);
}

static void a_key_is_there_once(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_outgoing message = { .channel = "mail", .key = "k1" };

	(void)state;
	(void)record(inventory, "mail", "k1");
	assert_int_equal(kvk_outbox_add(inventory, &message), KVK_ERR_EXISTS);
	kvk_inventory_close(inventory);
}

static bool pending(struct kvk_inventory *inventory, long long entry, const char *channel)
{
	const struct kvk_notified what = { entry, ones, "30d", channel };
	bool out = false;

	assert_int_equal(kvk_inventory_notified_pending(inventory, &what, &out), KVK_OK);
	return out;
}

static void tell(struct kvk_inventory *inventory, long long entry, const char *channel)
{
	const struct kvk_notified what = { entry, ones, "30d", channel };

	assert_int_equal(kvk_inventory_notified_add(inventory, &what, 0), KVK_OK);
}

static void what_is_withdrawn_is_news_again_on_its_channel(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	const long long a = add(inventory, "a"), b = add(inventory, "b");
	const long long message = record(inventory, "mail", "k1");
	long long entry = 0;

	(void)state;
	tell(inventory, a, "mail");
	tell(inventory, a, "webhook");
	tell(inventory, b, "mail");
	assert_int_equal(kvk_outbox_add_entry(inventory, message, a), KVK_OK);
	assert_int_equal(kvk_outbox_add_entry(inventory, message, 99), KVK_OK);
	assert_int_equal(kvk_outbox_next_entry(inventory, message, &entry), KVK_OK);
	assert_int_equal(entry, a);
	assert_int_equal(kvk_outbox_next_entry(inventory, message, &entry), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_outbox_withdraw(inventory, message), KVK_OK);
	assert_true(pending(inventory, a, "mail"));
	assert_false(pending(inventory, a, "webhook"));
	assert_false(pending(inventory, b, "mail"));
	entry = 0;
	assert_int_equal(kvk_outbox_next_entry(inventory, message, &entry), KVK_ERR_NOT_FOUND);
	kvk_inventory_close(inventory);
}

static void recipients_go_with_their_entry(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	const long long a = add(inventory, "a");
	struct kvk_blob addresses = { 0 };

	(void)state;
	assert_int_equal(kvk_inventory_recipients(inventory, a, &addresses), KVK_OK);
	assert_int_equal(addresses.n, 0);
	assert_int_equal(kvk_inventory_set_recipients(inventory, a, "a@x\n"), KVK_OK);
	assert_int_equal(kvk_inventory_set_recipients(inventory, a, "b@x\n"), KVK_OK);
	assert_int_equal(kvk_inventory_recipients(inventory, a, &addresses), KVK_OK);
	assert_string_equal(kvk_blob_str(&addresses), "b@x\n");
	assert_int_equal(kvk_inventory_remove(inventory, "a"), KVK_OK);
	assert_int_equal(kvk_inventory_recipients(inventory, a, &addresses), KVK_OK);
	assert_int_equal(addresses.n, 0);
	assert_int_equal(kvk_inventory_set_recipients(inventory, a, "b@x\n"), KVK_ERR_EXISTS);
	kvk_blob_free(&addresses);
	kvk_inventory_close(inventory);
}

static void what_happened_to_a_channel_is_noted(void **state)
{
	struct kvk_inventory *inventory = open_inventory();
	kvk_time at = -1;

	(void)state;
	assert_int_equal(
		kvk_inventory_channel_noted(inventory, "worked", "mail", &at), KVK_ERR_NOT_FOUND);
	assert_int_equal(kvk_inventory_note_channel(inventory, "worked", "mail", 5), KVK_OK);
	assert_int_equal(kvk_inventory_note_channel(inventory, "worked", "mail", 6), KVK_OK);
	assert_int_equal(kvk_inventory_channel_noted(inventory, "worked", "mail", &at), KVK_OK);
	assert_int_equal(at, 6);
	assert_int_equal(
		kvk_inventory_channel_noted(inventory, "failed", "mail", &at), KVK_ERR_NOT_FOUND);
	kvk_inventory_close(inventory);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(a_message_comes_back_as_it_was_until_it_is_removed),
		TEST(a_key_is_there_once),
		TEST(what_is_withdrawn_is_news_again_on_its_channel),
		TEST(recipients_go_with_their_entry),
		TEST(what_happened_to_a_channel_is_noted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
