/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "watch/watched.h"
#include "watch/assess.h"
#include "tests/inventory/scratch.h"
#include "tests/practice/delivery.h"
#include "tests/support/alloc.h"

static const struct kvk_threshold_days days;
static struct kvk_inventory *inventory;
static struct kvk_looks looks;

static int make(void **state)
{
	if (scratch_make(state) != 0)
		return -1;
	inventory = open_inventory();
	looks = (struct kvk_looks)KVK_LOOKS_INIT(inventory);
	return 0;
}

static int unmake(void **state)
{
	kvk_looks_free(&looks);
	kvk_inventory_close(inventory);
	return scratch_remove(state);
}

/* Writes a leaf of 365 days to scratch/leaf.pem, and gives an entry that watches it. */
static struct kvk_entry watched_entry(kvk_time now)
{
	const struct delivery_options options = { .days = 365, .now = now };
	struct kvk_entry entry = entry_of("a", 1);
	struct delivery made = { 0 };
	struct kvk_watched watched;

	assert_int_equal(delivery_make(&options, &made), KVK_OK);
	put("leaf.pem", kvk_span_of_blob(&made.leaf));
	delivery_free(&made);
	snprintf(entry.path, sizeof entry.path, "%s", below("leaf.pem"));
	assert_int_equal(kvk_watched_read(entry.path, NULL, &watched), KVK_OK);
	entry.certificate = watched.certificate;
	return entry;
}

static void assert_view(const struct kvk_entry *entry, kvk_time at, enum kvk_view_state state,
	enum kvk_exit code, enum kvk_view_action action)
{
	struct kvk_entry_view view;

	assert_int_equal(kvk_assess(entry, &looks, &days, at, &view), KVK_OK);
	assert_int_equal(view.state, state);
	assert_int_equal(view.code, code);
	assert_int_equal(view.action, action);
	kvk_view_free(&view);
}

static void the_states_of_a_file(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	kvk_time end = entry.certificate.not_after;

	(void)state;
	assert_view(&entry, DELIVERY_NOW, KVK_VIEW_VALID, KVK_EXIT_OK, KVK_ACTION_NONE);
	assert_view(&entry, entry.certificate.not_before - 1, KVK_VIEW_NOT_YET_VALID,
		KVK_EXIT_WARNING, KVK_ACTION_NONE);
	assert_view(
		&entry, entry.certificate.not_before, KVK_VIEW_VALID, KVK_EXIT_OK, KVK_ACTION_NONE);
	assert_view(
		&entry, end - 40 * KVK_DAY, KVK_VIEW_EXPIRING, KVK_EXIT_WARNING, KVK_ACTION_RENEW);
	assert_view(
		&entry, end - 10 * KVK_DAY, KVK_VIEW_EXPIRING, KVK_EXIT_CRITICAL, KVK_ACTION_RENEW);
	assert_view(&entry, end, KVK_VIEW_EXPIRING, KVK_EXIT_CRITICAL, KVK_ACTION_RENEW);
	assert_view(&entry, end + 1, KVK_VIEW_EXPIRED, KVK_EXIT_CRITICAL, KVK_ACTION_REPLACE);
	entry.stage = KVK_STAGE_VERIFIED;
	entry.since = DELIVERY_NOW;
	assert_view(&entry, DELIVERY_NOW + 7 * KVK_DAY - 1, KVK_VIEW_VALID, KVK_EXIT_OK,
		KVK_ACTION_UPLOAD);
	assert_view(&entry, DELIVERY_NOW + 7 * KVK_DAY, KVK_VIEW_VALID, KVK_EXIT_WARNING,
		KVK_ACTION_UPLOAD);
	entry.stage = KVK_STAGE_RECEIVED;
	assert_view(&entry, DELIVERY_NOW + 7 * KVK_DAY - 1, KVK_VIEW_VALID, KVK_EXIT_OK,
		KVK_ACTION_CHECK_DELIVERY);
	assert_view(&entry, DELIVERY_NOW + 7 * KVK_DAY, KVK_VIEW_VALID, KVK_EXIT_WARNING,
		KVK_ACTION_CHECK_DELIVERY);
	put_text("leaf.pem", "no more");
	assert_view(
		&entry, DELIVERY_NOW, KVK_VIEW_UNREADABLE, KVK_EXIT_UNKNOWN, KVK_ACTION_FIND_FILE);
	assert_int_equal(unlink(below("leaf.pem")), 0);
	assert_view(&entry, DELIVERY_NOW, KVK_VIEW_MISSING, KVK_EXIT_UNKNOWN, KVK_ACTION_FIND_FILE);
	/* What is known is worse than not knowing. */
	assert_view(&entry, end - 40 * KVK_DAY, KVK_VIEW_MISSING, KVK_EXIT_UNKNOWN,
		KVK_ACTION_FIND_FILE);
	assert_view(&entry, end - 10 * KVK_DAY, KVK_VIEW_MISSING, KVK_EXIT_CRITICAL,
		KVK_ACTION_FIND_FILE);
}

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
	view.next_delivered = delivered;
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

static void a_renewed_file_counts(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	struct kvk_entry renewed = watched_entry(DELIVERY_NOW + 300 * KVK_DAY);
	kvk_time at = entry.certificate.not_after + 1;
	struct kvk_entry_view view;

	(void)state;
	assert_int_equal(kvk_assess(&entry, &looks, &days, at, &view), KVK_OK);
	assert_int_equal(view.state, KVK_VIEW_VALID);
	assert_non_null(view.change);
	assert_memory_equal(view.change->now.sha256, renewed.certificate.sha256, KVK_SHA256_SIZE);
	assert_string_equal(view.change->now.serial, renewed.certificate.serial);
	assert_int_equal(view.days_left, 299);
	kvk_view_free(&view);
	assert_int_equal(kvk_assess(&renewed, &looks, &days, at, &view), KVK_OK);
	assert_null(view.change);
	kvk_view_free(&view);
}

/* Another CA around the same certificate is no other certificate, but is kept. */
static void what_stands_around_it_may_change(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	struct kvk_entry_view view;

	(void)state;
	memset(entry.certificate.file_sha256, 0, KVK_SHA256_SIZE);
	entry.dossier = true;
	entry.stage = KVK_STAGE_UPLOADED;
	assert_int_equal(kvk_assess(&entry, &looks, &days, DELIVERY_NOW, &view), KVK_OK);
	assert_non_null(view.change);
	assert_false(view.change->certificate);
	assert_int_equal(view.stage, KVK_STAGE_UPLOADED);
	kvk_view_free(&view);
}

/* A file that is what it was is not read again. */
static void the_same_file_is_believed(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	struct kvk_entry_view view;

	(void)state;
	entry.certificate.ends = DELIVERY_NOW - KVK_DAY;
	strcpy(entry.certificate.ends_by, "A CA");
	assert_int_equal(kvk_assess(&entry, &looks, &days, DELIVERY_NOW, &view), KVK_OK);
	assert_int_equal(view.state, KVK_VIEW_EXPIRED);
	assert_int_equal(view.days_left, -1);
	assert_string_equal(view.ends_by, "A CA");
	kvk_view_free(&view);
}

static void a_dossier_waits_until_its_certificate_is_there(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	struct kvk_entry_view view;

	(void)state;
	entry.certificate.present = false;
	entry.dossier = true;
	entry.stage = KVK_STAGE_REQUESTED;
	entry.since = DELIVERY_NOW;
	assert_int_equal(kvk_assess(&entry, &looks, &days, DELIVERY_NOW, &view), KVK_OK);
	assert_int_equal(view.stage, KVK_STAGE_RECEIVED);
	assert_true(view.has_certificate);
	kvk_view_free(&view);
	assert_int_equal(unlink(below("leaf.pem")), 0);
	assert_view(&entry, DELIVERY_NOW, KVK_VIEW_REQUESTED, KVK_EXIT_OK, KVK_ACTION_WAIT);
	assert_view(&entry, DELIVERY_NOW + 21 * KVK_DAY - 1, KVK_VIEW_REQUESTED, KVK_EXIT_OK,
		KVK_ACTION_WAIT);
	assert_view(&entry, DELIVERY_NOW + 21 * KVK_DAY, KVK_VIEW_REQUESTED, KVK_EXIT_WARNING,
		KVK_ACTION_ASK_TSP);
}

static void a_revoked_certificate_is_critical_until_it_expires(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	const kvk_time end = entry.certificate.not_after;
	struct kvk_entry_view view;

	(void)state;
	entry.revocation.status = KVK_STATUS_REVOKED;
	assert_int_equal(kvk_assess(&entry, &looks, &days, DELIVERY_NOW, &view), KVK_OK);
	assert_int_equal(view.state, KVK_VIEW_REVOKED);
	assert_int_equal(view.code, KVK_EXIT_CRITICAL);
	assert_int_equal(view.action, KVK_ACTION_REPLACE);
	assert_string_equal(view.event, KVK_EVENT_REVOKED);
	assert_int_equal(kvk_view_replace(&view, "b"), KVK_OK);
	assert_int_equal(view.code, KVK_EXIT_OK);
	kvk_view_free(&view);
	/* Whoever orders the next one knows why. */
	assert_view(&entry, end - 10 * KVK_DAY, KVK_VIEW_REVOKED, KVK_EXIT_CRITICAL,
		KVK_ACTION_REPLACE);
	assert_view(&entry, end + 1, KVK_VIEW_EXPIRED, KVK_EXIT_CRITICAL, KVK_ACTION_REPLACE);
	/* Its file need not be there any more. */
	assert_int_equal(unlink(below("leaf.pem")), 0);
	assert_view(&entry, DELIVERY_NOW, KVK_VIEW_REVOKED, KVK_EXIT_CRITICAL, KVK_ACTION_REPLACE);
	/* Another certificate in its place was not. */
	(void)watched_entry(DELIVERY_NOW + KVK_DAY);
	assert_view(
		&entry, DELIVERY_NOW + 2 * KVK_DAY, KVK_VIEW_VALID, KVK_EXIT_OK, KVK_ACTION_NONE);
}

/* The exit code of an entry that is unknown since DELIVERY_NOW. */
static enum kvk_exit code_of_unknown(const char *why, kvk_time after)
{
	struct kvk_entry entry = watched_entry(0);
	struct kvk_entry_view view;
	enum kvk_exit code;

	entry.revocation.status = KVK_STATUS_UNKNOWN;
	entry.revocation.asked = entry.revocation.since = DELIVERY_NOW;
	strcpy(entry.revocation.why, why);
	assert_int_equal(kvk_assess(&entry, &looks, &days, DELIVERY_NOW + after, &view), KVK_OK);
	assert_int_equal(view.code, KVK_EXIT_OK);
	kvk_assess_undetermined(&view);
	code = view.code;
	assert_int_equal(view.undetermined, code == KVK_EXIT_UNKNOWN);
	assert_int_equal(view.state, KVK_VIEW_VALID);
	assert_int_equal(
		view.action, view.undetermined ? KVK_ACTION_CHECK_REVOCATION : KVK_ACTION_NONE);
	assert_string_equal(view.threshold, view.undetermined ? KVK_EVENT_UNDETERMINED : "");
	kvk_view_free(&view);
	return code;
}

static void what_is_unknown_counts_from_the_third_day_on(void **state)
{
	(void)state;
	assert_int_equal(code_of_unknown("time-out", 0), KVK_EXIT_OK);
	assert_int_equal(code_of_unknown("time-out", KVK_PATIENCE - 1), KVK_EXIT_OK);
	assert_int_equal(code_of_unknown("time-out", KVK_PATIENCE), KVK_EXIT_UNKNOWN);
	assert_int_equal(code_of_unknown("time-out", 2 * KVK_DAY), KVK_EXIT_UNKNOWN);
	assert_int_equal(code_of_unknown(KVK_ENTRY_NEEDS_PATH, 9 * KVK_DAY), KVK_EXIT_OK);
	assert_int_equal(code_of_unknown(KVK_ENTRY_NO_ADDRESS, 9 * KVK_DAY), KVK_EXIT_OK);
	assert_int_equal(code_of_unknown(KVK_ENTRY_PATH_LOST, KVK_PATIENCE), KVK_EXIT_UNKNOWN);
}

/* That the inventory cannot be read says nothing of the file. */
static void an_error_of_the_inventory_is_none_of_the_file(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	struct kvk_entry_view view;
	sqlite3 *db = NULL;

	(void)state;
	memset(entry.certificate.file_sha256, 0, KVK_SHA256_SIZE);
	assert_int_equal(sqlite3_open(below("inventory.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "DROP TABLE told", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(kvk_assess(&entry, &looks, &days, DELIVERY_NOW, &view), KVK_ERR_DATABASE);
}

static void without_memory_it_is_an_error(void **state)
{
	struct kvk_entry entry = watched_entry(0);
	struct kvk_entry_view view;
	enum kvk_err err = KVK_ERR_MEMORY;
	long n = 0;

	(void)state;
	memset(entry.certificate.sha256, 0, KVK_SHA256_SIZE);
	memset(entry.certificate.file_sha256, 0, KVK_SHA256_SIZE);
	while (err == KVK_ERR_MEMORY && n < 1000) {
		kvk_alloc_fail_after(n++);
		err = kvk_assess(&entry, &looks, &days, DELIVERY_NOW, &view);
	}
	kvk_alloc_fail_after(-1);
	assert_int_equal(err, KVK_OK);
	assert_int_equal(view.state, KVK_VIEW_VALID);
	assert_non_null(view.change);
	assert_true(n > 3);
	kvk_view_free(&view);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)
	const struct CMUnitTest tests[] = {
		TEST(the_states_of_a_file),
		TEST(the_renewal_is_to_be_started),
		TEST(a_renewal_under_way),
		TEST(it_is_to_be_deployed),
		TEST(a_renewed_file_counts),
		TEST(what_stands_around_it_may_change),
		TEST(the_same_file_is_believed),
		TEST(a_dossier_waits_until_its_certificate_is_there),
		TEST(a_revoked_certificate_is_critical_until_it_expires),
		TEST(what_is_unknown_counts_from_the_third_day_on),
		TEST(an_error_of_the_inventory_is_none_of_the_file),
		TEST(without_memory_it_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
