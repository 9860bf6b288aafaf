/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/exit.h"

static void each_error_has_its_code(void **state)
{
	(void)state;
	assert_int_equal(kvk_exit_of(KVK_OK), 0);
	assert_int_equal(kvk_exit_of(KVK_ERR_USAGE), 64);
	assert_int_equal(kvk_exit_of(KVK_ERR_ARGUMENT), 64);
	assert_int_equal(kvk_exit_of(KVK_ERR_INTERNAL), 70);
	assert_int_equal(kvk_exit_of(KVK_ERR_EXISTS), 73);
	assert_int_equal(kvk_exit_of(KVK_ERR_CONFIG), 78);
	assert_int_equal(kvk_exit_of(KVK_ERR_BUSY), 3);
}

static void the_graver_code_wins(void **state)
{
	static const enum kvk_exit order[] = { 0, 1, 3, 2, 64, 70, 73, 78 };

	(void)state;
	for (size_t i = 0; i < 5; i++)
		for (size_t j = 0; j <= i; j++) {
			assert_int_equal(kvk_exit_graver(order[i], order[j]), order[i]);
			assert_int_equal(kvk_exit_graver(order[j], order[i]), order[i]);
		}
	for (size_t i = 4; i < sizeof order / sizeof *order; i++)
		assert_int_equal(kvk_exit_graver(KVK_EXIT_CRITICAL, order[i]), order[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_error_has_its_code),
		cmocka_unit_test(the_graver_code_wins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
