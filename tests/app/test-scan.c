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

#include "app/scan.h"
#include "tests/inventory/scratch.h"

#define PAIRS 12

static void make_folder(const char *name)
{
	assert_int_equal(mkdir(below(name), 0755), 0);
}

static void make_link(const char *target, const char *name)
{
	assert_int_equal(symlink(target, below(name)), 0);
}

static void make_text(const char *folder)
{
	char name[64];

	snprintf(name, sizeof name, "%s/text", folder);
	put_text(name, "no certificate");
}

/* Walks scratch/walked. */
static struct kvk_scan walk(void)
{
	struct kvk_scan scan = { 0 };

	assert_int_equal(kvk_finds_open(&scan.finds), KVK_OK);
	assert_int_equal(kvk_scan_folder(&scan, below("walked")), KVK_OK);
	kvk_finds_close(scan.finds);
	return scan;
}

/* walked/real<i> with a link out of it, and a link to walked/real<i>, in either order. */
static void make_pair(int i)
{
	char real[32], alias[32], sub[32], outside[32], target[96];

	snprintf(real, sizeof real, "walked/real%d", i);
	snprintf(alias, sizeof alias, "walked/alias%d", i);
	snprintf(sub, sizeof sub, "walked/real%d/sub", i);
	snprintf(outside, sizeof outside, "outside%d", i);
	snprintf(target, sizeof target, "%s", below(outside));
	make_folder(outside);
	make_text(outside);
	if (i % 2 == 0)
		make_link(strchr(real, '/') + 1, alias);
	make_folder(real);
	make_link(target, sub);
	if (i % 2 != 0)
		make_link(strchr(real, '/') + 1, alias);
}

/* The link out of a folder is met under one name first and under the other then, in whatever order
 * the folder gives its names. */
static void a_link_is_followed_whatever_the_order_of_the_folder(void **state)
{
	struct kvk_scan scan;

	(void)state;
	make_folder("walked");
	for (int i = 0; i < PAIRS; i++)
		make_pair(i);
	scan = walk();
	assert_int_equal(scan.passed[KVK_PASSED_NONE], PAIRS);
	assert_int_equal(scan.files, PAIRS);
	/* Each real folder itself. */
	assert_int_equal(scan.passed[KVK_PASSED_LINKED], PAIRS);
}

static void of_several_links_to_a_folder_one_is_followed(void **state)
{
	struct kvk_scan scan;

	(void)state;
	make_folder("walked");
	make_folder("outside");
	make_text("outside");
	make_link("../outside", "walked/a");
	make_link("../outside", "walked/b");
	make_link("../outside", "walked/c");
	scan = walk();
	assert_int_equal(scan.files, 1);
	assert_int_equal(scan.passed[KVK_PASSED_LINKED], 2);
}

static void a_link_to_a_folder_that_it_lies_in_is_not_followed(void **state)
{
	struct kvk_scan scan;

	(void)state;
	make_folder("walked");
	make_folder("walked/a");
	make_text("walked/a");
	make_link("..", "walked/a/up");
	scan = walk();
	assert_int_equal(scan.files, 1);
	assert_int_equal(scan.passed[KVK_PASSED_LINKED], 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(a_link_is_followed_whatever_the_order_of_the_folder),
		TEST(of_several_links_to_a_folder_one_is_followed),
		TEST(a_link_to_a_folder_that_it_lies_in_is_not_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
