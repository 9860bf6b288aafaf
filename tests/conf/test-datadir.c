/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "conf/datadir.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static void build_tree_uses_its_own_templates(void **state)
{
	char want[4096];
	const char *top = getenv("top_builddir");

	(void)state;
	assert_non_null(top);
	assert_true(snprintf(want, sizeof(want), "%s/templates", top) < (int)sizeof(want));
	assert_string_equal(kvk_datadir(), want);
	assert_ptr_equal(kvk_datadir(), kvk_datadir());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(build_tree_uses_its_own_templates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
