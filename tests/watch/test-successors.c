/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/inventory/scratch.h"
#include "watch/successors.h"

/* The days after which the certificates end. */
#define EARLY (100 * KVK_DAY)
#define LATE (200 * KVK_DAY)

/* An entry of the one holder, in use. */
static struct kvk_entry in_use(const char *name, long long id, kvk_time end)
{
	struct kvk_entry entry = entry_of(name, (uint8_t)id);

	entry.id = id;
	entry.certificate.holder = (struct kvk_holder){ true, "api.example.nl", "42" };
	entry.certificate.not_after = entry.certificate.ends = end;
	return entry;
}

/* The id of what replaces the first of two entries at a time; 0: nothing. */
static long long successor_at(
	const struct kvk_entry *first, const struct kvk_entry *second, kvk_time at)
{
	const struct kvk_entry *entries[] = { first, second };
	struct kvk_successors successors = KVK_SUCCESSORS_INIT;
	const struct kvk_successor *found;
	struct kvk_entry_view views[2];
	long long id;

	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(kvk_view_from(entries[i], &views[i]), KVK_OK);
		views[i].at = at;
		assert_int_equal(kvk_successors_add(&successors, &views[i]), KVK_OK);
	}
	assert_null(kvk_successors_find(&successors, &views[1]));
	found = kvk_successors_find(&successors, &views[0]);
	id = found != NULL ? found->id : 0;
	for (size_t i = 0; i < 2; i++)
		kvk_view_free(&views[i]);
	kvk_successors_free(&successors);
	return id;
}

static long long successor(const struct kvk_entry *first, const struct kvk_entry *second)
{
	return successor_at(first, second, EARLY - KVK_DAY);
}

static void the_later_one_in_use_replaces(void **state)
{
	const struct kvk_entry early = in_use("early", 1, EARLY);
	struct kvk_entry late = in_use("late", 2, LATE);

	(void)state;
	assert_int_equal(successor(&early, &late), 2);
	assert_true(kvk_entry_replaces(&late, &early));
	assert_int_equal(successor_at(&early, &late, LATE), 2);
	assert_int_equal(successor_at(&early, &late, LATE + 1), 0);
	for (enum kvk_entry_stage stage = 0; stage < KVK_STAGE_COUNT; stage++) {
		const bool counts = stage == KVK_STAGE_UPLOADED || stage == KVK_STAGE_TRACKED;

		late.stage = stage;
		assert_int_equal(successor(&early, &late), counts ? 2 : 0);
		assert_int_equal(kvk_entry_in_use(&late, EARLY), counts);
	}
}

static void neither_the_same_end_nor_an_earlier_one_replaces(void **state)
{
	const struct kvk_entry early = in_use("early", 1, EARLY);
	struct kvk_entry late = in_use("late", 2, EARLY);

	(void)state;
	assert_int_equal(successor(&early, &late), 0);
	/* A CA cuts it short. */
	late = in_use("late", 2, LATE);
	late.certificate.ends = EARLY - 1;
	assert_int_equal(successor(&early, &late), 0);
	assert_false(kvk_entry_replaces(&late, &early));
}

static void what_is_kept_or_of_another_holder_is_not_replaced(void **state)
{
	struct kvk_entry early = in_use("early", 1, EARLY);
	struct kvk_entry late = in_use("late", 2, LATE);

	(void)state;
	early.kept = true;
	assert_int_equal(successor(&early, &late), 0);
	assert_false(kvk_entry_replaces(&late, &early));
	early.kept = false;
	strcpy(late.certificate.holder.number, "43");
	assert_int_equal(successor(&early, &late), 0);
	strcpy(late.certificate.holder.number, "42");
	strcpy(late.certificate.holder.cn, "b.example.nl");
	assert_int_equal(successor(&early, &late), 0);
}

/* Any two web servers of one name would be one. */
static void without_a_number_only_one_file_says_that_it_is_the_same(void **state)
{
	struct kvk_entry early = in_use("early", 1, EARLY);
	struct kvk_entry late = in_use("late", 2, LATE);

	(void)state;
	early.certificate.holder.number[0] = '\0';
	late.certificate.holder.number[0] = '\0';
	assert_int_equal(successor(&early, &late), 0);
	strcpy(late.path, early.path);
	assert_int_equal(successor(&early, &late), 2);
	early.certificate.holder.cn[0] = '\0';
	late.certificate.holder.cn[0] = '\0';
	assert_int_equal(successor(&early, &late), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_later_one_in_use_replaces),
		cmocka_unit_test(neither_the_same_end_nor_an_earlier_one_replaces),
		cmocka_unit_test(what_is_kept_or_of_another_holder_is_not_replaced),
		cmocka_unit_test(without_a_number_only_one_file_says_that_it_is_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
