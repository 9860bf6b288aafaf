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

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/secret.h"
#include "tests/support/alloc.h"

static void secret_holds_a_copy(void **state)
{
	struct kvk_secret secret = { 0 };
	char passphrase[] = "geheim";

	(void)state;
	assert_int_equal(kvk_secret_copy(&secret, kvk_span_of(passphrase)), KVK_OK);
	passphrase[0] = 'x';
	assert_int_equal(secret.n, 6);
	assert_string_equal((char *)secret.p, "geheim");
	assert_true(kvk_span_is(kvk_secret_span(&secret), "geheim"));
	/* A copy of a part of itself. */
	assert_int_equal(kvk_secret_copy(&secret, kvk_span_of((char *)secret.p + 2)), KVK_OK);
	assert_true(kvk_span_is(kvk_secret_span(&secret), "heim"));
	kvk_secret_free(&secret);
	assert_null(secret.p);
	assert_int_equal(kvk_secret_span(&secret).n, 0);
	kvk_secret_free(&secret);
	kvk_secret_free(NULL);
}

static void cut_wipes_the_rest(void **state)
{
	struct kvk_secret secret = { 0 };

	(void)state;
	kvk_secret_cut(&secret, 0);
	assert_int_equal(kvk_secret_copy(&secret, kvk_span_of("0123456789")), KVK_OK);
	kvk_secret_cut(&secret, 20);
	assert_int_equal(secret.n, 10);
	kvk_secret_cut(&secret, 4);
	assert_int_equal(secret.n, 4);
	assert_memory_equal(secret.p, "0123\0\0\0\0\0\0", 11);
	kvk_secret_free(&secret);
}

static void new_secret_is_zero_and_large_enough(void **state)
{
	static const size_t sizes[] = { 0, 1, 4078, 4079, 4080, 4096, 10000, 1048576 };
	struct kvk_secret secret = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		assert_int_equal(kvk_secret_new(&secret, sizes[i]), KVK_OK);
		assert_int_equal(secret.n, sizes[i]);
		for (size_t k = 0; k <= sizes[i]; k++)
			assert_int_equal(secret.p[k], 0);
		memset(secret.p, 0xff, sizes[i]);
	}
	kvk_secret_free(&secret);
	assert_int_equal(kvk_secret_new(&secret, SIZE_MAX - 8), KVK_ERR_MEMORY);
	assert_null(secret.p);
}

static void no_memory_keeps_the_old_secret(void **state)
{
	struct kvk_secret secret = { 0 };

	(void)state;
	assert_int_equal(kvk_secret_copy(&secret, kvk_span_of("a")), KVK_OK);
	kvk_alloc_fail_after(0);
	assert_int_equal(kvk_secret_copy(&secret, kvk_span_of("b")), KVK_ERR_MEMORY);
	assert_true(kvk_span_is(kvk_secret_span(&secret), "a"));
	assert_int_equal(kvk_secret_new(&secret, 3), KVK_ERR_MEMORY);
	kvk_alloc_fail_after(-1);
	assert_null(secret.p);
}

static void wipe_wipes(void **state)
{
	char text[] = "abcdef";

	(void)state;
	kvk_wipe(text + 1, 4);
	assert_memory_equal(text, "a\0\0\0\0f", 7);
	kvk_wipe(NULL, 0);
}

static void process_is_not_dumped(void **state)
{
	struct rlimit limit;
	int status;
	pid_t child = fork();

	(void)state;
	assert_true(child >= 0);
	if (child == 0) {
		kvk_secret_process();
		if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
			_exit(1);
		if (getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_cur != 0 ||
			limit.rlim_max != 0)
			_exit(2);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(secret_holds_a_copy),
		cmocka_unit_test(cut_wipes_the_rest),
		cmocka_unit_test(new_secret_is_zero_and_large_enough),
		cmocka_unit_test(no_memory_keeps_the_old_secret),
		cmocka_unit_test(wipe_wipes),
		cmocka_unit_test(process_is_not_dumped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
