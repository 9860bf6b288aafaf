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

#include "base/alloc.h"
#include "tests/support/alloc.h"

static void the_nth_request_fails_and_all_after_it(void **state)
{
	void *a, *b;
	char *c;

	(void)state;
	kvk_alloc_fail_after(2);
	a = kvk_malloc(3);
	b = kvk_calloc(2, 4);
	assert_non_null(a);
	assert_non_null(b);
	assert_null(kvk_realloc(a, 10));
	assert_null(kvk_malloc(1));
	assert_null(kvk_strdup("x"));
	assert_null(kvk_calloc(1, 1));
	assert_null(kvk_aligned_alloc(64, 64));
	assert_true(kvk_alloc_must_fail());
	kvk_alloc_fail_after(-1);
	assert_false(kvk_alloc_must_fail());
	c = kvk_strdup("x");
	assert_string_equal(c, "x");
	kvk_free(a);
	kvk_free(b);
	kvk_free(c);
}

static void one_request_fails(void **state)
{
	const unsigned long failures = kvk_alloc_failures();
	void *a;

	(void)state;
	assert_int_equal(kvk_alloc_checked(failures, KVK_ERR_DER), KVK_ERR_DER);
	kvk_alloc_fail_once_after(1);
	a = kvk_malloc(3);
	assert_non_null(a);
	assert_null(kvk_realloc(a, 10));
	kvk_free(a);
	a = kvk_malloc(3);
	assert_non_null(a);
	kvk_free(a);
	assert_int_equal(kvk_alloc_failures(), failures + 1);
	assert_int_equal(kvk_alloc_checked(failures, KVK_OK), KVK_ERR_MEMORY);
}

static void products_that_do_not_fit_are_refused(void **state)
{
	size_t half = SIZE_MAX / 2 + 1;
	/* Not a constant, so that the compiler does not warn of what is tried here. */
	size_t (*volatile twice)(const char *) = strlen;

	(void)state;
	assert_null(kvk_calloc(half, twice("ab")));
}

static void memory_is_aligned(void **state)
{
	void *a = kvk_aligned_alloc(4096, 8192);

	(void)state;
	assert_non_null(a);
	assert_int_equal((uintptr_t)a % 4096, 0);
	kvk_free(a);
}

static void nothing_is_still_memory(void **state)
{
	void *a = kvk_malloc(0), *b = kvk_calloc(0, 8), *c = kvk_realloc(NULL, 0);

	(void)state;
	assert_non_null(a);
	assert_non_null(b);
	assert_non_null(c);
	kvk_free(a);
	kvk_free(b);
	kvk_free(c);
	kvk_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nth_request_fails_and_all_after_it),
		cmocka_unit_test(one_request_fails),
		cmocka_unit_test(products_that_do_not_fit_are_refused),
		cmocka_unit_test(memory_is_aligned),
		cmocka_unit_test(nothing_is_still_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
