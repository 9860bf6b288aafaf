/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/limits.h"

/* The explanation of an error for a path, with errno as it is said to be. */
static const char *why_of(enum kvk_err err, int cause, const char *path, size_t max)
{
	static struct kvk_error why;

	errno = cause;
	assert_int_equal(kvk_error_set_file(&why, err, path, max), err);
	return why.text;
}

static void the_cause_is_told_where_there_is_one(void **state)
{
	(void)state;
	assert_string_equal(why_of(KVK_ERR_OPEN, EACCES, "a.pem", 0),
		"'a.pem' cannot be opened: Permission denied");
	assert_string_equal(why_of(KVK_ERR_WRITE, ENOSPC, "a.pem", KVK_LIMIT_FILE),
		"'a.pem' cannot be written: No space left on device");
	assert_string_equal(why_of(KVK_ERR_OPEN, 0, "a.pem", 0), "'a.pem': cannot be opened");
	assert_string_equal(why_of(KVK_ERR_NOT_FOUND, ENOENT, "a.pem", 0), "'a.pem': not found");
	assert_string_equal(why_of(KVK_ERR_NOT_FOUND, ENOTDIR, "a/b", 0),
		"'a/b' was not found: Not a directory");
	assert_string_equal(why_of(KVK_ERR_FORMAT, EACCES, "a.pem", 0),
		"'a.pem': does not contain what was expected");
}

static void the_limit_is_named(void **state)
{
	(void)state;
	assert_string_equal(why_of(KVK_ERR_LIMIT, 0, "a.pem", KVK_LIMIT_FILE),
		"'a.pem' is larger than 1 MiB, the limit for such a file");
	assert_string_equal(why_of(KVK_ERR_LIMIT, 0, "a.crl", KVK_LIMIT_CRL_FILE),
		"'a.crl' is larger than 32 MiB, the limit for such a file");
	assert_string_equal(why_of(KVK_ERR_LIMIT, 0, "a.cfg", KVK_LIMIT_CONFIG),
		"'a.cfg' is larger than 64 KiB, the limit for such a file");
	assert_string_equal(
		why_of(KVK_ERR_LIMIT, 0, "a", 0), "'a': larger than this program accepts");
}

static void names_are_escaped_and_cut(void **state)
{
	char long_name[2 * KVK_ERROR_SIZE];

	(void)state;
	assert_null(strchr(why_of(KVK_ERR_OPEN, EACCES, "a\033[2Jb\n", 0), '\033'));
	memset(long_name, 'a', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	/* The fault is there all the same. */
	assert_non_null(strstr(why_of(KVK_ERR_OPEN, EACCES, long_name, 0), "Permission denied"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cause_is_told_where_there_is_one),
		cmocka_unit_test(the_limit_is_named),
		cmocka_unit_test(names_are_escaped_and_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
