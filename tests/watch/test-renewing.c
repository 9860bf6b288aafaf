/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of an entry before its renewal, during it, and until a server has the result. */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "tests/watch/leaf.h"

/* By the earlier of the day on which the renewal starts and the first threshold. */
static void the_renewal_is_to_be_started(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	const kvk_time end = entry.certificate.not_after;
	struct kvk_entry_view view;

	(void)state;
	/* 56 and 7 days, and at most two for a weekend. */
	entry.lead_days = 40;
	assert_view(&entry, end - 67 * KVK_DAY, KVK_VIEW_VALID, KVK_EXIT_OK, KVK_ACTION_NONE);
	assert_int_equal(kvk_assess(&entry, &looks, &days, end - 61 * KVK_DAY, &view), KVK_OK);
	assert_int_equal(view.state, KVK_VIEW_EXPIRING);
	assert_int_equal(view.code, KVK_EXIT_WARNING);
	assert_int_equal(view.action, KVK_ACTION_RENEW);
	assert_string_equal(view.event, "start-renewal");
	kvk_view_free(&view);
	assert_int_equal(kvk_assess(&entry, &looks, &days, end - 60 * KVK_DAY, &view), KVK_OK);
	assert_string_equal(view.event, "60d");
	kvk_view_free(&view);
	/* Nobody but the CA renews the certificate of a CA. */
	entry.certificate.ca = true;
	assert_view(&entry, end - 61 * KVK_DAY, KVK_VIEW_VALID, KVK_EXIT_OK, KVK_ACTION_NONE);
}

/* What the view of an entry is once its renewal is looked at. */
static struct kvk_entry_view renewing(const struct kvk_entry *entry, kvk_time since,
	kvk_time switch_at, bool delivered, kvk_time at)
{
	struct kvk_entry_view view;

	assert_int_equal(kvk_assess(entry, &looks, &days, at, &view), KVK_OK);
	view.next_since = since;
	view.switch_at = switch_at;
	view.next_delivered = view.next_verified = delivered;
	kvk_assess_renewing(&view);
	kvk_view_free(&view);
	return view;
}

/* A renewal that is under way: who waits for it is reminded, and is not told to start it. */
static void a_renewal_under_way(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	const kvk_time end = entry.certificate.not_after, at = end - 100 * KVK_DAY;
	static const struct {
		int waited, switched;
		bool delivered;
		enum kvk_exit code;
		enum kvk_view_action action;
		const char *event;
	} rows[] = {
		{ 0, 0, false, KVK_EXIT_OK, KVK_ACTION_WAIT, "" },
		{ 20, 0, false, KVK_EXIT_OK, KVK_ACTION_WAIT, "" },
		{ 21, 0, false, KVK_EXIT_WARNING, KVK_ACTION_ASK_TSP, "renewal-late" },
		{ 1, 1, false, KVK_EXIT_WARNING, KVK_ACTION_ASK_TSP, "renewal-late" },
		{ 6, 0, true, KVK_EXIT_OK, KVK_ACTION_UPLOAD, "" },
		{ 7, 0, true, KVK_EXIT_WARNING, KVK_ACTION_UPLOAD, "renewal-ready" },
		/* It waits for its day. */
		{ 30, -1, true, KVK_EXIT_OK, KVK_ACTION_UPLOAD, "" },
		{ 1, 1, true, KVK_EXIT_WARNING, KVK_ACTION_UPLOAD, "renewal-ready" },
	};
	struct kvk_entry_view view;

	(void)state;
	entry.stage = KVK_STAGE_UPLOADED;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		view = renewing(&entry, at - rows[i].waited * KVK_DAY,
			rows[i].switched != 0 ? at - rows[i].switched * KVK_DAY : 0,
			rows[i].delivered, at);
		assert_int_equal(view.code, rows[i].code);
		assert_int_equal(view.action, rows[i].action);
		assert_string_equal(view.event, rows[i].event);
		assert_int_equal(view.state, KVK_VIEW_VALID);
	}
	/* A delivery that was refused is of the renewal where it came after that was requested. */
	entry.delivery = KVK_DELIVERY_REJECTED;
	entry.delivery_at = at - 2 * KVK_DAY;
	view = renewing(&entry, at - 3 * KVK_DAY, 0, false, at);
	assert_int_equal(view.action, KVK_ACTION_REPEAT_DELIVERY);
	view = renewing(&entry, at - KVK_DAY, 0, false, at);
	assert_int_equal(view.action, KVK_ACTION_WAIT);
	entry.delivery = KVK_DELIVERY_NONE;
	/* The end is near all the same. */
	view = renewing(&entry, end - 20 * KVK_DAY, 0, false, end - 10 * KVK_DAY);
	assert_int_equal(view.code, KVK_EXIT_CRITICAL);
	assert_string_equal(view.event, "14d");
	assert_int_equal(view.action, KVK_ACTION_WAIT);
	entry.lead_days = 40;
	view = renewing(&entry, end - 62 * KVK_DAY, 0, false, end - 61 * KVK_DAY);
	assert_int_equal(view.code, KVK_EXIT_OK);
	assert_string_equal(view.threshold, "");
	assert_int_equal(view.start_by, 0);
	assert_int_equal(unlink(below("leaf.pem")), 0);
	view = renewing(&entry, end - 62 * KVK_DAY, 0, false, end - 61 * KVK_DAY);
	assert_int_equal(view.action, KVK_ACTION_FIND_FILE);
	assert_int_equal(view.state, KVK_VIEW_MISSING);
	assert_int_equal(view.code, KVK_EXIT_UNKNOWN);
}

/* What could not be checked is not ready. */
static void a_renewal_that_was_not_verified(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	const kvk_time at = entry.certificate.not_after - 100 * KVK_DAY;
	struct kvk_entry_view view;

	(void)state;
	entry.stage = KVK_STAGE_UPLOADED;
	assert_int_equal(kvk_assess(&entry, &looks, &days, at, &view), KVK_OK);
	view.next_delivered = true;
	kvk_assess_renewing(&view);
	assert_int_equal(view.action, KVK_ACTION_CHECK_DELIVERY);
	kvk_view_free(&view);
}

/* Until somebody says so, or a server has it. */
static void it_is_to_be_deployed(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	struct kvk_entry_view view;

	(void)state;
	entry.stage = KVK_STAGE_UPLOADED;
	entry.deploy = true;
	assert_int_equal(kvk_assess(&entry, &looks, &days, DELIVERY_NOW, &view), KVK_OK);
	assert_int_equal(view.action, KVK_ACTION_DEPLOY);
	assert_int_equal(view.code, KVK_EXIT_OK);
	kvk_view_deployed(&view);
	assert_int_equal(view.action, KVK_ACTION_NONE);
	kvk_view_free(&view);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_looks, free_looks)
	const struct CMUnitTest tests[] = {
		TEST(the_renewal_is_to_be_started),
		TEST(a_renewal_under_way),
		TEST(a_renewal_that_was_not_verified),
		TEST(it_is_to_be_deployed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
