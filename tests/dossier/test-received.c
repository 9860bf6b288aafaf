/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/dir.h"
#include "base/path.h"
#include "dossier/received.h"
#include "tests/inventory/scratch.h"

static void received_files_are_kept_once_and_private(void **state)
{
	struct stat st;
	struct kvk_blob kept = { 0 };

	(void)state;
	umask(0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(
			kvk_received_keep(scratch, "/mail/delivery.pem", kvk_span_of("abc"), NULL),
			KVK_OK);
	umask(022);
	/* SHA-256 of "abc" begins with ba7816bf8f01cfea (FIPS 180-2, B.1). */
	assert_string_equal(list_below("received"), "ba7816bf8f01cfea-delivery.pem");
	assert_int_equal(stat(below("received"), &st), 0);
	assert_int_equal(st.st_mode, S_IFDIR | 0700);
	assert_int_equal(stat(below("received/ba7816bf8f01cfea-delivery.pem"), &st), 0);
	assert_int_equal(st.st_mode, S_IFREG | 0600);
	get("received/ba7816bf8f01cfea-delivery.pem", &kept);
	assert_string_equal(kvk_blob_str(&kept), "abc");
	kvk_blob_free(&kept);
}

static void names_of_received_files_are_harmless(void **state)
{
	static const struct {
		const char *given, *kept;
	} names[] = {
		{ "-", "stdin" },
		{ "folder/", "stdin" },
		{ "..", "_." },
		{ ".hidden", "_hidden" },
		{ "../../etc/passwd", "passwd" },
		{ "a b;$(id)\n.pem", "a_b___id__.pem" },
		{ "\xc3\xa9\x1b.pem", "___.pem" },
	};
	char long_name[300], expected[300];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		assert_int_equal(
			kvk_received_keep(scratch, names[i].given, kvk_span_of("abc"), NULL),
			KVK_OK);
		snprintf(expected, sizeof expected, "ba7816bf8f01cfea-%s", names[i].kept);
		assert_string_equal(list_below("received"), expected);
		assert_int_equal(kvk_dir_remove(below("received")), KVK_OK);
	}
	memset(long_name, 'x', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = '\0';
	assert_int_equal(kvk_received_keep(scratch, long_name, kvk_span_of("abc"), NULL), KVK_OK);
	assert_int_equal(strlen(list_below("received")), 16 + 1 + 100);
}

/* A dossier that was moved away meanwhile does not come into being again, without its key. */
static void a_dossier_that_is_gone_is_not_made(void **state)
{
	const struct kvk_span bytes = kvk_span_of("x");

	(void)state;
	assert_int_equal(kvk_received_keep(below("gone"), "x.pem", bytes, NULL), KVK_ERR_NOT_FOUND);
	assert_false(kvk_path_exists(below("gone")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_make, scratch_remove)
	const struct CMUnitTest tests[] = {
		TEST(a_dossier_that_is_gone_is_not_made),
		TEST(received_files_are_kept_once_and_private),
		TEST(names_of_received_files_are_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
