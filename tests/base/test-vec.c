/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/vec.h"
#include "tests/support/alloc.h"

static void items_keep_their_values_and_order(void **state)
{
	struct kvk_vec vec = KVK_VEC_INIT(int, 1000);
	int *item;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(kvk_vec_push(&vec, &item), KVK_OK);
		assert_int_equal(*item, 0);
		*item = i;
	}
	assert_int_equal(kvk_vec_push(&vec, &item), KVK_ERR_LIMIT);
	assert_int_equal(vec.count, 1000);
	kvk_vec_remove(&vec, 0);
	kvk_vec_remove(&vec, 998);
	kvk_vec_remove(&vec, 998);
	kvk_vec_remove(&vec, 500);
	assert_int_equal(vec.count, 997);
	assert_int_equal(*(int *)kvk_vec_at(&vec, 0), 1);
	assert_int_equal(*(int *)kvk_vec_at(&vec, 499), 500);
	assert_int_equal(*(int *)kvk_vec_at(&vec, 500), 502);
	assert_int_equal(*(int *)kvk_vec_at(&vec, 996), 998);
	assert_null(kvk_vec_at(&vec, 997));
	assert_int_equal(kvk_vec_push(&vec, &item), KVK_OK);
	assert_int_equal(*item, 0);
	kvk_vec_free(&vec);
	assert_int_equal(vec.count, 0);
	assert_null(kvk_vec_at(&vec, 0));
	kvk_vec_free(NULL);
}

static void a_limit_below_the_first_step_holds(void **state)
{
	struct kvk_vec one = KVK_VEC_INIT(char, 1), none = KVK_VEC_INIT(char, 0);
	char *item;

	(void)state;
	assert_int_equal(kvk_vec_push(&one, &item), KVK_OK);
	assert_int_equal(kvk_vec_push(&one, &item), KVK_ERR_LIMIT);
	assert_int_equal(kvk_vec_push(&none, &item), KVK_ERR_LIMIT);
	kvk_vec_free(&one);
}

static void no_memory_leaves_the_array_as_it_was(void **state)
{
	struct kvk_vec vec = KVK_VEC_INIT(long, 100);
	enum kvk_err err = KVK_OK;
	size_t pushed = 0;
	long *item;

	(void)state;
	kvk_alloc_fail_after(2);
	while (!err) {
		err = kvk_vec_push(&vec, &item);
		if (!err)
			*item = (long)pushed++;
	}
	kvk_alloc_fail_after(-1);
	assert_int_equal(err, KVK_ERR_MEMORY);
	assert_int_equal(vec.count, pushed);
	for (size_t i = 0; i < pushed; i++)
		assert_int_equal(*(long *)kvk_vec_at(&vec, i), i);
	kvk_vec_free(&vec);
}

static void sizes_that_do_not_fit_are_refused(void **state)
{
	struct kvk_vec vec = { .item_size = SIZE_MAX / 3, .limit = 10 };
	void *item;

	(void)state;
	assert_int_equal(kvk_vec_push(&vec, &item), KVK_ERR_MEMORY);
	assert_int_equal(vec.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(items_keep_their_values_and_order),
		cmocka_unit_test(a_limit_below_the_first_step_holds),
		cmocka_unit_test(no_memory_leaves_the_array_as_it_was),
		cmocka_unit_test(sizes_that_do_not_fit_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
