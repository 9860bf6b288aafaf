/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/silenced.h"
#include "base/format.h"
#include "tests/inventory/scratch.h"
#include "tests/support/cost.h"

#define MANY 2000

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

/* Adds an entry of the one holder, whose certificate ends at a time. */
static struct kvk_entry add(const char *name, kvk_time end)
{
	struct kvk_entry entry = entry_of(name, 1);

	KVK_FORMAT(entry.certificate.holder.cn, "%s", "api.example.nl");
	KVK_FORMAT(entry.certificate.holder.number, "%s", "42");
	entry.certificate.not_after = end;
	entry.certificate.ends = end;
	assert_int_equal(kvk_inventory_add(inventory, &entry), KVK_OK);
	return entry;
}

/* The names of the entries that fall silent with this one, each with a blank behind it; static. */
static const char *find(const struct kvk_entry *entry, kvk_time now)
{
	static char text[256];
	struct kvk_vec list = KVK_VEC_INIT(struct kvk_silenced, KVK_LIMIT_ENTRIES);

	text[0] = '\0';
	assert_int_equal(kvk_silenced_find(inventory, entry, false, now, &list), KVK_OK);
	for (size_t i = 0; i < list.count; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s ",
			((struct kvk_silenced *)kvk_vec_at(&list, i))->name);
	kvk_report_silenced_free(&list);
	return text;
}

static void one_that_has_expired_falls_silent_with_one_in_use(void **state)
{
	struct kvk_entry expired = add("expired", 50), older = add("older", 40);

	(void)state;
	assert_string_equal(find(&older, 100), "");
	/* In use up to its end. */
	(void)add("new", 100);
	assert_string_equal(find(&expired, 100), "expired ");
	assert_string_equal(find(&older, 100), "older ");
	assert_string_equal(find(&older, 101), "");
}

static void many_that_have_expired_are_cheap(void **state)
{
	struct kvk_entry last = add("last", 1);
	const double before = cost_now();
	char name[32];

	(void)state;
	assert_int_equal(kvk_inventory_begin(inventory), KVK_OK);
	for (int i = 0; i < MANY; i++) {
		KVK_FORMAT(name, "e%d", i);
		(void)add(name, 10 + i);
	}
	for (int i = 0; i < MANY; i++)
		assert_string_equal(find(&last, 2 * MANY), "");
	assert_int_equal(kvk_inventory_commit(inventory), KVK_OK);
	assert_true(cost_now() - before < cost_limit(4000));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)
	const struct CMUnitTest tests[] = {
		TEST(one_that_has_expired_falls_silent_with_one_in_use),
		TEST(many_that_have_expired_are_cheap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
