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

#include "app/revocations.h"
#include "tests/inventory/scratch.h"
#include "tests/support/alloc.h"
#include "watch/assess.h"

#define NOW (100 * KVK_DAY)

/* What a source is asked, and what it answers to everybody. */
static struct {
	char asked[1024];
	unsigned times;
	struct kvk_entry_revocation answer;
	enum kvk_err err;
} fake;

static struct kvk_store store;

static enum kvk_err answer(void *context, const struct kvk_entry *entries, size_t count,
	struct kvk_entry_revocation *answers, struct kvk_error *why)
{
	(void)context;
	assert_true(count > 0 && count <= KVK_ASKED_TOGETHER);
	fake.times++;
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(answers[i].status, KVK_STATUS_NOT_CHECKED);
		strcat(fake.asked, entries[i].name);
		answers[i] = fake.answer;
	}
	return fake.err == KVK_OK ? KVK_OK : kvk_error_set(why, fake.err, "no source");
}

static const struct kvk_revocation_source online = { .ask = answer };
static const struct kvk_revocation_source offline = { .ask = answer, .offline = true };

/* Who is asked in a run at a time; *out is the run. */
static const char *run_with(
	const struct kvk_revocation_source *source, kvk_time at, struct kvk_revocations *out)
{
	struct kvk_error why = { "" };

	*out = (struct kvk_revocations){ .store = &store, .source = source, .at = at };
	fake.asked[0] = '\0';
	fake.times = 0;
	assert_int_equal(kvk_revocations_ask(out, &why), KVK_OK);
	return fake.asked;
}

/* Whether a run with an answer has news. */
static bool has_news(enum kvk_entry_status status, const char *why_not, kvk_time at)
{
	struct kvk_revocations run;

	fake.answer = (struct kvk_entry_revocation){ .status = status, .asked = 1 };
	if (status == KVK_STATUS_REVOKED)
		fake.answer.since = 7;
	strcpy(fake.answer.why, why_not);
	(void)run_with(&online, at, &run);
	assert_int_equal(run.stored, KVK_OK);
	return run.news;
}

static struct kvk_entry_revocation known(const char *name)
{
	struct kvk_entry entry;

	assert_int_equal(kvk_inventory_find(store.inventory, name, &entry), KVK_OK);
	return entry.revocation;
}

static void add(const char *name, uint8_t octet)
{
	struct kvk_entry entry = entry_of(name, octet);

	assert_int_equal(kvk_inventory_add(store.inventory, &entry), KVK_OK);
}

static void each_is_asked_once_in_20_hours(void **state)
{
	struct kvk_revocations run;

	(void)state;
	add("a", 1);
	add("b", 2);
	fake.answer = (struct kvk_entry_revocation){ .status = KVK_STATUS_GOOD, .asked = 1 };
	assert_string_equal(run_with(&online, NOW, &run), "ab");
	assert_false(run.news);
	assert_int_equal(known("a").asked, NOW);
	assert_int_equal(known("a").status, KVK_STATUS_GOOD);
	assert_string_equal(run_with(&online, NOW + KVK_ASK_EVERY - 1, &run), "");
	assert_int_equal(fake.times, 0);
	assert_string_equal(run_with(&online, NOW + KVK_ASK_EVERY, &run), "ab");
}

static void what_is_expired_or_replaced_is_not_asked_about(void **state)
{
	struct kvk_entry a = entry_of("a", 1), b = entry_of("b", 2);
	struct kvk_revocations run;

	(void)state;
	a.certificate.holder = b.certificate.holder =
		(struct kvk_holder){ true, "api.example.nl", "42" };
	b.certificate.not_after = b.certificate.ends += 10 * KVK_DAY;
	assert_int_equal(kvk_inventory_add(store.inventory, &a), KVK_OK);
	assert_int_equal(kvk_inventory_add(store.inventory, &b), KVK_OK);
	assert_string_equal(run_with(&online, NOW, &run), "b");
	assert_string_equal(run_with(&online, 376 * KVK_DAY, &run), "");
}

/* More than are asked about together. */
static void many_are_asked_about_side_by_side(void **state)
{
	struct kvk_revocations run;

	(void)state;
	for (char c = 'a'; c < 'a' + 20; c++)
		add((char[]){ c, '\0' }, (uint8_t)c);
	fake.answer = (struct kvk_entry_revocation){ .status = KVK_STATUS_GOOD, .asked = 1 };
	assert_string_equal(run_with(&online, NOW, &run), "abcdefghijklmnopqrst");
	assert_int_equal(fake.times, 2);
}

/* One whose turn did not come is as it was, and the first in the next run. */
static void whose_turn_did_not_come_is_asked_by_the_next_run(void **state)
{
	struct kvk_revocations run;

	(void)state;
	add("a", 1);
	fake.answer = (struct kvk_entry_revocation){ .status = KVK_STATUS_NOT_CHECKED };
	assert_string_equal(run_with(&online, NOW, &run), "a");
	assert_int_equal(known("a").asked, 0);
	/* There was no time to ask: not known, and not asked. */
	fake.answer = (struct kvk_entry_revocation){ .status = KVK_STATUS_UNKNOWN };
	assert_string_equal(run_with(&online, NOW, &run), "a");
	assert_int_equal(known("a").asked, 0);
	assert_int_equal(known("a").since, NOW);
	assert_string_equal(run_with(&online, NOW + 1, &run), "a");
	assert_int_equal(known("a").since, NOW);
}

static void news_is_what_is_told_or_is_over(void **state)
{
	(void)state;
	add("a", 1);
	assert_false(has_news(KVK_STATUS_GOOD, "", NOW));
	assert_true(has_news(KVK_STATUS_REVOKED, "", NOW + KVK_DAY));
	assert_int_equal(known("a").since, 7);
	assert_false(has_news(KVK_STATUS_REVOKED, "", NOW + 2 * KVK_DAY));
	assert_true(has_news(KVK_STATUS_GOOD, "", NOW + 3 * KVK_DAY));
}

static void undetermined_counts_from_the_third_day_on(void **state)
{
	(void)state;
	add("a", 1);
	assert_false(has_news(KVK_STATUS_UNKNOWN, "time-out", NOW));
	assert_false(has_news(KVK_STATUS_UNKNOWN, "connection", NOW + KVK_DAY));
	assert_int_equal(known("a").since, NOW);
	assert_string_equal(known("a").why, "connection");
	/* It came to count while nobody asked, so it is no news here. */
	assert_false(has_news(KVK_STATUS_UNKNOWN, "time-out", NOW + 2 * KVK_DAY));
	assert_int_equal(known("a").since, NOW);
	assert_true(has_news(KVK_STATUS_GOOD, "", NOW + 3 * KVK_DAY));
	assert_false(has_news(KVK_STATUS_UNKNOWN, "time-out", NOW + 4 * KVK_DAY));
	assert_int_equal(known("a").since, NOW + 4 * KVK_DAY);
}

static void time_without_a_path_does_not_count(void **state)
{
	(void)state;
	add("a", 1);
	assert_false(has_news(KVK_STATUS_UNKNOWN, KVK_ENTRY_NEEDS_PATH, NOW));
	assert_false(has_news(KVK_STATUS_UNKNOWN, KVK_ENTRY_NO_ADDRESS, NOW + 5 * KVK_DAY));
	assert_int_equal(known("a").since, NOW);
	assert_false(has_news(KVK_STATUS_UNKNOWN, "time-out", NOW + 6 * KVK_DAY));
	assert_int_equal(known("a").since, NOW + 6 * KVK_DAY);
}

/* Where it was known, somebody is told that nobody is asked any more. */
static void time_without_a_path_counts_where_there_was_one(void **state)
{
	struct kvk_revocations run;

	(void)state;
	add("a", 1);
	assert_false(has_news(KVK_STATUS_GOOD, "", NOW));
	assert_false(has_news(KVK_STATUS_UNKNOWN, KVK_ENTRY_NEEDS_PATH, NOW + KVK_DAY));
	assert_string_equal(known("a").why, KVK_ENTRY_PATH_LOST);
	assert_int_equal(known("a").since, NOW + KVK_DAY);
	assert_false(has_news(KVK_STATUS_UNKNOWN, KVK_ENTRY_NEEDS_PATH, NOW + 3 * KVK_DAY));
	assert_string_equal(known("a").why, KVK_ENTRY_PATH_LOST);
	assert_int_equal(known("a").since, NOW + KVK_DAY);
	assert_true(has_news(KVK_STATUS_GOOD, "", NOW + 4 * KVK_DAY));
	/* Offline the cache may lack what a path takes. */
	fake.answer = (struct kvk_entry_revocation){ .status = KVK_STATUS_UNKNOWN };
	strcpy(fake.answer.why, KVK_ENTRY_NEEDS_PATH);
	(void)run_with(&offline, NOW + 5 * KVK_DAY, &run);
	assert_int_equal(known("a").status, KVK_STATUS_GOOD);
}

static void revoked_stays_so_until_it_is_known_to_be_good(void **state)
{
	(void)state;
	add("a", 1);
	assert_true(has_news(KVK_STATUS_REVOKED, "", NOW));
	assert_false(has_news(KVK_STATUS_UNKNOWN, "time-out", NOW + KVK_DAY));
	assert_int_equal(known("a").status, KVK_STATUS_REVOKED);
	assert_int_equal(known("a").since, 7);
	assert_int_equal(known("a").asked, NOW + KVK_DAY);
}

/* Offline only what is known for certain is remembered, and the next run online asks. */
static void offline_nothing_is_held_against_the_network(void **state)
{
	struct kvk_revocations run;

	(void)state;
	add("a", 1);
	fake.answer = (struct kvk_entry_revocation){ .status = KVK_STATUS_UNKNOWN };
	strcpy(fake.answer.why, "not-asked");
	assert_string_equal(run_with(&offline, NOW, &run), "a");
	assert_int_equal(known("a").status, KVK_STATUS_NOT_CHECKED);
	fake.answer = (struct kvk_entry_revocation){ .status = KVK_STATUS_REVOKED, .since = 5 };
	assert_string_equal(run_with(&offline, NOW, &run), "a");
	assert_true(run.news);
	assert_int_equal(known("a").status, KVK_STATUS_REVOKED);
	assert_int_equal(known("a").asked, 0);
}

static void what_cannot_be_remembered_counts_in_this_run(void **state)
{
	struct rlimit before, full;
	struct kvk_revocations run;

	(void)state;
	add("a", 1);
	fake.answer = (struct kvk_entry_revocation){
		.status = KVK_STATUS_REVOKED, .asked = 1, .since = 5
	};
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	full = (struct rlimit){ 0, before.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
	(void)run_with(&online, NOW, &run);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(run.stored, KVK_ERR_WRITE);
	assert_true(run.news);
	/* In a copy, which is gone afterwards. */
	assert_int_equal(known("a").status, KVK_STATUS_REVOKED);
	kvk_store_attach(&store);
	assert_int_equal(known("a").status, KVK_STATUS_NOT_CHECKED);
}

static void an_error_of_the_source_ends_the_run(void **state)
{
	struct kvk_revocations run = { .store = &store, .source = &online, .at = NOW };
	struct kvk_error why = { "" };

	(void)state;
	add("a", 1);
	fake.err = KVK_ERR_CONFIG;
	assert_int_equal(kvk_revocations_ask(&run, &why), KVK_ERR_CONFIG);
	assert_string_equal(why.text, "no source");
	assert_int_equal(known("a").asked, 0);
}

static void without_memory_it_is_an_error(void **state)
{
	struct kvk_revocations run = { .store = &store, .source = &online, .at = NOW };
	struct kvk_error why = { "" };
	enum kvk_err err = KVK_ERR_MEMORY;
	long n = 0;

	(void)state;
	add("a", 1);
	fake.answer = (struct kvk_entry_revocation){ .status = KVK_STATUS_GOOD, .asked = 1 };
	while (err == KVK_ERR_MEMORY && n < 100) {
		kvk_alloc_fail_after(n++);
		err = kvk_revocations_ask(&run, &why);
	}
	kvk_alloc_fail_after(-1);
	assert_int_equal(err, KVK_OK);
	assert_true(n > 2);
	assert_int_equal(known("a").asked, NOW);
}

static int begin(void **state)
{
	memset(&fake, 0, sizeof fake);
	memset(&store, 0, sizeof store);
	if (scratch_make(state) != 0)
		return -1;
	store.inventory = open_inventory();
	return 0;
}

static int end(void **state)
{
	kvk_store_close(&store);
	return scratch_remove(state);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(each_is_asked_once_in_20_hours),
		TEST(what_is_expired_or_replaced_is_not_asked_about),
		TEST(many_are_asked_about_side_by_side),
		TEST(whose_turn_did_not_come_is_asked_by_the_next_run),
		TEST(news_is_what_is_told_or_is_over),
		TEST(undetermined_counts_from_the_third_day_on),
		TEST(time_without_a_path_does_not_count),
		TEST(time_without_a_path_counts_where_there_was_one),
		TEST(revoked_stays_so_until_it_is_known_to_be_good),
		TEST(offline_nothing_is_held_against_the_network),
		TEST(what_cannot_be_remembered_counts_in_this_run),
		TEST(an_error_of_the_source_ends_the_run),
		TEST(without_memory_it_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
