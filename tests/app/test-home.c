/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "app/home.h"
#include "tests/inventory/scratch.h"

static void the_option_wins_over_the_environment(void **state)
{
	struct kvk_home home = { .surprising = false };

	(void)state;
	setenv("KVKCSR_HOME", below("by-environment"), 1);
	assert_int_equal(kvk_home_find(below("by-option"), &home), KVK_OK);
	assert_string_equal(kvk_home_text(&home), below("by-option"));
	kvk_home_free(&home);
	assert_int_equal(kvk_home_find(NULL, &home), KVK_OK);
	assert_string_equal(kvk_home_text(&home), below("by-environment"));
	assert_false(home.surprising);
	kvk_home_free(&home);
	unsetenv("KVKCSR_HOME");
}

static void it_is_made_for_its_owner_alone(void **state)
{
	struct kvk_home home = { .surprising = false };
	struct kvk_error why;
	struct stat st;

	(void)state;
	assert_int_equal(kvk_home_find(below("home"), &home), KVK_OK);
	assert_int_equal(kvk_home_look(&home, &why), KVK_OK);
	assert_int_not_equal(stat(below("home"), &st), 0);
	assert_int_equal(kvk_home_make(&home, &why), KVK_OK);
	assert_int_equal(stat(below("home"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	kvk_home_free(&home);
}

static void one_that_others_may_write_is_refused(void **state)
{
	struct kvk_home home = { .surprising = false };
	struct kvk_error why;

	(void)state;
	assert_int_equal(mkdir(below("open"), 0700), 0);
	assert_int_equal(chmod(below("open"), 0777), 0);
	assert_int_equal(kvk_home_find(below("open"), &home), KVK_OK);
	assert_int_equal(kvk_home_look(&home, &why), KVK_ERR_UNSAFE);
	assert_int_equal(kvk_home_make(&home, &why), KVK_ERR_UNSAFE);
	kvk_home_free(&home);
}

static void paths_below_it(void **state)
{
	struct kvk_home home = { .surprising = false };
	struct kvk_blob path = { .p = NULL };

	(void)state;
	assert_int_equal(kvk_home_find(scratch, &home), KVK_OK);
	assert_int_equal(kvk_home_path(&home, KVK_HOME_DOSSIERS, NULL, &path), KVK_OK);
	assert_string_equal(kvk_blob_str(&path), below("dossiers"));
	assert_int_equal(kvk_home_path(&home, KVK_HOME_ARCHIVE, "a", &path), KVK_OK);
	assert_string_equal(kvk_blob_str(&path), below("archive/a"));
	kvk_blob_free(&path);
	kvk_home_free(&home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_option_wins_over_the_environment, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			it_is_made_for_its_owner_alone, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			one_that_others_may_write_is_refused, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(paths_below_it, scratch_make, scratch_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
