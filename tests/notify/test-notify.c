/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/format.h"
#include "notify/notify.h"
#include "tests/inventory/scratch.h"
#include "watch/assess.h"

/* What a channel got last, how often it got something, and whether it fails. */
struct receiver {
	struct kvk_blob got;
	unsigned times;
	bool render_fails, send_fails;
};

static struct receiver first, second;
static const struct kvk_threshold_days days;

/* The names of the views that are new, with their thresholds. */
static enum kvk_err render(
	void *context, const struct kvk_views *views, kvk_time at, struct kvk_blob *out)
{
	const struct receiver *receiver = context;

	(void)at;
	for (size_t i = 0; i < views->list.count; i++)
		if (kvk_view_at(views, i)->notified)
			assert_int_equal(
				kvk_blob_append_format(out, "%s:%s ", kvk_view_at(views, i)->name,
					kvk_view_at(views, i)->threshold),
				KVK_OK);
	return receiver->render_fails ? KVK_ERR_MEMORY : KVK_OK;
}

/* The names of all. */
static enum kvk_err render_state(
	void *context, const struct kvk_views *views, kvk_time at, struct kvk_blob *out)
{
	(void)context, (void)at;
	for (size_t i = 0; i < views->list.count; i++) {
		assert_false(kvk_view_at(views, i)->notified);
		assert_int_equal(
			kvk_blob_append_format(out, "%s ", kvk_view_at(views, i)->name), KVK_OK);
	}
	return KVK_OK;
}

static enum kvk_err take(void *context, struct kvk_span text)
{
	struct receiver *receiver = context;

	if (receiver->send_fails)
		return KVK_ERR_WRITE;
	receiver->times++;
	kvk_blob_clear(&receiver->got);
	return kvk_blob_append(&receiver->got, text);
}

static const struct kvk_channel channels[] = {
	{ "one", KVK_CHANNEL_EVENT, &first, render, take },
	{ "two", KVK_CHANNEL_EVENT, &second, render, take },
};

static enum kvk_err look(void *context, const struct kvk_entry *entry)
{
	struct kvk_views *views = context;
	struct kvk_entry_view *view;

	assert_int_equal(kvk_vec_push(&views->list, &view), KVK_OK);
	assert_int_equal(kvk_view_from(entry, view), KVK_OK);
	return KVK_OK;
}

/* All entries as they are at a time, without reading files. */
static void assess(struct kvk_inventory *inventory, kvk_time at, struct kvk_views *views)
{
	assert_int_equal(kvk_inventory_each(inventory, look, views), KVK_OK);
	for (size_t i = 0; i < views->list.count; i++)
		kvk_assess_known(&days, at, kvk_vec_at(&views->list, i));
}

static struct kvk_notification notification_of(struct kvk_inventory *inventory, kvk_time at,
	const struct kvk_channel *chosen, size_t count)
{
	return (struct kvk_notification){ inventory, &days, chosen, count, at, at, false };
}

/* A run over channels whose results are expected; with the files of all entries gone, or not. */
static void run_with(struct kvk_inventory *inventory, kvk_time at, const struct kvk_channel *chosen,
	size_t count, const enum kvk_err *expected, bool gone)
{
	const struct kvk_notification notification = notification_of(inventory, at, chosen, count);
	struct kvk_views views = KVK_VIEWS_INIT;
	enum kvk_err results[2];

	kvk_blob_clear(&first.got);
	kvk_blob_clear(&second.got);
	assess(inventory, at, &views);
	for (size_t i = 0; gone && i < views.list.count; i++)
		((struct kvk_entry_view *)kvk_vec_at(&views.list, i))->state = KVK_VIEW_MISSING;
	assert_int_equal(kvk_notify_send(&notification, &views, results), KVK_OK);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(results[i], expected[i]);
	kvk_views_free(&views);
}

static const enum kvk_err both_served[] = { KVK_OK, KVK_OK };

/* What a run sends on the first channel alone; "" for nothing. */
static const char *run(struct kvk_inventory *inventory, kvk_time at)
{
	run_with(inventory, at, channels, 1, both_served, false);
	return kvk_blob_str(&first.got);
}

/* What a run on both channels sends, as "ONE| TWO". */
static const char *run_both(struct kvk_inventory *inventory, kvk_time at)
{
	static char text[128];

	run_with(inventory, at, channels, 2, both_served, false);
	KVK_FORMAT(text, "%s| %s", kvk_blob_str(&first.got), kvk_blob_str(&second.got));
	return text;
}

/* a ends on day 365, b on day 375. */
static struct kvk_inventory *with_entries(void)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_entry a = entry_of("a", 1), b = entry_of("b", 2);

	b.certificate.not_after += 10 * KVK_DAY;
	b.certificate.ends = b.certificate.not_after;
	assert_int_equal(kvk_inventory_add(inventory, &a), KVK_OK);
	assert_int_equal(kvk_inventory_add(inventory, &b), KVK_OK);
	return inventory;
}

static void each_threshold_is_sent_once(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	kvk_time last = -1;

	(void)state;
	assert_string_equal(run(inventory, 300 * KVK_DAY), "");
	assert_int_equal(kvk_inventory_last_run(inventory, &last), KVK_OK);
	assert_int_equal(last, 300 * KVK_DAY);
	assert_int_equal(first.times, 0);
	assert_string_equal(run(inventory, 310 * KVK_DAY), "a:60d ");
	assert_string_equal(run(inventory, 316 * KVK_DAY), "b:60d ");
	assert_string_equal(run(inventory, 360 * KVK_DAY), "a:7d b:30d ");
	assert_string_equal(run(inventory, 361 * KVK_DAY), "b:14d ");
	assert_string_equal(run(inventory, 310 * KVK_DAY), "");
	assert_string_equal(run(inventory, 400 * KVK_DAY), "a:expired b:expired ");
	kvk_inventory_close(inventory);
}

static void what_was_not_sent_is_new_again(void **state)
{
	static const enum kvk_err not_sent[] = { KVK_ERR_WRITE },
				  not_rendered[] = { KVK_ERR_MEMORY };
	struct kvk_inventory *inventory = with_entries();
	kvk_time last;

	(void)state;
	first.send_fails = true;
	run_with(inventory, 310 * KVK_DAY, channels, 1, not_sent, false);
	first.send_fails = false;
	first.render_fails = true;
	run_with(inventory, 310 * KVK_DAY, channels, 1, not_rendered, false);
	first.render_fails = false;
	assert_int_equal(kvk_inventory_last_run(inventory, &last), KVK_ERR_NOT_FOUND);
	assert_string_equal(run(inventory, 310 * KVK_DAY), "a:60d ");
	kvk_inventory_close(inventory);
}

static void looking_remembers_nothing(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	const struct kvk_notification notification =
		notification_of(inventory, 310 * KVK_DAY, channels, 1);
	struct kvk_views views = KVK_VIEWS_INIT;

	(void)state;
	assess(inventory, 310 * KVK_DAY, &views);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(kvk_notify_look(&notification, channels, &views), KVK_OK);
		assert_true(kvk_view_at(&views, 0)->notified);
		assert_false(kvk_view_at(&views, 1)->notified);
	}
	assert_string_equal(run(inventory, 310 * KVK_DAY), "a:60d ");
	assert_int_equal(kvk_notify_look(&notification, channels, &views), KVK_OK);
	assert_false(kvk_view_at(&views, 0)->notified);
	kvk_views_free(&views);
	kvk_inventory_close(inventory);
}

/* Changes the database behind the program's back. */
static void tamper(const char *text)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(below("inventory.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void where_nobody_can_say_what_is_new_all_is_told(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	const struct kvk_notification notification =
		notification_of(inventory, 310 * KVK_DAY, channels, 1);
	struct kvk_views views = KVK_VIEWS_INIT;
	enum kvk_err result;

	(void)state;
	assert_string_equal(run(inventory, 310 * KVK_DAY), "a:60d ");
	assess(inventory, 310 * KVK_DAY, &views);
	tamper("DROP TABLE told");
	assert_int_equal(kvk_notify_send(&notification, &views, &result), KVK_ERR_DATABASE);
	assert_int_equal(result, KVK_OK);
	assert_string_equal(kvk_blob_str(&first.got), "a:60d ");
	assert_int_equal(kvk_notify_look(&notification, channels, &views), KVK_ERR_DATABASE);
	assert_true(kvk_view_at(&views, 0)->notified);
	assert_false(kvk_view_at(&views, 1)->notified);
	kvk_views_free(&views);
	kvk_inventory_close(inventory);
}

/* A channel that is new gets what the other got long ago. */
static void each_channel_gets_what_is_new_for_it(void **state)
{
	struct kvk_inventory *inventory = with_entries();

	(void)state;
	assert_string_equal(run(inventory, 310 * KVK_DAY), "a:60d ");
	assert_string_equal(run_both(inventory, 316 * KVK_DAY), "b:60d | a:60d b:60d ");
	assert_string_equal(run_both(inventory, 316 * KVK_DAY), "| ");
	assert_string_equal(run_both(inventory, 336 * KVK_DAY), "a:30d | a:30d ");
	kvk_inventory_close(inventory);
}

static void one_channel_that_fails_leaves_the_other_served(void **state)
{
	static const enum kvk_err first_failed[] = { KVK_ERR_WRITE, KVK_OK };
	static const enum kvk_err second_failed[] = { KVK_OK, KVK_ERR_MEMORY };
	struct kvk_inventory *inventory = with_entries();
	kvk_time last = -1;

	(void)state;
	first.send_fails = true;
	run_with(inventory, 310 * KVK_DAY, channels, 2, first_failed, false);
	assert_string_equal(kvk_blob_str(&second.got), "a:60d ");
	assert_int_equal(kvk_inventory_last_run(inventory, &last), KVK_OK);
	assert_int_equal(last, 310 * KVK_DAY);
	first.send_fails = false;
	assert_string_equal(run_both(inventory, 310 * KVK_DAY), "a:60d | ");
	second.render_fails = true;
	run_with(inventory, 316 * KVK_DAY, channels, 2, second_failed, false);
	assert_string_equal(kvk_blob_str(&first.got), "b:60d ");
	second.render_fails = false;
	assert_string_equal(run_both(inventory, 316 * KVK_DAY), "| b:60d ");
	kvk_inventory_close(inventory);
}

/* Trouble is remembered for each channel, and forgotten for all of them when it is over. */
static void trouble_is_sent_once_until_it_is_over(void **state)
{
	static const enum kvk_err second_failed[] = { KVK_OK, KVK_ERR_WRITE };
	struct kvk_inventory *inventory = with_entries();
	struct kvk_entry a;

	(void)state;
	second.send_fails = true;
	run_with(inventory, 9 * KVK_DAY, channels, 2, second_failed, true);
	assert_string_equal(kvk_blob_str(&first.got), "a: b: ");
	second.send_fails = false;
	run_with(inventory, 9 * KVK_DAY, channels, 2, both_served, true);
	assert_string_equal(kvk_blob_str(&first.got), "");
	assert_string_equal(kvk_blob_str(&second.got), "a: b: ");
	assert_int_equal(kvk_inventory_find(inventory, "a", &a), KVK_OK);
	assert_true(a.file_notified);
	assert_string_equal(run(inventory, 9 * KVK_DAY), "");
	assert_int_equal(kvk_inventory_find(inventory, "a", &a), KVK_OK);
	assert_false(a.file_notified);
	run_with(inventory, 9 * KVK_DAY, channels, 2, both_served, true);
	assert_string_equal(kvk_blob_str(&first.got), "a: b: ");
	assert_string_equal(kvk_blob_str(&second.got), "a: b: ");
	kvk_inventory_close(inventory);
}

static void a_state_channel_gets_everything_on_every_run(void **state)
{
	const struct kvk_channel mixed[] = {
		{ "one", KVK_CHANNEL_STATE, &first, render_state, take },
		{ "two", KVK_CHANNEL_EVENT, &second, render, take },
	};
	struct kvk_inventory *inventory = with_entries();

	(void)state;
	for (unsigned i = 1; i <= 2; i++) {
		run_with(inventory, 310 * KVK_DAY, mixed, 2, both_served, false);
		assert_string_equal(kvk_blob_str(&first.got), "a b ");
		assert_int_equal(first.times, i);
		assert_string_equal(kvk_blob_str(&second.got), i == 1 ? "a:60d " : "");
	}
	/* Nothing was remembered of it. */
	assert_string_equal(run(inventory, 310 * KVK_DAY), "a:60d ");
	kvk_inventory_close(inventory);
}

/* Between looking at the files and sending, somebody removes one entry and renews another. */
static void changes_of_others_are_respected(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	const struct kvk_notification notification =
		notification_of(inventory, 320 * KVK_DAY, channels, 1);
	struct kvk_entry stale = entry_of("x", 3), newest = entry_of("x", 4), b;
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view;
	enum kvk_err result;

	(void)state;
	assess(inventory, 320 * KVK_DAY, &views);
	assert_int_equal(kvk_inventory_find(inventory, "b", &b), KVK_OK);
	view = kvk_vec_at(&views.list, 1);
	assert_int_equal(kvk_view_change(view, &b.certificate, &stale.certificate, 0), KVK_OK);
	b.certificate = newest.certificate;
	assert_int_equal(kvk_inventory_update(inventory, &b), KVK_OK);
	assert_int_equal(kvk_inventory_remove(inventory, "a"), KVK_OK);
	assert_int_equal(kvk_notify_send(&notification, &views, &result), KVK_OK);
	assert_int_equal(result, KVK_OK);
	assert_string_equal(kvk_blob_str(&first.got), "b:60d ");
	assert_int_equal(kvk_inventory_find(inventory, "b", &b), KVK_OK);
	assert_memory_equal(b.certificate.sha256, newest.certificate.sha256, KVK_SHA256_SIZE);
	kvk_views_free(&views);
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
		TEST(each_threshold_is_sent_once),
		TEST(what_was_not_sent_is_new_again),
		TEST(looking_remembers_nothing),
		TEST(where_nobody_can_say_what_is_new_all_is_told),
		TEST(each_channel_gets_what_is_new_for_it),
		TEST(one_channel_that_fails_leaves_the_other_served),
		TEST(trouble_is_sent_once_until_it_is_over),
		TEST(a_state_channel_gets_everything_on_every_run),
		TEST(changes_of_others_are_respected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
