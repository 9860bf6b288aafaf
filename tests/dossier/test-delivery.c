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

#include "base/dir.h"
#include "base/encode.h"
#include "base/path.h"
#include "cert/contents.h"
#include "dossier/delivery.h"
#include "dossier/exchange.h"
#include "tests/inventory/scratch.h"
#include "tests/practice/delivery.h"

/* Two deliveries of one TSP. */
static struct delivery first, second;

static int make_deliveries(void **state)
{
	const struct delivery_options one = { 0 };
	const struct delivery_options two = { .now = DELIVERY_NOW + KVK_DAY };

	(void)state;
	return delivery_make(&one, &first) != KVK_OK || delivery_make(&two, &second) != KVK_OK;
}

static int free_deliveries(void **state)
{
	(void)state;
	delivery_free(&first);
	delivery_free(&second);
	return 0;
}

static struct kvk_delivery delivery_of(const struct delivery *made)
{
	struct kvk_delivery delivery = { .leaf = kvk_span_of_blob(&made->leaf) };

	delivery.issuers[0] = kvk_span_of_blob(&made->ca[KVK_PRACTICE_TSP]);
	delivery.issuers[1] = kvk_span_of_blob(&made->ca[KVK_PRACTICE_INTERMEDIATE]);
	delivery.issuer_count = 2;
	return delivery;
}

/* A dossier's path, which changes places with a folder beside it. */
#define DOSSIER "dossiers/a"
#define BESIDE "dossiers/.a.next"

static const struct kvk_delivery_note note = { KVK_STAGE_VERIFIED, DELIVERY_NOW, { 1, 0xab }, true,
	true };

static int make_dossier(void **state)
{
	return scratch_make(state) != 0 || kvk_dir_make(below(DOSSIER), 0700) != KVK_OK;
}

static enum kvk_err put_in_force(const struct delivery *made)
{
	const struct kvk_delivery delivery = delivery_of(made);
	struct kvk_error why = { "" };

	return kvk_delivery_put_in_force(below(DOSSIER), &delivery, &note, &why);
}

static void deliver(const struct delivery *made)
{
	assert_int_equal(put_in_force(made), KVK_OK);
	kvk_delivery_settle(below(DOSSIER));
}

/* Whether a file holds these certificates and nothing else, as openssl(1) would write them. */
static void assert_pem(const char *name, const struct kvk_span *ders, size_t count)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob bytes = { 0 };

	get(name, &bytes);
	assert_null(strchr(kvk_blob_str(&bytes), '\r'));
	for (const char *p = kvk_blob_str(&bytes); *p != '\0';) {
		size_t n = strcspn(p, "\n");

		assert_true(n <= 64);
		p += n + (p[n] == '\n');
	}
	assert_int_equal(kvk_contents_read(&bytes, &contents), KVK_OK);
	assert_int_equal(contents.remarks, 0);
	assert_int_equal(kvk_contents_certificate_count(&contents), count);
	for (size_t i = 0; i < count; i++)
		assert_true(
			kvk_span_equal(kvk_contents_certificate(&contents, i, NULL)->der, ders[i]));
	kvk_contents_free(&contents);
}

static void a_delivery_becomes_three_files(void **state)
{
	const struct kvk_span all[] = { kvk_span_of_blob(&first.leaf),
		kvk_span_of_blob(&first.ca[KVK_PRACTICE_TSP]),
		kvk_span_of_blob(&first.ca[KVK_PRACTICE_INTERMEDIATE]) };
	struct stat st;

	(void)state;
	assert_false(kvk_delivery_complete(below(DOSSIER)));
	assert_false(kvk_delivery_in_force(below(DOSSIER), all[0]));
	put_text(DOSSIER "/key.pem", "not touched");
	deliver(&first);
	assert_string_equal(list_below(DOSSIER), "certificate.pem chain.pem key.pem upload.pem");
	assert_pem(DOSSIER "/certificate.pem", all, 1);
	assert_pem(DOSSIER "/chain.pem", all + 1, 2);
	assert_pem(DOSSIER "/upload.pem", all, 3);
	assert_int_equal(stat(below(DOSSIER "/upload.pem"), &st), 0);
	assert_int_equal(st.st_mode, S_IFREG | 0644);
	assert_true(kvk_delivery_complete(below(DOSSIER)));
	assert_true(kvk_delivery_in_force(below(DOSSIER), all[0]));
	assert_false(kvk_delivery_in_force(below(DOSSIER), all[1]));
}

/* archive/SERIAL of the first leaf. */
static const char *archived(const char *suffix)
{
	static char path[256];
	struct kvk_contents contents = { 0 };
	struct kvk_blob bytes = { 0 };
	struct kvk_blob hex = { 0 };

	assert_int_equal(kvk_blob_append(&bytes, kvk_span_of_blob(&first.leaf)), KVK_OK);
	assert_int_equal(kvk_contents_read(&bytes, &contents), KVK_OK);
	assert_int_equal(
		kvk_hex(&hex, kvk_contents_certificate(&contents, 0, NULL)->serial, '\0'), KVK_OK);
	snprintf(path, sizeof path, DOSSIER "/archive/%s%s", kvk_blob_str(&hex), suffix);
	kvk_blob_free(&hex);
	kvk_contents_free(&contents);
	return path;
}

/* How many deliveries the archive holds. */
static unsigned archive_count(void)
{
	unsigned count = 1;

	for (const char *p = list_below(DOSSIER "/archive"); *p != '\0'; p++)
		count += *p == ' ';
	return count;
}

static void a_second_delivery_archives_the_first(void **state)
{
	struct kvk_blob before = { 0 }, after = { 0 };
	char path[300];

	(void)state;
	deliver(&first);
	get(DOSSIER "/upload.pem", &before);
	deliver(&first);
	assert_false(kvk_path_exists(below(DOSSIER "/archive")));
	deliver(&second);
	assert_true(kvk_delivery_in_force(below(DOSSIER), kvk_span_of_blob(&second.leaf)));
	assert_string_equal(list_below(archived("")), "certificate.pem chain.pem upload.pem");
	snprintf(path, sizeof path, "%s/upload.pem", archived(""));
	get(path, &after);
	assert_true(kvk_span_equal(kvk_span_of_blob(&before), kvk_span_of_blob(&after)));
	/* Back and forth again: the archive has both then, and takes neither twice. */
	for (int i = 0; i < 3; i++) {
		deliver(&first);
		deliver(&second);
	}
	assert_int_equal(archive_count(), 2);
	/* Another chain with the same leaf is another delivery; nothing is written over. */
	deliver(&first);
	put_text(DOSSIER "/chain.pem", "changed by hand");
	deliver(&second);
	assert_int_equal(archive_count(), 3);
	kvk_blob_free(&before);
	kvk_blob_free(&after);
}

static void what_cannot_be_read_is_archived_too(void **state)
{
	struct kvk_blob kept = { 0 };

	(void)state;
	put_text(DOSSIER "/certificate.pem", "scratched by hand");
	deliver(&first);
	get(DOSSIER "/archive/unreadable/certificate.pem", &kept);
	assert_string_equal(kvk_blob_str(&kept), "scratched by hand");
	kvk_blob_free(&kept);
}

static void what_cannot_be_archived_stays_in_force(void **state)
{
	(void)state;
	deliver(&first);
	put_text(DOSSIER "/archive", "a file in the way");
	assert_int_not_equal(put_in_force(&second), KVK_OK);
	assert_true(kvk_delivery_in_force(below(DOSSIER), kvk_span_of_blob(&first.leaf)));
	assert_string_equal(list_below(DOSSIER), "archive certificate.pem chain.pem upload.pem");
	assert_false(kvk_path_exists(below(BESIDE)));
}

/* What the inventory did not learn of waits for it, and is found. */
static void a_delivery_that_was_not_settled_is_noted(void **state)
{
	struct kvk_delivery_note found = { 0 };

	(void)state;
	deliver(&first);
	assert_int_equal(put_in_force(&second), KVK_OK);
	assert_true(kvk_path_exists(below(BESIDE)));
	assert_int_equal(kvk_delivery_unsettled(below(DOSSIER), &found), KVK_OK);
	assert_int_equal(found.stage, note.stage);
	assert_int_equal(found.since, note.since);
	assert_memory_equal(found.sha256, note.sha256, KVK_SHA256_SIZE);
	assert_true(found.practice);
	assert_true(found.deployed);
	kvk_delivery_settle(below(DOSSIER));
	assert_false(kvk_path_exists(below(BESIDE)));
	assert_int_equal(kvk_delivery_unsettled(below(DOSSIER), &found), KVK_ERR_NOT_FOUND);
	assert_true(kvk_delivery_in_force(below(DOSSIER), kvk_span_of_blob(&second.leaf)));
}

/* A stage that there is not, and the time and hash of a note that could be read. */
#define NONSENSE \
	"nonsense 2026-11-22T12:00:00Z " \
	"0000000000000000000000000000000000000000000000000000000000000001"

/* One that says nothing is no reason to stop. */
static void a_damaged_note_is_that_of_another_certificate(void **state)
{
	static const char *const texts[] = { "", "verified", "verified 2026-11-22T12:00:00Z 00",
		NONSENSE };
	const uint8_t zeros[KVK_SHA256_SIZE] = { 0 };
	struct kvk_delivery_note found;

	(void)state;
	deliver(&first);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		put_text(DOSSIER "/.delivery", texts[i]);
		assert_int_equal(kvk_delivery_unsettled(below(DOSSIER), &found), KVK_OK);
		assert_int_equal(found.stage, KVK_STAGE_RECEIVED);
		assert_memory_equal(found.sha256, zeros, KVK_SHA256_SIZE);
	}
}

/* Whatever stands beside: the only copy of a key is never removed. */
static void the_only_key_is_kept(void **state)
{
	struct kvk_delivery_note found;

	(void)state;
	deliver(&first);
	assert_int_equal(kvk_dir_make(below("dossiers/.a.last"), 0700), KVK_OK);
	put_text("dossiers/.a.last/key.pem", "the only key");
	assert_int_equal(kvk_delivery_unsettled(below(DOSSIER), &found), KVK_ERR_NOT_FOUND);
	assert_true(kvk_path_exists(below(BESIDE "/key.pem")));
	assert_int_equal(put_in_force(&second), KVK_ERR_EXISTS);
	assert_true(kvk_path_exists(below(BESIDE "/key.pem")));
	/* Where the dossier has it, the one beside goes. */
	put_text(DOSSIER "/key.pem", "the key");
	deliver(&second);
	assert_false(kvk_path_exists(below(BESIDE)));
}

/* The key of a dossier may be in a token, and one of a tracked file has only its renewal. */
static void a_dossier_without_a_key_blocks_nothing(void **state)
{
	static const char *const names[] = { DOSSIER "/request.pem", DOSSIER "/next" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		put_text(names[i], "what makes it one");
		assert_int_equal(kvk_dir_make(below(BESIDE), 0700), KVK_OK);
		put_text(BESIDE "/key.pem", "unfinished, or of before");
		assert_int_equal(kvk_exchange_drop(below(DOSSIER)), KVK_OK);
		assert_false(kvk_path_exists(below(BESIDE)));
		assert_int_equal(unlink(below(names[i])), 0);
	}
}

static void a_link_is_no_dossier(void **state)
{
	(void)state;
	assert_int_equal(rename(below(DOSSIER), below("elsewhere")), 0);
	assert_int_equal(symlink("../elsewhere", below(DOSSIER)), 0);
	assert_int_equal(put_in_force(&first), KVK_ERR_OPEN);
	assert_string_equal(list_below("elsewhere"), "");
	assert_false(kvk_path_exists(below(BESIDE)));
}

static void what_the_inventory_cannot_learn_is_undone(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	deliver(&first);
	assert_int_equal(put_in_force(&second), KVK_OK);
	assert_int_equal(kvk_delivery_undo(below(DOSSIER), &why), KVK_OK);
	assert_true(kvk_delivery_in_force(below(DOSSIER), kvk_span_of_blob(&first.leaf)));
	assert_string_equal(list_below(DOSSIER), "certificate.pem chain.pem upload.pem");
	assert_false(kvk_path_exists(below(BESIDE)));
}

/* As after a crash before the exchange, and between two moves where there is none. */
static void what_a_crash_left_is_completed_or_removed(void **state)
{
	struct kvk_delivery_note found = { 0 };

	(void)state;
	deliver(&first);
	assert_int_equal(kvk_dir_make(below(BESIDE), 0700), KVK_OK);
	put_text(BESIDE "/certificate.pem", "half");
	assert_int_equal(kvk_delivery_unsettled(below(DOSSIER), &found), KVK_ERR_NOT_FOUND);
	assert_false(kvk_path_exists(below(BESIDE)));

	assert_int_equal(put_in_force(&second), KVK_OK);
	assert_int_equal(rename(below(DOSSIER), below("kept")), 0);
	assert_int_equal(rename(below(BESIDE), below("dossiers/.a.last")), 0);
	assert_int_equal(rename(below("kept"), below(BESIDE)), 0);
	assert_int_equal(kvk_delivery_unsettled(below(DOSSIER), &found), KVK_OK);
	assert_true(kvk_delivery_in_force(below(DOSSIER), kvk_span_of_blob(&second.leaf)));
	assert_int_equal(found.stage, note.stage);
}

static void a_link_in_the_dossier_is_replaced_and_not_followed(void **state)
{
	struct kvk_blob outside = { 0 };

	(void)state;
	put_text("outside", "keep");
	assert_int_equal(symlink("../../outside", below(DOSSIER "/upload.pem")), 0);
	deliver(&first);
	get("outside", &outside);
	assert_string_equal(kvk_blob_str(&outside), "keep");
	kvk_blob_free(&outside);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_dossier, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(a_delivery_becomes_three_files),
		TEST(a_second_delivery_archives_the_first),
		TEST(what_cannot_be_read_is_archived_too),
		TEST(what_cannot_be_archived_stays_in_force),
		TEST(a_delivery_that_was_not_settled_is_noted),
		TEST(a_damaged_note_is_that_of_another_certificate),
		TEST(the_only_key_is_kept),
		TEST(a_dossier_without_a_key_blocks_nothing),
		TEST(a_link_is_no_dossier),
		TEST(what_the_inventory_cannot_learn_is_undone),
		TEST(what_a_crash_left_is_completed_or_removed),
		TEST(a_link_in_the_dossier_is_replaced_and_not_followed),
	};

	return cmocka_run_group_tests(tests, make_deliveries, free_deliveries);
}
