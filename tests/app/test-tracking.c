/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/tracking.h"
#include "tests/app/made.h"

static struct kvk_inventory *inventory;
static struct kvk_tracking tracking;
/* The names that were recorded, each with a blank behind it. */
static char recorded[256];

static enum kvk_err note(void *context, const struct kvk_tracked *tracked)
{
	const size_t n = strlen(recorded);

	(void)context;
	snprintf(recorded + n, sizeof recorded - n, "%s ", tracked->name);
	return KVK_OK;
}

static int make(void **state)
{
	const struct kvk_span none = { NULL, 0 };

	if (scratch_make(state) != 0)
		return -1;
	made_delivery("a.pem", NULL, none);
	made_delivery("b.pem", NULL, none);
	inventory = open_inventory();
	tracking = (struct kvk_tracking)KVK_TRACKING_INIT;
	tracking.inventory = inventory;
	tracking.now = DELIVERY_NOW;
	tracking.recorded = note;
	recorded[0] = '\0';
	return 0;
}

static int unmake(void **state)
{
	kvk_tracking_free(&tracking);
	kvk_inventory_close(inventory);
	return scratch_remove(state);
}

static void add(const char *file, enum kvk_err wanted)
{
	struct kvk_error why = { "" };

	assert_int_equal(kvk_tracking_add_file(&tracking, below(file), &why), wanted);
	assert_int_equal(why.text[0] != '\0', wanted != KVK_OK);
}

static size_t passed(void)
{
	size_t sum = 0;

	for (size_t i = 0; i < KVK_PASSED_COUNT; i++)
		sum += tracking.counts.passed[i];
	return sum;
}

static void expect_counts(size_t new, size_t known, size_t passed_over)
{
	assert_int_equal(tracking.counts.recorded, new);
	assert_int_equal(tracking.counts.known, known);
	assert_int_equal(passed(), passed_over);
	assert_int_equal(tracking.counts.unreadable, 0);
}

static void it_is_called_after_its_certificate(void **state)
{
	struct kvk_entry entry;

	(void)state;
	add("a.pem", KVK_OK);
	expect_counts(1, 0, 0);
	assert_string_equal(recorded, "api.example.nl ");
	assert_int_equal(kvk_inventory_find(inventory, "api.example.nl", &entry), KVK_OK);
	assert_string_equal(entry.path, below("a.pem"));
	assert_int_equal(entry.stage, KVK_STAGE_TRACKED);
	assert_int_equal(entry.since, DELIVERY_NOW);
	assert_false(entry.dossier);
	assert_true(entry.certificate.present);
}

static void one_that_is_known_is_brought_up_to_date(void **state)
{
	const struct kvk_span none = { NULL, 0 };
	struct kvk_entry before, after;

	(void)state;
	add("a.pem", KVK_OK);
	assert_int_equal(kvk_inventory_find(inventory, "api.example.nl", &before), KVK_OK);
	made_delivery("a.pem", "no-client-auth", none);
	add("a.pem", KVK_OK);
	expect_counts(1, 1, 0);
	assert_string_equal(tracking.known_name, "api.example.nl");
	assert_int_equal(kvk_inventory_find(inventory, "api.example.nl", &after), KVK_OK);
	assert_memory_not_equal(
		before.certificate.sha256, after.certificate.sha256, KVK_SHA256_SIZE);
}

/* What lies in a dossier is the dossier's only if it holds the certificate of its entry; the home
 * may have been moved since. */
static void a_file_in_a_dossier_is_its_entry_or_one_of_its_own(void **state)
{
	const struct kvk_span none = { NULL, 0 };
	struct kvk_entry entry = { .name = "x", .dossier = true, .stage = KVK_STAGE_UPLOADED };
	struct kvk_watched watched;
	struct kvk_home home = { 0 };

	(void)state;
	assert_int_equal(kvk_home_find(below("home"), &home), KVK_OK);
	assert_int_equal(mkdir(below("home"), 0700), 0);
	assert_int_equal(mkdir(below("home/dossiers"), 0700), 0);
	assert_int_equal(mkdir(below("home/dossiers/x"), 0700), 0);
	tracking.home = &home;
	made_delivery("home/dossiers/x/certificate.pem", NULL, none);
	assert_int_equal(
		kvk_watched_read(below("home/dossiers/x/certificate.pem"), NULL, &watched), KVK_OK);
	entry.certificate = watched.certificate;
	snprintf(entry.path, sizeof entry.path, "%s", "/old/dossiers/x/certificate.pem");
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	add("home/dossiers/x/certificate.pem", KVK_OK);
	expect_counts(0, 1, 0);
	assert_string_equal(tracking.known_name, "x");
	assert_int_equal(kvk_inventory_find(inventory, "x", &entry), KVK_OK);
	assert_string_equal(entry.path, below("home/dossiers/x/certificate.pem"));
	/* Also through a link to the home. */
	assert_int_equal(symlink(below("home"), below("link")), 0);
	add("link/dossiers/x/certificate.pem", KVK_OK);
	expect_counts(0, 2, 0);
	made_delivery("home/dossiers/x/other.pem", "no-client-auth", none);
	add("home/dossiers/x/other.pem", KVK_OK);
	expect_counts(1, 2, 0);
	assert_int_equal(kvk_inventory_find(inventory, "api.example.nl", &entry), KVK_OK);
	assert_string_equal(entry.path, below("home/dossiers/x/other.pem"));
	kvk_home_free(&home);
}

/* A file that holds now one certificate and then another is told of each once. */
static void what_was_told_of_another_certificate_stays_told(void **state)
{
	struct kvk_notified what = { .threshold = "60d", .channel = "stdout" };
	struct kvk_entry entry;
	bool pending = true;
	uint8_t sha256[KVK_SHA256_SIZE];

	(void)state;
	add("a.pem", KVK_OK);
	assert_int_equal(kvk_inventory_find(inventory, "api.example.nl", &entry), KVK_OK);
	memcpy(sha256, entry.certificate.sha256, sizeof sha256);
	what.entry = entry.id;
	what.sha256 = sha256;
	assert_int_equal(kvk_inventory_notified_add(inventory, &what, DELIVERY_NOW), KVK_OK);
	entry.certificate.sha256[0] ^= 1;
	entry.certificate.file_sha256[0] ^= 1;
	entry.certificate.ends -= KVK_DAY;
	assert_int_equal(kvk_inventory_update(inventory, &entry), KVK_OK);
	add("a.pem", KVK_OK);
	assert_int_equal(kvk_inventory_notified_pending(inventory, &what, &pending), KVK_OK);
	assert_false(pending);
	/* The end of the same one has moved. */
	assert_int_equal(kvk_inventory_find(inventory, "api.example.nl", &entry), KVK_OK);
	assert_memory_equal(entry.certificate.sha256, sha256, sizeof sha256);
	entry.certificate.file_sha256[0] ^= 1;
	entry.certificate.ends -= KVK_DAY;
	assert_int_equal(kvk_inventory_update(inventory, &entry), KVK_OK);
	add("a.pem", KVK_OK);
	assert_int_equal(kvk_inventory_notified_pending(inventory, &what, &pending), KVK_OK);
	assert_true(pending);
}

static void a_name_that_is_taken_gets_a_number(void **state)
{
	(void)state;
	add("a.pem", KVK_OK);
	add("b.pem", KVK_OK);
	assert_string_equal(recorded, "api.example.nl api.example.nl-2 ");
}

static void a_name_that_was_asked_for_gets_none(void **state)
{
	struct kvk_entry entry;

	(void)state;
	tracking.name = "mijn";
	add("a.pem", KVK_OK);
	assert_string_equal(recorded, "mijn ");
	add("b.pem", KVK_ERR_EXISTS);
	expect_counts(1, 0, 0);
	assert_int_equal(
		kvk_inventory_next_at(inventory, below("b.pem"), 0, &entry), KVK_ERR_NOT_FOUND);
}

static void what_holds_no_certificate_is_an_error(void **state)
{
	(void)state;
	put_text("notes.txt", "no certificate");
	add("notes.txt", KVK_ERR_FORMAT);
	add("missing.pem", KVK_ERR_NOT_FOUND);
	expect_counts(0, 0, 0);
}

static void of_a_folder_every_certificate_is_recorded(void **state)
{
	struct kvk_blob folder = { 0 };
	struct kvk_error why = { "" };

	(void)state;
	assert_int_equal(mkdir(below("below"), 0755), 0);
	assert_int_equal(rename(below("b.pem"), below("below/b.pem")), 0);
	put_text("notes.txt", "no certificate");
	assert_int_equal(kvk_tracking_add_folder(&tracking, scratch, &why), KVK_OK);
	/* a.pem and b.pem; root.pem is a CA, crls.pem, notes.txt and the files of the inventory
	 * hold none. */
	assert_int_equal(tracking.counts.recorded, 2);
	assert_int_equal(tracking.counts.passed[KVK_PASSED_CA], 1);
	assert_true(tracking.counts.passed[KVK_PASSED_NONE] >= 2);
	assert_non_null(strstr(recorded, "api.example.nl-2 "));
	assert_int_equal(kvk_inventory_next_folder(inventory, "", &folder), KVK_OK);
	assert_string_equal(kvk_blob_str(&folder), scratch);
	kvk_blob_free(&folder);
	kvk_tracking_free(&tracking);
	tracking.finds = NULL;
	assert_int_equal(kvk_tracking_add_folder(&tracking, scratch, &why), KVK_OK);
	assert_int_equal(tracking.counts.recorded, 2);
	assert_int_equal(tracking.counts.known, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_is_called_after_its_certificate),
		TEST(a_file_in_a_dossier_is_its_entry_or_one_of_its_own),
		TEST(one_that_is_known_is_brought_up_to_date),
		TEST(what_was_told_of_another_certificate_stays_told),
		TEST(a_name_that_is_taken_gets_a_number),
		TEST(a_name_that_was_asked_for_gets_none),
		TEST(what_holds_no_certificate_is_an_error),
		TEST(of_a_folder_every_certificate_is_recorded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
