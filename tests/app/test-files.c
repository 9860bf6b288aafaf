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

#include "app/files.h"
#include "tests/inventory/scratch.h"

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of the files without their folder, sorted. */
static void assert_names(struct kvk_files *files, const char *const *names, size_t count)
{
	assert_int_equal(kvk_files_count(files), count);
	qsort(files->paths.items, count, sizeof(char *), compare);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(strrchr(kvk_files_at(files, i), '/') + 1, names[i]);
}

static void a_file_is_taken_whatever_its_name(void **state)
{
	static const char *const names[] = { "delivery.txt" };
	struct kvk_files files = KVK_FILES_INIT;

	(void)state;
	put_text("delivery.txt", "x");
	assert_int_equal(kvk_files_add(&files, below("delivery.txt"), NULL), KVK_OK);
	assert_names(&files, names, 1);
	assert_false(files.folder);
	kvk_files_free(&files);
}

static void of_a_folder_those_with_names_of_certificates(void **state)
{
	static const char *const names[] = { "a.pem", "b.cer", "c.crt", "d.der", "e.p7b", "f.p7c" };
	struct kvk_files files = KVK_FILES_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		put_text(names[i], "x");
	put_text("notes.txt", "x");
	put_text("key.p12", "x");
	assert_int_equal(kvk_files_add(&files, scratch, NULL), KVK_OK);
	assert_names(&files, names, sizeof names / sizeof *names);
	assert_true(files.folder);
	assert_int_equal(files.passed_over, 2);
	kvk_files_free(&files);
}

static void a_folder_without_any_is_said(void **state)
{
	struct kvk_files files = KVK_FILES_INIT;
	struct kvk_error why = { "" };

	(void)state;
	put_text("notes.txt", "x");
	assert_int_equal(kvk_files_add(&files, scratch, &why), KVK_ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, scratch));
	assert_int_equal(kvk_files_count(&files), 0);
	kvk_files_free(&files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_file_is_taken_whatever_its_name, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			of_a_folder_those_with_names_of_certificates, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			a_folder_without_any_is_said, scratch_make, scratch_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
