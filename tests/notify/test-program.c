/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "notify/program.h"

#define SHELL "/bin/sh"

/* Runs a script of the shell; what is wrong is in *why. */
static enum kvk_err run(
	const char *script, struct kvk_span input, kvk_time timeout, struct kvk_error *why)
{
	char shell[] = SHELL, option[] = "-c", text[256], variable[] = "A=b";
	char *const argv[] = { shell, option, text, NULL },
		    *const environment[] = { variable, NULL };

	assert_true(strlen(script) < sizeof text);
	strcpy(text, script);
	*why = (struct kvk_error){ "" };
	return kvk_program_run(
		&(struct kvk_program){
			.argv = argv,
			.environment = environment,
			.input = input,
			.timeout = timeout,
		},
		why);
}

static void a_program_has_its_input_its_environment_and_nothing_else(void **state)
{
	const int fd = fcntl(STDIN_FILENO, F_DUPFD, 9);
	struct kvk_error why;

	(void)state;
	assert_true(fd >= 9);
	assert_int_equal(setenv("SECRET", "geheim", 1), 0);
	assert_int_equal(run("test \"$(cat)\" = 'a b' && test \"$A$SECRET\" = b && "
			     "test ! -e /proc/$$/fd/9 && test -e /proc/$$/fd/2",
				 kvk_span_of("a b"), 30 * KVK_SECOND, &why),
		KVK_OK);
	(void)close(fd);
}

static void one_that_does_not_read_or_writes_much_is_not_wrong(void **state)
{
	static uint8_t much[1000000];
	const struct kvk_span input = { much, sizeof much };
	struct kvk_error why;

	(void)state;
	assert_int_equal(run("exec <&-; exit 0", input, 30 * KVK_SECOND, &why), KVK_OK);
	assert_int_equal(run("cat; cat >&2 </dev/null", input, 30 * KVK_SECOND, &why), KVK_OK);
}

static void each_way_of_failing_is_explained(void **state)
{
	static const struct {
		const char *script, *why;
		kvk_time timeout;
	} cases[] = {
		{ "exit 3", "'/bin/sh' ended with status 3", 30 * KVK_SECOND },
		{ "printf 'wrong\\033\\nmore' >&2; exit 4",
			"'/bin/sh' ended with status 4: wrong\\x1b", 30 * KVK_SECOND },
		{ "kill -9 $$", "'/bin/sh' was ended by signal 9", 30 * KVK_SECOND },
		{ "sleep 60", "'/bin/sh' did not end within 0 seconds and was stopped", 100 },
	};
	char missing[] = "/nonexistent/program";
	char *const argv[] = { missing, NULL }, *const environment[] = { NULL };
	struct kvk_error why;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_int_equal(run(cases[i].script, kvk_span_of(""), cases[i].timeout, &why),
			KVK_ERR_WRITE);
		assert_string_equal(why.text, cases[i].why);
	}
	assert_int_equal(kvk_program_run(&(struct kvk_program){ .argv = argv,
						 .environment = environment,
						 .timeout = 30 * KVK_SECOND },
				 &why),
		KVK_ERR_WRITE);
}

static void what_others_can_change_is_not_run(void **state)
{
	char path[] = "/tmp/kvkcsr-test-XXXXXX";
	const int fd = mkstemp(path);
	struct kvk_error why = { "" };

	(void)state;
	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(kvk_program_check(SHELL, &why), KVK_OK);
	assert_int_equal(kvk_program_check("sh", &why), KVK_ERR_CONFIG);
	assert_non_null(strstr(why.text, "absolute"));
	assert_int_equal(kvk_program_check("/nonexistent", &why), KVK_ERR_CONFIG);
	assert_int_equal(kvk_program_check("/tmp", &why), KVK_ERR_CONFIG);
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(kvk_program_check(path, &why), KVK_ERR_CONFIG);
	assert_int_equal(chmod(path, 0755), 0);
	assert_int_equal(kvk_program_check(path, &why), KVK_OK);
	for (mode_t bit = S_IWOTH; bit <= S_IWGRP; bit = bit == S_IWOTH ? S_IWGRP : S_IRWXU) {
		assert_int_equal(chmod(path, 0755 | bit), 0);
		assert_int_equal(kvk_program_check(path, &why), KVK_ERR_CONFIG);
	}
	(void)unlink(path);
}

static void nor_what_lies_where_others_can_replace_it(void **state)
{
	char folder[] = "/tmp/kvkcsr-test-XXXXXX", path[64], link[64];
	struct kvk_error why = { "" };
	int fd;

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof path, "%s/hook", folder);
	(void)snprintf(link, sizeof link, "%s.link", folder);
	fd = open(path, O_CREAT | O_WRONLY, 0700);
	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(kvk_program_check(path, &why), KVK_OK);
	assert_int_equal(chmod(folder, 0777), 0);
	assert_int_equal(kvk_program_check(path, &why), KVK_ERR_CONFIG);
	assert_non_null(strstr(why.text, folder));
	assert_int_equal(kvk_program_check(link, &why), KVK_ERR_CONFIG);
	assert_int_equal(chmod(folder, 01777), 0);
	assert_int_equal(kvk_program_check(link, &why), KVK_OK);
	(void)unlink(link);
	(void)unlink(path);
	(void)rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_has_its_input_its_environment_and_nothing_else),
		cmocka_unit_test(one_that_does_not_read_or_writes_much_is_not_wrong),
		cmocka_unit_test(each_way_of_failing_is_explained),
		cmocka_unit_test(what_others_can_change_is_not_run),
		cmocka_unit_test(nor_what_lies_where_others_can_replace_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
