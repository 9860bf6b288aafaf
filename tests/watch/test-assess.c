/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>
#include <unistd.h>
#include <sqlite3.h>

#include "tests/support/alloc.h"
#include "tests/watch/leaf.h"

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
	entry.delivery = KVK_DELIVERY_ADOPTED;
	assert_view(&entry, DELIVERY_NOW + 7 * KVK_DAY, KVK_VIEW_VALID, KVK_EXIT_OK,
		KVK_ACTION_CHECK_DELIVERY);
	entry.delivery = KVK_DELIVERY_NONE;
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
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_looks, free_looks)
	const struct CMUnitTest tests[] = {
		TEST(the_states_of_a_file),
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
