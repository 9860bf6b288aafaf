/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "watch/assess.h"
#include "notify/channel.h"
#include "tests/inventory/scratch.h"

/* What was sent last, and whether sending fails. */
static struct kvk_blob sent;
static bool broken;

static enum kvk_err take(struct kvk_span text)
{
	if (broken)
		return KVK_ERR_WRITE;
	kvk_blob_clear(&sent);
	return kvk_blob_append(&sent, text);
}

static const struct kvk_channel channel = { "test", take };
static const struct kvk_channel other_channel = { "other", take };
static const struct kvk_threshold_days days;

/* The names of the views that are news. */
static enum kvk_err render(const struct kvk_views *views, kvk_time at, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	(void)at;
	for (size_t i = 0; err == KVK_OK && i < views->list.count; i++)
		if (kvk_view_at(views, i)->notified)
			err = kvk_blob_format(out, "%s:%s ", kvk_view_at(views, i)->name,
				kvk_view_at(views, i)->threshold);
	return err;
}

static enum kvk_err look(void *context, const struct kvk_entry *entry)
{
	struct kvk_views *views = context;
	struct kvk_entry_view *view;

	assert_int_equal(kvk_vec_push(&views->list, &view), KVK_OK);
	assert_int_equal(kvk_view_from(entry, view), KVK_OK);
	return KVK_OK;
}

/* All entries as they stand at a time, without a look at files. */
static void assess(struct kvk_inventory *inventory, kvk_time at, struct kvk_views *views)
{
	assert_int_equal(kvk_inventory_each(inventory, look, views), KVK_OK);
	for (size_t i = 0; i < views->list.count; i++)
		kvk_assess_known(&days, at, kvk_vec_at(&views->list, i));
}

/* What a run sends; "" for nothing. */
static const char *run(struct kvk_inventory *inventory, kvk_time at)
{
	const struct kvk_telling telling = { inventory, &days, &channel, at, at, render };
	struct kvk_views views = KVK_VIEWS_INIT;
	bool ok = false;

	kvk_blob_clear(&sent);
	assess(inventory, at, &views);
	assert_int_equal(kvk_telling_send(&telling, &views, &ok), KVK_OK);
	assert_true(ok);
	kvk_views_free(&views);
	return kvk_blob_str(&sent);
}

static struct kvk_inventory *with_entries(void)
{
	struct kvk_inventory *inventory = open_inventory();
	struct kvk_entry a = entry_of("a", 1), b = entry_of("b", 2);

	b.certificate.not_after += 10 * KVK_DAY;
	assert_int_equal(kvk_inventory_add(inventory, &a), KVK_OK);
	assert_int_equal(kvk_inventory_add(inventory, &b), KVK_OK);
	return inventory;
}

/* a ends on day 365, b on day 375. */
static void each_threshold_is_sent_once(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	kvk_time last = -1;

	(void)state;
	assert_string_equal(run(inventory, 300 * KVK_DAY), "");
	assert_int_equal(kvk_inventory_last_run(inventory, &last), KVK_OK);
	assert_int_equal(last, 300 * KVK_DAY);
	assert_string_equal(run(inventory, 310 * KVK_DAY), "a:60d ");
	assert_string_equal(run(inventory, 316 * KVK_DAY), "b:60d ");
	assert_string_equal(run(inventory, 360 * KVK_DAY), "a:7d b:30d ");
	assert_string_equal(run(inventory, 361 * KVK_DAY), "b:14d ");
	assert_string_equal(run(inventory, 310 * KVK_DAY), "");
	assert_string_equal(run(inventory, 400 * KVK_DAY), "a:expired b:expired ");
	kvk_inventory_close(inventory);
}

static void what_was_not_sent_is_news_again(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	const struct kvk_telling telling = { inventory, &days, &channel, 310 * KVK_DAY,
		310 * KVK_DAY, render };
	struct kvk_views views = KVK_VIEWS_INIT;
	kvk_time last;
	bool ok = true;

	(void)state;
	assess(inventory, 310 * KVK_DAY, &views);
	broken = true;
	assert_int_equal(kvk_telling_send(&telling, &views, &ok), KVK_ERR_WRITE);
	broken = false;
	assert_false(ok);
	assert_int_equal(kvk_inventory_last_run(inventory, &last), KVK_ERR_NOT_FOUND);
	kvk_views_free(&views);
	assert_string_equal(run(inventory, 310 * KVK_DAY), "a:60d ");
	kvk_inventory_close(inventory);
}

static void looking_remembers_nothing(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	const struct kvk_telling telling = { inventory, &days, &channel, 310 * KVK_DAY,
		310 * KVK_DAY, render };
	struct kvk_views views = KVK_VIEWS_INIT;

	(void)state;
	assess(inventory, 310 * KVK_DAY, &views);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(kvk_telling_look(&telling, &views), KVK_OK);
		assert_true(kvk_view_at(&views, 0)->notified);
		assert_false(kvk_view_at(&views, 1)->notified);
	}
	assert_string_equal(run(inventory, 310 * KVK_DAY), "a:60d ");
	assert_int_equal(kvk_telling_look(&telling, &views), KVK_OK);
	assert_false(kvk_view_at(&views, 0)->notified);
	kvk_views_free(&views);
	kvk_inventory_close(inventory);
}

static void each_channel_is_told(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	const struct kvk_telling telling = { inventory, &days, &other_channel, 310 * KVK_DAY,
		310 * KVK_DAY, render };
	struct kvk_views views = KVK_VIEWS_INIT;
	bool ok;

	(void)state;
	assert_string_equal(run(inventory, 310 * KVK_DAY), "a:60d ");
	kvk_blob_clear(&sent);
	assess(inventory, 310 * KVK_DAY, &views);
	assert_int_equal(kvk_telling_send(&telling, &views, &ok), KVK_OK);
	assert_string_equal(kvk_blob_str(&sent), "a:60d ");
	kvk_views_free(&views);
	kvk_inventory_close(inventory);
}

/* Between looking at the files and telling, somebody removes one entry and renews another. */
static void changes_of_others_are_respected(void **state)
{
	struct kvk_inventory *inventory = with_entries();
	const struct kvk_telling telling = { inventory, &days, &channel, 320 * KVK_DAY,
		320 * KVK_DAY, render };
	struct kvk_entry stale = entry_of("x", 3), newest = entry_of("x", 4), b;
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view;
	bool ok;

	(void)state;
	assess(inventory, 320 * KVK_DAY, &views);
	assert_int_equal(kvk_inventory_find(inventory, "b", &b), KVK_OK);
	view = kvk_vec_at(&views.list, 1);
	assert_int_equal(kvk_view_replace(view, &b.certificate, &stale.certificate, 0), KVK_OK);
	b.certificate = newest.certificate;
	assert_int_equal(kvk_inventory_update(inventory, &b), KVK_OK);
	assert_int_equal(kvk_inventory_remove(inventory, "a"), KVK_OK);
	kvk_blob_clear(&sent);
	assert_int_equal(kvk_telling_send(&telling, &views, &ok), KVK_OK);
	assert_null(strstr(kvk_blob_str(&sent), "a:"));
	assert_int_equal(kvk_inventory_find(inventory, "b", &b), KVK_OK);
	assert_memory_equal(b.certificate.sha256, newest.certificate.sha256, KVK_SHA256_SIZE);
	kvk_views_free(&views);
	kvk_inventory_close(inventory);
}

static int free_sent(void **state)
{
	(void)state;
	kvk_blob_free(&sent);
	return 0;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(each_threshold_is_sent_once),
		TEST(what_was_not_sent_is_news_again),
		TEST(looking_remembers_nothing),
		TEST(each_channel_is_told),
		TEST(changes_of_others_are_respected),
	};

	return cmocka_run_group_tests(tests, NULL, free_sent);
}
