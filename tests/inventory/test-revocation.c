/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "inventory/places.h"
#include "tests/inventory/scratch.h"

#define NOW (100 * KVK_DAY)
/* Who was asked after this is not asked again. */
#define BEFORE (NOW - 20 * KVK_HOUR)

static struct kvk_inventory *inventory;

static int make(void **state)
{
	if (scratch_make(state) != 0)
		return -1;
	inventory = open_inventory();
	return 0;
}

static int unmake(void **state)
{
	kvk_inventory_close(inventory);
	return scratch_remove(state);
}

static struct kvk_entry added(const char *name, uint8_t octet)
{
	struct kvk_entry entry = entry_of(name, octet);

	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	return entry;
}

static struct kvk_entry found(const char *name)
{
	struct kvk_entry entry;

	assert_int_equal(kvk_inventory_find(inventory, name, &entry), KVK_OK);
	return entry;
}

static void note(const struct kvk_entry *entry, enum kvk_entry_status status, kvk_time asked)
{
	const struct kvk_entry_revocation revocation = { status, asked, asked - 5, "time-out",
		"http://crl.example.nl/1.crl", "A CA" };

	assert_int_equal(kvk_inventory_note_revocation(
				 inventory, entry->id, entry->certificate.sha256, &revocation),
		KVK_OK);
}

static void what_is_noted_is_read_again(void **state)
{
	const struct kvk_entry a = added("a", 1);
	struct kvk_entry now = found("a");

	(void)state;
	assert_int_equal(now.revocation.status, KVK_STATUS_NOT_CHECKED);
	assert_int_equal(now.revocation.asked, 0);
	note(&a, KVK_STATUS_UNKNOWN, NOW);
	now = found("a");
	assert_int_equal(now.revocation.status, KVK_STATUS_UNKNOWN);
	assert_int_equal(now.revocation.asked, NOW);
	assert_int_equal(now.revocation.since, NOW - 5);
	assert_string_equal(now.revocation.why, "time-out");
	assert_string_equal(now.revocation.url, "http://crl.example.nl/1.crl");
	assert_string_equal(now.revocation.by, "A CA");
	note(&a, KVK_STATUS_GOOD, NOW + 1);
	now = found("a");
	assert_int_equal(now.revocation.status, KVK_STATUS_GOOD);
	assert_int_equal(now.revocation.since, 0);
	assert_string_equal(now.revocation.why, "");
}

/* It is about one certificate, and not about the next one in the same file. */
static void it_ends_with_its_certificate(void **state)
{
	const struct kvk_entry a = added("a", 1);
	struct kvk_entry now;

	(void)state;
	note(&a, KVK_STATUS_REVOKED, NOW);
	now = found("a");
	now.certificate.ends--;
	assert_int_equal(kvk_inventory_update(inventory, &now), KVK_OK);
	assert_int_equal(found("a").revocation.status, KVK_STATUS_REVOKED);
	memset(now.certificate.sha256, 9, KVK_SHA256_SIZE);
	assert_int_equal(kvk_inventory_update(inventory, &now), KVK_OK);
	assert_int_equal(found("a").revocation.status, KVK_STATUS_NOT_CHECKED);
	assert_int_equal(found("a").revocation.asked, 0);
	/* An answer about the old one that comes late. */
	note(&a, KVK_STATUS_REVOKED, NOW);
	assert_int_equal(found("a").revocation.status, KVK_STATUS_NOT_CHECKED);
}

static enum kvk_err append_name(void *context, const struct kvk_entry *entry)
{
	char *text = context;

	strcat(text, entry->name);
	note(entry, KVK_STATUS_GOOD, NOW);
	return KVK_OK;
}

static const char *unasked(void)
{
	static char text[1024];

	text[0] = '\0';
	assert_int_equal(
		kvk_inventory_each_unasked(inventory, BEFORE, NOW, append_name, text), KVK_OK);
	return text;
}

static void the_longest_not_asked_comes_first(void **state)
{
	struct kvk_entry late = added("b", 1), early = added("a", 2), ended = entry_of("e", 3);
	struct kvk_entry request = entry_of("r", 4), recent = added("n", 5), future = added("f", 6);

	(void)state;
	ended.certificate.ends = NOW - 1;
	assert_int_equal(kvk_inventory_add(inventory, &ended), KVK_OK);
	request.certificate.present = false;
	assert_int_equal(kvk_inventory_add(inventory, &request), KVK_OK);
	(void)added("c", 7);
	note(&late, KVK_STATUS_GOOD, BEFORE);
	note(&early, KVK_STATUS_UNKNOWN, BEFORE - 1);
	note(&recent, KVK_STATUS_UNKNOWN, BEFORE + 1);
	/* The clock was set back since. */
	note(&future, KVK_STATUS_GOOD, NOW + 1);
	assert_string_equal(unasked(), "cabf");
	assert_string_equal(unasked(), "");
}

/* More than are read at once. */
static void each_is_visited_once(void **state)
{
	(void)state;
	for (char c = 'a'; c <= 'z'; c++)
		for (char d = 'a'; d <= 'f'; d++)
			(void)added((char[]){ c, d, '\0' }, (uint8_t)c);
	assert_int_equal(strlen(unasked()), 2 * 26 * 6);
}

static bool pending(const struct kvk_entry *entry, const char *event)
{
	const struct kvk_notified what = { entry->id, entry->certificate.sha256, event, "stdout" };
	bool out = false;

	assert_int_equal(kvk_inventory_notified_pending(inventory, &what, &out), KVK_OK);
	return out;
}

static void notify(const struct kvk_entry *entry, const char *event)
{
	const struct kvk_notified what = { entry->id, entry->certificate.sha256, event, "stdout" };

	assert_int_equal(kvk_inventory_notified_add(inventory, &what, NOW), KVK_OK);
}

static void an_answer_ends_what_was_told(void **state)
{
	const struct kvk_entry a = added("a", 1);

	(void)state;
	notify(&a, KVK_EVENT_UNDETERMINED);
	notify(&a, KVK_EVENT_REVOKED);
	notify(&a, "60d");
	note(&a, KVK_STATUS_UNKNOWN, NOW);
	assert_false(pending(&a, KVK_EVENT_UNDETERMINED));
	note(&a, KVK_STATUS_REVOKED, NOW);
	assert_true(pending(&a, KVK_EVENT_UNDETERMINED));
	assert_false(pending(&a, KVK_EVENT_REVOKED));
	note(&a, KVK_STATUS_GOOD, NOW);
	assert_true(pending(&a, KVK_EVENT_REVOKED));
	assert_false(pending(&a, "60d"));
	/* That the end has moved says nothing of it. */
	notify(&a, KVK_EVENT_REVOKED);
	assert_int_equal(kvk_inventory_notified_forget_ends(inventory, a.id), KVK_OK);
	assert_false(pending(&a, KVK_EVENT_REVOKED));
	assert_true(pending(&a, "60d"));
}

static bool is_replaced(const struct kvk_entry *entry)
{
	bool out = false;

	assert_int_equal(kvk_inventory_is_replaced(inventory, entry, NOW, &out), KVK_OK);
	return out;
}

static struct kvk_entry of_holder(const char *name, uint8_t octet, kvk_time end)
{
	struct kvk_entry entry = entry_of(name, octet);

	entry.certificate.holder = (struct kvk_holder){ true, "api.example.nl", "42" };
	entry.certificate.not_after = entry.certificate.ends = end;
	return entry;
}

static void a_successor_replaces_unless_it_is_revoked_or_over(void **state)
{
	struct kvk_entry a = of_holder("a", 1, 200 * KVK_DAY), b = of_holder("b", 2, 300 * KVK_DAY);

	(void)state;
	assert_int_equal(kvk_inventory_add(inventory, &a), KVK_OK);
	assert_false(is_replaced(&a));
	b.stage = KVK_STAGE_VERIFIED;
	assert_int_equal(kvk_inventory_add(inventory, &b), KVK_OK);
	assert_false(is_replaced(&a));
	b.stage = KVK_STAGE_UPLOADED;
	assert_int_equal(kvk_inventory_update(inventory, &b), KVK_OK);
	assert_true(is_replaced(&a));
	assert_false(is_replaced(&b));
	a.kept = true;
	assert_false(is_replaced(&a));
	a.kept = false;
	note(&b, KVK_STATUS_REVOKED, NOW);
	assert_false(is_replaced(&a));
	note(&b, KVK_STATUS_UNKNOWN, NOW);
	assert_true(is_replaced(&a));
	b.certificate.ends = NOW - 1;
	assert_int_equal(kvk_inventory_update(inventory, &b), KVK_OK);
	assert_false(is_replaced(&a));
}

/* A name without a number means the same holder within one file only. */
static void a_name_alone_counts_within_a_file(void **state)
{
	struct kvk_entry a = of_holder("a", 1, 200 * KVK_DAY), b = of_holder("b", 2, 300 * KVK_DAY);

	(void)state;
	a.certificate.holder.number[0] = b.certificate.holder.number[0] = '\0';
	assert_int_equal(kvk_inventory_add(inventory, &a), KVK_OK);
	assert_int_equal(kvk_inventory_add(inventory, &b), KVK_OK);
	assert_false(is_replaced(&a));
	strcpy(b.path, a.path);
	assert_int_equal(kvk_inventory_update(inventory, &b), KVK_OK);
	assert_true(is_replaced(&a));
}

/* Makes the tables those of version 4. */
static void set_back(void)
{
	sqlite3 *db;

	kvk_inventory_close(inventory);
	inventory = NULL;
	assert_int_equal(sqlite3_open(below("inventory.db"), &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db,
			"DROP TRIGGER pass_files_end; DROP TABLE pass_files;"
			"DROP TABLE events; ALTER TABLE entries DROP COLUMN switch_at;"
			"ALTER TABLE entries DROP COLUMN deploy;"
			"DROP TABLE message_entries; DROP TABLE messages; DROP TABLE recipients;"
			"DROP INDEX entries_asked; ALTER TABLE entries DROP COLUMN asked;"
			"ALTER TABLE entries DROP COLUMN revocation;"
			"ALTER TABLE entries DROP COLUMN revocation_since;"
			"ALTER TABLE entries DROP COLUMN revocation_why;"
			"ALTER TABLE entries DROP COLUMN revocation_url;"
			"ALTER TABLE entries DROP COLUMN revocation_by; PRAGMA user_version = 4;",
			NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
}

static void version_4_is_migrated(void **state)
{
	const struct kvk_entry a = added("a", 1);

	(void)state;
	set_back();
	inventory = open_inventory();
	assert_int_equal(found("a").revocation.status, KVK_STATUS_NOT_CHECKED);
	assert_string_equal(unasked(), "a");
	note(&a, KVK_STATUS_REVOKED, NOW);
	assert_int_equal(found("a").revocation.status, KVK_STATUS_REVOKED);
}

/* On a disk that is read-only it is read as it is. */
static void version_4_that_is_only_read_knows_nothing(void **state)
{
	struct kvk_entry a = of_holder("a", 1, 200 * KVK_DAY), same;
	const struct kvk_entry_revocation good = { .status = KVK_STATUS_GOOD };
	struct kvk_error why = { "" };
	struct kvk_blob place = { 0 };
	struct rlimit before, full;

	(void)state;
	assert_int_equal(kvk_inventory_add(inventory, &a), KVK_OK);
	assert_int_equal(kvk_inventory_add_place(inventory, a.id, "/x"), KVK_OK);
	set_back();
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	full = (struct rlimit){ 0, before.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
	assert_int_equal(kvk_inventory_open(scratch, false, &inventory, &why), KVK_OK);
	same = found("a");
	assert_int_equal(same.revocation.status, KVK_STATUS_NOT_CHECKED);
	assert_string_equal(unasked(), "");
	assert_false(is_replaced(&a));
	assert_int_equal(
		kvk_inventory_note_revocation(inventory, a.id, a.certificate.sha256, &good),
		KVK_ERR_WRITE);
	/* What came with the versions before is there. */
	assert_int_equal(kvk_inventory_next_place(inventory, a.id, "", &place), KVK_OK);
	assert_int_equal(kvk_inventory_find_domain(inventory, "api.example.nl", &same), KVK_OK);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	kvk_blob_free(&place);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)
	const struct CMUnitTest tests[] = {
		TEST(what_is_noted_is_read_again),
		TEST(it_ends_with_its_certificate),
		TEST(the_longest_not_asked_comes_first),
		TEST(each_is_visited_once),
		TEST(an_answer_ends_what_was_told),
		TEST(a_successor_replaces_unless_it_is_revoked_or_over),
		TEST(a_name_alone_counts_within_a_file),
		TEST(version_4_is_migrated),
		TEST(version_4_that_is_only_read_knows_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
