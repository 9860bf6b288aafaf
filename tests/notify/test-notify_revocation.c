/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "notify/notify.h"
#include "tests/inventory/scratch.h"
#include "watch/assess.h"

static const struct kvk_threshold_days days;
static struct kvk_inventory *inventory;
/* What was new of the entry in the last run. */
static bool notified, undetermined;

static enum kvk_err render(
	void *context, const struct kvk_views *views, kvk_time at, struct kvk_blob *out)
{
	(void)context, (void)at, (void)out;
	notified = kvk_view_at(views, 0)->notified;
	undetermined = kvk_view_at(views, 0)->undetermined_news;
	return KVK_OK;
}

static const struct kvk_channel channel = { .name = "one", .render = render };

/* Notes a status of the entry, and runs at a time. */
static void run(enum kvk_entry_status status, kvk_time at)
{
	const struct kvk_notification notification = { inventory, &days, &channel, 1, at, at,
		false };
	const struct kvk_entry_revocation revocation = { .status = status, .asked = 1 };
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_entry_view *view;
	struct kvk_entry entry;
	enum kvk_err result;

	assert_int_equal(kvk_inventory_find(inventory, "a", &entry), KVK_OK);
	assert_int_equal(kvk_inventory_note_revocation(
				 inventory, entry.id, entry.certificate.sha256, &revocation),
		KVK_OK);
	assert_int_equal(kvk_inventory_find(inventory, "a", &entry), KVK_OK);
	assert_int_equal(kvk_vec_push(&views.list, &view), KVK_OK);
	assert_int_equal(kvk_view_from(&entry, view), KVK_OK);
	kvk_assess_known(&days, at, view);
	kvk_assess_undetermined(view);
	assert_int_equal(kvk_notify_send(&notification, &views, &result), KVK_OK);
	kvk_views_free(&views);
}

static void revoked_is_sent_once_until_it_is_over(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		run(KVK_STATUS_REVOKED, 9 * KVK_DAY);
		assert_true(notified);
		run(KVK_STATUS_REVOKED, 10 * KVK_DAY);
		assert_false(notified);
		run(KVK_STATUS_GOOD, 11 * KVK_DAY);
		assert_false(notified);
	}
}

static void undetermined_is_sent_once_until_there_is_an_answer(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		run(KVK_STATUS_UNKNOWN, 9 * KVK_DAY);
		assert_true(undetermined);
		assert_false(notified);
		run(KVK_STATUS_UNKNOWN, 10 * KVK_DAY);
		assert_false(undetermined);
		run(KVK_STATUS_GOOD, 11 * KVK_DAY);
		assert_false(undetermined);
	}
}

/* A threshold that is crossed is sent beside it. */
static void an_end_is_sent_as_well(void **state)
{
	(void)state;
	run(KVK_STATUS_UNKNOWN, 360 * KVK_DAY);
	assert_true(undetermined);
	assert_true(notified);
}

static int begin(void **state)
{
	struct kvk_entry a = entry_of("a", 1);

	if (scratch_make(state) != 0)
		return -1;
	inventory = open_inventory();
	return kvk_inventory_add(inventory, &a) == KVK_OK ? 0 : -1;
}

static int end(void **state)
{
	kvk_inventory_close(inventory);
	return scratch_remove(state);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(revoked_is_sent_once_until_it_is_over),
		TEST(undetermined_is_sent_once_until_there_is_an_answer),
		TEST(an_end_is_sent_as_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
