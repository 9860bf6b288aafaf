/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/format.h"
#include "notify/events.h"
#include "tests/inventory/scratch.h"
#include "watch/assess.h"

/* What a channel got, one after the other, and what becomes of the next message. */
struct receiver {
	struct kvk_blob got;
	unsigned times;
	char key[KVK_OUTGOING_KEY_SIZE];
	enum kvk_err result;
};

static struct receiver first, second;
static const struct kvk_threshold_days days;

static enum kvk_err compose(void *context, const struct kvk_message *message, struct kvk_blob *out,
	struct kvk_error *why)
{
	(void)context, (void)why;
	return kvk_blob_append_format(out, "%s[%s]%s", message->recipients, message->subject,
		strstr(message->text, "failed") != NULL ? " failed" : "");
}

static enum kvk_err take(void *context, struct kvk_outgoing *message, struct kvk_error *why)
{
	struct receiver *receiver = context;

	(void)why;
	receiver->times++;
	memcpy(receiver->key, message->key, sizeof receiver->key);
	kvk_blob_clear(&receiver->got);
	assert_int_equal(kvk_blob_append(&receiver->got, kvk_span_of_blob(&message->body)), KVK_OK);
	return receiver->result;
}

static struct kvk_event_channel channels[] = {
	{ "one", "here", &first, "a@b.nl\n", compose, take },
	{ "two", "there", &second, NULL, compose, take },
};

static enum kvk_err look(void *context, const struct kvk_entry *entry)
{
	struct kvk_views *views = context;
	struct kvk_entry_view *view;

	assert_int_equal(kvk_vec_push(&views->list, &view), KVK_OK);
	assert_int_equal(kvk_view_from(entry, view), KVK_OK);
	views->all++;
	return KVK_OK;
}

/* One run; whether everything was delivered. */
static bool run(struct kvk_inventory *inventory, kvk_time at)
{
	const struct kvk_events events = {
		.notification = { inventory, &days, NULL, 0, at, at, false },
		.channels = channels,
		.count = sizeof channels / sizeof channels[0],
		.host = "host",
		.home = "home",
		.frame = kvk_span_of("{{notices}}{{failures}}"),
	};
	struct kvk_views views = KVK_VIEWS_INIT;
	bool all;

	assert_int_equal(kvk_inventory_each(inventory, look, &views), KVK_OK);
	for (size_t i = 0; i < views.list.count; i++)
		kvk_assess_known(&days, at, kvk_vec_at(&views.list, i));
	assert_int_equal(kvk_events_send(&events, &views, &all), KVK_OK);
	kvk_views_free(&views);
	return all;
}

/* a and b end on day 365. */
static struct kvk_inventory *with_entries(void)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_entry a = entry_of("a", 1), b = entry_of("b", 2);

	assert_int_equal(kvk_inventory_add(inventory, &a), KVK_OK);
	assert_int_equal(kvk_inventory_add(inventory, &b), KVK_OK);
	return inventory;
}

static void one_message_says_all_and_is_sent_once(void **state)
{
	struct kvk_inventory *inventory = with_entries();

	(void)state;
	assert_true(run(inventory, 300 * KVK_DAY));
	assert_int_equal(first.times, 0);
	assert_true(run(inventory, 310 * KVK_DAY));
	assert_true(run(inventory, 310 * KVK_DAY));
	assert_int_equal(first.times, 1);
	assert_int_equal(second.times, 1);
	assert_non_null(strstr(kvk_blob_str(&first.got), "a@b.nl\n[kvkcsr: a expires in 55 days"));
	assert_string_not_equal(first.key, second.key);
	kvk_inventory_close(inventory);
}

static void what_was_not_delivered_is_sent_again_as_it_was(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	struct kvk_blob sent = { 0 };
	char key[KVK_OUTGOING_KEY_SIZE];

	(void)state;
	first.result = KVK_ERR_OPEN;
	assert_false(run(inventory, 310 * KVK_DAY));
	memcpy(key, first.key, sizeof key);
	assert_int_equal(kvk_blob_set(&sent, kvk_span_of_blob(&first.got)), KVK_OK);
	first.result = KVK_OK;
	assert_true(run(inventory, 311 * KVK_DAY));
	assert_int_equal(first.times, 2);
	assert_string_equal(first.key, key);
	assert_string_equal(kvk_blob_str(&first.got), kvk_blob_str(&sent));
	kvk_blob_free(&sent);
	kvk_inventory_close(inventory);
}

static void a_failure_is_told_on_the_other_channel_once_a_day(void **state)
{
	struct kvk_inventory *inventory = with_entries();

	(void)state;
	first.result = KVK_ERR_WRITE;
	assert_false(run(inventory, 310 * KVK_DAY));
	assert_int_equal(second.times, 1);
	assert_non_null(strstr(kvk_blob_str(&second.got), " failed"));
	assert_false(run(inventory, 310 * KVK_DAY + KVK_HOUR));
	assert_int_equal(second.times, 1);
	assert_false(run(inventory, 311 * KVK_DAY));
	assert_int_equal(second.times, 2);
	kvk_inventory_close(inventory);
}

static void each_set_of_recipients_has_a_message_of_its_own(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	struct kvk_entry b;

	(void)state;
	assert_int_equal(kvk_inventory_find(inventory, "b", &b), KVK_OK);
	assert_int_equal(kvk_inventory_set_recipients(inventory, b.id, "c@d.nl\n"), KVK_OK);
	assert_true(run(inventory, 310 * KVK_DAY));
	assert_int_equal(first.times, 2);
	assert_int_equal(second.times, 1);
	kvk_inventory_close(inventory);
}

static void the_same_recipients_in_another_order_are_the_same_set(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	struct kvk_entry a, b;

	(void)state;
	assert_int_equal(kvk_inventory_find(inventory, "a", &a), KVK_OK);
	assert_int_equal(kvk_inventory_find(inventory, "b", &b), KVK_OK);
	assert_int_equal(kvk_inventory_set_recipients(inventory, a.id, "y\nx\n"), KVK_OK);
	assert_int_equal(kvk_inventory_set_recipients(inventory, b.id, "y\nx\ny\n"), KVK_OK);
	assert_true(run(inventory, 310 * KVK_DAY));
	assert_int_equal(first.times, 1);
	assert_memory_equal(kvk_blob_str(&first.got), "y\nx\n[", 5);
	assert_int_equal(kvk_inventory_set_recipients(inventory, b.id, "x\ny\n"), KVK_OK);
	assert_true(run(inventory, 340 * KVK_DAY));
	assert_int_equal(first.times, 2);
	kvk_inventory_close(inventory);
}

static void who_is_not_named_any_more_gets_nothing(void **state)
{
	struct kvk_inventory *inventory = with_entries();

	(void)state;
	first.result = KVK_ERR_OPEN;
	assert_false(run(inventory, 310 * KVK_DAY));
	first.result = KVK_OK;
	channels[0].recipients = "new@b.nl\n";
	assert_true(run(inventory, 310 * KVK_DAY));
	channels[0].recipients = "a@b.nl\n";
	assert_int_equal(first.times, 2);
	assert_non_null(strstr(kvk_blob_str(&first.got), "new@b.nl\n["));
	assert_null(strstr(kvk_blob_str(&first.got), "a@b.nl"));
	kvk_inventory_close(inventory);
}

static int begin(void **state)
{
	first = second = (struct receiver){ .times = 0 };
	return scratch_make(state);
}

static int end(void **state)
{
	kvk_blob_free(&first.got);
	kvk_blob_free(&second.got);
	return scratch_remove(state);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(one_message_says_all_and_is_sent_once),
		TEST(what_was_not_delivered_is_sent_again_as_it_was),
		TEST(a_failure_is_told_on_the_other_channel_once_a_day),
		TEST(each_set_of_recipients_has_a_message_of_its_own),
		TEST(the_same_recipients_in_another_order_are_the_same_set),
		TEST(who_is_not_named_any_more_gets_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
